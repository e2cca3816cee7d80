"""What is an intra-community supply (K): BR-IC-01 to BR-IC-12."""

from en16931.rules.term_rule import TermRule
from en16931.rules.vat_categories.amounts import tax_is_zero, taxable_amount
from en16931.rules.vat_categories.breakdown import has_one_row, has_reason
from en16931.rules.vat_categories.category import VatCategory
from en16931.rules.vat_categories.parties import seller_and_buyer_have_vat_identifiers
from en16931.rules.vat_categories.rates import Rate
from en16931.rules.vat_categories.use import ALLOWANCE, CHARGE, LINE
from en16931.rules.vat_categories.uses_read import uses_are_read
from en16931.rules.vat_categories.vat_use import vat_use
from en16931.terms.stated_group import StatedGroup
from en16931.xml_reading import Syntax

_INTRA_COMMUNITY_SUPPLY = VatCategory("K")


def _supply_is_dated(where: StatedGroup) -> bool:
    """Of the invoice in UBL, of a row in CII: the date of delivery or the period is stated."""
    invoice = where.invoice
    if where.syntax is Syntax.CII:
        return invoice.has("BT-72") or any(
            period.has("BT-73", "BT-74") for period in invoice.groups("BG-14")
        )
    if not vat_use(invoice).rows.vat[_INTRA_COMMUNITY_SUPPLY.code]:
        return True
    if where.syntax is None:
        return invoice.has("BT-72") or invoice.has_group("BG-14")
    return len("".join(invoice.texts("BT-72"))) > 1 or any(
        period.has("anything") for period in invoice.groups("BG-14")
    )


def _supply_has_country(where: StatedGroup) -> bool:
    """Of the invoice in UBL, of a row in CII: the country of delivery is stated."""
    invoice = where.invoice
    countries = [text for place in invoice.groups("BG-15") for text in place.texts("BT-80")]
    if where.syntax is Syntax.CII:
        return bool(countries)
    if not vat_use(invoice).rows.vat[_INTRA_COMMUNITY_SUPPLY.code]:
        return True
    return any(len(text) > 1 for text in countries)


INTRA_COMMUNITY_SUPPLY_RULES: tuple[TermRule, ...] = (
    _INTRA_COMMUNITY_SUPPLY.in_breakdown(
        "BR-IC-01",
        "What is an intra-community supply (K) has exactly one row in the VAT breakdown (BG-23).",
        has_one_row,
    ),
    _INTRA_COMMUNITY_SUPPLY.with_use(
        "BR-IC-02",
        LINE,
        "With a line that is an intra-community supply (K), the invoice has a VAT identifier of the seller (BT-31) "
        "or of its tax representative (BT-63), and one of the buyer (BT-48).",
        seller_and_buyer_have_vat_identifiers,
    ),
    _INTRA_COMMUNITY_SUPPLY.with_use(
        "BR-IC-03",
        ALLOWANCE,
        "With an allowance that is an intra-community supply (K), the invoice has a VAT identifier of the seller "
        "(BT-31) or of its tax representative (BT-63), and one of the buyer (BT-48).",
        seller_and_buyer_have_vat_identifiers,
    ),
    _INTRA_COMMUNITY_SUPPLY.with_use(
        "BR-IC-04",
        CHARGE,
        "With a charge that is an intra-community supply (K), the invoice has a VAT identifier of the seller (BT-31) "
        "or of its tax representative (BT-63), and one of the buyer (BT-48).",
        seller_and_buyer_have_vat_identifiers,
    ),
    *_INTRA_COMMUNITY_SUPPLY.rate_of_use(
        "BR-IC-05",
        LINE,
        "The VAT rate (BT-152) of a line that is an intra-community supply (K) is zero.",
        Rate.ZERO,
    ),
    *_INTRA_COMMUNITY_SUPPLY.rate_of_use(
        "BR-IC-06",
        ALLOWANCE,
        "The VAT rate (BT-96) of an allowance that is an intra-community supply (K) is zero.",
        Rate.ZERO,
    ),
    *_INTRA_COMMUNITY_SUPPLY.rate_of_use(
        "BR-IC-07",
        CHARGE,
        "The VAT rate (BT-103) of a charge that is an intra-community supply (K) is zero.",
        Rate.ZERO,
    ),
    *_INTRA_COMMUNITY_SUPPLY.in_row(
        "BR-IC-08",
        "BT-116 BT-131 BT-92 BT-99 BT-151 BT-95 BT-102",
        "The taxable amount (BT-116) of what is an intra-community supply (K) is the sum of its lines (BT-131), less "
        "its allowances (BT-92), plus its charges (BT-99).",
        taxable_amount(_INTRA_COMMUNITY_SUPPLY.code),
        is_read=uses_are_read(by_rate=False),
    ),
    *_INTRA_COMMUNITY_SUPPLY.in_row(
        "BR-IC-09",
        "BT-117",
        "The tax (BT-117) on what is an intra-community supply (K) is zero.",
        tax_is_zero,
    ),
    *_INTRA_COMMUNITY_SUPPLY.in_row(
        "BR-IC-10",
        "BT-120 BT-121",
        "What is an intra-community supply (K) has a reason for which no tax is due (BT-120, BT-121).",
        has_reason,
    ),
    *_INTRA_COMMUNITY_SUPPLY.where_in_breakdown(
        "BR-IC-11",
        "BT-72 BG-14",
        "With an intra-community supply (K), the date of delivery (BT-72) or the invoicing period (BG-14) is stated.",
        _supply_is_dated,
    ),
    *_INTRA_COMMUNITY_SUPPLY.where_in_breakdown(
        "BR-IC-12",
        "BT-80",
        "With an intra-community supply (K), the country of delivery (BT-80) is stated.",
        _supply_has_country,
    ),
)
