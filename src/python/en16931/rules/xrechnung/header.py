"""What an XRechnung states beyond EN 16931: BR-DE-1, -14 to -17, -21, -22, -26, BR-DE-TMP-32, BR-TMP-2 and BR-TMP-3."""

import re

from en16931.finding import Severity
from en16931.rules.cen_rule import says
from en16931.rules.term_rule import CII, INVOICE, TermRule
from en16931.rules.vat_use import vat_use
from en16931.rules.xrechnung.specification import SPECIFICATIONS, xrechnung_rule
from en16931.terms.stated_group import StatedGroup

_TYPES = frozenset({"326", "380", "381", "384", "389", "875", "876", "877"})
_CORRECTED = "384"
_TAXED = ("S", "Z", "E", "AE", "K", "G", "L", "M")
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+")


def _seller_has_tax_identifier(invoice: StatedGroup) -> bool:
    use = vat_use(invoice)
    if not any(use.is_used(code) for code in _TAXED):
        return True
    return invoice.has_group("BG-11") or any(
        seller.text("BT-31") != "" or seller.text("BT-32") != ""
        for seller in invoice.groups("BG-4")
    )


def _states_when(invoice: StatedGroup) -> bool:
    lines = invoice.groups("BG-25")
    return (
        invoice.has("BT-72")
        or invoice.has_group("BG-14")
        or (bool(lines) and all(line.has_group("BG-26") for line in lines))
    )


def _file_names_differ(invoice: StatedGroup) -> bool:
    names = [name for document in invoice.groups("BG-24") for name in document.texts("BT-125-2")]
    return len(names) == len({*names})


def _base_quantities_agree(line: StatedGroup) -> bool:
    """BT-149 and BT-150 stand at the net and at the gross price of CII: the same at both, where they are."""
    net, gross = line.number("BT-149"), line.number("BT-149-gross")
    if net is None or gross is None:
        return True
    units, gross_units = line.texts("BT-150"), line.texts("BT-150-gross")
    return net == gross and (not units or not gross_units or units[0] == gross_units[0])


HEADER_RULES: tuple[TermRule, ...] = (
    xrechnung_rule(
        "BR-DE-1",
        INVOICE,
        "BG-16",
        "The invoice has payment instructions (BG-16).",
        lambda invoice: invoice.has_group("BG-16"),
    ),
    xrechnung_rule(
        "BR-DE-14", "BG-23", "BT-119", "Each VAT category has a rate (BT-119).", says("any-rate")
    ),
    xrechnung_rule(
        "BR-DE-15", INVOICE, "BT-10", "The buyer's reference is stated (BT-10).", says("BT-10")
    ),
    xrechnung_rule(
        "BR-DE-16",
        INVOICE,
        "BT-31 BT-32 BG-11",
        "Where VAT is accounted for, the seller has a tax identifier (BT-31, BT-32) or a tax representative (BG-11).",
        _seller_has_tax_identifier,
    ),
    xrechnung_rule(
        "BR-DE-17",
        INVOICE,
        "BT-3",
        "The type (BT-3) is one of 326, 380, 381, 384, 389, 875, 876 and 877.",
        lambda invoice: invoice.text("BT-3") in _TYPES,
        severity=Severity.WARNING,
    ),
    xrechnung_rule(
        "BR-DE-21",
        INVOICE,
        "BT-24",
        "The specification (BT-24) is that of XRechnung.",
        lambda invoice: invoice.text("BT-24") in SPECIFICATIONS,
        severity=Severity.WARNING,
    ),
    xrechnung_rule(
        "BR-DE-22",
        INVOICE,
        "BT-125",
        "All attached documents have different file names.",
        _file_names_differ,
    ),
    xrechnung_rule(
        "BR-DE-26",
        INVOICE,
        "BG-3",
        "A corrected invoice (BT-3 is 384) refers to the preceding one (BG-3).",
        lambda invoice: invoice.text("BT-3") != _CORRECTED
        or any(preceding.has("BT-25") for preceding in invoice.groups("BG-3")),
        severity=Severity.WARNING,
    ),
    xrechnung_rule(
        "BR-DE-TMP-32",
        INVOICE,
        "BT-72",
        "It is stated when was delivered: a date (BT-72), a period (BG-14), or a period of every line (BG-26).",
        _states_when,
        severity=Severity.INFORMATION,
    ),
    xrechnung_rule(
        "BR-TMP-2",
        "BG-24",
        "BT-124",
        "The location of an external document (BT-124) is an absolute URL.",
        lambda document: all(_URL.fullmatch(url.strip()) for url in document.texts("BT-124")),
        severity=Severity.WARNING,
    ),
    xrechnung_rule(
        "BR-TMP-3",
        "BG-25",
        "BT-149 BT-150",
        "The base quantity and its unit (BT-149, BT-150) are the same for the net and the gross price.",
        _base_quantities_agree,
        syntaxes=CII,
    ),
)
