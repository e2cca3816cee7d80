"""What the columns of lines hold by their content: rates or amounts of tax, amounts without VAT or with it.

A heading such as "Tax" or "Total" says neither. The sums of the document do.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from en16931.exact import CENT, EXACT, exact_sum, product_meets
from invoice_reading.extract.amount_captions import AmountKind
from invoice_reading.extract.lexicon import Column
from invoice_reading.extract.line_table import LineRow, LineTable
from invoice_reading.extract.marked_rows import MarkedRow
from invoice_reading.extract.numbers import DecimalMark, NumberText
from invoice_reading.extract.totals import Totals

_HIGHEST_RATE = 40
_CODES = frozenset(map(Decimal, range(1, 10)))


def by_content(
    table: LineTable, found: Totals, all_rows: Sequence[MarkedRow], mark: DecimalMark | None
) -> LineTable:
    """Returns the lines with each number in the column that its content proves; what nothing proves is left out.

    Left out are numbers in a column of rates that may be amounts or are codes of rates, and amounts of a column that no
    heading names unless they add up to a total. Amounts that add up to the total with VAT are gross amounts, with their prices.
    """
    rates = _printed_rates(all_rows, mark)
    table = replace(table, lines=tuple(_without_codes(table.lines, rates, mark)))
    return replace(table, lines=tuple(_amounts(_taxes(table, found, rates, mark), found, mark)))


def _printed_rates(all_rows: Iterable[MarkedRow], mark: DecimalMark | None) -> frozenset[Decimal]:
    values = (number.value(mark) for row in all_rows for number in row.numbers if number.percent)
    return frozenset(value for value in values if value is not None and 0 <= value <= _HIGHEST_RATE)


def _without_codes(
    lines: Sequence[LineRow], rates: frozenset[Decimal], mark: DecimalMark | None
) -> list[LineRow]:
    """Returns the lines without rates where the column holds codes: single digits, none of which is a rate of the document."""
    values = {
        _value(line, Column.VAT_RATE, mark)
        for line in lines
        if Column.VAT_RATE in line.numbers and not line.numbers[Column.VAT_RATE].percent
    }
    are_codes = bool(rates and values) and values.isdisjoint(rates) and values <= _CODES
    return [_moved(line, Column.VAT_RATE, None) if are_codes else line for line in lines]


def _taxes(
    table: LineTable, found: Totals, rates: frozenset[Decimal], mark: DecimalMark | None
) -> list[LineRow]:
    taxed = [line for line in table.lines if Column.VAT_RATE in line.numbers]
    unclear = [line for line in taxed if _may_be_amount(line.numbers[Column.VAT_RATE])]
    if not unclear:
        return list(table.lines)
    values = [_value(line, Column.VAT_RATE, mark) for line in unclear]
    if _are_rates(unclear, values, found, rates, mark):
        return list(table.lines)
    into = Column.TAX_AMOUNT if _are_amounts(unclear, values, found, rates, mark) else None
    moved = {line.row.index for line in unclear}
    return [
        _moved(line, Column.VAT_RATE, into) if line.row.index in moved else line
        for line in table.lines
    ]


def _may_be_amount(number: NumberText) -> bool:
    return not number.percent and number.is_money


def _are_rates(
    lines: Sequence[LineRow],
    values: Sequence[Decimal | None],
    found: Totals,
    rates: frozenset[Decimal],
    mark: DecimalMark | None,
) -> bool:
    """Returns whether the numbers are rates that are printed elsewhere, or that give the tax of the document."""
    if any(line.numbers[Column.VAT_RATE].currency is not None for line in lines):
        return False
    if all(value in rates for value in values):
        return True
    tax = found.chosen.get(AmountKind.TAX)
    shares = [
        EXACT.multiply(amount, EXACT.scaleb(value, -2))
        for line, value in zip(lines, values, strict=True)
        for amount in (_value(line, Column.AMOUNT, mark),)
        if amount is not None and value is not None and 0 <= value <= _HIGHEST_RATE
    ]
    if tax is None or len(shares) < len(lines):
        return False
    apart = EXACT.subtract(exact_sum(shares), tax.value).copy_abs()
    return apart <= CENT * len(lines) and tax.value != 0


def _are_amounts(
    lines: Sequence[LineRow],
    values: Sequence[Decimal | None],
    found: Totals,
    rates: frozenset[Decimal],
    mark: DecimalMark | None,
) -> bool:
    """Returns whether the numbers add up to the tax of the document, or are each the tax of their line."""
    stated = [value for value in values if value is not None]
    if len(stated) < len(values):
        return False
    taxes = [candidate.value for candidate in found.candidates[AmountKind.TAX]]
    if exact_sum(stated) in {*taxes, exact_sum(taxes)}:
        return True
    return all(
        amount is not None
        and any(product_meets(amount, EXACT.scaleb(rate, -2), value) for rate in rates if rate)
        for line, value in zip(lines, stated, strict=True)
        for amount in (_value(line, Column.AMOUNT, mark),)
    )


def _amounts(lines: list[LineRow], found: Totals, mark: DecimalMark | None) -> list[LineRow]:
    amounts = [_value(line, Column.AMOUNT, mark) for line in lines]
    known = [amount for amount in amounts if amount is not None]
    if not known:
        return lines
    line_sum = exact_sum(known)
    if len(known) == len(lines) and _is_gross(line_sum, found):
        return [_gross(line, mark) for line in lines]
    nets = [*found.candidates[AmountKind.NET], *found.candidates[AmountKind.LINES]]
    if any(candidate.value == line_sum for candidate in nets):
        return lines
    return [line if line.amount_is_named else _moved(line, Column.AMOUNT, None) for line in lines]


def _is_gross(line_sum: Decimal, found: Totals) -> bool:
    """Returns whether the lines add up to the proven total with VAT, alone or with a charge, and not to one without."""
    net, tax, total = (
        found.chosen.get(kind) for kind in (AmountKind.NET, AmountKind.TAX, AmountKind.TOTAL)
    )
    if total is None or tax is None or net is None or AmountKind.TOTAL not in found.proven:
        return False
    if tax.value == 0 or line_sum == net.value:
        return False
    charges = {charge.value for charge in found.candidates[AmountKind.CHARGE]}
    return line_sum == total.value or any(
        EXACT.add(line_sum, charge) == total.value and EXACT.add(line_sum, charge) != net.value
        for charge in charges
    )


def _gross(line: LineRow, mark: DecimalMark | None) -> LineRow:
    """Returns the line with its amount as one with VAT, without a price that multiplies to it."""
    numbers = dict(line.numbers)
    numbers.setdefault(Column.GROSS_AMOUNT, numbers.pop(Column.AMOUNT))
    if line.product_closes:
        numbers.pop(Column.UNIT_PRICE, None)
        numbers.pop(Column.PRICE_BASE, None)
    return replace(line, numbers=numbers)


def _moved(line: LineRow, column: Column, into: Column | None) -> LineRow:
    numbers: dict[Column, NumberText] = dict(line.numbers)
    number = numbers.pop(column, None)
    if number is not None and into is not None:
        numbers.setdefault(into, number)
    return replace(line, numbers=numbers)


def _value(line: LineRow, column: Column, mark: DecimalMark | None) -> Decimal | None:
    numbers: Mapping[Column, NumberText] = line.numbers
    number = numbers.get(column)
    return number.value(mark) if number is not None else None
