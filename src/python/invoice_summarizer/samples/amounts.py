"""The amounts of a sample follow from its lines, as the sums of EN 16931 demand."""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

import msgspec

from en16931.model import DocumentTotals, InvoiceContent, InvoiceLine, VatBreakdown

_CENT = Decimal("0.01")
_ZERO = Decimal("0.00")


def with_amounts(content: InvoiceContent) -> InvoiceContent:
    """Returns the content with line amounts, VAT breakdown and totals computed (BR-CO-10 to BR-CO-17).

    Lines need a quantity, a price, a VAT category and a rate; allowances and charges their amounts. What is paid
    already and what is added to round stand as given, and so do the reasons why no VAT is charged.
    """
    given = content.totals or DocumentTotals()
    lines = tuple(
        msgspec.structs.replace(line, net_amount=_rounded(_quantity(line) * _price(line)))
        for line in content.lines
    )
    breakdown = tuple(_breakdown(msgspec.structs.replace(content, lines=lines)))
    line_net = _sum(line.net_amount for line in lines)
    allowances = _sum(allowance.amount for allowance in content.allowances)
    charges = _sum(charge.amount for charge in content.charges)
    vat = _sum(row.tax_amount for row in breakdown)
    net = line_net - allowances + charges
    return msgspec.structs.replace(
        content,
        lines=lines,
        vat_breakdown=breakdown,
        totals=DocumentTotals(
            line_net_amount=line_net,
            allowance_amount=allowances if content.allowances else None,
            charge_amount=charges if content.charges else None,
            amount_without_vat=net,
            vat_amount=vat,
            vat_amount_in_accounting_currency=given.vat_amount_in_accounting_currency,
            amount_with_vat=net + vat,
            paid_amount=given.paid_amount,
            rounding_amount=given.rounding_amount,
            amount_due=net + vat - (given.paid_amount or _ZERO) + (given.rounding_amount or _ZERO),
        ),
    )


def _breakdown(content: InvoiceContent) -> Iterable[VatBreakdown]:
    """Yields a row for each VAT category and rate, the highest rate first."""
    taxable: dict[tuple[str | None, Decimal], Decimal] = {}

    def add(category: str | None, rate: Decimal | None, amount: Decimal | None, sign: int) -> None:
        key = (category, rate or Decimal(0))
        taxable[key] = taxable.get(key, _ZERO) + sign * (amount or _ZERO)

    for line in content.lines:
        if line.vat is not None:
            add(line.vat.category_code, line.vat.rate, line.net_amount, 1)
    for allowance in content.allowances:
        add(allowance.vat_category_code, allowance.vat_rate, allowance.amount, -1)
    for charge in content.charges:
        add(charge.vat_category_code, charge.vat_rate, charge.amount, 1)
    for (category, rate), amount in sorted(taxable.items(), key=lambda item: -item[0][1]):
        reasons = (row for row in content.vat_breakdown if row.category_code == category)
        yield msgspec.structs.replace(
            next(reasons, VatBreakdown()),
            taxable_amount=amount,
            tax_amount=_rounded(amount * rate / 100),
            category_code=category,
            rate=rate,
        )


def _quantity(line: InvoiceLine) -> Decimal:
    return line.invoiced_quantity or Decimal(0)


def _price(line: InvoiceLine) -> Decimal:
    return (line.price and line.price.net_price) or Decimal(0)


def _sum(amounts: Iterable[Decimal | None]) -> Decimal:
    return sum((amount or _ZERO for amount in amounts), _ZERO)


def _rounded(amount: Decimal) -> Decimal:
    return amount.quantize(_CENT, ROUND_HALF_UP)
