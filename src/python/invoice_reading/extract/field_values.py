"""Values on their way into the content: each with its words, and what is known of fields that have no value."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from en16931.exact import decimal_text
from en16931.field_path import Leaf
from invoice_reading.annotation import (
    AnnotationReason,
    Candidate,
    FieldAnnotation,
    FieldStatus,
    PageRegion,
)
from invoice_reading.extract.confidence import with_rivals

_MAX_CANDIDATES = 5


@dataclass(frozen=True, slots=True)
class FieldValue:
    """A value that a field has or might have, with the regions whose words state it."""

    value: Leaf
    evidence: tuple[PageRegion, ...]
    confidence: float


@dataclass(slots=True)
class FieldValues:
    """What was decided for each field path so far."""

    values: dict[str, Leaf] = field(default_factory=dict)
    annotations: dict[str, FieldAnnotation] = field(default_factory=dict)

    def present(
        self,
        path: str,
        found: FieldValue,
        rivals: Iterable[FieldValue] = (),
        reasons: tuple[AnnotationReason, ...] = (),
    ) -> None:
        """Records the value of a field; the rivals that differ become candidates and lower its confidence."""
        others = _distinct(rival for rival in rivals if rival.value != found.value)
        self.values[path] = found.value
        self.annotations[path] = FieldAnnotation(
            status=FieldStatus.PRESENT,
            raw_text=_raw_text(found),
            confidence=with_rivals(found.confidence, len(others)),
            evidence=found.evidence,
            candidates=_candidates([found, *others]) if others else (),
            reasons=reasons,
        )

    def undecided(
        self,
        path: str,
        status: FieldStatus,
        found: Sequence[FieldValue],
        reasons: tuple[AnnotationReason, ...],
    ) -> None:
        """Records that a field has no value although the document speaks of it: the candidates say what it could be."""
        self.annotations[path] = FieldAnnotation(
            status=status,
            raw_text=_raw_text(found[0]) if found else None,
            evidence=found[0].evidence if found else (),
            candidates=_candidates(_distinct(found)),
            reasons=reasons,
        )

    def illegible(self, path: str, region: PageRegion | None, reason: AnnotationReason) -> None:
        """Records that a field stands in the region and cannot be read; nothing where there is no region."""
        if region is not None:
            self.annotations[path] = FieldAnnotation(
                status=FieldStatus.ILLEGIBLE,
                raw_text=region.text,
                evidence=(region,),
                reasons=(reason,),
            )

    def absent(self, paths: Iterable[str]) -> None:
        """Records that nothing was found for those of the fields on which nothing is recorded yet."""
        for path in paths:
            self.annotations.setdefault(
                path,
                FieldAnnotation(status=FieldStatus.ABSENT, reasons=(AnnotationReason.NOT_FOUND,)),
            )


def canonical_text(value: Leaf) -> str:
    """Returns the text of a value as JSON carries it: ISO dates, plain decimals."""
    if isinstance(value, Decimal):
        return decimal_text(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def _raw_text(found: FieldValue) -> str:
    return " ".join(region.text for region in found.evidence)


def _distinct(found: Iterable[FieldValue]) -> list[FieldValue]:
    kept: dict[Leaf, FieldValue] = {}
    for candidate in found:
        if candidate.value not in kept or kept[candidate.value].confidence < candidate.confidence:
            kept[candidate.value] = candidate
    return list(kept.values())


def _candidates(found: Sequence[FieldValue]) -> tuple[Candidate, ...]:
    return tuple(
        Candidate(
            value=canonical_text(candidate.value),
            confidence=candidate.confidence,
            evidence=candidate.evidence,
        )
        for candidate in found[:_MAX_CANDIDATES]
    )
