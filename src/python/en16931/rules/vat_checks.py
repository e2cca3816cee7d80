"""What the rules of the VAT categories ask for, each for one category."""

from collections.abc import Callable
from decimal import Decimal
from enum import Enum

from en16931.exact import EXACT
from en16931.rules.term_rule import Equation, Verdict, by_code, places
from en16931.rules.vat_use import Net, VatUse, vat_use
from en16931.rules.xpath_numbers import (
    doubled_is_within_one,
    float_is_within_one,
    is_minus_zero,
    round_to_cents,
)
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

    In UBL, it also has it not where it is not used. In CII, two uses of the category pass for a use and a row.
    """

    def in_cii(use: VatUse) -> bool:
        rows, lines, changes = use.rows.any[code], use.lines.any[code], use.changes.any[code]
        return (not lines or lines + rows >= 2) and (not changes or changes + rows >= 2)

    def in_ubl(use: VatUse) -> bool:
        if code == STANDARD:
            return use.is_used(code) == (use.rows.any[code] > 0)
        if use.lines.vat[code] or use.changes.vat[code]:
            # Of IGIC, the artefact for UBL does not look at the tax of the row.
            return (use.rows.written if code == IGIC else use.rows.vat)[code] > 0
        return not use.rows.vat[code]

    return lambda invoice: (in_cii if invoice.syntax is Syntax.CII else in_ubl)(vat_use(invoice))


def has_one_row(code: str) -> Holds:
    """The breakdown has the category once where it is used anywhere; in CII, it has it not where it is not."""

    def holds(invoice: StatedGroup) -> bool:
        use = vat_use(invoice)
        if invoice.syntax is not Syntax.CII:
            is_stated = use.taxes.vat[code] > 0 or use.lines.vat[code] > 0
            return not is_stated or use.rows.vat[code] == 1
        rows = use.rows.any[code]
        return (code == OUTSIDE_VAT and not rows) or rows == use.is_used(code)

    return holds


def parties_are_identified(parties: Parties, code: str, at: str) -> Holds:
    def holds(invoice: StatedGroup) -> bool:
        if not _is_stated(invoice, code, at):
            return True
        use = vat_use(invoice)
        if code == STANDARD and at == "BG-25" and invoice.syntax is not Syntax.CII:
            # The artefact for UBL finds that lines are standard rated, and misses their VAT.
            return use.lines.vat[code] > 0 and _ARE_IDENTIFIED[parties](invoice)
        return _ARE_IDENTIFIED[parties](invoice)

    return holds


def _is_stated(invoice: StatedGroup, code: str, at: str) -> bool:
    """Tells whether a line (BG-25), an allowance (BG-20) or a charge (BG-21) is of the category."""
    use = vat_use(invoice)
    if at == "BG-25":
        if invoice.syntax is Syntax.CII:
            return code in by_code(invoice, "BG-25/BG-30", "BT-151")
        return (use.lines.any if code == STANDARD else use.lines.vat)[code] > 0
    if code == OUTSIDE_VAT and invoice.syntax is not Syntax.CII:
        # Here, the artefact for UBL looks at the allowances and charges of the document only.
        term = "BT-95" if at == "BG-20" else "BT-102"
        return code in by_code(invoice, f"{at}/tax", term)
    return (use.allowances if at == "BG-20" else use.charges).vat[code] > 0


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


def has_rate(rate: Rate, code: str, term: str) -> Holds:
    def holds(tax: StatedGroup) -> bool:
        if rate is Rate.NONE:
            return not tax.has(term)
        return any(_is_rate(rate, code, stated, tax.syntax) for stated in tax.numbers(term))

    return holds


def _is_rate(rate: Rate, code: str, stated: Decimal, syntax: Syntax | None) -> bool:
    # The artefact for UBL asks for zero as a decimal, and else compares the text as that for CII does.
    if is_minus_zero(stated) and syntax is not None:
        return syntax is not Syntax.CII and rate is Rate.ZERO
    if syntax is Syntax.CII and code == IGIC:
        return stated > 0  # the artefact for CII asks more than the standard
    match rate:
        case Rate.POSITIVE:
            return stated > 0
        case Rate.NOT_NEGATIVE:
            return stated >= 0
        case _:
            return stated == 0


def base(code: str) -> Holds:
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
        return float_is_within_one(stated, rounded)

    return holds


def base_at_rate(code: str) -> Holds:
    """BT-116 is the sum of the category at the rate: in CII exactly, else less than one unit of money from it."""

    def holds(row: StatedGroup) -> Verdict:
        rate, stated = row.number("any-rate"), _of_row(row, "BT-116")
        if row.syntax is Syntax.CII:
            return _base_in_cii(row, code, rate, stated)
        if rate is None:
            return True
        use = vat_use(row.invoice)
        net = use.net_at(code, rate)
        if stated is None:
            return False
        if row.syntax is None:
            return net is not None and _is_within_one(stated, net.total())
        return _base_in_ubl(row.invoice, code, rate, stated)

    return holds


def _base_in_cii(
    row: StatedGroup, code: str, rate: Decimal | None, stated: Decimal | None
) -> Verdict:
    if rate is None or code != STANDARD:
        return True  # of IGIC and IPSI, the artefact for CII looks for the rate where there is none
    net = vat_use(row.invoice).net_at(code, rate) or Net()
    return stated is not None and Equation(stated, net.total_of_rounded())


def _base_in_ubl(invoice: StatedGroup, code: str, rate: Decimal, stated: Decimal) -> bool:
    use = vat_use(invoice)
    net = use.net_at(code, rate) or Net()
    meets = doubled_is_within_one(stated, net.total())
    if code != STANDARD:
        return invoice.has_group("BG-25") and meets
    if (code, rate) in use.rates_of_changes:
        # The artefact then takes the lines of a credit note in an invoice as well, and finds none.
        return meets or doubled_is_within_one(stated, net.changes())
    return net.lines is not None and meets


def _is_within_one(stated: Decimal, net: Decimal) -> bool:
    return EXACT.subtract(stated, net).copy_abs() < _ONE


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
    return EXACT.subtract(tax.copy_abs(), computed).copy_abs() < _ONE


def has_reason(row: StatedGroup) -> bool:
    return row.has("BT-120", "BT-121")


def has_no_reason(row: StatedGroup) -> bool:
    return not row.has("BT-120", "BT-121")


def supply_is_dated(where: StatedGroup) -> bool:
    """Of the invoice in UBL, of a row in CII: the date of delivery or the period is stated."""
    invoice = where.invoice
    if where.syntax is Syntax.CII:
        return invoice.has("BT-72") or any(
            period.has("BT-73", "BT-74") for period in invoice.groups("BG-14")
        )
    if not vat_use(invoice).rows.vat[SUPPLY_IN_EU]:
        return True
    if where.syntax is None:
        return invoice.has("BT-72") or invoice.has_group("BG-14")
    return len("".join(invoice.texts("BT-72"))) > 1 or any(
        period.has("anything") for period in invoice.groups("BG-14")
    )


def supply_has_country(where: StatedGroup) -> bool:
    """Of the invoice in UBL, of a row in CII: the country of delivery is stated."""
    invoice = where.invoice
    countries = [text for place in invoice.groups("BG-15") for text in place.texts("BT-80")]
    if where.syntax is Syntax.CII:
        return bool(countries)
    if not vat_use(invoice).rows.vat[SUPPLY_IN_EU]:
        return True
    return any(len(text) > 1 for text in countries)


def all_are_outside_vat(term: str) -> Holds:
    """Every row, line, allowance or charge is so; for CII, a row or a line alike, and an allowance or a charge alike."""

    def holds(where: StatedGroup) -> bool:
        use = vat_use(where.invoice)
        if where.syntax is Syntax.CII:
            stated = (use.rows, use.lines) if term in ("BT-118", "BT-151") else (use.changes,)
            return all(code == OUTSIDE_VAT for part in stated for code in part.any)
        if not use.rows.vat[OUTSIDE_VAT]:
            return True
        part = {
            "BT-118": use.rows,
            "BT-151": use.lines,
            "BT-95": use.allowances,
            "BT-102": use.charges,
        }[term]
        return all(code == OUTSIDE_VAT for code in part.vat)

    return holds


def split_payment_is_italian(invoice: StatedGroup) -> bool:
    if not _has_anywhere(invoice, SPLIT_PAYMENT):
        return True
    if invoice.syntax is not None:
        return all(country.texts("code") == ["IT"] for country in places(invoice, "country"))
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
    return any(stated.written[code] > 0 for stated in (use.lines, use.taxes, use.changes, use.rows))
