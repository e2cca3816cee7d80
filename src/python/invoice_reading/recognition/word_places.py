"""Words of a page by where they stand, so that one is held against its neighbours alone."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator

from invoice_reading.page import MILLIONTHS, Box, Word

_BANDS = 200  # across the page


class WordPlaces:
    def __init__(self, words: Iterable[Word]) -> None:
        self._bands: list[list[Word]] = [[] for _ in range(_BANDS)]
        for word in sorted(words, key=lambda each: each.box.left):
            for at in range(_band(word.box.top), _band(word.box.bottom) + 1):
                self._bands[at].append(word)

    def on(self, box: Box) -> Iterator[Word]:
        """Yields the words, from left to right, that stand on the middle line of the box."""
        middle = (box.top + box.bottom) // 2
        band = self._bands[_band(middle)]
        end = bisect_left(band, box.right, key=lambda each: each.box.left)
        for each in band[:end]:
            if each.box.right > box.left and each.box.top <= middle <= each.box.bottom:
                yield each


def _band(down: int) -> int:
    return min(max(down * _BANDS // MILLIONTHS, 0), _BANDS - 1)
