"""The letters of words that are looked for on a page, by what they are and where they begin."""

import sys
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from invoice_reading.pages.words import DrawnWord

# Origins of one letter, told twice by MuPDF, lie closer together than this many points; so do copies for bold letters.
_CLOSE = 0.25
_MOST_COPIES = 20  # of a letter in one place: nobody needs more to make it bold

_Cell = tuple[int, int]


class Letter(NamedTuple):
    """A character of a word, by their numbers."""

    word: int
    character: int


class SoughtLetters:
    """Letters to be found by the glyphs that paint them.

    `crowded` are those that are not looked for, since too many of the same stand in their place: each would have to be
    held against each.
    """

    def __init__(self, words: Sequence[DrawnWord]) -> None:
        self._words = words
        self._letters: dict[tuple[_Cell, str], list[Letter]] = {}
        own: dict[Letter, tuple[_Cell, str]] = {}
        for letter in _letters(words):
            character = self.character(letter)
            cell = _cell(words[letter.word].characters[letter.character]["origin"])
            own[letter] = cell, character
            for near in _around(cell):
                self._letters.setdefault((near, character), []).append(letter)
        self.crowded = frozenset(
            letter for letter, key in own.items() if len(self._letters[key]) > _MOST_COPIES
        )
        if self.crowded:
            self._letters = {
                key: [letter for letter in letters if letter not in self.crowded]
                for key, letters in self._letters.items()
            }

    def painted_by(self, code: int, origin: tuple[float, float]) -> list[Letter]:
        """Returns the letters that a glyph for this code point paints, which begins there."""
        if not 0 <= code <= sys.maxunicode:
            return []
        cell, character = _cell(origin), chr(code)
        found = self._letters.get((cell, character), [])
        # A ligature is found by the first of its letters.
        first = unicodedata.normalize("NFKC", character)[:1]
        return found if first == character else found + self._letters.get((cell, first), [])

    def character(self, letter: Letter) -> str:
        return self._words[letter.word].characters[letter.character]["c"]

    def is_large(self, letter: Letter) -> bool:
        return self._words[letter.word].ink.large


def _letters(words: Sequence[DrawnWord]) -> Iterator[Letter]:
    return chain.from_iterable(
        (Letter(at, of) for of in range(len(word.characters))) for at, word in enumerate(words)
    )


def _cell(origin: tuple[float, float]) -> _Cell:
    return round(origin[0] / _CLOSE), round(origin[1] / _CLOSE)


def _around(cell: _Cell) -> Iterator[_Cell]:
    """Yields the cell and those around it, so that a little difference never parts two origins."""
    across, down = cell
    for x in (across - 1, across, across + 1):
        for y in (down - 1, down, down + 1):
            yield x, y
