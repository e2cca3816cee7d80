"""An e-invoice as an extraction: every value with its node."""

from collections.abc import Iterable, Mapping

from en16931.xml_reading import Unreadable, UnreadableReason, XmlPlace, XmlReading
from invoice_reading.annotation import (
    AnnotationReason,
    Candidate,
    FieldAnnotation,
    FieldStatus,
    XmlNode,
)
from invoice_reading.extract.field_values import canonical_text
from invoice_reading.extraction import Extraction

# What several nodes say of a field that is stated once. Any other reason says of a node that it has no value.
_STATUS_OF_SEVERAL: Mapping[UnreadableReason, FieldStatus] = {
    UnreadableReason.DECLARED_TWICE: FieldStatus.CONFLICT,
    UnreadableReason.DATE_OF_DISCOUNT: FieldStatus.AMBIGUOUS,
}


def xml_extraction(reading: XmlReading, attachment_sha256: str | None = None) -> Extraction:
    """Returns what the e-invoice states; `attachment_sha256` is set where it lay inside a PDF.

    A value that is there and cannot be read is ILLEGIBLE, for the reader's reason. A field that is stated with different
    values is a CONFLICT, and a date of which it is not clear what it is for is AMBIGUOUS, with each value as a candidate.
    """

    def node(place: XmlPlace) -> XmlNode:
        return XmlNode(xpath=place.xpath, line=place.line, attachment_sha256=attachment_sha256)

    def nodes(place: XmlPlace) -> tuple[XmlNode, ...]:
        return (node(place), *map(node, place.others)) if place.others else (node(place),)

    def unread(group: list[Unreadable]) -> FieldAnnotation:
        reason = group[0].reason
        candidates = tuple(
            Candidate(
                value=canonical_text(each.value),
                confidence=round(1 / len(group), 4),
                evidence=nodes(each.place),
            )
            for each in group
            if each.value is not None
        )
        return FieldAnnotation(
            status=_STATUS_OF_SEVERAL.get(reason, FieldStatus.ILLEGIBLE),
            raw_text=group[0].place.raw_text,
            evidence=tuple(part for each in group for part in nodes(each.place)),
            candidates=candidates,
            reasons=(AnnotationReason(reason),),
        )

    annotations = {
        path: FieldAnnotation(
            status=FieldStatus.PRESENT,
            raw_text=_raw_text(place),
            confidence=1.0,
            evidence=nodes(place),
        )
        for path, place in reading.places.items()
    }
    annotations |= {path: unread(group) for path, group in _by_path(reading.unreadable).items()}
    return Extraction(
        content=reading.content,
        annotations=annotations,
        rows_seen=len(reading.content.lines),
        broken=reading.broken,
        remarks=reading.remarks,
    )


def _raw_text(place: XmlPlace) -> str:
    if not place.others:
        return place.raw_text
    return " ".join(part.raw_text for part in (place, *place.others))


def _by_path(unreadable: Iterable[Unreadable]) -> dict[str, list[Unreadable]]:
    by_path: dict[str, list[Unreadable]] = {}
    for each in unreadable:
        by_path.setdefault(each.field_path, []).append(each)
    return by_path
