"""Document totals of content, each side with its derivation: BR-CO-10 to BR-CO-16, as summaries explain them.

The official verdict on a document is that of the same rules over its terms, in `total_amounts`, whose functions have
the same names. The two differ by intention: there, a total that is not stated breaks the rule, and the artefacts for UBL
and CII each have their ways; here, nothing is said of what is not declared or could not be read.

They follow the texts of the official validation artefacts 1.3.16, and their XPath where the text leaves a choice:

- Right sides are rounded to two decimals, a half upwards, and must then be met exactly (tolerance 0).
- BR-CO-13 starts from BT-106, the declared sum of the lines; that it is their sum is BR-CO-10.
"""

from decimal import Decimal

from en16931.field_path import value_at
from en16931.model import InvoiceContent
from en16931.profiles import is_xrechnung_extension, specification_of
from en16931.rules.cen import CEN
from en16931.rules.sum_rule import Sides, SumRule, is_declared
from en16931.rules.total_amounts import (
    BR_CO_10,
    BR_CO_11,
    BR_CO_12,
    BR_CO_13,
    BR_CO_14,
    BR_CO_15,
    BR_CO_16,
)


def _line_sum(_: InvoiceContent) -> tuple[Sides, ...]:
    """BR-CO-10: BT-106 = Σ BT-131"""
    needed = ("totals.line_net_amount", "lines[*].net_amount")
    return (Sides(needed[0], f"round(sum({needed[1]}), 2)", needed),)


LINE_SUM = SumRule(
    rule_id="BR-CO-10",
    pack=CEN,
    text=BR_CO_10.text,
    fields=("totals.line_net_amount", "lines[*].net_amount"),
    sides=_line_sum,
)


def _allowance_sum(content: InvoiceContent) -> tuple[Sides, ...]:
    """BR-CO-11: BT-107 = Σ BT-92"""
    return _sum_of_parts("totals.allowance_amount", "allowances[*].amount", content)


ALLOWANCE_SUM = SumRule(
    rule_id="BR-CO-11",
    pack=CEN,
    text=BR_CO_11.text,
    fields=("totals.allowance_amount", "allowances[*].amount"),
    sides=_allowance_sum,
    total="totals.allowance_amount",
)


def _charge_sum(content: InvoiceContent) -> tuple[Sides, ...]:
    """BR-CO-12: BT-108 = Σ BT-99"""
    return _sum_of_parts("totals.charge_amount", "charges[*].amount", content)


CHARGE_SUM = SumRule(
    rule_id="BR-CO-12",
    pack=CEN,
    text=BR_CO_12.text,
    fields=("totals.charge_amount", "charges[*].amount"),
    sides=_charge_sum,
    total="totals.charge_amount",
)


def _amount_without_vat(content: InvoiceContent) -> tuple[Sides, ...]:
    """BR-CO-13: BT-109 = BT-106 - BT-107 + BT-108"""
    needed = ("totals.amount_without_vat", "totals.line_net_amount")
    terms = (("-", "totals.allowance_amount"), ("+", "totals.charge_amount"))
    return (_with_optional(needed, terms, content),)


AMOUNT_WITHOUT_VAT = SumRule(
    rule_id="BR-CO-13",
    pack=CEN,
    text=BR_CO_13.text,
    fields=(
        "totals.amount_without_vat",
        "totals.line_net_amount",
        "totals.allowance_amount",
        "totals.charge_amount",
    ),
    sides=_amount_without_vat,
)


def _vat_sum(content: InvoiceContent) -> tuple[Sides, ...]:
    """BR-CO-14: BT-110 = Σ BT-117"""
    return _sum_of_parts(
        "totals.vat_amount", "vat_breakdown[*].tax_amount", content, parts_needed=True
    )


VAT_SUM = SumRule(
    rule_id="BR-CO-14",
    pack=CEN,
    text=BR_CO_14.text,
    fields=("totals.vat_amount", "vat_breakdown[*].tax_amount"),
    sides=_vat_sum,
    total="totals.vat_amount",
)


def _amount_with_vat(content: InvoiceContent) -> tuple[Sides, ...]:
    """BR-CO-15: BT-112 = BT-109 + BT-110; where BT-112 is BT-109, BT-110 may be absent"""
    needed = ("totals.amount_with_vat", "totals.amount_without_vat")
    totals = content.totals
    if totals is not None and _is_same(totals.amount_with_vat, totals.amount_without_vat):
        return (_with_optional(needed, (("+", "totals.vat_amount"),), content),)
    right = f"round({needed[1]} + totals.vat_amount, 2)"
    return (Sides(needed[0], right, (*needed, "totals.vat_amount")),)


AMOUNT_WITH_VAT = SumRule(
    rule_id="BR-CO-15",
    pack=CEN,
    text=BR_CO_15.text,
    fields=("totals.amount_with_vat", "totals.amount_without_vat", "totals.vat_amount"),
    sides=_amount_with_vat,
)


def _amount_due(content: InvoiceContent) -> tuple[Sides, ...]:
    """BR-CO-16: BT-115 = BT-112 - BT-113 + BT-114"""
    if is_xrechnung_extension(specification_of(content)):
        return ()  # it adds payments by third parties, which are not in the content: BR-DEX-09
    needed = ("totals.amount_due", "totals.amount_with_vat")
    terms = (("-", "totals.paid_amount"), ("+", "totals.rounding_amount"))
    return (_with_optional(needed, terms, content),)


AMOUNT_DUE = SumRule(
    rule_id="BR-CO-16",
    pack=CEN,
    text=BR_CO_16.text,
    fields=(
        "totals.amount_due",
        "totals.amount_with_vat",
        "totals.paid_amount",
        "totals.rounding_amount",
    ),
    sides=_amount_due,
)


def _sum_of_parts(
    total: str, parts: str, content: InvoiceContent, *, parts_needed: bool = False
) -> tuple[Sides, ...]:
    """The total against the sum of the amounts of a group, where the content has the total or the group."""
    group = parts.partition("[")[0]
    if not value_at(content, group) and not is_declared(total, content):
        return ()
    needed, optional = ((total, parts), ()) if parts_needed else ((total,), (parts,))
    return (Sides(total, f"round(sum({parts}), 2)", needed, optional),)


def _is_same(one: Decimal | None, other: Decimal | None) -> bool:
    if one is None or other is None:
        return one is other
    return one.is_finite() and other.is_finite() and one == other


def _with_optional(
    needed: tuple[str, str], terms: tuple[tuple[str, str], ...], content: InvoiceContent
) -> Sides:
    """The first needed field against the second with those of the signed terms that are declared."""
    declared = "".join(f" {sign} {path}" for sign, path in terms if is_declared(path, content))
    optional = tuple(path for _, path in terms)
    return Sides(needed[0], f"round({needed[1]}{declared}, 2)", needed, optional)


DOCUMENT_TOTALS = (
    LINE_SUM,
    ALLOWANCE_SUM,
    CHARGE_SUM,
    AMOUNT_WITHOUT_VAT,
    VAT_SUM,
    AMOUNT_WITH_VAT,
    AMOUNT_DUE,
)
