"""Invoice lines: the rows under a heading that carry an amount, over all pages."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from en16931.exact import EXACT, product_meets
from invoice_reading.annotation import PageRegion
from invoice_reading.extract.amount_captions import AmountGroup, AmountKind
from invoice_reading.extract.layout import COLUMN
from invoice_reading.extract.lexicon import Column
from invoice_reading.extract.line_columns import (
    TEXT_COLUMNS,
    Heading,
    goods_heading_at,
    heading_at,
    is_other_heading,
    may_be_heading,
)
from invoice_reading.extract.line_description import line_description
from invoice_reading.extract.marked_rows import MarkedRow
from invoice_reading.extract.numbers import DecimalMark, NumberText

_SKIPPED = (AmountKind.LINES, AmountKind.CARRIED, AmountKind.ALLOWANCE, AmountKind.CHARGE)
_AMOUNT_COLUMNS = (Column.AMOUNT, Column.GROSS_AMOUNT)
# What stands in these columns neither counts anything nor is the price of one.
_NO_FACTORS = (Column.POSITION, Column.VAT_RATE, Column.TAX_AMOUNT, *_AMOUNT_COLUMNS)
_BASES = {Decimal(10) ** power: power for power in (1, 2, 3, 4)}  # units that a price is of
_SAME_END = 4.0  # points within which amounts of a column end
_MAX_HEADINGS = 60  # rows of one page that are examined as headings


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
        numbers = _by_column(reading.heading, row)
        if not reading.heading.names_amounts:
            numbers = _with_last_amount(numbers, row)
        closes, numbers = _product(numbers, row, mark)
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
        reading.position = _position(row, numbers) or reading.position
        members.add(row.index)
        named = reading.heading.names_amounts
        lines.append(LineRow(row, numbers, description, closes, named))
    untaken |= _rows_that_multiply(all_rows, mark) - members
    if not lines:
        untaken |= (priced | _rows_in_step(all_rows, groups)) or _rows_of_goods(all_rows)
    return LineTable(tuple(lines), frozenset(members), len(lines) + len(untaken))


def _rows_that_multiply(all_rows: Sequence[MarkedRow], mark: DecimalMark | None) -> frozenset[int]:
    """Returns the rows that hold a quantity, a price and their product, wherever they stand."""
    return frozenset(
        row.index
        for row in all_rows
        if 3 <= len(row.numbers) <= 12
        and row.numbers[-1].is_money
        and _product({Column.AMOUNT: row.numbers[-1]}, row, mark)[0]
    )


def _rows_of_goods(all_rows: Sequence[MarkedRow]) -> frozenset[int]:
    """Returns the rows that say how many, or are numbered on, under a heading of goods that names no amounts."""
    heading: Heading | None = None
    found = set[int]()
    tried: Counter[int] = Counter()
    for row in all_rows:
        if tried[row.page] < _MAX_HEADINGS and may_be_heading(row):
            tried[row.page] += 1
            heading = goods_heading_at(all_rows, row.index) or heading
        if heading is None:
            continue
        numbers = _by_column(heading, row)
        if Column.QUANTITY in numbers or _position(row, numbers) == len(found) + 1:
            found.add(row.index)
    return frozenset(found)


def _rows_in_step(
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
        if tried[row.page] >= _MAX_HEADINGS or not may_be_heading(row):
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


def _by_column(heading: Heading, row: MarkedRow) -> dict[Column, NumberText]:
    found: dict[Column, NumberText] = {}
    for number in row.numbers:
        column = heading.column_of(row, number)
        if column is None or column.kind in TEXT_COLUMNS:
            continue
        if column.kind in _AMOUNT_COLUMNS and _is_inside_text(row, number):
            continue
        if column.kind is Column.QUANTITY and not _may_be_quantity(number):
            continue
        rival = found.get(column.kind)
        if rival is None or _displaces(heading, column.kind, row, number, rival):
            found[column.kind] = number
    return found


def _displaces(
    heading: Heading, kind: Column, row: MarkedRow, number: NumberText, rival: NumberText
) -> bool:
    """Returns whether the number is the one of the column, and not the rival before it: money is, else the nearer one."""
    if number.is_money != rival.is_money:
        return number.is_money
    return heading.is_nearer(kind, row, number, rival)


def _with_last_amount(
    numbers: dict[Column, NumberText], row: MarkedRow
) -> dict[Column, NumberText]:
    """Returns the numbers with the last money of the row as its amount, where no column is known to hold it."""
    money = [number for number in row.numbers if number.is_money]
    taken = [number for column, number in numbers.items() if column is not Column.TAX_AMOUNT]
    if len(money) < 2 or money[-1] in taken or _is_inside_text(row, money[-1]):
        return numbers
    return {**numbers, Column.AMOUNT: money[-1]}


def _may_be_quantity(number: NumberText) -> bool:
    """Returns whether it may count pieces, hours or the like: what has a currency or a percent sign does not."""
    return number.currency is None and not number.percent


def _is_inside_text(row: MarkedRow, number: NumberText) -> bool:
    """Returns whether words of a sentence stand directly before the number, so that it is no cell of its own."""
    begin = row.row.text.rfind(COLUMN, 0, number.begin) + 1
    return any(
        token.begin >= begin and token.end <= number.begin and len(token.text) > 3
        for token in row.tokens
    )


def _product(
    numbers: dict[Column, NumberText], row: MarkedRow, mark: DecimalMark | None
) -> tuple[bool, dict[Column, NumberText]]:
    """Returns whether quantity times price is the amount; other numbers of the row are tried where the columns fail.

    A price of several units closes with its base, which is kept where it does; a price whose base is not printed is
    left out.
    """
    amount = numbers.get(Column.AMOUNT) or numbers.get(Column.GROSS_AMOUNT)
    total = amount.value(mark) if amount else None
    base = numbers.get(Column.PRICE_BASE)
    plain = {column: number for column, number in numbers.items() if number is not base}
    if amount is None or total is None:
        return False, plain
    quantity, price = numbers.get(Column.QUANTITY), numbers.get(Column.UNIT_PRICE)
    no_factors = [numbers[column] for column in _NO_FACTORS if column in numbers]
    if quantity and price:
        if _closes(quantity.value(mark), price.value(mark), total):
            return True, plain
        based = base if base is not None else _base_in(row, (quantity, price, *no_factors), mark)
        if based is not None and _closes_with_base(quantity, price, based, total, mark):
            return True, {**plain, Column.PRICE_BASE: based}
    if total == 0:
        return False, plain
    others = [
        one
        for one in row.numbers
        if one not in no_factors
        and not one.percent
        and not (quantity and price and _is_inside_text(row, one))  # "hose, 12 mm" counts nothing
    ][:8]
    if quantity and not price:
        found = _price_beside(quantity, others, total, mark)
        if found is not None:
            return True, {**plain, **found}
    for left in others:
        for right in others:
            if left.begin < right.begin and _closes(left.value(mark), right.value(mark), total):
                factors = _quantity_and_price(left, right)
                if factors is not None:
                    quantity, price = factors
                    return True, {**plain, Column.QUANTITY: quantity, Column.UNIT_PRICE: price}
    if quantity and price and _is_of_several(quantity.value(mark), price.value(mark), total):
        return False, {column: one for column, one in plain.items() if one is not price}
    return False, plain


def _price_beside(
    quantity: NumberText, others: Sequence[NumberText], total: Decimal, mark: DecimalMark | None
) -> Mapping[Column, NumberText] | None:
    """Returns the price by which the quantity of its column comes to the amount, of one or of several with their base."""
    prices = [one for one in others if one is not quantity]
    for price in prices:
        if _closes(quantity.value(mark), price.value(mark), total):
            return {Column.UNIT_PRICE: price}
    for price in prices:
        for base in prices:
            if base is not price and _closes_with_base(quantity, price, base, total, mark):
                return {Column.UNIT_PRICE: price, Column.PRICE_BASE: base}
    return None


def _closes_with_base(
    quantity: NumberText,
    price: NumberText,
    base: NumberText,
    total: Decimal,
    mark: DecimalMark | None,
) -> bool:
    return _closes(quantity.value(mark), _price_of_one(price.value(mark), base.value(mark)), total)


def _base_in(
    row: MarkedRow, others: Sequence[NumberText], mark: DecimalMark | None
) -> NumberText | None:
    """Returns a number of the row that can be the base of its price: "per 100", "/ 1.000"."""
    return next(
        (
            number
            for number in row.numbers
            if number not in others
            and not number.percent
            and number.currency is None
            and number.value(mark) in _BASES
        ),
        None,
    )


def _price_of_one(price: Decimal | None, base: Decimal | None) -> Decimal | None:
    if price is None or base not in _BASES:
        return None
    return EXACT.scaleb(price, -_BASES[base])


def _is_of_several(quantity: Decimal | None, price: Decimal | None, total: Decimal) -> bool:
    """Returns whether quantity times price is the amount a hundred times over, or ten, or a thousand."""
    return any(_closes(quantity, _price_of_one(price, base), total) for base in _BASES)


def _quantity_and_price(
    left: NumberText, right: NumberText
) -> tuple[NumberText, NumberText] | None:
    """Returns which of two factors, in their order on the page, counts and which is the price of one."""
    quantity_first = left.decimals != 2 or right.decimals == 2
    orders = ((left, right), (right, left)) if quantity_first else ((right, left), (left, right))
    return next((order for order in orders if _may_be_quantity(order[0])), None)


def _closes(quantity: Decimal | None, price: Decimal | None, total: Decimal) -> bool:
    if quantity is None or price is None or quantity == 0:
        return False
    return product_meets(quantity, price, total)


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
    is_next = _position(row, numbers) in (reading.position + 1, reading.position + 10)
    if reading.after_subtotal or not (amount.is_money or is_next):
        return False
    # A lump sum: no quantity, but an amount of money beside a description, before the first subtotal. Where lines are
    # numbered on, the amount may be a whole number, and the description may stand above it.
    return bool(description) or is_next or Column.UNIT_PRICE in numbers


def _position(row: MarkedRow, numbers: Mapping[Column, NumberText]) -> int:
    """Returns the number that the row has in the column of positions, or begins with; 0 where it has none."""
    first = row.numbers[0] if row.numbers and row.numbers[0].begin == 0 else None
    position = numbers.get(Column.POSITION, first)
    return int(position.digits) if position is not None and position.digits.isdecimal() else 0


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
