"""How much confidences tell: whether right values have the greater ones, and whether they are shares."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence

Ranked = tuple[float, bool]  # a confidence, and whether what has it is right
_BINS = 10


def auroc(ranked: Sequence[Ranked]) -> float | None:
    """Returns how often a right value has a greater confidence than a wrong one; None where all or none are right."""
    right = [value for value, is_right in ranked if is_right]
    wrong = sorted(value for value, is_right in ranked if not is_right)
    if not right or not wrong:
        return None
    wins = sum(bisect_left(wrong, value) + bisect_right(wrong, value) for value in right) / 2
    return wins / (len(right) * len(wrong))


def calibration_error(ranked: Iterable[Ranked]) -> float:
    """Returns the mean distance of confidence and share of right values in ten bins, each by its size (ECE)."""
    bins = defaultdict[int, list[Ranked]](list)
    for value, is_right in ranked:
        bins[min(_BINS - 1, int(value * _BINS))].append((value, is_right))
    apart = sum(
        abs(sum(value for value, _ in each) - sum(is_right for _, is_right in each))
        for each in bins.values()
    )
    return apart / max(sum(map(len, bins.values())), 1)


def threshold(ranked: Iterable[Ranked], precision: float) -> float:
    """Returns the lowest confidence from which on as great a share as `precision` is right; above 1 if there is none."""
    found, right = 1.1, 0
    ordered = sorted(ranked, reverse=True)
    for count, (value, is_right) in enumerate(ordered, 1):
        right += is_right
        # Of those that are equally sure, all pass or none.
        if (count == len(ordered) or ordered[count][0] < value) and right >= precision * count:
            found = value
    return found
