"""Split payment (B): BR-B-01 and BR-B-02."""

from en16931.rules.cen_rule import cen_rule
from en16931.rules.term_rule import INVOICE, TermRule, places
from en16931.rules.vat_categories.vat_use import STANDARD, vat_use
from en16931.terms.stated_group import StatedGroup

_SPLIT_PAYMENT = "B"


def _split_payment_is_italian(invoice: StatedGroup) -> bool:
    if not _has_anywhere(invoice, _SPLIT_PAYMENT):
        return True
    if invoice.syntax is not None:
        return all(country.texts("code") == ["IT"] for country in places(invoice, "country"))
    return all(
        address.text(country) == "IT"
        for party, name, country in (("BG-4", "BG-5", "BT-40"), ("BG-7", "BG-8", "BT-55"))
        for group in invoice.groups(party)
        for address in group.groups(name)
    )


def _split_payment_has_no_standard_rate(invoice: StatedGroup) -> bool:
    return not (_has_anywhere(invoice, _SPLIT_PAYMENT) and _has_anywhere(invoice, STANDARD))


def _has_anywhere(invoice: StatedGroup, code: str) -> bool:
    use = vat_use(invoice)
    return any(stated.written[code] > 0 for stated in (use.lines, use.taxes, use.changes, use.rows))


SPLIT_PAYMENT_RULES: tuple[TermRule, ...] = (
    cen_rule(
        "BR-B-01",
        INVOICE,
        "BT-40 BT-55",
        "Split payment (B) is for invoices within Italy: the countries of seller and buyer (BT-40, BT-55) are IT.",
        _split_payment_is_italian,
    ),
    cen_rule(
        "BR-B-02",
        INVOICE,
        "BT-118",
        "With split payment (B), nothing is standard rated (S).",
        _split_payment_has_no_standard_rate,
    ),
)
