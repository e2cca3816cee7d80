"""Invoice lines: the rows under a heading that carry an amount, over all pages."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from invoice_reading.annotation import PageRegion
from invoice_reading.extract.amount_captions import AmountGroup, AmountKind
from invoice_reading.extract.lexicon import Column
from invoice_reading.extract.line_columns import (
    MAX_HEADINGS,
    Heading,
    heading_at,
    is_other_heading,
    may_be_heading,
)
from invoice_reading.extract.line_description import line_description
from invoice_reading.extract.line_factors import product
from invoice_reading.extract.marked_rows import MarkedRow
from invoice_reading.extract.numbers import DecimalMark, NumberText
from invoice_reading.extract.row_numbers import by_column, position, with_last_amount
from invoice_reading.extract.unread_rows import rows_in_step, rows_of_goods, rows_that_multiply

_SKIPPED = (AmountKind.LINES, AmountKind.CARRIED, AmountKind.ALLOWANCE, AmountKind.CHARGE)


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line as printed: the numbers by their column, the regions of its description, and whether its product closes.

    `amount_is_named` says that a heading names the column of the amount; else it is the last money of the row.
    """

    row: MarkedRow
    numbers: Mapping[Column, NumberText]
    description: tuple[PageRegion, ...]
    product_closes: bool
    amount_is_named: bool = True


@dataclass(frozen=True, slots=True)
class LineTable:
    """All lines in document order. `rows` holds the indices of the rows that belong to tables of lines.

    `rows_seen` counts the rows that look like lines; it exceeds the lines where no heading said how to read some, or
    where no line was read and rows of words and numbers, or quantities of goods, stand under each other.
    """

    lines: tuple[LineRow, ...]
    rows: frozenset[int]
    rows_seen: int


@dataclass(slots=True)
class _Reading:
    """Where the reading of the table stands."""

    heading: Heading | None = None
    open: bool = False
    after_subtotal: bool = False
    under_total: bool = False  # that of a section, where lines go on below it
    position: int = 0  # of the last line that has one


def line_table(
    all_rows: Sequence[MarkedRow],
    groups: Mapping[int, Sequence[AmountGroup]],
    mark: DecimalMark | None,
) -> LineTable:
    """Returns the lines under every heading of the document; subtotals and carried-over sums are no lines.

    A table goes on over the end of a page, with or without its heading repeated, until a total or another heading.
    """
    reading = _Reading()
    lines: list[LineRow] = []
    members: set[int] = set()
    skip_to = -1
    headings = _headings(all_rows)
    untaken: set[int] = set()
    priced: frozenset[int] = frozenset()
    for row in all_rows:
        if row.index <= skip_to:
            members.add(row.index)
            continue
        heading = headings.get(row.index)
        if heading is not None:
            reading.heading, reading.open, reading.after_subtotal = heading, True, False
            reading.under_total = False
            members.update(range(heading.first, heading.last + 1))
            skip_to = heading.last
            continue
        if not reading.open or reading.heading is None:
            continue
        if is_other_heading(row):
            reading.open = False
            continue
        if reading.under_total and len(row.numbers) < 3:
            continue
        numbers = by_column(reading.heading, row)
        if not reading.heading.names_amounts:
            numbers = with_last_amount(numbers, row)
        closes, numbers = product(numbers, row, mark)
        kind = _total_kind(groups.get(row.index, ()), numbers)
        if kind in _SKIPPED and Column.QUANTITY not in numbers:
            reading.after_subtotal |= kind in (AmountKind.LINES, AmountKind.CARRIED)
            continue
        if kind is not None and kind not in _SKIPPED and not closes:
            reading.under_total = True
            continue
        description = line_description(all_rows, reading.heading, row, numbers, groups)
        if reading.under_total and not _goes_on(reading.heading, numbers, description):
            continue
        if not _is_line(reading, row, numbers, description):
            if _holds_amount(numbers, description) and kind is None:
                untaken.add(row.index)
            elif kind is None and _is_priced(row, numbers, description):
                priced |= {row.index}
            continue
        if reading.under_total:
            reading.under_total, reading.after_subtotal = False, True
        reading.position = position(row, numbers) or reading.position
        members.add(row.index)
        named = reading.heading.names_amounts
        lines.append(LineRow(row, numbers, description, closes, named))
    untaken |= rows_that_multiply(all_rows, mark) - members
    if not lines:
        untaken |= (priced | rows_in_step(all_rows, groups)) or rows_of_goods(all_rows)
    return LineTable(tuple(lines), frozenset(members), len(lines) + len(untaken))


