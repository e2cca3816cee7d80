"""Rows of the VAT breakdown: a rate, an amount, and their product, wherever and however they are set."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from en16931.exact import EXACT, product_meets
from invoice_reading.extract.amount_captions import AmountGroup, AmountKind
from invoice_reading.extract.numbers import DecimalMark, NumberText

_HIGHEST_RATE = 40


@dataclass(frozen=True, slots=True)
class VatRow:
    """Rate, taxable amount and tax of one row, proven by their product.

    A row that prints no taxable amount ("VAT 7 %  7.00") is proven by the sums of the document alone.
    """

    rate: NumberText
    taxable: NumberText | None
    tax: NumberText
    rate_value: Decimal
    taxable_value: Decimal | None
    tax_value: Decimal


def rated_taxes(
    groups: Mapping[int, Sequence[AmountGroup]], line_rows: frozenset[int], mark: DecimalMark | None
) -> tuple[VatRow, ...]:
    """Returns the rows of a rate and its tax without the amount that is taxed: they count where they add up."""
    found: dict[tuple[Decimal, Decimal], VatRow] = {}
    for index in groups:
        for group in groups[index] if index not in line_rows else ():
            money = [number for number in group.amounts if number.is_money]
            if group.kind is not AmountKind.TAX or len(money) != 1 or len(group.rates) != 1:
                continue
            percent, tax = group.rates[0].value(mark), money[0].value(mark)
            if percent is not None and tax is not None and 0 <= percent <= _HIGHEST_RATE:
                row = VatRow(group.rates[0], None, money[0], percent, None, tax)
                found.setdefault((percent, tax), row)
    return tuple(found.values())


def untaxed_rows(
    groups: Mapping[int, Sequence[AmountGroup]], line_rows: frozenset[int], mark: DecimalMark | None
) -> tuple[VatRow, ...]:
    """Returns the rows of the rate 0 with an amount and a tax of 0, of which any table has many by chance."""
    found: dict[Decimal, VatRow] = {}
    for index in groups:
        for group in groups[index] if index not in line_rows else ():
            zero = [number for number in group.rates if number.value(mark) == 0]
            money = [(number, number.value(mark)) for number in group.amounts if number.is_money]
            bases = [(number, value) for number, value in money if value]
            taxes = [number for number, value in money if value == 0]
            if len(zero) == 1 and bases and taxes:
                base, value = bases[0]
                row = VatRow(zero[0], base, taxes[0], Decimal(0), value, Decimal(0))
                found.setdefault(value, row)
    return tuple(found.values())


def proven_vat_rows(
    groups: Mapping[int, Sequence[AmountGroup]], line_rows: frozenset[int], mark: DecimalMark | None
) -> tuple[VatRow, ...]:
    """Returns the rows that hold a rate, an amount and its tax, outside the lines."""
    found: dict[tuple[Decimal, Decimal | None, Decimal], VatRow] = {}
    for index in groups:
        if index in line_rows:
            continue
        for group in groups[index]:
            row = _vat_row(group, mark)
            if row is not None:
                found.setdefault((row.rate_value, row.taxable_value, row.tax_value), row)
    return tuple(found.values())


def _vat_row(group: AmountGroup, mark: DecimalMark | None) -> VatRow | None:
    money = [
        (number, value)
        for number in group.amounts[:8]
        for value in (number.value(mark),)
        if number.is_money and value is not None
    ]
    printed = group.rates or tuple(
        number for number in group.amounts if number.decimals <= 2 and number.currency is None
    )
    about_tax = group.kind in (AmountKind.TAX, AmountKind.TAXABLE)
    for rate in printed[:6]:
        percent = rate.value(mark)
        if percent is None or not 0 <= percent <= _HIGHEST_RATE:
            continue
        share = EXACT.scaleb(percent, -2)
        others = [(number, value) for number, value in money if number is not rate]
        for at, (base, base_value) in enumerate(others):
            for tax, tax_value in others[at + 1 :]:
                if base_value == 0 or not product_meets(base_value, share, tax_value):
                    continue
                if (percent == 0 or tax_value == 0) and not about_tax:
                    continue
                return VatRow(rate, base, tax, percent, base_value, tax_value)
    return None
