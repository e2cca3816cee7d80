"""Text that nobody sees over the picture of a page: what a scanner left, or what somebody slipped in.

It is never read. Where OCR read print at its place, the two can be compared.
"""

from difflib import SequenceMatcher
from typing import NamedTuple

from invoice_reading.page import Layer, Page
from invoice_reading.recognition.word_places import WordPlaces

_MOST_WORDS = 20_000  # of one page; those beyond it are compared with nothing
_LEAST_SHARED = 0.5  # of the characters of a word, since both may have misread some


class TextLayer(NamedTuple):
    """Words by their index: `over_print` stand where OCR read something, `repeated` are about what it read there."""

    over_print: frozenset[int]
    repeated: frozenset[int]


def text_layer(page: Page) -> TextLayer:
    """Returns the hidden words of the page that stand over print that OCR read; none where it read nothing."""
    seen = [word for word in page.words if word.layer is Layer.OCR and not word.hidden]
    if not seen:
        return TextLayer(frozenset(), frozenset())
    places = WordPlaces(seen)
    over_print: set[int] = set()
    repeated: set[int] = set()
    hidden = (word for word in page.words if word.hidden and word.layer is Layer.TEXT)
    for word, _ in zip(hidden, range(_MOST_WORDS), strict=False):
        printed = "".join(each.text for each in places.on(word.box))
        if printed:
            over_print.add(word.index)
            if _is_shared(word.text, printed):
                repeated.add(word.index)
    return TextLayer(frozenset(over_print), frozenset(repeated))


def has_unseen_words(page: Page) -> bool:
    """Returns whether the page holds text that a reader cannot see, and that is not what its picture shows there."""
    hidden = {word.index for word in page.words if word.hidden}
    return bool(hidden) and not hidden <= text_layer(page).repeated


def _is_shared(text: str, printed: str) -> bool:
    if text in printed:
        return True
    blocks = SequenceMatcher(None, text, printed, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) >= _LEAST_SHARED * len(text)
