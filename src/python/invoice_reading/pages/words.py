"""Words out of the characters that MuPDF finds on a page, in MuPDF's order: block by block, line by line."""

import unicodedata
from collections.abc import Iterator
from typing import NamedTuple, TypedDict

from invoice_reading.pages.geometry import Matrix, Rectangle

_SMALLEST_LEGIBLE_POINTS = 1.0
# Bits of `char_flags`, after FZ_STEXT_FILLED, _STROKED and _CLIPPED of MuPDF.
_FILLED = 16
_STROKED = 32
_CLIPPED = 64
_SOFT_HYPHEN = "\u00ad"
_LEFT_OUT = frozenset(("Cc", "Cf"))  # controls and format characters: nothing of them is printed


class Ink(NamedTuple):
    """How a run of characters is painted."""

    red: int
    green: int
    blue: int
    invisible: bool  # whatever is behind it: no paint, no opacity, too small
    clips: bool  # paints with something other than a plain colour, which then is unknown


class DrawnWord(NamedTuple):
    text: str
    place: Rectangle
    ink: Ink

    def turned(self, matrix: Matrix) -> "DrawnWord":
        return DrawnWord(self.text, self.place.turned(matrix), self.ink)


class Character(TypedDict):
    c: str
    bbox: tuple[float, float, float, float]


class Span(TypedDict):
    chars: list[Character]
    color: int
    alpha: int
    char_flags: int
    size: float


class Line(TypedDict):
    spans: list[Span]


class Block(TypedDict, total=False):
    """A block of MuPDF's "rawdict"; blocks of pictures have no lines."""

    lines: list[Line]


def drawn_words(blocks: list[Block]) -> Iterator[DrawnWord]:
    """Yields the runs without white space. A change of ink ends a run, so that a word is seen or hidden as a whole."""
    for block in blocks:
        for line in block.get("lines", ()):
            yield from _words_of(line)


def _words_of(line: Line) -> Iterator[DrawnWord]:
    run: list[Character] = []
    run_ink: Ink | None = None
    for span in line["spans"]:
        ink = _ink(span)
        if run and ink != run_ink:
            yield from _finished(run, run_ink)
            run = []
        run_ink = ink
        for character in span["chars"]:
            if not character["c"].isspace():
                run.append(character)
            elif run:
                yield from _finished(run, ink)
                run = []
    if run:
        yield from _finished(run, run_ink)


def _finished(run: list[Character], ink: Ink | None) -> Iterator[DrawnWord]:
    text = _printed("".join([character["c"] for character in run]))
    if not text or ink is None:
        return
    lefts, tops, rights, bottoms = zip(*[character["bbox"] for character in run], strict=True)
    yield DrawnWord(text, Rectangle(min(lefts), min(tops), max(rights), max(bottoms)), ink)


def _printed(text: str) -> str:
    """Returns what a reader of the page sees: no zero-width characters, composed letters.

    A soft hyphen that is in a page's text is painted as a hyphen (ISO 32000-1, 14.8.2.2.3), and fonts that map their
    only hyphen to it are common, so that it is one within a word such as a date or a number too.
    """
    if text.isascii() and text.isprintable():
        return text
    kept = (
        "-" if c == _SOFT_HYPHEN else "\ufffd" if "\ud800" <= c <= "\udfff" else c
        for c in text
        if c == _SOFT_HYPHEN or unicodedata.category(c) not in _LEFT_OUT
    )
    return unicodedata.normalize("NFC", "".join(kept))


def _ink(span: Span) -> Ink:
    color, flags = span["color"], span["char_flags"]
    invisible = (
        not flags & (_FILLED | _STROKED | _CLIPPED)
        or span["alpha"] == 0
        or span["size"] < _SMALLEST_LEGIBLE_POINTS
    )
    clips = not flags & (_FILLED | _STROKED)
    return Ink(color >> 16 & 255, color >> 8 & 255, color & 255, invisible, clips)
