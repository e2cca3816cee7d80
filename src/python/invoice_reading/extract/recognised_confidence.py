"""Values out of words that OCR read are as sure as these words at the most."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import msgspec

from invoice_reading.annotation import FieldAnnotation, PageRegion
from invoice_reading.page import Layer, Page


def held_to_scores(
    annotations: Mapping[str, FieldAnnotation], pages: Sequence[Page]
) -> dict[str, FieldAnnotation]:
    """Returns the annotations, where OCR read a value with its confidence times the lowest score of its words."""
    scores = _Scores({page.number: page for page in pages})
    return {path: _held(annotation, scores) for path, annotation in annotations.items()}


@dataclass(frozen=True, slots=True)
class _Scores:
    pages: Mapping[int, Page]

    def lowest(self, annotation: FieldAnnotation) -> float | None:
        """Returns the lowest score of the words that OCR read; None where it read none of them."""
        return min(
            (
                score
                for region in annotation.evidence
                if isinstance(region, PageRegion) and region.layer is Layer.OCR
                for span in region.words
                for score in (self.pages[region.page].words[span.word].confidence,)
                if score is not None
            ),
            default=None,
        )


def _held(annotation: FieldAnnotation, scores: _Scores) -> FieldAnnotation:
    score = scores.lowest(annotation)
    if annotation.confidence is None or score is None:
        return annotation
    return msgspec.structs.replace(annotation, confidence=round(annotation.confidence * score, 4))
