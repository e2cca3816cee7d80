"""Confidence as it leaves the system: of values of pages a probability, by the curve of their field.

What is kept is the score, and what waits for a person follows from it alone. Since the curves rise, to ask for a score
is to ask for a confidence, and a new fit changes neither what is kept nor what passes.
"""

from invoice_reading.annotation import FieldAnnotation, FieldStatus, PageRegion
from invoice_reading.calibration.fitted import CALIBRATED_FIELDS, fitted_curves


def calibrated_confidence(field_path: str, annotation: FieldAnnotation) -> float | None:
    """Returns how likely the value is right; of a field that is not calibrated, its score.

    What an e-invoice declares and what a person entered stay as sure as they are. None where there is no score.
    """
    score = annotation.confidence
    if score is None or field_path not in CALIBRATED_FIELDS or not _is_read(annotation):
        return score
    return fitted_curves()[field_path].probability(score)


def _is_read(annotation: FieldAnnotation) -> bool:
    """Returns whether the value stands on a page, and nobody and nothing else says it."""
    return (
        annotation.status is FieldStatus.PRESENT
        and bool(annotation.evidence)
        and all(isinstance(evidence, PageRegion) for evidence in annotation.evidence)
    )
