"""Small pages made of words, for tests of what reads pages."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from invoice_reading.page import MILLIONTHS, Box, Layer, Page, Word

WIDTH_POINTS, HEIGHT_POINTS = 595.0, 842.0


@dataclass(frozen=True, slots=True)
class Printed:
    """A text at a place in points: `left` is its left edge, or its right edge where `align_right` is set."""

    left: float
    top: float
    text: str
    size: float = 10.0
    align_right: bool = False
    hidden: bool = False


def text(left: float, top: float, content: str, size: float = 10.0) -> Printed:
    return Printed(left, top, content, size)


def right(edge: float, top: float, content: str, size: float = 10.0) -> Printed:
    return Printed(edge, top, content, size, align_right=True)


def hidden(left: float, top: float, content: str) -> Printed:
    return Printed(left, top, content, hidden=True)


def column(left: float, top: float, lines: Sequence[str], pitch: float = 13.0) -> list[Printed]:
    """Returns the lines one under the other."""
    return [Printed(left, top + at * pitch, line) for at, line in enumerate(lines)]


def table(
    top: float,
    edges: Sequence[float],
    rows: Iterable[Sequence[str]],
    pitch: float = 16.0,
    left_columns: int = 1,
) -> list[Printed]:
    """Returns the cells of a table: the first columns at their left edges, the others at their right edges."""
    return [
        Printed(edges[at], top + line * pitch, cell, align_right=at >= left_columns)
        for line, row in enumerate(rows)
        for at, cell in enumerate(row)
        if cell
    ]


def page(*printed: Printed | Iterable[Printed], number: int = 1, layer: Layer = Layer.TEXT) -> Page:
    """Returns a page of A4 size with the words of the texts in the order given; a letter is half as wide as it is tall."""
    words: list[Word] = []
    flat = [
        one for item in printed for one in ((item,) if isinstance(item, Printed) else tuple(item))
    ]
    for one in flat:
        letter = one.size * 0.5
        left = one.left - len(one.text) * letter if one.align_right else one.left
        for piece in one.text.split(" "):
            if piece:
                words.append(_word(len(words), piece, left, one, letter, layer))
            left += (len(piece) + 1) * letter
    return Page(number, WIDTH_POINTS, HEIGHT_POINTS, tuple(words))


def _word(index: int, piece: str, left: float, one: Printed, letter: float, layer: Layer) -> Word:
    box = Box(
        round(left / WIDTH_POINTS * MILLIONTHS),
        round(one.top / HEIGHT_POINTS * MILLIONTHS),
        round((left + len(piece) * letter) / WIDTH_POINTS * MILLIONTHS),
        round((one.top + one.size * 1.2) / HEIGHT_POINTS * MILLIONTHS),
    )
    return Word(index, piece, box, one.hidden, layer)
