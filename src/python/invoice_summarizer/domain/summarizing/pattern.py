"""Sentences as data: `{hole}` is filled or makes the sentence unsayable, `[...]` is left out where a hole in it is.

`Invoice {invoice_number}[ from {seller.name}].` says the seller only where the seller is bound. The template writes by
a pattern, and the gate reads by it.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from invoice_summarizer.domain.summarizing.segments import Segment, Text

_PIECE = re.compile(r"\[([^\[\]]*)\]|\{([^{}]*)\}|([^\[\]{}]+)")

Fill = Callable[[str], Sequence[Segment] | None]


@dataclass(frozen=True, slots=True)
class _Hole:
    name: str


@dataclass(frozen=True, slots=True)
class _Optional:
    parts: tuple["_Hole | str", ...]


_Part = _Hole | _Optional | str


def say(alternatives: Sequence[str], fill: Fill) -> list[Segment] | None:
    """Returns the first of the sentences whose holes can all be filled; None where none can."""
    for pattern in alternatives:
        said = _say(_parsed(pattern), fill)
        if said is not None:
            return said
    return None


def holes(pattern: str) -> tuple[str, ...]:
    """Returns the names of the holes, those of optional parts included."""
    return tuple(match[1] for match in re.finditer(r"\{([^{}]*)\}", pattern))


def expression(pattern: str, hole: Callable[[str], str], literal: Callable[[str], str]) -> str:
    """Returns the regular expression of all texts of the pattern, from those of its holes and of its words."""

    def of(part: _Part) -> str:
        if isinstance(part, str):
            return literal(part)
        if isinstance(part, _Hole):
            return hole(part.name)
        return f"(?:{''.join(of(inner) for inner in part.parts)})?"

    return "".join(of(part) for part in _parsed(pattern))


def _say(parts: Sequence[_Part], fill: Fill) -> list[Segment] | None:
    said: list[Segment] = []
    for part in parts:
        if isinstance(part, str):
            said.append(Text(part))
        elif isinstance(part, _Optional):
            said.extend(_say(part.parts, fill) or ())
        else:
            filled = fill(part.name)
            if filled is None:
                return None
            said.extend(filled)
    return said


@cache
def _parsed(pattern: str) -> tuple[_Part, ...]:
    return tuple(
        (
            _Optional(tuple(_plain(inner) for inner in _PIECE.finditer(match[1])))
            if match[1] is not None
            else _plain(match)
        )
        for match in _PIECE.finditer(pattern)
    )


def _plain(match: re.Match[str]) -> _Hole | str:
    return _Hole(match[2]) if match[2] is not None else match[3]
