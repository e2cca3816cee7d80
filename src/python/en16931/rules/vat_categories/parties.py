"""Which identifiers of the parties an invoice has where it uses a VAT category: -02 to -04 of each."""

from collections.abc import Callable

from en16931.rules.term_rule import by_code
from en16931.rules.vat_categories.vat_use import OUTSIDE_VAT, STANDARD, vat_use
from en16931.terms.stated_group import StatedGroup
from en16931.xml_reading import Syntax

Identified = Callable[[StatedGroup], bool]


def seller_has_tax_identifier(invoice: StatedGroup) -> bool:
    """BT-31, BT-32 or BT-63"""
    return _any(invoice, "BG-4", "BT-31", "BT-32") or _any(invoice, "BG-11", "BT-63")


def seller_has_vat_identifier(invoice: StatedGroup) -> bool:
    """BT-31 or BT-63"""
    return _any(invoice, "BG-4", "BT-31") or _any(invoice, "BG-11", "BT-63")


def seller_and_buyer_are_identified(invoice: StatedGroup) -> bool:
    """One of BT-31, BT-32 and BT-63, and one of BT-48 and BT-47"""
    return seller_has_tax_identifier(invoice) and _any(invoice, "BG-7", "BT-48", "BT-47")


def seller_and_buyer_have_vat_identifiers(invoice: StatedGroup) -> bool:
    """One of BT-31 and BT-63, and BT-48"""
    return seller_has_vat_identifier(invoice) and _any(invoice, "BG-7", "BT-48")


def nobody_has_vat_identifier(invoice: StatedGroup) -> bool:
    """None of BT-31, BT-63 and BT-48"""
    return not (seller_has_vat_identifier(invoice) or _any(invoice, "BG-7", "BT-48"))


def _any(invoice: StatedGroup, party: str, *terms: str) -> bool:
    return any(group.has(*terms) for group in invoice.groups(party))


def if_used(code: str, at: str, identified: Identified) -> Identified:
    """Returns what is asked of an invoice where a line (BG-25), an allowance (BG-20) or a charge (BG-21) is of the category."""

    def holds(invoice: StatedGroup) -> bool:
        if not _is_used(invoice, code, at):
            return True
        if code == STANDARD and at == "BG-25" and invoice.syntax is not Syntax.CII:
            # The artefact for UBL finds that lines are standard rated, and misses their VAT.
            return vat_use(invoice).lines.vat[code] > 0 and identified(invoice)
        return identified(invoice)

    return holds


def _is_used(invoice: StatedGroup, code: str, at: str) -> bool:
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
