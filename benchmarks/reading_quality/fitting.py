"""The calibration is fitted on labelled documents, and judged on layouts that it was not fitted on."""

import hashlib
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reading_quality.regression import fitted_weights
from reading_quality.samples import Sample

from invoice_reading.calibration.fitted import VERSION
from invoice_reading.calibration.logistic import FittedModel, probability
from invoice_reading.calibration.traits import ABSENCE_TRAITS, VALUE_TRAITS
from invoice_reading.certainty import DECISIVE_CONFIDENCE

FOLDS = 5
WANTED_RIGHT = 0.99  # of the documents that pass
_PENALTY = 1.0
_LEAST_PASSING = 0.5  # together: below it an error is likelier than none


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a model says of a sample that it was not fitted on."""

    sample: Sample
    confidences: Mapping[str, float]
    together: float

    @property
    def is_sure(self) -> bool:
        """Returns whether each value is sure enough by itself."""
        return self.sample.may_pass and all(
            confidence >= DECISIVE_CONFIDENCE for confidence in self.confidences.values()
        )


def fitted(samples: Sequence[Sample]) -> FittedModel:
    """Returns the model of all samples, which asks for passing what it takes where layouts were not fitted on."""
    values, absences = _weights(samples)
    return FittedModel(
        version=VERSION,
        values=values,
        absences=absences,
        passing=passing(cross_validated(samples)),
        fitted_on=dict(sorted(Counter(_source(each) for each in samples).items())),
    )


def cross_validated(samples: Sequence[Sample]) -> list[Estimate]:
    """Returns what is said of each sample by a model fitted on the layouts of the other folds."""
    found = []
    for fold in range(FOLDS):
        inside = [each for each in samples if _fold(each) != fold]
        outside = [each for each in samples if _fold(each) == fold]
        if inside and outside:
            values, absences = _weights(inside)
            found += [estimate(each, values, absences) for each in outside]
    return found


def estimate(
    sample: Sample, values: Mapping[str, float], absences: Mapping[str, float]
) -> Estimate:
    """Returns the confidences that the weights give, and how sure it is that nothing is wrong or overlooked."""
    confidences = {
        path: min(probability(values, traits), sample.ceilings.get(path, 1.0))
        for path, (traits, _) in sample.values.items()
    }
    overlooked = [probability(absences, traits) for traits, _ in sample.absences.values()]
    return Estimate(sample, confidences, math.prod([*confidences.values(), *overlooked]))


def passing(estimates: Sequence[Estimate]) -> float:
    """Returns the lowest sureness at which as many as are wanted of the documents that pass are right."""
    candidates = sorted(
        (each for each in estimates if each.is_sure), key=lambda each: -each.together
    )
    found, right = 1.0, 0
    for count, each in enumerate(candidates, 1):
        right += each.sample.all_right
        if right >= WANTED_RIGHT * count:
            found = each.together
    return max(round(found, 4), _LEAST_PASSING)


def _weights(samples: Sequence[Sample]) -> tuple[dict[str, float], dict[str, float]]:
    values = [example for each in samples for example in each.values.values()]
    # The labels of other documents leave out what is printed.
    absences = [
        example
        for each in samples
        if each.document.is_generated
        for example in each.absences.values()
    ]
    return (
        fitted_weights(VALUE_TRAITS, values, _PENALTY),
        fitted_weights(ABSENCE_TRAITS, absences, _PENALTY),
    )


def _fold(sample: Sample) -> int:
    digest = hashlib.sha256(sample.document.layout.encode()).digest()
    return digest[0] % FOLDS


def _source(sample: Sample) -> str:
    kind = "scans" if sample.document.is_scan else "pages"
    return f"{'generated' if sample.document.is_generated else 'labelled'} {kind}"
