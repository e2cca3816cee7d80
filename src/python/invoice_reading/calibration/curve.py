"""A rising curve from scores to probabilities: the score's odds, to a power, times a factor."""

import math

import msgspec

# The odds of what is certain or impossible have no end; no rule of extraction gives a score outside.
LEAST_SCORE, MOST_SCORE = 0.02, 0.98
LEAST_SLOPE = 0.1  # a curve that is flat forgets the order of values
_MOST_WEIGHT = 5.0  # beyond it, floats cannot tell a probability from 1


class Curve(msgspec.Struct, frozen=True):
    """`level` is the logarithm of the odds of a value whose score is 0.5."""

    level: float
    slope: float

    def probability(self, score: float) -> float:
        """Returns how likely a value with the score is right: less than 1, and the more the greater the score."""
        return 1 / (1 + math.exp(-self.level - self.slope * log_odds(score)))

    @property
    def rises(self) -> bool:
        return abs(self.level) <= _MOST_WEIGHT and LEAST_SLOPE <= self.slope <= _MOST_WEIGHT


def log_odds(score: float) -> float:
    """Returns the logarithm of the score's odds; of a score outside of the curve, that of its end."""
    held = min(MOST_SCORE, max(LEAST_SCORE, score))
    return math.log(held / (1 - held))
