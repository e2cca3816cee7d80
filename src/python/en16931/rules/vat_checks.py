"""What the rules of the VAT categories ask for, each for one category."""

from collections.abc import Callable
from decimal import Decimal
from enum import Enum

from en16931.exact import EXACT
from en16931.rules.term_rule import Equation, Verdict, places
from en16931.rules.vat_use import vat_use
from en16931.rules.xpath_numbers import is_minus_zero, round_to_cents
from en16931.terms.stated_group import StatedGroup
from en16931.xml_reading import Syntax

Holds = Callable[[StatedGroup], Verdict]

OUTSIDE_VAT, SUPPLY_IN_EU, SPLIT_PAYMENT, STANDARD, IGIC = "O", "K", "B", "S", "L"
_ZERO, _ONE, _HUNDRED = Decimal(0), Decimal(1), Decimal(100)


class Parties(Enum):
    """Which identifiers of the parties an invoice has."""

    SELLER = (
        "has a tax identifier of the seller (BT-31, BT-32) or of its tax representative (BT-63)"
    )
    VAT_OF_SELLER = (
        "has a VAT identifier of the seller (BT-31) or of its tax representative (BT-63)"
    )
    SELLER_AND_BUYER = "has a tax identifier of the seller (BT-31, BT-32, BT-63), and the buyer's for VAT (BT-48) or of a register (BT-47)"
    VAT_OF_SELLER_AND_BUYER = (
        "has VAT identifiers of the seller (BT-31, BT-63) and the buyer (BT-48)"
    )
    NO_VAT = "has no VAT identifier of the seller (BT-31), its tax representative (BT-63) or the buyer (BT-48)"


class Rate(Enum):
    """Which rate a category has."""

    POSITIVE = "is greater than zero"
    ZERO = "is zero"
    NOT_NEGATIVE = "is zero or greater"
    NONE = "is not stated"


def has_rows(code: str) -> Holds:
    """The breakdown has the category where it is used.

    In UBL, it also has it not where it is not used. In CII, two lines of the category pass for a line and a row.
    """

    def holds(invoice: StatedGroup) -> bool:
        use = vat_use(invoice)
        rows, lines = use.of_breakdown[code], use.of_lines[code]
        if invoice.syntax is not Syntax.CII:
            return use.is_used(code) == (rows > 0)
        others = use.of_allowances[code] + use.of_charges[code]
        return (not lines or lines + rows >= 2) and (not others or rows > 0)

    return holds


def has_one_row(code: str) -> Holds:
    """The breakdown has the category once where it is used anywhere; in CII, it has it not where it is not."""

    def holds(invoice: StatedGroup) -> bool:
        use = vat_use(invoice)
        if invoice.syntax is not Syntax.CII:
            *uses, rows = (counter[code] for counter in use.under_vat)
            return rows == 1 or not (rows or any(uses))
        rows = use.of_breakdown[code]
        return (code == OUTSIDE_VAT and not rows) or rows == use.is_used(code)

    return holds


def parties_are_identified(parties: Parties, code: str, at: str) -> Holds:
    index = ("BG-25", "BG-20", "BG-21").index(at)

    def holds(invoice: StatedGroup) -> bool:
        use = vat_use(invoice)
        counted = use.under_vat[index][code]
        if code == STANDARD and at == "BG-25" and invoice.syntax is not Syntax.CII:
            # The artefact for UBL finds that lines are standard rated, and misses their VAT.
            return not use.of_lines[code] or (counted > 0 and _ARE_IDENTIFIED[parties](invoice))
        return not counted or _ARE_IDENTIFIED[parties](invoice)

    return holds


def _any(invoice: StatedGroup, party: str, *terms: str) -> bool:
    return any(group.has(*terms) for group in invoice.groups(party))


_ARE_IDENTIFIED: dict[Parties, Callable[[StatedGroup], bool]] = {
    Parties.SELLER: lambda invoice: _any(invoice, "BG-4", "BT-31", "BT-32")
    or _any(invoice, "BG-11", "BT-63"),
    Parties.VAT_OF_SELLER: lambda invoice: _any(invoice, "BG-4", "BT-31")
    or _any(invoice, "BG-11", "BT-63"),
    Parties.SELLER_AND_BUYER: lambda invoice: (
        _any(invoice, "BG-4", "BT-31", "BT-32") or _any(invoice, "BG-11", "BT-63")
    )
    and _any(invoice, "BG-7", "BT-48", "BT-47"),
    Parties.VAT_OF_SELLER_AND_BUYER: lambda invoice: (
        _any(invoice, "BG-4", "BT-31") or _any(invoice, "BG-11", "BT-63")
    )
    and _any(invoice, "BG-7", "BT-48"),
    Parties.NO_VAT: lambda invoice: not (
        _any(invoice, "BG-4", "BT-31")
        or _any(invoice, "BG-11", "BT-63")
        or _any(invoice, "BG-7", "BT-48")
    ),
}


