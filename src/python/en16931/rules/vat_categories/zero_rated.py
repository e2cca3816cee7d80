"""What is zero rated (Z): BR-Z-01 to BR-Z-10."""

from en16931.rules.term_rule import TermRule
from en16931.rules.vat_categories.amounts import tax_is_zero, taxable_amount
from en16931.rules.vat_categories.breakdown import has_no_reason, has_one_row
from en16931.rules.vat_categories.category import VatCategory
from en16931.rules.vat_categories.parties import seller_has_tax_identifier
from en16931.rules.vat_categories.rates import Rate
from en16931.rules.vat_categories.use import ALLOWANCE, CHARGE, LINE
from en16931.rules.vat_categories.uses_read import uses_are_read

_ZERO_RATED = VatCategory("Z", is_any_tax_in_cii=True)

ZERO_RATED_RULES: tuple[TermRule, ...] = (
    _ZERO_RATED.in_breakdown(
        "BR-Z-01",
        "What is zero rated (Z) has exactly one row in the VAT breakdown (BG-23).",
        has_one_row,
    ),
    _ZERO_RATED.with_use(
        "BR-Z-02",
        LINE,
        "With a line that is zero rated (Z), the invoice has a tax identifier of the seller (BT-31, BT-32) or of its "
        "tax representative (BT-63).",
        seller_has_tax_identifier,
    ),
    _ZERO_RATED.with_use(
        "BR-Z-03",
        ALLOWANCE,
        "With an allowance that is zero rated (Z), the invoice has a tax identifier of the seller (BT-31, BT-32) or "
        "of its tax representative (BT-63).",
        seller_has_tax_identifier,
    ),
    _ZERO_RATED.with_use(
        "BR-Z-04",
        CHARGE,
        "With a charge that is zero rated (Z), the invoice has a tax identifier of the seller (BT-31, BT-32) or of "
        "its tax representative (BT-63).",
        seller_has_tax_identifier,
    ),
    *_ZERO_RATED.rate_of_use(
        "BR-Z-05",
        LINE,
        "The VAT rate (BT-152) of a line that is zero rated (Z) is zero.",
        Rate.ZERO,
    ),
    *_ZERO_RATED.rate_of_use(
        "BR-Z-06",
        ALLOWANCE,
        "The VAT rate (BT-96) of an allowance that is zero rated (Z) is zero.",
        Rate.ZERO,
    ),
    *_ZERO_RATED.rate_of_use(
        "BR-Z-07",
        CHARGE,
        "The VAT rate (BT-103) of a charge that is zero rated (Z) is zero.",
        Rate.ZERO,
    ),
    *_ZERO_RATED.in_row(
        "BR-Z-08",
        "BT-116 BT-131 BT-92 BT-99 BT-151 BT-95 BT-102",
        "The taxable amount (BT-116) of what is zero rated (Z) is the sum of its lines (BT-131), less its allowances "
        "(BT-92), plus its charges (BT-99).",
        taxable_amount(_ZERO_RATED.code),
        is_read=uses_are_read(by_rate=False),
    ),
    *_ZERO_RATED.in_row(
        "BR-Z-09", "BT-117", "The tax (BT-117) on what is zero rated (Z) is zero.", tax_is_zero
    ),
    *_ZERO_RATED.in_row(
        "BR-Z-10",
        "BT-120 BT-121",
        "What is zero rated (Z) has no reason for which no tax is due (BT-120, BT-121).",
        has_no_reason,
    ),
)
