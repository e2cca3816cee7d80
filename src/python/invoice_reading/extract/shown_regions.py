"""Evidence on pages that were turned to be read leads to the place on the page as it is shown."""

from collections.abc import Mapping, Sequence

import msgspec

from invoice_reading.annotation import Evidence, FieldAnnotation, PageRegion
from invoice_reading.page import Page
from invoice_reading.upright import turned_box


def as_shown(
    annotations: Mapping[str, FieldAnnotation], pages: Sequence[Page]
) -> Mapping[str, FieldAnnotation]:
    """Returns the annotations with the boxes of all evidence, that of candidates too, turned back with their pages."""
    turns = {page.number: page.turn for page in pages if page.turn}
    if not turns:
        return annotations

    def shown(evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
        return tuple(_shown(each, turns) for each in evidence)

    return {
        path: msgspec.structs.replace(
            annotation,
            evidence=shown(annotation.evidence),
            candidates=tuple(
                msgspec.structs.replace(candidate, evidence=shown(candidate.evidence))
                for candidate in annotation.candidates
            ),
        )
        for path, annotation in annotations.items()
    }


def _shown(evidence: Evidence, turns: Mapping[int, int]) -> Evidence:
    if not isinstance(evidence, PageRegion) or evidence.page not in turns:
        return evidence
    return msgspec.structs.replace(evidence, box=turned_box(evidence.box, -turns[evidence.page]))
