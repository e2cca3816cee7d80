"""The rules of Peppol BIS Billing that XRechnung takes over, on terms: PEPPOL-EN16931-R001 to R130."""

from collections.abc import Callable, Iterator
from decimal import Decimal

from en16931.exact import EXACT, exact_sum
from en16931.rules.cen_rule import has
from en16931.rules.term_rule import CII, EVERY_SYNTAX, INVOICE, UBL, TermRule, Verdict, near
from en16931.rules.xpath_numbers import round_to_cents
from en16931.rules.xrechnung.specification import xrechnung_rule
from en16931.terms.stated_group import StatedGroup, date_of, decimal_of
from en16931.xml_reading import Syntax

_ZERO, _ONE, _HUNDRED = Decimal(0), Decimal(1), Decimal(100)
_SLACK, _SLACK_OF_FORINT = Decimal("0.02"), Decimal("0.5")
_FORINT = "HUF"
_DEBITS = ("49", "59")
_OBJECT = "130"

# Group, amount, base amount and percentage of allowances and charges, and of what does not say which it is.
_CHANGES = (
    ("BG-20", "BT-92", "BT-93", "BT-94"),
    ("BG-21", "BT-99", "BT-100", "BT-101"),
    ("BG-25/BG-27", "BT-136", "BT-137", "BT-138"),
    ("BG-25/BG-28", "BT-141", "BT-142", "BT-143"),
    ("unsaid-change", "BT-92", "BT-93", "BT-94"),
    ("BG-25/unsaid-change", "BT-136", "BT-137", "BT-138"),
)


def _is_near(stated: Decimal, computed: Decimal, group: StatedGroup) -> Verdict:
    """Two hundredths apart at most, and half a unit in forint."""
    is_forint = group.invoice.text("BT-5") == _FORINT
    slack = _SLACK_OF_FORINT if is_forint else _SLACK
    return near(abs(stated - computed) <= slack, stated, computed, slack)


def _amount_is_percentage(amount: str, base: str, rate: str) -> Callable[[StatedGroup], Verdict]:
    def holds(change: StatedGroup) -> Verdict:
        base_amount, percentage = change.number(base), change.number(rate)
        if base_amount is None or percentage is None:
            return True
        computed = EXACT.divide(EXACT.multiply(base_amount, percentage), _HUNDRED)
        return _is_near(change.number(amount) or _ZERO, computed, change)

    return holds


def _changes(
    rule_id: str, text: str, holds: Callable[[str, str, str], Callable[[StatedGroup], Verdict]]
) -> Iterator[TermRule]:
    for at, *terms in _CHANGES:
        amount, base, rate = terms
        named = text.format(amount=amount, base=base, rate=rate)
        yield xrechnung_rule(rule_id, at, " ".join(terms), named, holds(amount, base, rate))


def _currencies_differ(invoice: StatedGroup) -> bool:
    return not invoice.has("BT-6") or invoice.text("BT-6") != invoice.text("BT-5")


def _net_price_is_gross_less_discount(line: StatedGroup) -> Verdict:
    """A gross price of UBL stands in the discount, which has to say its amount."""
    gross, net = line.number("BT-148"), line.number("BT-146")
    if gross is None:
        return True
    discount = line.number("BT-147")
    if net is None or (discount is None and line.syntax is not Syntax.CII):
        return False
    computed = EXACT.subtract(gross, discount or _ZERO)
    return near(net == computed, net, computed, _ZERO)


def _totals_in(invoice: StatedGroup, currency: str) -> list[StatedGroup]:
    codes = frozenset(invoice.codes(currency))
    totals = invoice.groups("VAT-total")
    return [total for total in totals if not codes.isdisjoint(total.texts("currency"))]


def _has_one_vat_total(invoice: StatedGroup) -> bool:
    """UBL: exactly one total of VAT has rows. CII: at most one is in the currency of the invoice."""
    if invoice.syntax is Syntax.CII:
        return len(_totals_in(invoice, "BT-5")) <= 1
    return sum(total.has_group("BG-23") for total in invoice.groups("VAT-total")) == 1


def _has_accounting_total_where_named(invoice: StatedGroup) -> bool:
    """It is, in UBL, the total of VAT without rows, and in CII the one in another currency than BT-5."""
    if invoice.syntax is Syntax.CII:
        stated = sum(total.has("currency") for total in invoice.groups("VAT-total"))
        others = stated - len(_totals_in(invoice, "BT-5")) if invoice.has("BT-5") else 0
    else:
        others = sum(not total.has_group("BG-23") for total in invoice.groups("VAT-total"))
    return others == int(invoice.has("BT-6"))