def has_rate(rate: Rate, code: str, category: str, term: str) -> Holds:
    def holds(group: StatedGroup) -> bool:
        if rate is Rate.NONE:
            return not group.has(term)
        stated = group.number(term)
        if stated is None:
            return False
        if group.syntax is Syntax.CII and is_minus_zero(stated):
            return False
        if group.syntax is Syntax.CII and code == IGIC and category == "BT-151":
            return stated > 0  # of lines, the artefact for CII asks more than the standard
        return {
            Rate.POSITIVE: stated > 0,
            Rate.ZERO: stated == 0,
            Rate.NOT_NEGATIVE: stated >= 0,
        }[rate]

    return holds


def base(code: str) -> Holds:
    """BT-116 is the sum of the category: in UBL exactly, in CII less than one unit of money from it.

    What is outside the scope of VAT is the exception of CII: there the sum is met when it is rounded.
    """

    def holds(row: StatedGroup) -> Verdict:
        stated, net = row.number("BT-116"), vat_use(row.invoice).net(code)
        if stated is None:
            return False
        if row.syntax is not Syntax.CII:
            return Equation(stated, net)
        if code == OUTSIDE_VAT:
            return Equation(stated, round_to_cents(net))
        return EXACT.subtract(stated, net).copy_abs() < _ONE

    return holds


def base_at_rate(code: str) -> Holds:
    """BT-116 is the sum of the category at the rate: in CII rounded, in UBL up to one unit of money below it."""

    def holds(row: StatedGroup) -> Verdict:
        rate, stated = row.number("any-rate"), row.number("BT-116")
        if rate is None:
            return True
        net = vat_use(row.invoice).net_at(code, rate)
        if net is None:
            return row.syntax is Syntax.CII and code != STANDARD
        if stated is None:
            return False
        if row.syntax is Syntax.CII:
            return Equation(stated, round_to_cents(net))
        return -_ONE <= EXACT.subtract(stated, net) < _ONE

    return holds


def tax_is_zero(row: StatedGroup) -> Verdict:
    """BT-117 = 0"""
    stated = row.number("BT-117")
    return stated is not None and Equation(stated, _ZERO)


def tax_is_computed(row: StatedGroup) -> Verdict:
    """BT-117 is less than one unit of money from BT-116 x BT-119 / 100, in size."""
    tax, taxable, rate = row.number("BT-117"), row.number("BT-116"), row.number("BT-119")
    if tax is None or taxable is None or rate is None:
        return False
    computed = round_to_cents(EXACT.divide(EXACT.multiply(taxable.copy_abs(), rate), _HUNDRED))
    return EXACT.subtract(tax.copy_abs(), computed).copy_abs() < _ONE


def has_reason(row: StatedGroup) -> bool:
    return row.has("BT-120", "BT-121")


def has_no_reason(row: StatedGroup) -> bool:
    return not row.has("BT-120", "BT-121")


def supply_is_dated(invoice: StatedGroup) -> bool:
    if not vat_use(invoice).of_breakdown[SUPPLY_IN_EU]:
        return True
    period = invoice.group("BG-14")
    is_for_period = period is not None and (
        period.has("BT-73", "BT-74") or (period.syntax is not Syntax.CII and period.has("BT-8"))
    )
    return invoice.text("BT-72") != "" or is_for_period


def supply_has_country(invoice: StatedGroup) -> bool:
    if not vat_use(invoice).of_breakdown[SUPPLY_IN_EU]:
        return True
    return any(len(text) > 1 for place in invoice.groups("BG-15") for text in place.texts("BT-80"))


def all_are_outside_vat(term: str) -> Holds:
    """Every row, line, allowance or charge is so; for CII, a row or a line alike, and an allowance or a charge alike."""

    def holds(invoice: StatedGroup) -> bool:
        use = vat_use(invoice)
        if not use.of_breakdown[OUTSIDE_VAT]:
            return True
        counted = {
            "BT-118": use.of_breakdown,
            "BT-151": use.of_lines,
            "BT-95": use.of_allowances,
            "BT-102": use.of_charges,
        }[term]
        if invoice.syntax is Syntax.CII:
            counted = (
                use.of_breakdown + use.of_lines
                if term in ("BT-118", "BT-151")
                else use.of_allowances + use.of_charges
            )
        elif term == "BT-151":
            # In UBL, also a category that has no code is another one.
            taxes = places(invoice, "BG-25/BG-30")
            return all(tax.text("BT-151") == OUTSIDE_VAT for tax in taxes)
        return all(code == OUTSIDE_VAT for code in counted)

    return holds


def split_payment_is_italian(invoice: StatedGroup) -> bool:
    if not _has_anywhere(invoice, SPLIT_PAYMENT):
        return True
    return all(
        address.text(country) == "IT"
        for party, name, country in (("BG-4", "BG-5", "BT-40"), ("BG-7", "BG-8", "BT-55"))
        for group in invoice.groups(party)
        for address in group.groups(name)
    )


def split_payment_has_no_standard_rate(invoice: StatedGroup) -> bool:
    return not (_has_anywhere(invoice, SPLIT_PAYMENT) and _has_anywhere(invoice, STANDARD))


def _has_anywhere(invoice: StatedGroup, code: str) -> bool:
    use = vat_use(invoice)
    return use.is_used(code) or use.of_breakdown[code] > 0
