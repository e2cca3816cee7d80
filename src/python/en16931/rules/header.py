"""What an invoice says of itself: BR-01 to BR-05, BR-16, BR-53, BR-55, and when VAT is due: BR-CO-03."""

from en16931.rules.cen_rule import cen_rule, says, stated_or_said
from en16931.rules.term_rule import CII, INVOICE, UBL
from en16931.rules.vat_rows import VAT_ROW, unless_shadowed
from en16931.terms.stated_group import StatedGroup
from en16931.xml_reading import Syntax


def _has_total_in_accounting_currency(where: StatedGroup) -> bool:
    """Currencies are compared as written; in CII, the second one is also another one than that of the invoice."""
    invoice = where.invoice
    stated = {
        currency for total in where.groups("VAT-total") for currency in total.texts("currency")
    }
    named = invoice.texts("BT-6")
    if where.syntax is not Syntax.CII or not named:
        return all(currency in stated for currency in named)
    return not stated.isdisjoint(named) and {*named}.isdisjoint(invoice.texts("BT-5"))


def _states_vat_point_once(invoice: StatedGroup) -> bool:
    return not (invoice.has("BT-7") and invoice.has("BT-8"))


def _document_states_vat_point_once(row: StatedGroup) -> bool:
    """The artefact for CII asks this of a row, and looks everywhere."""
    invoice = row.invoice
    return not (invoice.has_group("VAT-point") and invoice.has_group("VAT-point-code"))


HEADER_RULES = (
    cen_rule(
        "BR-01",
        INVOICE,
        "BT-24",
        "The invoice names its specification (BT-24).",
        says("BT-24"),
    ),
    cen_rule("BR-02", INVOICE, "BT-1", "The invoice has a number (BT-1).", says("BT-1")),
    cen_rule("BR-03", INVOICE, "BT-2", "The invoice has an issue date (BT-2).", says("BT-2")),
    cen_rule("BR-04", INVOICE, "BT-3", "The invoice has a type code (BT-3).", says("BT-3")),
    cen_rule("BR-05", INVOICE, "BT-5", "The invoice names its currency (BT-5).", says("BT-5")),
    cen_rule(
        "BR-16",
        INVOICE,
        "BG-25",
        "The invoice has at least one line (BG-25).",
        lambda invoice: invoice.has_group("BG-25"),
    ),
    *(
        cen_rule(
            "BR-53",
            at,
            "BT-6",
            "Where a VAT accounting currency is named (BT-6), the VAT total is stated in it too (BT-111).",
            _has_total_in_accounting_currency,
            syntaxes=syntaxes,
        )
        for at, syntaxes in ((INVOICE, UBL), ("BG-22", CII))
    ),
    cen_rule(
        "BR-55",
        "BG-3",
        "BT-25",
        "A reference to a preceding invoice gives its number (BT-25).",
        stated_or_said("BT-25"),
    ),
    cen_rule(
        "BR-CO-03",
        INVOICE,
        "BT-7 BT-8",
        "The VAT point is a date (BT-7) or a code (BT-8), not both.",
        _states_vat_point_once,
        syntaxes=UBL,
    ),
    cen_rule(
        "BR-CO-03",
        VAT_ROW,
        "BT-7 BT-8",
        "The VAT point is a date (BT-7) or a code (BT-8), not both.",
        unless_shadowed(_document_states_vat_point_once),
        syntaxes=CII,
    ),
)
