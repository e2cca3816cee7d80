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
_PARTED = 0.25  # of a row's height: by so much is a gap between lines larger than those within one
_SAME_EDGE = 3.0  # points
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
    taken = [(number.begin, number.end) for number in numbers.values()]
    parts: Sequence[_Part] = _parts(rows, row, zone, [*taken, *_codes(heading, row)])
    text = _BREAK.join(part.row.row.text[part.begin : part.end] for part in parts)
    identifiers = _identifiers(text, parts)
    first = rows.index(row)
    parts = [*parts[:first], *_before_other_labels(parts[first:], identifiers, zone)]
    return tuple(_regions(text, parts, identifiers)) or tuple(_regions(text, parts, ()))


def _rows_of_cell(
    all_rows: Sequence[MarkedRow],
    heading: Heading,
    row: MarkedRow,
    groups: Mapping[int, Sequence[AmountGroup]],
) -> list[MarkedRow]:
    """Returns the row, those above it that are nearer to it than to what stands over them, and those close below it.

    None of them holds another line or an amount.
    """
    found = [row]
    reserved = _above_next(all_rows, heading, row, groups)
    for lower in all_rows[row.index + 1 : row.index + _MAX_ROWS]:
        apart = lower.row.top - found[-1].row.bottom
        if lower.page != row.page or apart > _CLOSE * row.row.height:
            break
        if lower.index in reserved or not _is_all_text(heading, lower, groups):
            break
        found.append(lower)
    above = _rows_above(all_rows, heading, row, groups, has_rows_below=len(found) > 1)
    return [*above, *found]


def _is_all_text(
    heading: Heading, row: MarkedRow, groups: Mapping[int, Sequence[AmountGroup]]
) -> bool:
    return all(_is_text(heading, group) for group in groups.get(row.index, ()))


def _above_next(
    all_rows: Sequence[MarkedRow],
    heading: Heading,
    row: MarkedRow,
    groups: Mapping[int, Sequence[AmountGroup]],
) -> frozenset[int]:
    """Returns the rows under the row that belong to the line below them."""
    for lower in all_rows[row.index + 1 : row.index + _MAX_ROWS]:
        if lower.page != row.page:
            break
        if not _is_all_text(heading, lower, groups):
            below = _has_text_close_below(all_rows, heading, lower, groups)
            above = _rows_above(all_rows, heading, lower, groups, has_rows_below=below)
            return frozenset(upper.index for upper in above)
    return frozenset()


def _has_text_close_below(
    all_rows: Sequence[MarkedRow],
    heading: Heading,
    row: MarkedRow,
    groups: Mapping[int, Sequence[AmountGroup]],
) -> bool:
    return any(
        lower.page == row.page
        and lower.row.top - row.row.bottom <= _CLOSE * row.row.height
        and _is_all_text(heading, lower, groups)
        for lower in all_rows[row.index + 1 : row.index + 2]
    )


def _rows_above(
    all_rows: Sequence[MarkedRow],
    heading: Heading,
    row: MarkedRow,
    groups: Mapping[int, Sequence[AmountGroup]],
    has_rows_below: bool,
) -> list[MarkedRow]:
    """Returns the rows of words over the numbers of a line that are a part of its description.

    They stand in the column of the description alone, and a gap parts them from what is over them. Something must tell
    them from the heading of a section: the description goes on under the numbers, or with a small letter, or the row of
    the numbers has no words of it.
    """
    zone = heading.zone(Column.DESCRIPTION)
    if zone is None or not all_rows[row.index - 1 : row.index]:
        return []
    taken = [(number.begin, number.end) for number in row.numbers]
    begin, end = _words_in(row, zone, [*taken, *_codes(heading, row)])
    own = row.row.text[begin:end]
    if own and not (has_rows_below or own[:1].islower()):
        return []
    above: list[MarkedRow] = []
    widest = 0.0
    for upper in reversed(all_rows[max(row.index - _MAX_ROWS, heading.last) : row.index]):
        edge = above[-1] if above else row
        apart = edge.row.top - upper.row.bottom
        is_parted = upper.page != row.page or apart > _CLOSE * row.row.height
        is_parted |= bool(above) and apart >= widest + _PARTED * row.row.height
        if is_parted or upper.index <= heading.last:
            return above[::-1]
        if not _is_words_alone(upper, zone) or not _is_all_text(heading, upper, groups):
            return []
        above.append(upper)
        widest = max(widest, apart)
    return []


def _is_words_alone(row: MarkedRow, zone: tuple[float, float]) -> bool:
    left, right = row.row.left(0), row.row.right(len(row.row.text))
    return zone[0] <= left and right <= zone[1] and not row.labels and not row.dates


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
    rows: Sequence[MarkedRow],
    own: MarkedRow,
    zone: tuple[float, float],
    taken: Sequence[_Span],
) -> list[_Part]:
    parts: list[_Part] = []
    start = 0
    for row in rows:
        begin, end = _words_in(row, zone, taken if row is own else ())
        parts.append(_Part(row, begin, end, start))
        start += end - begin + len(_BREAK)
    return parts


def _codes(heading: Heading, row: MarkedRow) -> Iterator[_Span]:
    """Yields the words with digits that begin where a column of articles does, however far they reach beyond its heading."""
    edges = [column.left for column in heading.columns if column.kind is Column.ARTICLE]
    if not edges:
        return
    for start, word in zip(row.row.starts, row.row.words, strict=True):
        left = row.row.left(start)
        has_digit = any(sign.isdigit() for sign in word.text)
        if has_digit and any(abs(left - edge) <= _SAME_EDGE for edge in edges):
            yield start, start + len(word.text)


def _words_in(row: MarkedRow, zone: tuple[float, float], taken: Sequence[_Span]) -> _Span:
    begin = end = -1
    for start, word in zip(row.row.starts, row.row.words, strict=True):
        stop = start + len(word.text)
        middle = (row.row.left(start) + row.row.right(stop)) / 2
        inside = zone[0] <= middle < zone[1] and not any(
            first < stop and start < last for first, last in taken
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
        return label.meanings in (
            (Label.OTHER_REFERENCE,),
            (Label.OWN_REFERENCE,),
            (Label.ANY_REFERENCE,),
        )
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
