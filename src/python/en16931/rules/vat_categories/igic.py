"""What is under IGIC (L): BR-AF-01 to BR-AF-10."""

from en16931.rules.term_rule import TermRule
from en16931.rules.vat_categories.amounts import tax_is_computed, taxable_amount_at_rate
from en16931.rules.vat_categories.breakdown import has_no_reason, has_rows
from en16931.rules.vat_categories.category import VatCategory
from en16931.rules.vat_categories.parties import seller_has_tax_identifier
from en16931.rules.vat_categories.rates import Rate
from en16931.rules.vat_categories.use import ALLOWANCE, CHARGE, LINE
from en16931.rules.vat_categories.uses_read import uses_are_read

_IGIC = VatCategory("L")

IGIC_RULES: tuple[TermRule, ...] = (
    _IGIC.in_breakdown(
        "BR-AF-01", "What is under IGIC (L) has a row in the VAT breakdown (BG-23).", has_rows
    ),
    _IGIC.with_use(
        "BR-AF-02",
        LINE,
        "With a line that is under IGIC (L), the invoice has a tax identifier of the seller (BT-31, BT-32) or of its "
        "tax representative (BT-63).",
        seller_has_tax_identifier,
    ),
    _IGIC.with_use(
        "BR-AF-03",
        ALLOWANCE,
        "With an allowance that is under IGIC (L), the invoice has a tax identifier of the seller (BT-31, BT-32) or "
        "of its tax representative (BT-63).",
        seller_has_tax_identifier,
    ),
    _IGIC.with_use(
        "BR-AF-04",
        CHARGE,
        "With a charge that is under IGIC (L), the invoice has a tax identifier of the seller (BT-31, BT-32) or of "
        "its tax representative (BT-63).",
        seller_has_tax_identifier,
    ),
    *_IGIC.rate_of_use(
        "BR-AF-05",
        LINE,
        "The VAT rate (BT-152) of a line that is under IGIC (L) is zero or greater.",
        Rate.NOT_NEGATIVE,
    ),
    *_IGIC.rate_of_use(
        "BR-AF-06",
        ALLOWANCE,
        "The VAT rate (BT-96) of an allowance that is under IGIC (L) is zero or greater.",
        Rate.NOT_NEGATIVE,
    ),
    *_IGIC.rate_of_use(
        "BR-AF-07",
        CHARGE,
        "The VAT rate (BT-103) of a charge that is under IGIC (L) is zero or greater.",
        Rate.NOT_NEGATIVE,
    ),
    *_IGIC.in_row(
        "BR-AF-08",
        "BT-116 BT-131 BT-92 BT-99 BT-151 BT-95 BT-102",
        "The taxable amount (BT-116) of what is under IGIC (L) is the sum of its lines (BT-131), less its allowances "
        "(BT-92), plus its charges (BT-99), at the rate of the row (BT-119).",
        taxable_amount_at_rate(_IGIC.code),
        is_read=uses_are_read(by_rate=True),
    ),
    *_IGIC.in_row(
        "BR-AF-09",
        "BT-117 BT-116 BT-119",
        "The tax (BT-117) on what is under IGIC (L) is the taxable amount (BT-116) times the rate (BT-119).",
        tax_is_computed(_IGIC.code),
    ),
    *_IGIC.in_row(
        "BR-AF-10",
        "BT-120 BT-121",
        "What is under IGIC (L) has no reason for which no tax is due (BT-120, BT-121).",
        has_no_reason,
    ),
)
