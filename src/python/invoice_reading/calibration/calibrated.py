"""Confidence of pages: each value has the share of such values that are right."""

from collections.abc import Mapping
from dataclasses import dataclass

import msgspec

from invoice_reading.annotation import FieldAnnotation
from invoice_reading.calibration.fields import CALIBRATED_FIELDS, OPTIONAL_FIELDS
from invoice_reading.calibration.logistic import FittedModel, probability
from invoice_reading.calibration.traits import (
    Known,
    absence_traits,
    is_not_found,
    is_read,
    value_traits,
)


@dataclass(frozen=True, slots=True)
class Calibrated:
    """`weakest` names the field that most speaks against passing where all together are less sure than is asked."""

    annotations: Mapping[str, FieldAnnotation]
    together: float
    weakest: str | None


def calibrated(known: Known, model: FittedModel) -> Calibrated:
    """Returns the annotations with calibrated confidences, and how sure it is that none is wrong or overlooked.

    A value of which a reason says why it is in doubt gets no surer than extraction left it.
    """
    changed: dict[str, FieldAnnotation] = {}
    sureness: dict[str, float] = {}
    for path in CALIBRATED_FIELDS:
        if is_read(path, known):
            annotation = known.annotations[path]
            found = round(probability(model.values, value_traits(path, known)), 4)
            if annotation.reasons and annotation.confidence is not None:
                found = min(found, annotation.confidence)
            changed[path] = msgspec.structs.replace(annotation, confidence=found)
            sureness[path] = found
        elif path in OPTIONAL_FIELDS and is_not_found(path, known):
            sureness[path] = probability(model.absences, absence_traits(path, known))
    together = 1.0
    for sure in sureness.values():
        together *= sure
    weakest = min(sureness, key=sureness.__getitem__, default=None)
    return Calibrated(
        annotations={**known.annotations, **changed},
        together=together,
        weakest=weakest if together < model.passing else None,
    )
