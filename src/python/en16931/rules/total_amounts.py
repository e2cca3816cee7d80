"""Document totals over terms, for the official verdict: BR-12 to BR-15, BR-CO-10 to BR-CO-16.

These give the verdict of the artefacts on a document as it is written, with their ways. Of content, the same sums are
asked by the texts of the standard, each side as an expression that anyone can recompute: `derived_totals`, whose
functions have the same names.

Right sides are rounded to two decimals, a half towards plus infinity as XPath does, and must be met exactly. A total
that a sum adds and that is not stated counts as nothing.
"""

from decimal import Decimal

from en16931.exact import EXACT, exact_sum
from en16931.rules.cen_rule import cen_rule, has
from en16931.rules.term_rule import INVOICE, Equation, TermRule, Verdict, places
from en16931.rules.xpath_numbers import (
    double_sum,
    double_to_cents,
    is_minus_zero,
    round_to_cents,
)
from en16931.terms.stated_group import StatedGroup
from en16931.xml_reading import Syntax

TOTALS = "BG-22"
_ZERO = Decimal(0)

BR_12 = cen_rule(
    "BR-12",
    TOTALS,
    "BT-106",
    "The sum of the lines' net amounts is stated (BT-106).",
    has("BT-106"),
)

BR_13 = cen_rule(
    "BR-13", TOTALS, "BT-109", "The total without VAT is stated (BT-109).", has("BT-109")
)

BR_14 = cen_rule("BR-14", TOTALS, "BT-112", "The total with VAT is stated (BT-112).", has("BT-112"))

BR_15 = cen_rule("BR-15", TOTALS, "BT-115", "The amount due is stated (BT-115).", has("BT-115"))


def _line_sum(totals: StatedGroup) -> Verdict:
    """BR-CO-10: BT-106 = Σ BT-131"""
    stated, amounts = totals.number("BT-106"), _amounts(totals.invoice, "BG-25", "BT-131")
    return _meets(stated, (double_sum if totals.syntax is Syntax.CII else exact_sum)(amounts))


BR_CO_10 = cen_rule(
    "BR-CO-10",
    TOTALS,
    "BT-106",
    "The sum of the lines (BT-106) is the sum of their net amounts (BT-131).",
    _line_sum,
)


def _allowance_sum(totals: StatedGroup) -> Verdict:
    """BR-CO-11: BT-107 = Σ BT-92"""
    return _sum_of_group(totals, "BT-107", "BG-20", "BT-92")


BR_CO_11 = cen_rule(
    "BR-CO-11",
    TOTALS,
    "BT-107",
    "The sum of allowances (BT-107) is the sum of the document's allowances (BT-92).",
    _allowance_sum,
)


def _charge_sum(totals: StatedGroup) -> Verdict:
    """BR-CO-12: BT-108 = Σ BT-99"""
    return _sum_of_group(totals, "BT-108", "BG-21", "BT-99")


BR_CO_12 = cen_rule(
    "BR-CO-12",
    TOTALS,
    "BT-108",
    "The sum of charges (BT-108) is the sum of the document's charges (BT-99).",
    _charge_sum,
)


def _amount_without_vat(totals: StatedGroup) -> Verdict:
    """BR-CO-13: BT-109 = BT-106 - BT-107 + BT-108; in UBL, with neither of these two, exactly BT-106"""
    without_vat, lines = totals.number("BT-109"), totals.number("BT-106")
    if without_vat is None or lines is None:
        return False
    if totals.syntax is not Syntax.CII and not totals.has("BT-107", "BT-108"):
        return Equation(without_vat, lines)
    allowances, charges = totals.number("BT-107") or _ZERO, totals.number("BT-108") or _ZERO
    return _meets(without_vat, EXACT.add(EXACT.subtract(lines, allowances), charges))


BR_CO_13 = cen_rule(
    "BR-CO-13",
    TOTALS,
    "BT-109 BT-106",
    "The total without VAT (BT-109) is the sum of the lines (BT-106), less allowances (BT-107), plus charges (BT-108).",
    _amount_without_vat,
)


