"""What is painted on a page, in order, without how it looks: enough to know the pictures and what they lie over."""

from collections.abc import Iterable
from dataclasses import dataclass

from invoice_reading.pages.geometry import Rectangle

_TEXT = frozenset(("fill-text", "stroke-text"))
_PICTURE = frozenset(("fill-image",))


@dataclass(frozen=True, slots=True)
class PaintLog:
    """Places of text runs and pictures with their turn in the order of painting."""

    texts: tuple[tuple[int, Rectangle], ...]
    pictures: tuple[tuple[int, Rectangle], ...]

    def largest_picture_share(self, page: Rectangle) -> float:
        """Returns the largest part of the page that one picture covers, 0 to 1."""
        areas = [place.overlap(page).area for _, place in self.pictures]
        return min(1.0, max(areas, default=0.0) / page.area) if page.area else 0.0

    def paints_picture_over(self, word: Rectangle) -> bool:
        """Says whether a picture that is painted after the text at this place covers its middle."""
        over = [turn for turn, place in self.pictures if place.holds_middle_of(word)]
        if not over:
            return False
        written = [turn for turn, place in self.texts if place.holds_middle_of(word)]
        return bool(written) and max(written) < max(over)


def paint_log(entries: Iterable[tuple[str, Rectangle]]) -> PaintLog:
    """Returns the log of PyMuPDF's `get_bboxlog` entries, whose places have been turned to the upright page."""
    texts: list[tuple[int, Rectangle]] = []
    pictures: list[tuple[int, Rectangle]] = []
    for turn, (kind, place) in enumerate(entries):
        if kind in _TEXT:
            texts.append((turn, place))
        elif kind in _PICTURE:
            pictures.append((turn, place))
    return PaintLog(tuple(texts), tuple(pictures))
