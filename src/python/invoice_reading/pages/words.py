"""Words out of the characters that MuPDF finds on a page, in MuPDF's order: block by block, line by line."""

import math
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple, TypedDict

from invoice_reading.pages.geometry import Matrix, Rectangle, turned_point

# On a page as narrow as A4: about 4 points are read, 5 to 6 are what footnotes have.
_LEAST_LEGIBLE_POINTS = 3.9
_LARGE_POINTS = 18.0  # as WCAG 2.2 has it
_NARROWEST = 0.25  # width of a letter's em to its height; condensed fonts have more than half
# Bits of `char_flags`, after FZ_STEXT_FILLED, _STROKED and _CLIPPED of MuPDF.
_FILLED = 16
_STROKED = 32
_CLIPPED = 64
_SOFT_HYPHEN = "\u00ad"
# One sign to whoever reads the page: hyphens of other kinds, and letters that are set as one.
_AS_SEEN = str.maketrans(
    {
        "\u2010": "-",
        "\u2011": "-",
        "\ufe63": "-",
        "\uff0d": "-",
        "\ufb00": "ff",
        "\ufb01": "fi",
        "\ufb02": "fl",
        "\ufb03": "ffi",
        "\ufb04": "ffl",
        "\ufb05": "st",
        "\ufb06": "st",
    }
)
_DASHES = frozenset("-\u00ad\u2010\u2011\u2012\u2013\u2014")
_LEFT_OUT = frozenset(("Cc", "Cf"))  # controls and format characters: nothing of them is printed


class Ink(NamedTuple):
    """How a run of characters is painted."""

    color: int
    invisible: bool  # whatever is behind it: no paint, no opacity, too small
    clips: bool  # something is painted through its letters
    large: bool


class Character(TypedDict):
    c: str
    bbox: tuple[float, float, float, float]
    origin: tuple[float, float]


class DrawnWord(NamedTuple):
    text: str
    place: Rectangle
    ink: Ink
    characters: list[Character]

    def turned(self, matrix: Matrix) -> "DrawnWord":
        characters: list[Character] = [
            {
                "c": character["c"],
                "bbox": Rectangle(*character["bbox"]).turned(matrix),
                "origin": turned_point(character["origin"], matrix),
            }
            for character in self.characters
        ]
        return DrawnWord(self.text, self.place.turned(matrix), self.ink, characters)

    def parts(self, seen: Sequence[bool]) -> Iterator[tuple["DrawnWord", bool]]:
        """Yields the runs of characters that are all seen, or all not; `seen` says it of each character."""
        for is_seen, run in groupby(zip(self.characters, seen, strict=True), lambda pair: pair[1]):
            for word in _finished([character for character, _ in run], self.ink):
                yield word, is_seen


class Span(TypedDict):
    chars: list[Character]
    color: int
    alpha: int
    char_flags: int
    size: float
    ascender: float
    descender: float


class Line(TypedDict):
    spans: list[Span]
    dir: tuple[float, float]
    wmode: int


class Block(TypedDict, total=False):
    """A block of MuPDF's "rawdict"; blocks of pictures have no lines."""

    lines: list[Line]


def drawn_words(blocks: list[Block], unit: float = 1.0) -> Iterator[DrawnWord]:
    """Yields the runs without white space; a change of ink ends a run.

    `unit` is the size of the page: 1 for A4, 2 for one on which letters of two points look like one point on A4.
    """
    for block in blocks:
        for line in block.get("lines", ()):
            yield from _words_of(line, unit)


def is_painted(span: Span) -> bool:
    """Returns whether the letters are painted at all, whatever is behind them or over them."""
    return bool(span["char_flags"] & (_FILLED | _STROKED)) and span["alpha"] != 0


def is_unmapped(character: str) -> bool:
    """Returns whether a font does not say which character it paints there."""
    return character == "\ufffd" or unicodedata.category(character) in ("Co", "Cn")


def with_claimed_dashes(painted: list[Block], claimed: list[Block]) -> list[Block]:
    """Returns the painted blocks, with a dash where a character that no font maps is claimed to be one.

    Nothing else is taken from what a page claims of itself: a dash changes no amount and no name.
    """
    dashes = {_spot(character) for character in _characters(claimed) if character["c"] in _DASHES}
    for character in _characters(painted) if dashes else ():
        if is_unmapped(character["c"]) and _spot(character) in dashes:
            character["c"] = "-"
    return painted


def _characters(blocks: list[Block]) -> Iterator[Character]:
    for block in blocks:
        for line in block.get("lines", ()):
            for span in line["spans"]:
                yield from span["chars"]


def _spot(character: Character) -> tuple[int, ...]:
    return tuple(round(edge * 10) for edge in character["bbox"])


def _words_of(line: Line, unit: float) -> Iterator[DrawnWord]:
    run: list[Character] = []
    run_ink: Ink | None = None
    for span in line["spans"]:
        ink = _ink(span, line, unit)
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
    place = Rectangle(min(lefts), min(tops), max(rights), max(bottoms))
    yield DrawnWord(text, place, ink, run)


def _printed(text: str) -> str:
    """Returns what a reader of the page sees: no zero-width characters, composed letters, ligatures apart.

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
    return unicodedata.normalize("NFC", "".join(kept)).translate(_AS_SEEN)


def _ink(span: Span, line: Line, unit: float) -> Ink:
    flags = span["char_flags"]
    clips = bool(flags & _CLIPPED)
    return Ink(
        color=span["color"],
        invisible=not flags & (_FILLED | _STROKED | _CLIPPED)
        or (span["alpha"] == 0 and not clips)
        or _is_illegible(span, line, _LEAST_LEGIBLE_POINTS * unit),
        clips=clips,
        large=span["size"] >= _LARGE_POINTS * unit,
    )


def _is_illegible(span: Span, line: Line, least_points: float) -> bool:
    """Says whether letters are too small, or pressed together. The size of a span is the side of a square as large as its em."""
    size = span["size"]
    if size < least_points:
        return True
    height = _em_height(span, line)
    width = size * size / height
    return min(height, 2 * width) < least_points or width < height * _NARROWEST


def _em_height(span: Span, line: Line) -> float:
    """Returns the height of the em as the boxes of the characters have it; they are the em's from descender to ascender."""
    across = (1, 3) if abs(line["dir"][0]) > abs(line["dir"][1]) else (0, 2)
    level = math.isclose(max(map(abs, line["dir"])), 1, abs_tol=1e-3)
    of_em = span["ascender"] - span["descender"]
    if line["wmode"] or not level or not span["chars"] or of_em < 0.1:
        return span["size"]
    box = span["chars"][0]["bbox"]
    return max(1e-6, (box[across[1]] - box[across[0]]) / of_em)
