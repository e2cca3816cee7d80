"""A logistic model: the share of right values among those with the same traits."""

import math
from collections.abc import Mapping, Sequence

import msgspec

Weights = Mapping[str, float]


class FittedModel(msgspec.Struct, frozen=True, kw_only=True):
    """What was fitted, and `passing`: how sure all fields of an invoice must be together for it to pass alone."""

    version: int
    values: Weights
    absences: Weights
    passing: float
    fitted_on: Mapping[str, int]  # documents of each source


def probability(weights: Weights, traits: Mapping[str, float]) -> float:
    """Returns the probability that the weights give to the traits; KeyError where a trait has no weight."""
    at = sum(weights[name] * value for name, value in traits.items())
    return 1.0 / (1.0 + math.exp(-min(max(at, -30.0), 30.0)))


def has_weights_of(weights: Weights, names: Sequence[str]) -> bool:
    """Returns whether the weights are those of the names, each finite."""
    return set(weights) == set(names) and all(map(math.isfinite, weights.values()))
