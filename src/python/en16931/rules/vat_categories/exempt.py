"""What is exempt from VAT (E): BR-E-01 to BR-E-10."""

from en16931.rules.term_rule import TermRule
from en16931.rules.vat_categories.amounts import tax_is_zero, taxable_amount
from en16931.rules.vat_categories.breakdown import has_one_row, has_reason
from en16931.rules.vat_categories.category import VatCategory
from en16931.rules.vat_categories.parties import seller_has_tax_identifier
from en16931.rules.vat_categories.rates import Rate
from en16931.rules.vat_categories.use import ALLOWANCE, CHARGE, LINE
from en16931.rules.vat_categories.uses_read import uses_are_read

_EXEMPT = VatCategory("E")

EXEMPT_RULES: tuple[TermRule, ...] = (
    _EXEMPT.in_breakdown(
        "BR-E-01",
        "What is exempt from VAT (E) has exactly one row in the VAT breakdown (BG-23).",
        has_one_row,
    ),
    _EXEMPT.with_use(
        "BR-E-02",
        LINE,
        "With a line that is exempt from VAT (E), the invoice has a tax identifier of the seller (BT-31, BT-32) or "
        "of its tax representative (BT-63).",
        seller_has_tax_identifier,
    ),
    _EXEMPT.with_use(
        "BR-E-03",
        ALLOWANCE,
        "With an allowance that is exempt from VAT (E), the invoice has a tax identifier of the seller (BT-31, "
        "BT-32) or of its tax representative (BT-63).",
        seller_has_tax_identifier,
    ),
    _EXEMPT.with_use(
        "BR-E-04",
        CHARGE,
        "With a charge that is exempt from VAT (E), the invoice has a tax identifier of the seller (BT-31, BT-32) or "
        "of its tax representative (BT-63).",
        seller_has_tax_identifier,
    ),
    *_EXEMPT.rate_of_use(
        "BR-E-05",
        LINE,
        "The VAT rate (BT-152) of a line that is exempt from VAT (E) is zero.",
        Rate.ZERO,
    ),
    *_EXEMPT.rate_of_use(
        "BR-E-06",
        ALLOWANCE,
        "The VAT rate (BT-96) of an allowance that is exempt from VAT (E) is zero.",
        Rate.ZERO,
    ),
    *_EXEMPT.rate_of_use(
        "BR-E-07",
        CHARGE,
        "The VAT rate (BT-103) of a charge that is exempt from VAT (E) is zero.",
        Rate.ZERO,
    ),
    *_EXEMPT.in_row(
        "BR-E-08",
        "BT-116 BT-131 BT-92 BT-99 BT-151 BT-95 BT-102",
        "The taxable amount (BT-116) of what is exempt from VAT (E) is the sum of its lines (BT-131), less its "
        "allowances (BT-92), plus its charges (BT-99).",
        taxable_amount(_EXEMPT.code),
        is_read=uses_are_read(by_rate=False),
    ),
    *_EXEMPT.in_row(
        "BR-E-09", "BT-117", "The tax (BT-117) on what is exempt from VAT (E) is zero.", tax_is_zero
    ),
    *_EXEMPT.in_row(
        "BR-E-10",
        "BT-120 BT-121",
        "What is exempt from VAT (E) has a reason for which no tax is due (BT-120, BT-121).",
        has_reason,
    ),
)
