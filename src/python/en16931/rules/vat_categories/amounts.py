"""The taxable amount and the tax of each row of the VAT breakdown, as its category has them: -08 and -09 of each."""

from collections.abc import Callable
from decimal import Decimal

from en16931.exact import EXACT
from en16931.rules.term_rule import Equation, Verdict, less_than_one_apart
from en16931.rules.vat_categories.vat_use import OUTSIDE_VAT, STANDARD, Net, vat_use
from en16931.rules.xpath_numbers import (
    doubled_is_within_one,
    float_is_within_one,
    is_minus_zero,
    round_to_cents,
)
from en16931.terms.stated_group import StatedGroup
from en16931.xml_reading import Syntax

Holds = Callable[[StatedGroup], Verdict]

_ZERO, _ONE, _HUNDRED = Decimal(0), Decimal(1), Decimal(100)


def taxable_amount(code: str) -> Holds:
    """BT-116 is the sum of the category: in UBL exactly, in CII less than one unit of money from it.

    What is outside the scope of VAT is the exception of CII: there the sum is met when it is rounded.
    """

    def holds(row: StatedGroup) -> Verdict:
        stated, net = _of_row(row, "BT-116"), vat_use(row.invoice).net(code)
        if stated is None:
            return False
        if row.syntax is not Syntax.CII:
            has_lines = row.syntax is None or row.invoice.has_group("BG-25")
            return has_lines and Equation(stated, net.total())
        rounded = net.total_of_rounded()
        if code == OUTSIDE_VAT:
            return Equation(stated, rounded)
        return less_than_one_apart(float_is_within_one(stated, rounded), stated, rounded)

    return holds


def taxable_amount_at_rate(code: str) -> Holds:
    """BT-116 is the sum of the category at the rate: in CII exactly, else less than one unit of money from it."""

    def holds(row: StatedGroup) -> Verdict:
        rate, stated = row.number("any-rate"), _of_row(row, "BT-116")
        if row.syntax is Syntax.CII:
            return _at_rate_in_cii(row, code, rate, stated)
        if rate is None:
            return True
        use = vat_use(row.invoice)
        net = use.net_at(code, rate)
        if stated is None:
            return False
        if row.syntax is None:
            return net is not None and _is_within_one(stated, net.total())
        return _at_rate_in_ubl(row.invoice, code, rate, stated)

    return holds


def _at_rate_in_cii(
    row: StatedGroup, code: str, rate: Decimal | None, stated: Decimal | None
) -> Verdict:
    if rate is None or code != STANDARD:
        return True  # of IGIC and IPSI, the artefact for CII looks for the rate where there is none
    net = vat_use(row.invoice).net_at(code, rate) or Net()
    return stated is not None and Equation(stated, net.total_of_rounded())


def _at_rate_in_ubl(invoice: StatedGroup, code: str, rate: Decimal, stated: Decimal) -> Verdict:
    use = vat_use(invoice)
    net = use.net_at(code, rate) or Net()
    total = net.total()
    meets = doubled_is_within_one(stated, total)
    if code != STANDARD:
        return invoice.has_group("BG-25") and less_than_one_apart(meets, stated, total)
    if (code, rate) in use.rates_of_changes:
        # The artefact then takes the lines of a credit note in an invoice as well, and finds none.
        meets = meets or doubled_is_within_one(stated, net.changes())
        return less_than_one_apart(meets, stated, total)
    return net.lines is not None and less_than_one_apart(meets, stated, total)


def _is_within_one(stated: Decimal, computed: Decimal) -> Verdict:
    is_met = EXACT.subtract(stated, computed).copy_abs() < _ONE
    return less_than_one_apart(is_met, stated, computed)


def _of_row(tax: StatedGroup, term: str) -> Decimal | None:
    """Returns an amount of the row; in UBL, the tax of a row is a part of it."""
    above = tax.parent
    if tax.syntax in (Syntax.CII, None) or above is None:
        return tax.number(term)
    return above.number(term)


def tax_is_zero(row: StatedGroup) -> Verdict:
    """BT-117 = 0"""
    stated = _of_row(row, "BT-117")
    if stated is None or (row.syntax is Syntax.CII and is_minus_zero(stated)):
        return False
    return Equation(stated, _ZERO)


def tax_is_computed(code: str) -> Holds:
    """BT-117 is less than one unit of money from BT-116 x BT-119 / 100, in size; of IGIC and IPSI, CII asks nothing."""
    return lambda row: (
        (row.syntax is Syntax.CII and code != STANDARD) or _tax_is_near_rate_of_base(row)
    )


def _tax_is_near_rate_of_base(row: StatedGroup) -> Verdict:
    tax, taxable, rate = _of_row(row, "BT-117"), _of_row(row, "BT-116"), row.number("any-rate")
    if tax is None or taxable is None or rate is None:
        return False
    computed = round_to_cents(EXACT.divide(EXACT.multiply(taxable.copy_abs(), rate), _HUNDRED))
    return _is_within_one(tax.copy_abs(), computed)
