"""Logistic regression with a penalty on large weights, by Newton's method."""

import math
from collections.abc import Mapping, Sequence

Example = tuple[Mapping[str, float], bool]

_STEPS = 60
_ENOUGH = 1e-7


def fitted_weights(
    names: Sequence[str], examples: Sequence[Example], penalty: float
) -> dict[str, float]:
    """Returns the weights of the names that make the outcomes of the examples likeliest, less the penalty.

    The same examples give the same weights. Names that no example has get zero.
    """
    at = {name: index for index, name in enumerate(names)}
    rows = [
        ([(at[name], value) for name, value in traits.items() if value], outcome)
        for traits, outcome in examples
    ]
    weights = [0.0] * len(names)
    for _ in range(_STEPS):
        gradient = [-penalty * weight for weight in weights]
        curvature = [[0.0] * len(names) for _ in names]
        for index in range(len(names)):
            curvature[index][index] = penalty
        for row, outcome in rows:
            likely = 1 / (1 + math.exp(-sum(weights[index] * value for index, value in row)))
            for index, value in row:
                gradient[index] += (outcome - likely) * value
                scaled = likely * (1 - likely) * value
                for other, second in row:
                    curvature[index][other] += scaled * second
        step = _solved(curvature, gradient)
        weights = [weight + change for weight, change in zip(weights, step, strict=True)]
        if max(map(abs, step)) < _ENOUGH:
            break
    return {name: round(weight, 6) for name, weight in zip(names, weights, strict=True)}


def _solved(matrix: list[list[float]], right: Sequence[float]) -> list[float]:
    """Returns the solution of linear equations with a positive definite matrix (Cholesky's method)."""
    size = len(right)
    lower = [[0.0] * size for _ in range(size)]
    for row in range(size):
        for column in range(row + 1):
            rest = matrix[row][column] - sum(
                lower[row][each] * lower[column][each] for each in range(column)
            )
            lower[row][column] = math.sqrt(rest) if row == column else rest / lower[column][column]
    half = [0.0] * size
    for row in range(size):
        known = sum(lower[row][each] * half[each] for each in range(row))
        half[row] = (right[row] - known) / lower[row][row]
    solution = [0.0] * size
    for row in reversed(range(size)):
        known = sum(lower[each][row] * solution[each] for each in range(row + 1, size))
        solution[row] = (half[row] - known) / lower[row][row]
    return solution
