"""Texts and identifiers among the words of the pages, in whatever case, accents and punctuation they are printed."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from invoice_reading.annotation import PageRegion
from invoice_reading.extract.layout import COLUMN
from invoice_reading.extract.marked_rows import MarkedRow
from invoice_reading.extract.tokens import fold, tokens

_PIECE = re.compile(r"[^\W_]+")
# "Mueller" is "Müller", whose accent is folded away before.
_UMLAUT = re.compile(r"(?<=[aou])e")
_JOINERS = frozenset("und and et en y e the".split())
_SHORT = {
    "limited": "ltd",
    "incorporated": "inc",
    "corporation": "corp",
    "company": "co",
    "compagnie": "cie",
    "avenue": "ave",
    "av": "ave",
    "boulevard": "bd",
    "blvd": "bd",
    "street": "st",
    "road": "rd",
}
_STREET = re.compile(r"strasse$")
_MAX_PIECES = 40
_MOST_TRIED = 2_000  # places that a text may begin at, on pages that repeat themselves
_MOST_PLACES = 8  # where a text stands: a name is in the letterhead, the foot, a line of its sender
_END, _ANY, _COLUMN_END = "", "*", "|"  # no word is compared as one of these
_NEXT_ROWS = 3  # within how many rows a text that is broken goes on


@dataclass(frozen=True, slots=True)
class Place:
    """The characters [begin, end) of a row; `goes_on` is where a text that is broken ends in another."""

    row: MarkedRow
    begin: int
    end: int
    goes_on: tuple[MarkedRow, int] | None = None

    @property
    def region(self) -> PageRegion:
        return self.row.row.region(self.begin, self.end)


@dataclass(frozen=True, slots=True)
class _Part:
    text: str
    begin: int
    end: int


class PrintedText:
    """The rows of the pages, to be searched for texts."""

    def __init__(self, all_rows: Sequence[MarkedRow]) -> None:
        self._rows = all_rows
        self._parts = [parts_of(row.row.text) for row in all_rows]
        # By a word and the next of its row, so that a word that stands in every row costs no more than any other.
        self._starts: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
        for at, parts in enumerate(self._parts):
            for index, part in enumerate(parts):
                following = parts[index + 1].text if index + 1 < len(parts) else _END
                self._starts[part.text, following].append((at, index))
                self._starts[part.text, _ANY].append((at, index))
                if self._ends_column(at, index):
                    self._starts[part.text, _COLUMN_END].append((at, index))
        self._pieces: dict[str, list[tuple[int, int]]] = defaultdict(list)
        self._pieces_of = [list(_PIECE.finditer(row.row.text)) for row in all_rows]
        for at, pieces in enumerate(self._pieces_of):
            for index, piece in enumerate(pieces):
                self._pieces[fold(piece[0])].append((at, index))

    def text(self, text: str) -> Place | None:
        """Returns the first place where the words of the text stand in their order, in one row or broken over rows."""
        return next(self.texts(text), None)

    def texts(self, text: str) -> Iterator[Place]:
        """Yields places where the words of the text stand in their order, no more than a few."""
        return islice(self._texts([part.text for part in parts_of(text)]), _MOST_PLACES)

    def rows_with(self, text: str) -> Iterator[MarkedRow]:
        """Yields every row in which the words of the text begin: the name of an item may stand in thousands of them."""
        for place in self._texts([part.text for part in parts_of(text)]):
            yield place.row

    def _texts(self, wanted: Sequence[str]) -> Iterator[Place]:
        for at, index in islice(self._begins(wanted), _MOST_TRIED):
            matched = self._matched(at, index, wanted)
            is_whole = matched == len(wanted)
            end = None if is_whole else self._goes_on(at, index + matched, wanted[matched:])
            if is_whole or (matched and end is not None):
                parts = self._parts[at]
                begins, ends = parts[index].begin, parts[index + matched - 1].end
                yield Place(self._rows[at], begins, ends, end)

    def _begins(self, wanted: Sequence[str]) -> Iterator[tuple[int, int]]:
        """Yields where the first words stand: side by side, or the first at the end of its row."""
        if len(wanted) == 1:
            yield from self._starts.get((wanted[0], _ANY), ())
        elif wanted:
            yield from self._starts.get((wanted[0], wanted[1]), ())
            # The text may go on in another row.
            yield from self._starts.get((wanted[0], _COLUMN_END), ())

    def _ends_column(self, at: int, index: int) -> bool:
        parts = self._parts[at]
        if index + 1 == len(parts):
            return True
        return COLUMN in self._rows[at].row.text[parts[index].end : parts[index + 1].begin]

    def words_together(self, text: str) -> Place | None:
        """Returns a column of a row that holds all words of the text, in any order."""
        wanted = {part.text for part in parts_of(text)}
        rarest = min(wanted, key=lambda word: len(self._starts.get((word, _ANY), ())), default="")
        for at, _ in islice(self._starts.get((rarest, _ANY), ()), _MOST_TRIED):
            for begin, end in self._rows[at].row.segments():
                inside = [part for part in self._parts[at] if begin <= part.begin < end]
                if wanted <= {part.text for part in inside}:
                    return Place(self._rows[at], inside[0].begin, inside[-1].end)
        return None

    def identifier(self, identifier: str) -> Place | None:
        """Returns where the letters and digits of the identifier stand, whatever separates its groups."""
        wanted = squashed(identifier)
        for length in range(1, len(wanted) + 1):
            for at, first in islice(self._pieces.get(wanted[:length], ()), _MOST_TRIED):
                pieces = self._pieces_of[at][first : first + _MAX_PIECES]
                end = _run_end(pieces, wanted)
                if end is not None:
                    return Place(self._rows[at], pieces[0].start(), end)
        return None

    def after(self, place: Place) -> str:
        """Returns the word behind the place in its row, as words are compared; empty where there is none."""
        parts = self._parts[place.row.index]
        return next((part.text for part in parts if part.begin >= place.end), "")

    def _matched(self, at: int, index: int, wanted: Sequence[str]) -> int:
        parts = self._parts[at]
        count = 0
        while (
            count < len(wanted)
            and index + count < len(parts)
            and parts[index + count].text == wanted[count]
        ):
            count += 1
        return count

    def _goes_on(self, at: int, end: int, rest: Sequence[str]) -> tuple[MarkedRow, int] | None:
        """Returns where a text that is broken here ends: it goes on at the begin of a column of one of the next rows."""
        if not self._ends_column(at, end - 1):
            return None
        for lower in range(at + 1, min(at + 1 + _NEXT_ROWS, len(self._rows))):
            if self._rows[lower].page != self._rows[at].page:
                return None
            for begin, _ in self._rows[lower].row.segments():
                first = next(
                    (i for i, part in enumerate(self._parts[lower]) if part.begin >= begin), None
                )
                if first is not None and self._matched(lower, first, rest) == len(rest):
                    return self._rows[lower], self._parts[lower][first + len(rest) - 1].end
        return None


def parts_of(text: str) -> list[_Part]:
    """Returns the words of a text as they are compared: "S.A.R.L." is one word, and "&" is none."""
    found: list[_Part] = []
    single = False
    for token in tokens(text):
        word = _compared(token.text)
        is_letter = len(token.text) == 1 and token.text.isalpha()
        apart = text[found[-1].end : token.begin] if found else " "
        if found and is_letter and single and apart in (".", ". "):
            last = found.pop()
            found.append(_Part(last.text + word, last.begin, token.end))
        elif word not in _JOINERS:
            found.append(_Part(word, token.begin, token.end))
        single = is_letter
    return found


def squashed(text: str) -> str:
    """Returns the letters and digits of the text, without case and accents."""
    return "".join(sign for sign in fold(text) if sign.isalnum())


def _compared(token: str) -> str:
    word = _STREET.sub("str", token)
    word = _SHORT.get(word, word)
    return _UMLAUT.sub("", word)


def _run_end(pieces: Sequence[re.Match[str]], wanted: str) -> int | None:
    joined = ""
    for piece in pieces:
        joined += fold(piece[0])
        if joined == wanted:
            return piece.end()
        if not wanted.startswith(joined):
            return None
    return None