def _vat_totals_have_one_sign(invoice: StatedGroup) -> bool:
    """Both totals are there, and neither of one sign while the other is of the other: CII takes zero for positive."""
    if not invoice.has("BT-6"):
        return True
    total, accounting = (
        [amount for total in _totals_in(invoice, currency) for amount in total.numbers("amount")]
        for currency in ("BT-5", "BT-6")
    )
    if invoice.syntax is Syntax.CII:
        if not _totals_in(invoice, "BT-5"):
            return True
        are_negative = min(total, default=_ZERO) < 0 and min(accounting, default=_ZERO) < 0
    else:
        are_negative = bool(total and accounting) and max(min(total), min(accounting)) <= 0
    return are_negative or (bool(total and accounting) and min(max(total), max(accounting)) >= 0)


def _debit_has_mandate(payment: StatedGroup) -> bool:
    """The mandate stands in the payment instructions of UBL, and in the payment terms of CII."""
    if payment.text("BT-81") not in _DEBITS:
        return True
    if payment.syntax is Syntax.CII:
        return payment.invoice.has("BT-89")
    return any(debit.has("BT-89") for debit in payment.groups("BG-19"))


def _references_are_objects(line: StatedGroup) -> bool:
    types = [code.strip() for code in line.texts("BT-128-type")]
    return len(line.texts("document-reference")) <= len(types) and all(
        code == _OBJECT for code in types
    )


def _day(text: str) -> str:
    """The day in the order of its digits; CII is compared as it is written."""
    day = date_of(text)
    return "" if day is None else str(day)


def _is_within_invoicing_period(
    of_line: str, of_invoice: str, is_ordered: Callable[[str, str], bool]
) -> Callable[[StatedGroup], bool]:
    def holds(period: StatedGroup) -> bool:
        whole = period.invoice.group("BG-14")
        day, limit = period.text(of_line), "" if whole is None else whole.text(of_invoice)
        if period.syntax is not Syntax.CII:
            day, limit = _day(day), _day(limit)
        return not (day and limit) or is_ordered(day, limit)

    return holds


def _line_amount_is_computed(line: StatedGroup) -> Verdict:
    """BT-131 = BT-129 x (BT-146 / BT-149) + Σ BT-141 - Σ BT-136

    An amount or a price that is not stated is zero, a quantity one; only a word says which an allowance or charge is.
    """
    quantity, price = line.number("BT-129"), line.number("BT-146") or _ZERO
    base = line.number("BT-149")
    if not base and line.syntax is Syntax.CII:
        base = line.number("BT-149-gross")
    quotient = (_ONE if quantity is None else quantity) * price / (base or _ONE)
    charges = _sum_of_indicated(line, "BG-28", "BT-141", "true")
    allowances = _sum_of_indicated(line, "BG-27", "BT-136", "false")
    return _is_near(line.number("BT-131") or _ZERO, quotient + charges - allowances, line)


def _sum_of_indicated(line: StatedGroup, group: str, term: str, word: str) -> Decimal:
    changes = (change for change in line.groups(group) if change.text("indicator") == word)
    return round_to_cents(exact_sum(amount for each in changes for amount in each.numbers(term)))


def _base_quantity_is_positive(line: StatedGroup) -> bool:
    terms = ("BT-149", "BT-149-gross") if line.syntax is Syntax.CII else ("BT-149",)
    return all((decimal_of(text) or _ZERO) > 0 for term in terms for text in line.texts(term))


def _base_unit_is_unit(line: StatedGroup) -> bool:
    terms = ("BT-150", "BT-150-gross") if line.syntax is Syntax.CII else ("BT-150",)
    if line.syntax is not Syntax.CII and not line.has("BT-129"):
        return True
    units = line.texts("BT-130")
    return all(text in units for term in terms for text in line.texts(term))


def _is(*values: str) -> Callable[[StatedGroup], bool]:
    return lambda change: change.text("indicator") in values


