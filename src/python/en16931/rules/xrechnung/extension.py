"""The extension of XRechnung: sub-lines, payments by third parties, further schemes; BR-DEX-01 to BR-DEX-15.

Some of its rules stand for rules of the pack of CEN, which its invoices may break: `REPLACED`.
"""

from collections.abc import Callable, Iterator
from decimal import Decimal

from en16931.cii.terms import CII_PATHS
from en16931.exact import EXACT, exact_sum
from en16931.finding import Severity
from en16931.hardened_xml import XmlElement
from en16931.rules.decimals import decimals
from en16931.rules.term_rule import CII, INVOICE, UBL, Equation, TermRule, Verdict
from en16931.rules.xpath_numbers import round_to_cents
from en16931.rules.xrechnung.extension_codes import codes_are_known
from en16931.rules.xrechnung.specification import is_extension, xrechnung_rule
from en16931.terms.stated_group import StatedGroup, decimal_of
from en16931.terms.xml_group import XmlGroup
from en16931.ubl.terms import UBL_PATHS

REPLACED = frozenset(
    {"BR-CL-10", "BR-CL-11", "BR-CL-21", "BR-CL-24", "BR-CL-25", "BR-CL-26", "BR-CO-16"}
)

_THIRD_PARTY_PAYMENT = "third-party-payment"
_ZERO = Decimal(0)
_MOST_DECIMALS = 2

_lines = UBL_PATHS.elements("cac:InvoiceLine")
_sub_lines = UBL_PATHS.elements("cac:SubInvoiceLine")
_net_amounts = UBL_PATHS.texts("cbc:LineExtensionAmount")
_items = UBL_PATHS.elements("cac:Item")
_categories = UBL_PATHS.elements("cac:ClassifiedTaxCategory")
_parents_of_cii = CII_PATHS.texts(
    "rsm:SupplyChainTradeTransaction/ram:IncludedSupplyChainTradeLineItem/"
    "ram:AssociatedDocumentLineDocument/ram:ParentLineID"
)


def _in_extension(holds: Callable[[StatedGroup], Verdict]) -> Callable[[StatedGroup], Verdict]:
    return lambda group: not is_extension(group) or holds(group)


def _all_sub_lines(line: XmlElement) -> Iterator[XmlElement]:
    for sub_line in _sub_lines(line):
        yield sub_line
        yield from _all_sub_lines(sub_line)


def _of_tree(holds: Callable[[XmlElement], bool]) -> Callable[[StatedGroup], bool]:
    """What is asked of the elements of an e-invoice; content of another origin has none."""
    return lambda invoice: not isinstance(invoice, XmlGroup) or holds(invoice.element)


def _net(line: XmlElement) -> Decimal:
    return exact_sum(decimal_of(text) or _ZERO for text in _net_amounts(line))


def _lines_are_sums(invoice: XmlElement) -> bool:
    return all(
        _net(line) == exact_sum(_net(sub_line) for sub_line in _sub_lines(line))
        for top in _lines(invoice)
        for line in (top, *_all_sub_lines(top))
        if _sub_lines(line)
    )


def _sub_lines_have_category(invoice: XmlElement) -> bool:
    return all(
        len(_categories(item)) == 1
        for line in _lines(invoice)
        for sub_line in _all_sub_lines(line)
        for item in _items(sub_line)
    )


def _amount_due(totals: StatedGroup) -> Verdict:
    """BT-115 - BT-114 = BT-112 - BT-113 + Σ BT-DEX-002"""
    due, with_vat = totals.number("BT-115"), totals.number("BT-112")
    if due is None or with_vat is None:
        return False
    payments = (
        payment.number("amount") or _ZERO for payment in totals.invoice.groups(_THIRD_PARTY_PAYMENT)
    )
    paid, rounding = totals.number("BT-113") or _ZERO, totals.number("BT-114") or _ZERO
    left = EXACT.subtract(due, rounding)
    right = EXACT.add(EXACT.subtract(with_vat, paid), exact_sum(payments))
    return Equation(round_to_cents(left), round_to_cents(right))


def _says(term: str) -> Callable[[StatedGroup], bool]:
    return lambda payment: payment.text(term) != ""


def _currency_is_of_invoice(payment: StatedGroup) -> bool:
    currencies = payment.invoice.texts("BT-5")
    return any(code in currencies for code in payment.texts("currency"))


EXTENSION_RULES: tuple[TermRule, ...] = (
    *(
        xrechnung_rule(rule_id, INVOICE, "", text, _in_extension(codes_are_known(rule_id)))
        for rule_id, text in (
            ("BR-DEX-01", "The media type of an attached document is known; XML is one."),
            ("BR-DEX-04", "The scheme of a party's identifier is of ISO 6523, or XR01 to XR03."),
            ("BR-DEX-05", "The scheme of a registration is of ISO 6523, or XR01 to XR03."),
            ("BR-DEX-06", "The scheme of an item's identifier is of ISO 6523, or XR01 to XR03."),
            ("BR-DEX-07", "The scheme of an electronic address is of EAS, or XR01 to XR03."),
            ("BR-DEX-08", "The scheme of a place is of ISO 6523, or XR01 to XR03."),
        )
    ),
    xrechnung_rule(
        "BR-DEX-02",
        INVOICE,
        "BT-131",
        "The net amount of a line with sub-lines (BT-131) is the sum of theirs.",
        _in_extension(_of_tree(_lines_are_sums)),
        severity=Severity.WARNING,
        syntaxes=UBL,
    ),
    xrechnung_rule(
        "BR-DEX-03",
        INVOICE,
        "",
        "A sub-line has exactly one VAT category.",
        _in_extension(_of_tree(_sub_lines_have_category)),
        syntaxes=UBL,
    ),
    xrechnung_rule(
        "BR-DEX-09",
        "BG-22",
        "BT-115 BT-112",
        "The amount due (BT-115) is the total (BT-112), less what is paid, plus rounding and payments by third parties.",
        _in_extension(_amount_due),
        syntaxes=UBL,
    ),
    *(
        xrechnung_rule(rule_id, _THIRD_PARTY_PAYMENT, "", text, _in_extension(holds), syntaxes=UBL)
        for rule_id, text, holds in (
            ("BR-DEX-10", "A payment by a third party says its type.", _says("type")),
            ("BR-DEX-11", "A payment by a third party has an amount.", _says("amount")),
            ("BR-DEX-12", "A payment by a third party is described.", _says("description")),
            (
                "BR-DEX-13",
                "The amount of a payment by a third party has at most two decimals.",
                lambda payment: all(
                    decimals(text) <= _MOST_DECIMALS for text in payment.texts("amount")
                ),
            ),
            (
                "BR-DEX-14",
                "A payment by a third party is in the currency of the invoice (BT-5).",
                _currency_is_of_invoice,
            ),
        )
    ),
    xrechnung_rule(
        "BR-DEX-15",
        INVOICE,
        "",
        "A CII invoice has no sub-lines: XRechnung does not know them there.",
        _in_extension(_of_tree(lambda invoice: not _parents_of_cii(invoice))),
        severity=Severity.WARNING,
        syntaxes=CII,
    ),
)
