"""How much confidences tell: whether right values have the greater ones, and whether they are shares."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

Ranked = tuple[float, bool]  # a confidence, and whether the value is right
_BINS = 10


def auroc(ranked: Sequence[Ranked]) -> float | None:
    """Returns how often a right value has a greater confidence than a wrong one; None where all or none are right."""
    ordered = sorted(ranked)
    right = sum(is_right for _, is_right in ordered)
    wrong = len(ordered) - right
    if not right or not wrong:
        return None
    wins, below = 0.0, 0
    at = 0
    while at < len(ordered):
        same = [is_right for value, is_right in ordered[at:] if value == ordered[at][0]]
        ties = same.count(False)
        wins += same.count(True) * (below + ties / 2)
        below += ties
        at += len(same)
    return wins / (right * wrong)


def calibration_error(ranked: Iterable[Ranked]) -> float:
    """Returns the mean distance of confidence and share of right values in ten bins, each by its size."""
    bins = defaultdict[int, list[Ranked]](list)
    for confidence, is_right in ranked:
        bins[min(_BINS - 1, int(confidence * _BINS))].append((confidence, is_right))
    apart = sum(
        abs(sum(confidence for confidence, _ in each) - sum(is_right for _, is_right in each))
        for each in bins.values()
    )
    return apart / max(sum(map(len, bins.values())), 1)