PEPPOL_RULES: tuple[TermRule, ...] = (
    xrechnung_rule(
        "PEPPOL-EN16931-R001",
        "BG-2",
        "BT-23",
        "The business process is named (BT-23).",
        has("BT-23"),
    ),
    xrechnung_rule(
        "PEPPOL-EN16931-R005",
        INVOICE,
        "BT-6",
        "The currency for VAT (BT-6) is another one than that of the invoice (BT-5).",
        _currencies_differ,
    ),
    xrechnung_rule(
        "PEPPOL-EN16931-R010",
        "BG-7/party",
        "BT-49",
        "The buyer has an electronic address (BT-49).",
        has("BT-49"),
    ),
    xrechnung_rule(
        "PEPPOL-EN16931-R020",
        "BG-4/party",
        "BT-34",
        "The seller has an electronic address (BT-34).",
        has("BT-34"),
    ),
    *_changes(
        "PEPPOL-EN16931-R040",
        "The amount {amount} is the base amount {base} times the percentage {rate}.",
        _amount_is_percentage,
    ),
    *_changes(
        "PEPPOL-EN16931-R041",
        "Where a percentage {rate} is stated, so is its base amount {base}.",
        lambda _, base, rate: lambda change: not change.has(rate) or change.has(base),
    ),
    *_changes(
        "PEPPOL-EN16931-R042",
        "Where a base amount {base} is stated, so is its percentage {rate}.",
        lambda _, base, rate: lambda change: not change.has(base) or change.has(rate),
    ),
    xrechnung_rule(
        "PEPPOL-EN16931-R043-2",
        "BG-25/price-change",
        "BT-147",
        "What changes a price is said to be an allowance or a charge, by true or false.",
        _is("true", "false"),
        syntaxes=CII,
    ),
    xrechnung_rule(
        "PEPPOL-EN16931-R044",
        "BG-25/price-change",
        "BT-147",
        "A price is changed by allowances only.",
        _is("false"),
    ),
    xrechnung_rule(
        "PEPPOL-EN16931-R046",
        "BG-25",
        "BT-146 BT-148",
        "The net price (BT-146) is the gross price (BT-148) less the discount (BT-147).",
        _net_price_is_gross_less_discount,
    ),
    xrechnung_rule(
        "PEPPOL-EN16931-R053",
        INVOICE,
        "BT-110",
        "There is one total of VAT (BT-110).",
        _has_one_vat_total,
    ),
    xrechnung_rule(
        "PEPPOL-EN16931-R054",
        INVOICE,
        "BT-111",
        "There is a total of VAT in another currency (BT-111) where one is named (BT-6), and only there.",
        _has_accounting_total_where_named,
    ),
    xrechnung_rule(
        "PEPPOL-EN16931-R055",
        INVOICE,
        "BT-110 BT-111",
        "The totals of VAT in both currencies (BT-110, BT-111) have the same sign.",
        _vat_totals_have_one_sign,
    ),
    xrechnung_rule(
        "PEPPOL-EN16931-R061",
        "BG-16",
        "BT-89",
        "A direct debit (BT-81 is 49 or 59) refers to a mandate (BT-89).",
        _debit_has_mandate,
    ),
    xrechnung_rule(
        "PEPPOL-EN16931-R101",
        "BG-25",
        "BT-128",
        "A document that a line refers to is an invoiced object (BT-128).",
        _references_are_objects,
    ),
    xrechnung_rule(
        "PEPPOL-EN16931-R110",
        "BG-25/BG-26",
        "BT-134",
        "The period of a line starts (BT-134) within that of the invoice (BT-73).",
        _is_within_invoicing_period("BT-134", "BT-73", lambda day, limit: day >= limit),
    ),
    xrechnung_rule(
        "PEPPOL-EN16931-R111",
        "BG-25/BG-26",
        "BT-135",
        "The period of a line ends (BT-135) within that of the invoice (BT-74).",
        _is_within_invoicing_period("BT-135", "BT-74", lambda day, limit: day <= limit),
    ),
    xrechnung_rule(
        "PEPPOL-EN16931-R120",
        "BG-25",
        "BT-131 BT-129 BT-146",
        "The net amount of a line (BT-131) is quantity (BT-129) times price (BT-146) for the base quantity (BT-149), plus "
        "charges (BT-141), less allowances (BT-136).",
        _line_amount_is_computed,
    ),
    xrechnung_rule(
        "PEPPOL-EN16931-R121",
        "BG-25",
        "BT-149",
        "The base quantity of a price (BT-149) is greater than zero.",
        _base_quantity_is_positive,
    ),
    *(
        xrechnung_rule(
            "PEPPOL-EN16931-R130",
            at,
            "BT-150",
            "The unit of the base quantity (BT-150) is that of the quantity (BT-130).",
            _base_unit_is_unit,
            syntaxes=syntaxes,
        )
        for at, syntaxes in (("BG-25", EVERY_SYNTAX), ("sub-line", UBL))
    ),
)
