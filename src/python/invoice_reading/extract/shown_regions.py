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
    turned = {page.number: page for page in pages if page.turn}
    if not turned:
        return annotations

    def shown(evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
        return tuple(
            (
                region_as_shown(each, turned[each.page])
                if isinstance(each, PageRegion) and each.page in turned
                else each
            )
            for each in evidence
        )

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


def region_as_shown(region: PageRegion, page: Page) -> PageRegion:
    """Returns the region of the page with its box where the page shows it."""
    return msgspec.structs.replace(region, box=turned_box(region.box, -page.turn))
