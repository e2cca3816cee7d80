"""Text of documents on a terminal: what a document says must not steer the terminal."""

import re

from rich.cells import cell_len, set_cell_size

_NO_BREAK_SPACES = ("\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}")
_SPACES = {*_NO_BREAK_SPACES, "\t"}

_LINE_BREAK = re.compile(r"\s*[\r\n]\s*")

# Stands for a no-break space until the lines are broken: rich breaks them at every space that Unicode has, at these too.
# For private use, so that none comes from a document: there it is not printable.
NO_BREAK = "\ue000"


def printable(text: str, *, keep: str = "") -> str:
    """Returns the text with control and direction characters as U+FFFD, and other spaces as spaces."""
    return "".join(_shown(character, keep) for character in text)


def in_one_line(text: str) -> str:
    """Returns the text as `printable` does, with one space where its writer broke the line."""
    return printable(_LINE_BREAK.sub(" ", text))


def unbroken(text: str, *, keep: str = "", whole: bool = False) -> str:
    """Returns the text as `printable` does, but with NO_BREAK where no line may end; `whole` says nowhere in it."""
    spaces = (*_NO_BREAK_SPACES, " ") if whole else _NO_BREAK_SPACES
    return "".join(
        NO_BREAK if character in spaces else _shown(character, keep) for character in text
    )


def elided_right(text: str, width: int) -> str:
    """Returns the begin of the text that fits into so many cells, of which a wide character has two."""
    if cell_len(text) <= width:
        return text
    return set_cell_size(text, max(width - 1, 0)).rstrip(" ") + "…"


def elided_left(text: str, width: int, at: str) -> str:
    """Returns the end of the text that fits, cut before one of the characters `at` where that is possible."""
    if cell_len(text) <= width:
        return text
    end = text[len(text) - max(width - 1, 0) :]
    while cell_len(end) >= max(width, 1):
        end = end[1:]
    cut = end.find(at)
    return "…" + (end[cut:] if cut >= 0 else end)


def _shown(character: str, keep: str) -> str:
    if character.isprintable() or character in keep:
        return character
    return " " if character in _SPACES or character.isspace() else "\N{REPLACEMENT CHARACTER}"