def _vat_sum(total: StatedGroup) -> Verdict:
    """BR-CO-14: BT-110 = Σ BT-117; in UBL, of each total that has rows"""
    if total.syntax is Syntax.CII:
        if {*total.texts("currency")}.isdisjoint(total.invoice.texts("BT-5")):
            return True
        rows = total.invoice.groups("BG-23")
    else:
        rows = total.groups("BG-23")
        if not rows:
            return True
    taxes = [tax for row in rows for tax in row.numbers("BT-117")]
    return _meets_sum(total.number("amount"), taxes, total.syntax)


BR_CO_14 = cen_rule(
    "BR-CO-14",
    "VAT-total",
    "BT-110",
    "The total of VAT (BT-110) is the sum of the VAT of all categories (BT-117).",
    _vat_sum,
)


def _amount_with_vat(invoice: StatedGroup) -> Verdict:
    """BR-CO-15: BT-112 = BT-109 + BT-110, the one total of VAT in the currency of the invoice (BT-5)

    In CII, BT-112 = BT-109 passes too, whatever the VAT.
    """
    totals = invoice.group(TOTALS)
    if not invoice.has("BT-5"):
        return True
    vat = [
        total.number("amount")
        for total in invoice.groups("VAT-total")
        if total.texts("currency")[:1] == invoice.texts("BT-5")[:1]
    ]
    if totals is None:
        return False
    with_vat, without_vat = totals.number("BT-112"), totals.number("BT-109")
    if with_vat is None or without_vat is None:
        return False
    if invoice.syntax is Syntax.CII and with_vat == without_vat:
        return True
    if len(vat) != 1 or vat[0] is None:
        return False
    return _meets(with_vat, EXACT.add(without_vat, vat[0]))


BR_CO_15 = cen_rule(
    "BR-CO-15",
    INVOICE,
    "BT-112 BT-109 BT-110",
    "The total with VAT (BT-112) is the total without VAT (BT-109) plus the total of VAT (BT-110).",
    _amount_with_vat,
)


def _amount_due(totals: StatedGroup) -> Verdict:
    """BR-CO-16: BT-115 = BT-112 - BT-113 + BT-114

    In CII nothing is rounded. In UBL what is left to pay is, and with a rounding amount so is the left side.
    """
    due, with_vat = totals.number("BT-115"), totals.number("BT-112")
    if due is None or with_vat is None:
        return False
    paid, rounding = totals.number("BT-113"), totals.number("BT-114")
    left = with_vat if paid is None else EXACT.subtract(with_vat, paid)
    if totals.syntax is Syntax.CII:
        return Equation(due, EXACT.add(left, rounding or _ZERO))
    if paid is not None:
        left = round_to_cents(left)
    if rounding is None:
        return Equation(due, left)
    return Equation(round_to_cents(EXACT.subtract(due, rounding)), left)


BR_CO_16 = cen_rule(
    "BR-CO-16",
    TOTALS,
    "BT-115 BT-112",
    "The amount due (BT-115) is the total with VAT (BT-112), less what is paid (BT-113), plus rounding (BT-114).",
    _amount_due,
)


def _sum_of_group(totals: StatedGroup, total: str, group: str, amount: str) -> Verdict:
    invoice, stated = totals.invoice, totals.number(total)
    if not totals.has(total) and not invoice.has_group(group):
        return True
    if stated is not None and totals.syntax is Syntax.CII and is_minus_zero(stated):
        return False
    return _meets_sum(stated, _amounts(invoice, group, amount), totals.syntax)


def _meets_sum(left: Decimal | None, amounts: list[Decimal], syntax: Syntax | None) -> Verdict:
    if left is None or syntax is not Syntax.CII:
        return _meets(left, exact_sum(amounts))
    return Equation(left, double_to_cents(double_sum(amounts)))


def _meets(left: Decimal | None, right: Decimal) -> Verdict:
    return False if left is None else Equation(left, round_to_cents(right))


def _amounts(invoice: StatedGroup, at: str, term: str) -> list[Decimal]:
    stated = (group.number(term) for group in places(invoice, at))
    return [amount for amount in stated if amount is not None]


TOTAL_RULES: tuple[TermRule, ...] = (
    BR_12,
    BR_13,
    BR_14,
    BR_15,
    BR_CO_10,
    BR_CO_11,
    BR_CO_12,
    BR_CO_13,
    BR_CO_14,
    BR_CO_15,
    BR_CO_16,
)
