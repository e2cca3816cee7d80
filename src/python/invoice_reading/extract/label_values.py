"""Values beside or under their labels: the one rule by which single fields find their text."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from invoice_reading.extract.dates import DateText
from invoice_reading.extract.layout import COLUMN
from invoice_reading.extract.lexicon import Label, Word
from invoice_reading.extract.marked_rows import MarkedRow, below, overlaps
from invoice_reading.extract.phrases import Found, words_of

_PREFIX = re.compile(r"[A-Z]{1,3}[-/]?\d")


@dataclass(frozen=True, slots=True)
class LabelPlace:
    """A label in its row; `free` says that it opens a phrase and is not the middle of a sentence."""

    row: MarkedRow
    found: Found[Label]
    free: bool

    def means(self, label: Label) -> bool:
        return label in self.found.meanings


def label_places(all_rows: Sequence[MarkedRow]) -> tuple[LabelPlace, ...]:
    """Returns every label of the document in reading order."""
    return tuple(
        LabelPlace(row, found, row.opens_phrase(found.begin))
        for row in all_rows
        for found in row.labels
    )


def room_beside(place: LabelPlace) -> tuple[int, int]:
    """Returns the characters between the label and the next label of its row that opens a phrase.

    Capital letters that an identifier begins with are no label there: "PO-17247", "N014.332".
    """
    text = place.row.row.text
    for other in place.row.labels:
        if (
            other.begin > place.found.begin
            and place.row.opens_phrase(other.begin)
            and not _PREFIX.match(text, other.begin)
        ):
            return place.found.end, other.begin
    return place.found.end, len(text)


def dates_beside(place: LabelPlace) -> Iterator[DateText]:
    """Yields the first date to the right of the label where only fillers stand between them."""
    begin, end = room_beside(place)
    for found in place.row.dates:
        if found.begin < begin:
            continue
        if found.begin >= end + 1 or not only_fillers(place.row, begin, found.begin):
            return
        if not place.free and COLUMN in place.row.row.text[begin : found.begin]:
            return  # a word of a name or a town, beside another column: "10121 Torino TO"
        yield found
        return


def dates_below(all_rows: Sequence[MarkedRow], place: LabelPlace) -> Iterator[DateText]:
    """Yields the nearest date under the label, where nothing but the label's own row is above it."""
    row = place.row.row
    left, right = row.left(place.found.begin), row.right(place.found.end)
    for lower in below(all_rows, place.row):
        for found in lower.dates:
            if overlaps(lower.row, found.begin, found.end, left, right):
                yield found
                return


def only_fillers(row: MarkedRow, begin: int, end: int) -> bool:
    """Returns whether no word of meaning stands in the characters [begin, end)."""
    fillers = words_of(Word.FILLER)
    return all(
        token.text in fillers or token.text in "#%"
        for token in row.tokens
        if token.begin >= begin and token.end <= end
    )
