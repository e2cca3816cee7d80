"""Whether a word stands out from what is behind it, measured on a small grey picture of the page.

The picture knows everything that has been painted: fills, pictures, shades and what covers the word.
"""

from dataclasses import dataclass

from invoice_reading.pages.geometry import Rectangle
from invoice_reading.pages.words import Ink

# Of 256 grey levels. Below it nobody sees a difference; a hairline letter in light grey on white still passes it.
LEAST_CONTRAST = 8


@dataclass(frozen=True, slots=True)
class GreyPicture:
    """One byte a pixel, row by row; `scale` is pixels a point."""

    samples: bytes
    width: int
    height: int
    stride: int
    scale: float

    def shows(self, place: Rectangle, ink: Ink) -> bool:
        """Says whether something in the place differs from its edge, and the ink does."""
        left = max(0, int(place.left * self.scale))
        top = max(0, int(place.top * self.scale))
        right = min(self.width, int(place.right * self.scale) + 1)
        bottom = min(self.height, int(place.bottom * self.scale) + 1)
        if left >= right or top >= bottom:
            return False
        background = _commonest(
            self._row(top, left, right)
            + self._row(bottom - 1, left, right)
            + self._column(left, top, bottom)
            + self._column(right - 1, top, bottom)
        )
        if not ink.clips and abs(_grey(ink) - background) < LEAST_CONTRAST:
            return False
        # The middle first: almost every word has ink there.
        middle = (top + bottom) // 2
        return any(
            _differs(self._row(y, left, right), background)
            for y in (*range(middle, bottom), *range(top, middle))
        )

    def _row(self, y: int, left: int, right: int) -> bytes:
        return self.samples[y * self.stride + left : y * self.stride + right]

    def _column(self, x: int, top: int, bottom: int) -> bytes:
        return self.samples[
            top * self.stride + x : (bottom - 1) * self.stride + x + 1 : self.stride
        ]


def _commonest(edge: bytes) -> int:
    """Returns the background: letters and underlines take up less of the edge of their place."""
    return max(set(edge), key=edge.count)


def _differs(row: bytes, background: int) -> bool:
    return max(row) - background >= LEAST_CONTRAST or background - min(row) >= LEAST_CONTRAST


def _grey(ink: Ink) -> int:
    """Returns the level that MuPDF paints the colour with in a grey picture (weights of ITU-R BT.601)."""
    return round(0.3 * ink.red + 0.59 * ink.green + 0.11 * ink.blue)
