"""The description of an invoice line: what its cell says, over all its rows, without the identifiers listed in it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from invoice_reading.annotation import PageRegion
from invoice_reading.extract.amount_captions import AmountGroup
from invoice_reading.extract.lexicon import Column, Label
from invoice_reading.extract.line_columns import TEXT_COLUMNS, Heading
from invoice_reading.extract.marked_rows import MarkedRow
from invoice_reading.extract.numbers import NumberText
from invoice_reading.extract.phrases import Found, column_phrases
from invoice_reading.extract.tokens import tokens

_MAX_ROWS = 12
_CLOSE = 0.6  # rows of one cell are no further apart than this part of a row's height
_BREAK = "\n"
# A colon and the identifier behind it: words with digits, of which the first may stand in the next row.
_IDENTIFIER = re.compile(rf"[.\s]*:\s*\S*\d\S*(?:[^\S{_BREAK}]+\S*\d\S*)*")
_TRIMMED = re.compile(rf"[^\s{_BREAK}](?:[^{_BREAK}]*\S)?")

_Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Part:
    """The characters [begin, end) of a row, which stand in the cell's text from `start` on."""

    row: MarkedRow
    begin: int
    end: int
    start: int

    @property
    def stop(self) -> int:
        return self.start + self.end - self.begin

    def in_cell(self, offset: int) -> int:
        return self.start + offset - self.begin


def line_description(
    all_rows: Sequence[MarkedRow],
    heading: Heading,
    row: MarkedRow,
    numbers: Mapping[Column, NumberText],
    groups: Mapping[int, Sequence[AmountGroup]],
) -> tuple[PageRegion, ...]:
    """Returns the words in the description's column, of the row and of the rows that continue it.

    Identifiers of the article with their captions ("GTIN: 4012345001235") are left out, unless there is nothing else.
    """
    zone = heading.zone(Column.DESCRIPTION) or heading.zone(Column.ARTICLE)
    if zone is None:
        return ()
    rows = _rows_of_cell(all_rows, heading, row, groups)
    parts: Sequence[_Part] = _parts(rows, zone, tuple(numbers.values()))
    text = _BREAK.join(part.row.row.text[part.begin : part.end] for part in parts)
    identifiers = _identifiers(text, parts)
    parts = _before_other_labels(parts, identifiers, zone)
    return tuple(_regions(text, parts, identifiers)) or tuple(_regions(text, parts, ()))


def _rows_of_cell(
    all_rows: Sequence[MarkedRow],
    heading: Heading,
    row: MarkedRow,
    groups: Mapping[int, Sequence[AmountGroup]],
) -> list[MarkedRow]:
    """Returns the row and those close below it that hold no other line and no amount."""
    found = [row]
    for lower in all_rows[row.index + 1 : row.index + _MAX_ROWS]:
        apart = lower.row.top - found[-1].row.bottom
        if lower.page != row.page or apart > _CLOSE * row.row.height:
            break
        if not all(_is_text(heading, group) for group in groups.get(lower.index, ())):
            break
        found.append(lower)
    return found


def _is_text(heading: Heading, group: AmountGroup) -> bool:
    """Returns whether the numbers are part of what the row says in words: no amount, and no cell of a number."""
    return group.kind is None and all(
        not number.is_money
        and number.decimals < 2  # "1,0 l" is a measure, "Gross price: 9,9000" is none
        and _stands_in_text(heading, group.row, number)
        for number in group.numbers
    )


def _stands_in_text(heading: Heading, row: MarkedRow, number: NumberText) -> bool:
    column = heading.column_of(row, number)
    if column is not None:
        return column.kind in TEXT_COLUMNS
    # Far from every heading: in the room of a long description, or in none.
    zone = heading.zone(Column.DESCRIPTION)
    return zone is not None and zone[0] <= row.row.left(number.begin) < zone[1]


def _parts(
    rows: Sequence[MarkedRow], zone: tuple[float, float], taken: Sequence[NumberText]
) -> list[_Part]:
    parts: list[_Part] = []
    start = 0
    for row in rows:
        begin, end = _words_in(row, zone, () if parts else taken)
        parts.append(_Part(row, begin, end, start))
        start += end - begin + len(_BREAK)
    return parts


def _words_in(row: MarkedRow, zone: tuple[float, float], taken: Sequence[NumberText]) -> _Span:
    begin = end = -1
    for start, word in zip(row.row.starts, row.row.words, strict=True):
        stop = start + len(word.text)
        middle = (row.row.left(start) + row.row.right(stop)) / 2
        inside = zone[0] <= middle < zone[1] and not any(
            number.begin < stop and start < number.end for number in taken
        )
        if inside:
            begin = start if begin < 0 else begin
            end = stop
        elif begin >= 0:
            break
    return (begin, end) if begin >= 0 else (0, 0)


def _identifiers(text: str, parts: Sequence[_Part]) -> list[_Span]:
    """Returns where identifiers of the article stand with their captions, which open a row or follow another."""
    openings = {part.start for part in parts}
    found: list[_Span] = []
    for phrase in column_phrases().search(text, tokens(text)):
        opens = phrase.begin in openings or (
            bool(found) and not text[found[-1][1] : phrase.begin].strip(" \u2002\t,;|/")
        )
        value = _IDENTIFIER.match(text, phrase.end)
        if opens and value is not None and Column.ARTICLE in phrase.meanings:
            found.append((phrase.begin, value.end()))
    return found


def _before_other_labels(
    parts: Sequence[_Part], identifiers: Sequence[_Span], zone: tuple[float, float]
) -> Sequence[_Part]:
    """Returns the parts before the first row, but the line's own, in which a label tells that something else begins."""
    for at, part in enumerate(parts[1:], start=1):
        if not all(_is_of_article(label, part, identifiers, zone) for label in part.row.labels):
            return parts[:at]
    return parts


def _is_of_article(
    label: Found[Label], part: _Part, identifiers: Sequence[_Span], zone: tuple[float, float]
) -> bool:
    """Returns whether the label names an identifier in the cell, or a number in the column to its left."""
    if part.row.row.right(label.end) <= zone[0]:
        return label.meanings == (Label.OTHER_REFERENCE,)
    begin, end = part.in_cell(label.begin), part.in_cell(label.end)
    return any(first <= begin and end <= last for first, last in identifiers)


def _regions(
    text: str, parts: Sequence[_Part], identifiers: Sequence[_Span]
) -> Iterator[PageRegion]:
    for part in parts:
        for begin, end in _without(part, identifiers):
            trimmed = _TRIMMED.search(text, begin, end)
            if trimmed and any(letter.isalpha() for letter in trimmed[0]):
                offset = part.begin - part.start
                yield part.row.row.region(trimmed.start() + offset, trimmed.end() + offset)


def _without(part: _Part, identifiers: Sequence[_Span]) -> Iterator[_Span]:
    """Yields the ranges of the part, in the cell's text, that are in none of the spans."""
    begin = part.start
    for first, last in identifiers:
        if last <= begin or first >= part.stop:
            continue
        yield begin, max(first, begin)
        begin = min(last, part.stop)
    yield begin, part.stop
