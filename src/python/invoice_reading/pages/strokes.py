"""Where the strokes of text are on a page, and which of them make no difference to what people see."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from invoice_reading.pages.geometry import Rectangle
from invoice_reading.pages.painting import PixelGrid

# Of 256 levels. What differs from its ground by twice `likeness.LEAST_CONTRAST` or more changes each such pixel by that
# many; what differs by less, and does so on some pixels only, is looked at closely.
_LEAST_COVER = 64
_LEAST_CHANGE = 16
# More of its place is never covered by the letters of a word, but by something that is painted as if it were a letter.
_MOST_COVER = 0.6

_BAND = 16_384  # pixels that are looked at together: little memory at a time, and blank bands cost nothing
_YES = 255
_IS_STROKE = bytes(_YES if level >= _LEAST_COVER else 0 for level in range(256))
# Differences of two pictures are taken for all pixels at once, as one subtraction of two long numbers: with seven bits
# a pixel in one, and the eighth set in the other, nothing is borrowed from the neighbour.
_HALF = bytes(level // 2 for level in range(256))
_HALF_RAISED = bytes(128 + level // 2 for level in range(256))
_IS_SAME = bytes(_YES if abs(level - 128) < _LEAST_CHANGE // 2 else 0 for level in range(256))


class Sight(Enum):
    SEEN = "SEEN"
    HIDDEN = "HIDDEN"
    DOUBTFUL = "DOUBTFUL"


@dataclass(frozen=True, slots=True)
class Strokes:
    """A byte a pixel: where a stroke is, and where there is one that changes nothing; None where all make a difference."""

    grid: PixelGrid
    strokes: bytes
    lost: bytes | None

    def sights(self, places: Sequence[Rectangle]) -> list[Sight]:
        """Returns of the word at each place whether all of its strokes make a difference, or none, or it is in doubt.

        It is where the place has no strokes, or more than any word has. Where strokes are lost outside of all places,
        letters are not where they say, and nothing is certain.
        """
        parts = [self.grid.overlap(place) for place in places]
        if self.lost is not None and self._is_lost_elsewhere(self.lost, parts):
            return [Sight.DOUBTFUL] * len(parts)
        return [self._sight(part) for part in parts]

    def _sight(self, part: PixelGrid) -> Sight:
        covered = self._count(self.strokes, part)
        if not 0 < covered <= _MOST_COVER * part.width * part.height:
            return Sight.DOUBTFUL
        lost = self._count(self.lost, part) if self.lost else 0
        if not lost:
            return Sight.SEEN
        return Sight.HIDDEN if lost == covered else Sight.DOUBTFUL

    def _count(self, pixels: bytes, part: PixelGrid) -> int:
        return sum([pixels.count(_YES, row, row + part.width) for row in self.grid.rows(part)])

    def _is_lost_elsewhere(self, lost: bytes, parts: Sequence[PixelGrid]) -> bool:
        left = bytearray(lost)
        for part in parts:
            for row in self.grid.rows(part):
                left[row : row + part.width] = bytes(part.width)
        return _YES in left


def strokes(grid: PixelGrid, seen: bytes, without_text: bytes, text: bytes) -> Strokes:
    """Returns the strokes of what `painting` paints of a page."""
    covered = text.translate(_IS_STROKE)
    lost = [
        _lost(seen[at : at + _BAND], without_text[at : at + _BAND], covered[at : at + _BAND])
        for at in range(0, len(covered), _BAND)
    ]
    return Strokes(grid, covered, b"".join(lost) if any(_YES in band for band in lost) else None)


def _lost(seen: bytes, without_text: bytes, covered: bytes) -> bytes:
    """Returns a band of pixels; where it has no strokes, there is nothing to lose."""
    if _YES not in covered:
        return bytes(len(covered))
    difference = _number(seen.translate(_HALF_RAISED)) - _number(without_text.translate(_HALF))
    same = difference.to_bytes(len(seen), "little").translate(_IS_SAME)
    return (_number(same) & _number(covered)).to_bytes(len(covered), "little")


def _number(pixels: bytes) -> int:
    return int.from_bytes(pixels, "little")
