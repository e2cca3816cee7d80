"""Pages whose fonts map their glyphs to no characters, or to the wrong ones: people read them, programs do not."""

import unicodedata
from collections import Counter
from collections.abc import Mapping
from math import hypot

from invoice_reading.page import Layer, Page

_LEAST_BROKEN = 0.2  # of the characters of a page: a font of symbols has some of its own
_LEAST_LETTERS = 100  # fewer say nothing of a language
_WORD = 3  # letters; shorter ones are abbreviations
# How often letters stand in the languages of Latin script that are read, of a hundred, over all of them.
_USUAL = {
    "e": 14.0,
    "a": 9.0,
    "i": 7.5,
    "n": 7.5,
    "r": 6.5,
    "s": 6.5,
    "o": 6.5,
    "t": 6.3,
    "u": 4.3,
    "l": 4.2,
    "d": 4.2,
    "c": 3.4,
    "m": 2.8,
    "p": 2.6,
    "h": 2.2,
    "g": 1.9,
    "v": 1.5,
    "b": 1.3,
    "k": 1.3,
    "f": 1.3,
    "w": 1.3,
    "z": 1.2,
    "y": 1.0,
    "j": 0.5,
    "q": 0.5,
    "x": 0.3,
}
# Cosine of the letters of a page to these: of the labelled pages 0.89 and more, of the same with letters that are all
# the same number of places on in the alphabet 0.77 and less.
_LEAST_LIKE_LANGUAGE = 0.82


def is_garbled(page: Page) -> bool:
    """Returns whether the text that people see on the page is other than what it says."""
    text = [word.text for word in page.words if not word.hidden and word.layer is Layer.TEXT]
    characters = "".join(text)
    broken = sum(map(_is_broken, characters))
    if broken >= _LEAST_BROKEN * max(1, len(characters)):
        return True
    letters = Counter(
        letter
        for word in text
        if len(word) >= _WORD and word.isalpha()
        for letter in unicodedata.normalize("NFD", word.casefold())
        if letter in _USUAL
    )
    return letters.total() >= _LEAST_LETTERS and _likeness(letters) < _LEAST_LIKE_LANGUAGE


def _likeness(letters: Mapping[str, int]) -> float:
    shared = sum(count * _USUAL[letter] for letter, count in letters.items())
    return shared / (hypot(*letters.values()) * hypot(*_USUAL.values()))


def _is_broken(character: str) -> bool:
    """Returns whether the character is none: a replacement, or one of private use or without a meaning."""
    return character == "\ufffd" or unicodedata.category(character) in ("Co", "Cn")