def _goes_on(
    heading: Heading, numbers: Mapping[Column, NumberText], description: Sequence[PageRegion]
) -> bool:
    """Returns whether a row under a total is a line of the same table, which that total was a part of.

    It has words, a quantity, a price and an amount, each in its column.
    """
    columns = {Column.QUANTITY, Column.UNIT_PRICE, Column.AMOUNT}
    gross = {Column.QUANTITY, Column.UNIT_PRICE, Column.GROSS_AMOUNT}
    is_full = columns <= numbers.keys() or gross <= numbers.keys()
    return is_full and bool(description) and heading.names_amounts


def _headings(all_rows: Sequence[MarkedRow]) -> Mapping[int, Heading]:
    """Returns the headings by their first row; of those that share rows, the one with most columns."""
    found: dict[int, Heading] = {}
    last: Heading | None = None
    tried: Counter[int] = Counter()
    for row in all_rows:
        if tried[row.page] >= MAX_HEADINGS or not may_be_heading(row):
            continue
        tried[row.page] += 1
        heading = heading_at(all_rows, row.index)
        if heading is None:
            continue
        if last is not None and heading.first <= last.last:
            if len(heading.columns) <= len(last.columns):
                continue
            del found[last.first]
        found[heading.first] = last = heading
    return found


def _total_kind(
    groups: Sequence[AmountGroup], numbers: Mapping[Column, NumberText]
) -> AmountKind | None:
    """Returns the kind of the caption of the row's amount; without an amount, of any caption of a sum."""
    amount = numbers.get(Column.AMOUNT) or numbers.get(Column.GROSS_AMOUNT)
    for group in groups:
        about_amount = amount is None or amount in group.numbers
        counts = group.kind is not None and (amount is not None or group.kind not in _SKIPPED)
        if about_amount and counts:
            return group.kind if any(number.is_money for number in group.numbers) else None
    return None


def _is_line(
    reading: _Reading,
    row: MarkedRow,
    numbers: Mapping[Column, NumberText],
    description: Sequence[PageRegion],
) -> bool:
    amount = numbers.get(Column.AMOUNT) or numbers.get(Column.GROSS_AMOUNT)
    if amount is None or amount.percent or reading.heading is None:
        return False
    if Column.QUANTITY in numbers:
        return True
    is_next = position(row, numbers) in (reading.position + 1, reading.position + 10)
    if reading.after_subtotal or not (amount.is_money or is_next):
        return False
    # A lump sum: no quantity, but an amount of money beside a description, before the first subtotal. Where lines are
    # numbered on, the amount may be a whole number, and the description may stand above it.
    return bool(description) or is_next or Column.UNIT_PRICE in numbers


def _holds_amount(numbers: Mapping[Column, NumberText], description: Sequence[PageRegion]) -> bool:
    """Returns whether the row has words, a price and an amount: a line, were its quantity known."""
    amount = numbers.get(Column.AMOUNT) or numbers.get(Column.GROSS_AMOUNT)
    priced = Column.UNIT_PRICE in numbers
    return amount is not None and amount.is_money and priced and bool(description)


def _is_priced(
    row: MarkedRow, numbers: Mapping[Column, NumberText], description: Sequence[PageRegion]
) -> bool:
    """Returns whether the row has words, a quantity or price in its column, and money, whatever that is the amount of."""
    in_columns = Column.QUANTITY in numbers or Column.UNIT_PRICE in numbers
    return bool(description) and in_columns and any(number.is_money for number in row.numbers)
