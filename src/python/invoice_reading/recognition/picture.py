"""The picture of a page on its way to the engine, and the lines that the engine finds in it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from invoice_reading.page import QuarterTurn

Point = tuple[float, float]
Quadrilateral = tuple[Point, Point, Point, Point]  # clockwise from the top left of the text


@dataclass(frozen=True, slots=True)
class Picture:
    """Pixels of a page in the order red, green, blue, row by row from the top left."""

    page: int
    width: int
    height: int
    pixels: bytes

    def size(self, turn: QuarterTurn) -> tuple[int, int]:
        """Returns width and height of the picture after it is turned."""
        return (self.width, self.height) if turn in (0, 180) else (self.height, self.width)


@dataclass(frozen=True, slots=True)
class FoundWord:
    """`contrast` is by how many of 256 levels its ink differs from its ground, in the colour where it differs most."""

    text: str
    corners: Quadrilateral
    contrast: int = 255


@dataclass(frozen=True, slots=True)
class FoundLine:
    """A line of text in pixels of its picture. `words` is empty where the engine did not tell them apart."""

    text: str
    score: float  # 0 to 1
    corners: Quadrilateral
    words: tuple[FoundWord, ...] = ()
    contrast: int = 255  # as of a word


@dataclass(frozen=True, slots=True)
class PictureLines:
    """The lines in the picture of a page, `turn` degrees clockwise from how it is shown, and so many pixels large then."""

    page: int
    turn: QuarterTurn
    width: int
    height: int
    lines: tuple[FoundLine, ...]


class TextEngine(Protocol):
    def __call__(self, picture: Picture, turn: QuarterTurn) -> tuple[FoundLine, ...]:
        """Returns the lines of text in the picture after it is turned by `turn`, and in its pixels then, in any order."""
        ...


# Paints the pages of a document of these numbers, one at a time.
Painter = Callable[[bytes, Iterable[int]], Iterator[Picture]]

# Reads the pictures of the pages of these numbers, in any order; one that cannot be painted is left out.
PictureReader = Callable[[bytes, Sequence[int]], Iterator[PictureLines]]
