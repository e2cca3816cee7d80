"""What an XRechnung states beyond EN 16931: BR-DE-1, -14 to -17, -21, -22, -26, BR-DE-TMP-32, BR-TMP-2 and BR-TMP-3."""

import re
from collections.abc import Iterator

from en16931.finding import Severity
from en16931.rules.cen_rule import says
from en16931.rules.term_rule import CII, INVOICE, TermRule, places
from en16931.rules.xrechnung.specification import SPECIFICATIONS, xrechnung_rule
from en16931.terms.stated_group import StatedGroup
from en16931.xml_reading import Syntax

_TYPES = frozenset({"326", "380", "381", "384", "389", "875", "876", "877"})
_CORRECTED = "384"
_TAXED = frozenset({"S", "Z", "E", "AE", "K", "G", "L", "M"})
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")
_SUPPORTING = "916"


def _seller_has_tax_identifier(invoice: StatedGroup) -> bool:
    if _TAXED.isdisjoint(_categories(invoice)):
        return True
    return invoice.has_group("BG-11") or any(
        text.strip() for seller in invoice.groups("BG-4") for text in seller.texts("tax-identifier")
    )


def _categories(invoice: StatedGroup) -> Iterator[str]:
    """Yields the VAT categories as written: of lines, and in UBL of allowances and charges that are named by a word."""
    if invoice.syntax is Syntax.CII:
        yield from (code for line in places(invoice, "BG-25") for code in line.texts("BT-151"))
        return
    yield from (code for line in places(invoice, "BG-25") for code in line.texts("any-category"))
    for at, word in (("BG-20", "false"), ("BG-21", "true")):
        for change in places(invoice, at):
            if word in change.texts("indicator"):
                yield from change.texts("any-category")


def _states_when(invoice: StatedGroup) -> bool:
    """Of no lines, every line has a period. CII asks it of a transaction."""
    if invoice.syntax is Syntax.CII and not invoice.has("transaction"):
        return True
    return (
        invoice.has("BT-72")
        or invoice.has_group("BG-14")
        or all(line.has_group("BG-26") for line in places(invoice, "BG-25"))
    )


def _location_is_url(document: StatedGroup) -> bool:
    """An external reference of UBL has a location. In CII, it is asked of supporting documents (916)."""
    urls = document.texts("BT-124")
    if document.syntax is Syntax.CII:
        if _SUPPORTING not in document.texts("type"):
            return True
    elif document.has("external-reference") and not urls:
        return False
    return all(_URL.match(url) for url in urls)


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
        "BG-2",
        "BT-24",
        "The specification (BT-24) is that of XRechnung.",
        lambda control: not SPECIFICATIONS.isdisjoint(control.texts("BT-24")),
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
        _location_is_url,
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
