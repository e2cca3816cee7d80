"""Fits the curves on labelled values, and judges them on layouts that they were not fitted on."""

import hashlib
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from reading_quality.labelled import Outcome
from reading_quality.readings import PATHS, JudgedDocument

from invoice_reading.calibration.curve import LEAST_SLOPE, Curve, log_odds
from invoice_reading.calibration.fitted import CALIBRATED_FIELDS, Curves

FOLDS = 5
_STEPS = 100
_ENOUGH = 1e-9
_LONGEST_STEP = 0.5
_WORTH = 100.0  # values of a field that each source counts as, however many it has
_PENALTY = 1.0  # on leaving the score as it is


@dataclass(frozen=True, slots=True)
class Example:
    path: str
    score: float
    is_right: bool
    layout: str
    source: str


def examples(documents: Iterable[JudgedDocument]) -> Iterator[Example]:
    """Yields the values of pages, without those of generated layouts that are held out."""
    for each in documents:
        document = each.document
        if not document.is_of_pages or document.is_held_out:
            continue
        source = "generated" if document.is_generated else "labelled"
        for name, score in each.scores.items():
            outcome = each.outcomes.get(name, Outcome.MISSING)
            if outcome is not Outcome.MISSING:
                yield Example(PATHS[name], score, outcome is Outcome.RIGHT, document.family, source)


def fitted(known: Sequence[Example]) -> Curves:
    """Returns the curve of each field that makes the outcomes of its values likeliest, less the penalty.

    Generated and labelled values weigh the same: the many of the one do not outvote the few of the other.
    """
    return {
        path: _curve([each for each in known if each.path == path])
        for path in sorted(CALIBRATED_FIELDS)
    }


def cross_validated(known: Sequence[Example]) -> list[tuple[Example, float]]:
    """Returns the probability of each example by curves that were fitted on the layouts of the other folds."""
    found = []
    for fold in range(FOLDS):
        curves = fitted([each for each in known if fold_of(each.layout) != fold])
        outside = (each for each in known if fold_of(each.layout) == fold)
        found += [(each, curves[each.path].probability(each.score)) for each in outside]
    return found


def fold_of(layout: str) -> int:
    return hashlib.sha256(layout.encode()).digest()[0] % FOLDS


def _curve(known: Sequence[Example]) -> Curve:
    level, slope = _likeliest(known, 0.0, 1.0, slope_is_free=True)
    if slope < LEAST_SLOPE:
        level, slope = _likeliest(known, 0.0, LEAST_SLOPE, slope_is_free=False)
    return Curve(round(level, 3), round(slope, 3))


def _likeliest(
    known: Sequence[Example], level: float, slope: float, *, slope_is_free: bool
) -> tuple[float, float]:
    """Returns level and slope by Newton's method; of a score that is taken as it is, they are 0 and 1."""
    of_source = Counter(each.source for each in known)
    rows = [
        (log_odds(each.score), each.is_right, _WORTH / of_source[each.source]) for each in known
    ]
    for _ in range(_STEPS):
        pull, turn = -_PENALTY * level, -_PENALTY * (slope - 1)
        bend, twist, both = _PENALTY, _PENALTY, 0.0  # the second derivatives
        for odds, is_right, weight in rows:
            likely = 1 / (1 + math.exp(-level - slope * odds))
            error, spread = weight * (is_right - likely), weight * likely * (1 - likely)
            pull, turn = pull + error, turn + error * odds
            bend, twist, both = bend + spread, twist + spread * odds**2, both + spread * odds
        if not slope_is_free:
            turn = both = 0.0
        determinant = bend * twist - both**2
        up = (pull * twist - turn * both) / determinant
        steeper = (turn * bend - pull * both) / determinant
        # A long step may end where all is as good as certain, and nothing leads back.
        share = min(1.0, _LONGEST_STEP / max(abs(up), abs(steeper), _ENOUGH))
        level, slope = level + share * up, slope + share * steeper
        if max(abs(up), abs(steeper)) < _ENOUGH:
            return level, slope
    raise ArithmeticError("the fit does not settle")
