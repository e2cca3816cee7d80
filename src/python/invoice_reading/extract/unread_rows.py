"""Rows that look like lines where no heading said how to read them: they are counted, so that nothing is lost in silence."""

from collections import Counter
from collections.abc import Mapping, Sequence

from invoice_reading.extract.amount_captions import AmountGroup
from invoice_reading.extract.lexicon import Column
from invoice_reading.extract.line_columns import (
    MAX_HEADINGS,
    Heading,
    goods_heading_at,
    may_be_heading,
)
from invoice_reading.extract.line_factors import product
from invoice_reading.extract.marked_rows import MarkedRow
from invoice_reading.extract.numbers import DecimalMark
from invoice_reading.extract.row_numbers import by_column, position

_SAME_END = 4.0  # points within which amounts of a column end


def rows_that_multiply(all_rows: Sequence[MarkedRow], mark: DecimalMark | None) -> frozenset[int]:
    """Returns the rows that hold a quantity, a price and their product, wherever they stand."""
    return frozenset(
        row.index
        for row in all_rows
        if 3 <= len(row.numbers) <= 12
        and row.numbers[-1].is_money
        and product({Column.AMOUNT: row.numbers[-1]}, row, mark)[0]
    )


def rows_in_step(
    all_rows: Sequence[MarkedRow], groups: Mapping[int, Sequence[AmountGroup]]
) -> frozenset[int]:
    """Returns the rows of words and a number that end with money, of which others end at the same place of the page.

    They look like lines whatever stands over them; a row with a caption of a sum does not.
    """
    ends: dict[tuple[int, int], list[int]] = {}
    for row in all_rows:
        last = row.numbers[-1] if 2 <= len(row.numbers) <= 12 else None
        if last is None or not last.is_money or row.dates:
            continue
        captioned = any(group.kind is not None for group in groups.get(row.index, ()))
        ends_row = not row.row.text[last.end :].strip()
        if ends_row and not captioned and _has_word(row):
            right = round(row.row.right(last.end) / _SAME_END)
            ends.setdefault((row.page, right), []).append(row.index)
    return frozenset(
        index
        for (page, right), found in ends.items()
        if sum(len(ends.get((page, right + step), ())) for step in (-1, 0, 1)) > 1
        for index in found
    )


def _has_word(row: MarkedRow) -> bool:
    return any(len(token.text) > 3 and token.text.isalpha() for token in row.tokens)


def rows_of_goods(all_rows: Sequence[MarkedRow]) -> frozenset[int]:
    """Returns the rows that say how many, or are numbered on, under a heading of goods that names no amounts."""
    heading: Heading | None = None
    found = set[int]()
    tried: Counter[int] = Counter()
    for row in all_rows:
        if tried[row.page] < MAX_HEADINGS and may_be_heading(row):
            tried[row.page] += 1
            heading = goods_heading_at(all_rows, row.index) or heading
        if heading is None:
            continue
        numbers = by_column(heading, row)
        if Column.QUANTITY in numbers or position(row, numbers) == len(found) + 1:
            found.add(row.index)
    return frozenset(found)
