"""The sums of FatturaPA, which states no sum of lines and few totals: FATTURAPA-01 to FATTURAPA-03.

What the exchange system of the tax office asks of taxable amounts, it lets differ by one for each row of VAT, as rounding of
a row may. That the total is right it does not ask.
"""

from decimal import Decimal

from en16931.fatturapa.codes import SPLIT_PAYMENT_CATEGORY
from en16931.finding import Severity
from en16931.model import InvoiceContent
from en16931.rules.declared import Declared
from en16931.rules.rule import PackName, RulePack
from en16931.rules.sum_rule import Sides, SumRule, is_declared

FATTURAPA_PACK = PackName("fatturapa", "1.2")

_TAXABLE = "vat_breakdown[*].taxable_amount"
_TAX = "vat_breakdown[*].tax_amount"
_LINES = "lines[*].net_amount"
_TOTAL = "totals.amount_with_vat"
_DUE = "totals.amount_due"
_INSTALMENTS = "extras.instalments[*].amount"
_WITHHELD = "extras.withholding_amount"
_ROUNDING = "totals.rounding_amount"
_ALLOWANCES = "allowances[*].amount"
_CHARGES = "charges[*].amount"


def _taxable_amounts(content: InvoiceContent) -> tuple[Sides, ...]:
    rows = len(content.vat_breakdown)
    right = f"sum({_LINES}){_charges(content, with_vat=True)}"
    return (
        Sides(
            f"sum({_TAXABLE})",
            f"round({right}, 2)",
            (_TAXABLE, _LINES),
            (_CHARGES,),
            lambda _: Decimal(rows),
        ),
    )


def _total(content: InvoiceContent) -> tuple[Sides, ...]:
    needed = (_TOTAL, _TAXABLE, _TAX)
    return (Sides(_TOTAL, f"round({_of_rows(content)}, 2)", needed, _OPTIONAL),)


def _amount_due(content: InvoiceContent) -> tuple[Sides, ...]:
    if is_declared(_DUE, content):
        left, paid = _DUE, _DUE
    elif is_declared(_INSTALMENTS, content):
        left, paid = f"sum({_INSTALMENTS})", _INSTALMENTS
    else:
        return ()
    total, needed = (
        (_TOTAL, (paid, _TOTAL))
        if is_declared(_TOTAL, content)
        else (_of_rows(content), (paid, _TAXABLE, _TAX))
    )
    withheld = f" - {_WITHHELD}" if is_declared(_WITHHELD, content) else ""
    # Under split payment the buyer pays the VAT to the state.
    split = "".join(
        f" - vat_breakdown[{index}].tax_amount"
        for index, row in enumerate(content.vat_breakdown)
        if row.category_code == SPLIT_PAYMENT_CATEGORY and row.tax_amount is not None
    )
    right = f"round({total}{withheld}{split}, 2)"
    return (Sides(left, right, needed, (*_OPTIONAL, _WITHHELD)),)


_OPTIONAL = (_ALLOWANCES, _CHARGES, _ROUNDING)


def _of_rows(content: InvoiceContent) -> str:
    """What is taxed and its VAT, less discounts and plus surcharges of the document, which change neither."""
    rounding = f" + {_ROUNDING}" if is_declared(_ROUNDING, content) else ""
    discounts = f" - sum({_ALLOWANCES})" if content.allowances else ""
    return f"sum({_TAXABLE}) + sum({_TAX}){discounts}{_charges(content, with_vat=False)}{rounding}"


def _charges(content: InvoiceContent, *, with_vat: bool) -> str:
    return "".join(
        f" + charges[{index}].amount"
        for index, charge in enumerate(content.charges)
        if (charge.vat_rate is not None) is with_vat and charge.amount is not None
    )


TAXABLE_AMOUNTS = SumRule(
    rule_id="FATTURAPA-01",
    pack=FATTURAPA_PACK,
    text="the taxable amounts of the VAT rows are the lines plus pension funds and accessory costs",
    fields=(_TAXABLE, _LINES, _CHARGES),
    sides=_taxable_amounts,
)
TOTAL = SumRule(
    rule_id="FATTURAPA-02",
    pack=FATTURAPA_PACK,
    text="the total is what the VAT rows add up to, less discounts and plus surcharges of the document",
    fields=(_TOTAL, _TAXABLE, _TAX, _ALLOWANCES, _CHARGES, _ROUNDING),
    sides=_total,
)
AMOUNT_DUE = SumRule(
    rule_id="FATTURAPA-03",
    pack=FATTURAPA_PACK,
    text="what is to be paid is the total less what is withheld, and less VAT under split payment",
    fields=(_DUE, _INSTALMENTS, _TOTAL, _WITHHELD, _TAXABLE, _TAX),
    sides=_amount_due,
    severity=Severity.WARNING,
)
FATTURAPA_SUMS: RulePack[Declared] = RulePack(FATTURAPA_PACK, (TAXABLE_AMOUNTS, TOTAL, AMOUNT_DUE))
