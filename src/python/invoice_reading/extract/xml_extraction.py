"""An e-invoice as an extraction: every value with its node."""

from en16931.xml_reading import XmlPlace, XmlReading
from invoice_reading.annotation import AnnotationReason, FieldAnnotation, FieldStatus, XmlNode
from invoice_reading.extraction import Extraction


def xml_extraction(reading: XmlReading, attachment_sha256: str | None = None) -> Extraction:
    """Returns what the e-invoice states; `attachment_sha256` is set where it lay inside a PDF.

    A value that is there and cannot be read is ILLEGIBLE, for the reader's reason.
    """

    def nodes(place: XmlPlace) -> tuple[XmlNode, ...]:
        return tuple(
            XmlNode(xpath=part.xpath, line=part.line, attachment_sha256=attachment_sha256)
            for part in (place, *place.others)
        )

    annotations = {
        path: FieldAnnotation(
            status=FieldStatus.PRESENT,
            raw_text=" ".join(part.raw_text for part in (place, *place.others)),
            confidence=1.0,
            evidence=nodes(place),
        )
        for path, place in reading.places.items()
    }
    for unreadable in reading.unreadable:
        annotations[unreadable.field_path] = FieldAnnotation(
            status=FieldStatus.ILLEGIBLE,
            raw_text=unreadable.place.raw_text,
            evidence=nodes(unreadable.place),
            reasons=(AnnotationReason(unreadable.reason),),
        )
    return Extraction(
        content=reading.content,
        annotations=annotations,
        rows_seen=len(reading.content.lines),
        broken=reading.broken,
    )
