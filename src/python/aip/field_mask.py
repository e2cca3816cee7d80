"""Field masks (AIP-161): which fields of a resource a request is about."""

import re
from collections.abc import Callable, Iterable
from itertools import pairwise

from aip.errors import FieldMaskError, FieldMaskProblem

WHOLE = "*"

_PATH = re.compile(r"[a-z][a-z0-9_]*(?:\[(?:0|[1-9][0-9]{0,5})\]|\.[a-z][a-z0-9_]*)*")
_STEP = re.compile(r"([a-z][a-z0-9_]*)|\[([0-9]+)\]")

# Names as (-1, name) and indices as (number, ""), so that steps of the two kinds can be compared.
_Step = tuple[int, str]


def parse_field_mask(paths: Iterable[str], allowed: Callable[[str], bool]) -> tuple[str, ...]:
    """Returns the paths of the mask, sorted so that elements of a list come in the order of their indices.

    `("*",)` means every field; `allowed` is not asked about it. A path may have indices from 0, as in
    `lines[2].net_amount`; a `*` within a path is not understood. Raises FieldMaskError for a mask without paths, and
    for a path that is malformed, not allowed, there twice, or within another path of the mask.
    """
    given = [path.strip() for path in paths]
    if not given:
        raise FieldMaskError("", FieldMaskProblem.EMPTY)
    if given == [WHOLE]:
        return (WHOLE,)
    by_steps = sorted((_steps(path), path) for path in given)
    for _, path in by_steps:
        if not allowed(path):
            raise FieldMaskError(path, FieldMaskProblem.UNKNOWN)
    # What lies within a path sorts directly after it, so neighbours show every overlap.
    for (outer, _), (inner, path) in pairwise(by_steps):
        if inner == outer:
            raise FieldMaskError(path, FieldMaskProblem.DUPLICATE)
        if inner[: len(outer)] == outer:
            raise FieldMaskError(path, FieldMaskProblem.OVERLAPPING)
    return tuple(path for _, path in by_steps)


def _steps(path: str) -> tuple[_Step, ...]:
    if path == "":
        raise FieldMaskError(path, FieldMaskProblem.EMPTY)
    if path == WHOLE:
        raise FieldMaskError(path, FieldMaskProblem.WILDCARD_NOT_ALONE)
    if not _PATH.fullmatch(path):
        raise FieldMaskError(path, FieldMaskProblem.MALFORMED)
    return tuple((-1, name) if name else (int(index), "") for name, index in _STEP.findall(path))
