"""The numbers of a row by the column that each of them stands in."""

from collections.abc import Mapping

from invoice_reading.extract.layout import COLUMN
from invoice_reading.extract.lexicon import Column
from invoice_reading.extract.line_columns import TEXT_COLUMNS, Heading
from invoice_reading.extract.marked_rows import MarkedRow
from invoice_reading.extract.numbers import NumberText

AMOUNT_COLUMNS = (Column.AMOUNT, Column.GROSS_AMOUNT)


def by_column(heading: Heading, row: MarkedRow) -> dict[Column, NumberText]:
    """Returns the numbers of the row that stand in a column of numbers, one a column."""
    found: dict[Column, NumberText] = {}
    for number in row.numbers:
        column = heading.column_of(row, number)
        if column is None or column.kind in TEXT_COLUMNS:
            continue
        if column.kind in AMOUNT_COLUMNS and is_inside_text(row, number):
            continue
        if column.kind is Column.QUANTITY and not may_be_quantity(number):
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


def with_last_amount(numbers: dict[Column, NumberText], row: MarkedRow) -> dict[Column, NumberText]:
    """Returns the numbers with the last money of the row as its amount, where no column is known to hold it."""
    money = [number for number in row.numbers if number.is_money]
    taken = [number for column, number in numbers.items() if column is not Column.TAX_AMOUNT]
    if len(money) < 2 or money[-1] in taken or is_inside_text(row, money[-1]):
        return numbers
    return {**numbers, Column.AMOUNT: money[-1]}


def position(row: MarkedRow, numbers: Mapping[Column, NumberText]) -> int:
    """Returns the number that the row has in the column of positions, or begins with; 0 where it has none."""
    first = row.numbers[0] if row.numbers and row.numbers[0].begin == 0 else None
    position = numbers.get(Column.POSITION, first)
    return int(position.digits) if position is not None and position.digits.isdecimal() else 0


def may_be_quantity(number: NumberText) -> bool:
    """Returns whether it may count pieces, hours or the like: what has a currency or a percent sign does not."""
    return number.currency is None and not number.percent


def is_inside_text(row: MarkedRow, number: NumberText) -> bool:
    """Returns whether words of a sentence stand directly before the number, so that it is no cell of its own."""
    begin = row.row.text.rfind(COLUMN, 0, number.begin) + 1
    return any(
        token.begin >= begin and token.end <= number.begin and len(token.text) > 3
        for token in row.tokens
    )
