"""Text values of a filter: quotes, escapes, and `*` for any text at either end."""

import re

from aip.filter_expression import TextPattern

_PIECE = re.compile(r"\\.|[^\\]", re.DOTALL)
_ESCAPABLE = frozenset("\\\"'*")
_ANY = "*"


def pieces_of(written: str) -> list[str]:
    """Returns the characters of a bare or quoted value; those that a backslash keeps from their meaning have it still.

    Raises ValueError where a backslash stands before another character than `\\`, `"`, `'` or `*`.
    """
    body = written[1:-1] if written[:1] in ("'", '"') else written
    pieces = _PIECE.findall(body)
    if any(len(piece) == 2 and piece[1] not in _ESCAPABLE for piece in pieces):
        raise ValueError("a backslash only before \\, a quote or *")
    return pieces


def plain_text(pieces: list[str]) -> str:
    """Returns the text that the pieces write, in which `*` is a character like others."""
    return "".join(piece[-1] for piece in pieces)


def text_or_pattern(pieces: list[str]) -> str | TextPattern:
    """Returns the text, or its pattern where `*` begins or ends it.

    Raises ValueError where `*` stands elsewhere or alone.
    """
    any_before = pieces[:1] == [_ANY]
    any_after = len(pieces) > 1 and pieces[-1] == _ANY
    inner = pieces[any_before : len(pieces) - any_after]
    if _ANY in inner:
        raise ValueError(
            "* only at the start or end of the text, and \\* in quotes for the character"
        )
    text = plain_text(inner)
    if not any_before and not any_after:
        return text
    if not text:
        raise ValueError("some text beside *, or field:* for any value")
    return TextPattern(text, any_before, any_after)
