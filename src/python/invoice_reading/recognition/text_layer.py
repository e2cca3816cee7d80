"""Text that nobody sees over the picture of a page: what a scanner left, or what somebody slipped in.

It is never read. Where OCR read print at its place, the two can be compared.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from invoice_reading.page import MILLIONTHS, Layer, Page, Word

_BANDS = 200  # across the page, so that a word is held against its neighbours alone
_MOST_WORDS = 20_000  # of one page; those beyond it are compared with nothing
_LEAST_SHARED = 0.5  # of the characters of a word, since both may have misread some


class TextLayer(NamedTuple):
    """Words by their index: `over_print` stand where OCR read something, `repeated` are about what it read there."""

    over_print: frozenset[int]
    repeated: frozenset[int]


def text_layer(page: Page) -> TextLayer:
    """Returns the hidden words of the page that stand over print that OCR read; none where it read nothing."""
    bands = _bands([word for word in page.words if word.layer is Layer.OCR and not word.hidden])
    over_print: set[int] = set()
    repeated: set[int] = set()
    if not any(bands):
        return TextLayer(frozenset(), frozenset())
    hidden = (word for word in page.words if word.hidden and word.layer is Layer.TEXT)
    for word, _ in zip(hidden, range(_MOST_WORDS), strict=False):
        printed = "".join(each.text for each in _below(word, bands))
        if printed:
            over_print.add(word.index)
            if _is_shared(word.text, printed):
                repeated.add(word.index)
    return TextLayer(frozenset(over_print), frozenset(repeated))


def has_unseen_words(page: Page) -> bool:
    """Returns whether the page holds text that a reader cannot see, and that is not what its picture shows there."""
    hidden = {word.index for word in page.words if word.hidden}
    return bool(hidden) and not hidden <= text_layer(page).repeated


def _bands(words: Sequence[Word]) -> list[list[Word]]:
    """Returns in each band of the page the words that touch it, from left to right."""
    bands: list[list[Word]] = [[] for _ in range(_BANDS)]
    for word in sorted(words, key=lambda each: each.box.left):
        for at in range(_band(word.box.top), _band(word.box.bottom) + 1):
            bands[at].append(word)
    return bands


def _below(word: Word, bands: Sequence[Sequence[Word]]) -> Iterator[Word]:
    middle = (word.box.top + word.box.bottom) // 2
    band = bands[_band(middle)]
    end = bisect_left(band, word.box.right, key=lambda each: each.box.left)
    for each in band[:end]:
        if each.box.right > word.box.left and each.box.top <= middle <= each.box.bottom:
            yield each


def _band(down: int) -> int:
    return min(max(down * _BANDS // MILLIONTHS, 0), _BANDS - 1)


def _is_shared(text: str, printed: str) -> bool:
    if text in printed:
        return True
    blocks = SequenceMatcher(None, text, printed, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) >= _LEAST_SHARED * len(text)
