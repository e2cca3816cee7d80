"""Pages that stand on their side or on their head: found by how surely their lines are read, and read upright."""

from collections.abc import Iterator, Sequence

from invoice_reading.page import QuarterTurn
from invoice_reading.recognition.picture import (
    FoundLine,
    Painter,
    Picture,
    PictureLines,
    PictureReader,
    TextEngine,
)

# Upright lines of scans, photos and receipts score 0.96 and more a character, the same on their head 0.65 to 0.73.
_LEGIBLE = 0.85
_SHORTEST = 3  # characters: one letter by itself may be taller than wide
_TALL = 1.5  # times its width: the engine turns such a line by itself before it reads it, always to the same side


def upright_reader(engine: TextEngine, painter: Painter) -> PictureReader:
    """Returns what reads pictures of pages, each turned upright, one after the other."""

    def read(data: bytes, numbers: Sequence[int]) -> Iterator[PictureLines]:
        for picture in painter(data, numbers):
            turn, lines = upright_lines(engine, picture)
            width, height = picture.size(turn)
            yield PictureLines(picture.page, turn, width, height, lines)

    return read


def upright_lines(
    engine: TextEngine, picture: Picture
) -> tuple[QuarterTurn, tuple[FoundLine, ...]]:
    """Returns by how many degrees the picture is turned clockwise for its text to stand upright, and the lines then.

    A picture that is read well as it is costs one pass of the engine, any other two.
    """
    lines = engine(picture, 0)
    turn = _likely_turn(lines)
    if turn == 0:
        return 0, lines
    turned_lines = engine(picture, turn)
    if _read(turned_lines) > _read(lines) or _is_sideways(lines) > _is_sideways(turned_lines):
        return turn, turned_lines
    return 0, lines


def _likely_turn(lines: Sequence[FoundLine]) -> QuarterTurn:
    if not lines:
        return 0
    is_legible = _score(lines) >= _LEGIBLE
    if _is_sideways(lines):
        # The engine turns tall lines counterclockwise, so that only those are legible which run downwards.
        return 270 if is_legible else 90
    return 0 if is_legible else 180


def _is_sideways(lines: Sequence[FoundLine]) -> bool:
    """Returns whether most of the text stands in lines that are taller than wide."""
    tall = sum(len(line.text) for line in lines if _is_tall(line))
    return 2 * tall > sum(len(line.text) for line in lines)


def _is_tall(line: FoundLine) -> bool:
    across = [x for x, _ in line.corners]
    down = [y for _, y in line.corners]
    width, height = max(across) - min(across), max(down) - min(down)
    return len(line.text) >= _SHORTEST and height >= _TALL * width


def _score(lines: Sequence[FoundLine]) -> float:
    return _read(lines) / max(1, sum(len(line.text) for line in lines))


def _read(lines: Sequence[FoundLine]) -> float:
    """Returns how many characters were read, each counted by how sure it is."""
    return sum(line.score * len(line.text) for line in lines)
