"""What is an export outside the EU (G): BR-G-01 to BR-G-10."""

from en16931.rules.term_rule import TermRule
from en16931.rules.vat_categories.amounts import tax_is_zero, taxable_amount
from en16931.rules.vat_categories.breakdown import has_one_row, has_reason
from en16931.rules.vat_categories.category import VatCategory
from en16931.rules.vat_categories.parties import seller_has_vat_identifier
from en16931.rules.vat_categories.rates import Rate
from en16931.rules.vat_categories.use import ALLOWANCE, CHARGE, LINE
from en16931.rules.vat_categories.uses_read import uses_are_read

_EXPORT = VatCategory("G")

EXPORT_RULES: tuple[TermRule, ...] = (
    _EXPORT.in_breakdown(
        "BR-G-01",
        "What is an export outside the EU (G) has exactly one row in the VAT breakdown (BG-23).",
        has_one_row,
    ),
    _EXPORT.with_use(
        "BR-G-02",
        LINE,
        "With a line that is an export outside the EU (G), the invoice has a VAT identifier of the seller (BT-31) or "
        "of its tax representative (BT-63).",
        seller_has_vat_identifier,
    ),
    _EXPORT.with_use(
        "BR-G-03",
        ALLOWANCE,
        "With an allowance that is an export outside the EU (G), the invoice has a VAT identifier of the seller "
        "(BT-31) or of its tax representative (BT-63).",
        seller_has_vat_identifier,
    ),
    _EXPORT.with_use(
        "BR-G-04",
        CHARGE,
        "With a charge that is an export outside the EU (G), the invoice has a VAT identifier of the seller (BT-31) "
        "or of its tax representative (BT-63).",
        seller_has_vat_identifier,
    ),
    *_EXPORT.rate_of_use(
        "BR-G-05",
        LINE,
        "The VAT rate (BT-152) of a line that is an export outside the EU (G) is zero.",
        Rate.ZERO,
    ),
    *_EXPORT.rate_of_use(
        "BR-G-06",
        ALLOWANCE,
        "The VAT rate (BT-96) of an allowance that is an export outside the EU (G) is zero.",
        Rate.ZERO,
    ),
    *_EXPORT.rate_of_use(
        "BR-G-07",
        CHARGE,
        "The VAT rate (BT-103) of a charge that is an export outside the EU (G) is zero.",
        Rate.ZERO,
    ),
    *_EXPORT.in_row(
        "BR-G-08",
        "BT-116 BT-131 BT-92 BT-99 BT-151 BT-95 BT-102",
        "The taxable amount (BT-116) of what is an export outside the EU (G) is the sum of its lines (BT-131), less "
        "its allowances (BT-92), plus its charges (BT-99).",
        taxable_amount(_EXPORT.code),
        is_read=uses_are_read(by_rate=False),
    ),
    *_EXPORT.in_row(
        "BR-G-09",
        "BT-117",
        "The tax (BT-117) on what is an export outside the EU (G) is zero.",
        tax_is_zero,
    ),
    *_EXPORT.in_row(
        "BR-G-10",
        "BT-120 BT-121",
        "What is an export outside the EU (G) has a reason for which no tax is due (BT-120, BT-121).",
        has_reason,
    ),
)
