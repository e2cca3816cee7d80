"""The VAT breakdown of content, each side with its derivation: BR-CO-17, once for each row.

The official verdict on a document is that of the same rule over its terms, in `vat_rows`.

- It compares sizes without sign, and lets them differ by less than 1. That is the UBL artefact; the CII artefact lets
  them differ by 1 as well, and where the two disagree the stricter one counts here.
- A rate that rounds to zero, or no rate, demands a VAT amount that rounds to zero.
"""

from decimal import Decimal

from en16931.exact import largest_below
from en16931.model import InvoiceContent, VatBreakdown
from en16931.rules.cen import CEN
from en16931.rules.sum_rule import Sides, SumRule
from en16931.rules.vat_rows import BR_CO_17

_HALF = Decimal("0.5")


def _vat_amounts(content: InvoiceContent) -> tuple[Sides, ...]:
    return tuple(
        _vat_amount(f"vat_breakdown[{index}]", row)
        for index, row in enumerate(content.vat_breakdown)
    )


def _vat_amount(path: str, row: VatBreakdown) -> Sides:
    tax, rate, taxable = f"{path}.tax_amount", f"{path}.rate", f"{path}.taxable_amount"
    if row.rate is not None and not (row.rate.is_finite() and -_HALF <= row.rate < _HALF):
        right = f"round(abs({taxable}) * {rate} / 100, 2)"
        return Sides(f"abs({tax})", right, (tax, taxable, rate), (), _less_than_one)
    # Without a rate, an amount other than zero is wrong only where there can be no rate: outside the scope of VAT.
    without_rate = row.rate is None and (row.category_code == "O" or not row.tax_amount)
    needed = (tax,) if without_rate else (tax, rate)
    return Sides(tax, "0", needed, (rate,), _rounds_to_zero)


def _less_than_one(residual: Decimal) -> Decimal:
    return largest_below(Decimal(1), residual)


def _rounds_to_zero(residual: Decimal) -> Decimal:
    return _HALF if residual < 0 else largest_below(_HALF, residual)


VAT_AMOUNT = SumRule(
    rule_id="BR-CO-17",
    pack=CEN,
    text=BR_CO_17.text,
    fields=(
        "vat_breakdown[*].tax_amount",
        "vat_breakdown[*].taxable_amount",
        "vat_breakdown[*].rate",
    ),
    sides=_vat_amounts,
)
