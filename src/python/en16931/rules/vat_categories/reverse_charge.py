"""What is under reverse charge (AE): BR-AE-01 to BR-AE-10."""

from en16931.rules.term_rule import TermRule
from en16931.rules.vat_categories.amounts import tax_is_zero, taxable_amount
from en16931.rules.vat_categories.breakdown import has_one_row, has_reason
from en16931.rules.vat_categories.category import VatCategory
from en16931.rules.vat_categories.parties import seller_and_buyer_are_identified
from en16931.rules.vat_categories.rates import Rate
from en16931.rules.vat_categories.use import ALLOWANCE, CHARGE, LINE
from en16931.rules.vat_categories.uses_read import uses_are_read

_REVERSE_CHARGE = VatCategory("AE")

REVERSE_CHARGE_RULES: tuple[TermRule, ...] = (
    _REVERSE_CHARGE.in_breakdown(
        "BR-AE-01",
        "What is under reverse charge (AE) has exactly one row in the VAT breakdown (BG-23).",
        has_one_row,
    ),
    _REVERSE_CHARGE.with_use(
        "BR-AE-02",
        LINE,
        "With a line that is under reverse charge (AE), the invoice has a tax identifier of the seller (BT-31, "
        "BT-32) or of its tax representative (BT-63), and the VAT identifier (BT-48) or legal registration (BT-47) "
        "of the buyer.",
        seller_and_buyer_are_identified,
    ),
    _REVERSE_CHARGE.with_use(
        "BR-AE-03",
        ALLOWANCE,
        "With an allowance that is under reverse charge (AE), the invoice has a tax identifier of the seller (BT-31, "
        "BT-32) or of its tax representative (BT-63), and the VAT identifier (BT-48) or legal registration (BT-47) "
        "of the buyer.",
        seller_and_buyer_are_identified,
    ),
    _REVERSE_CHARGE.with_use(
        "BR-AE-04",
        CHARGE,
        "With a charge that is under reverse charge (AE), the invoice has a tax identifier of the seller (BT-31, "
        "BT-32) or of its tax representative (BT-63), and the VAT identifier (BT-48) or legal registration (BT-47) "
        "of the buyer.",
        seller_and_buyer_are_identified,
    ),
    *_REVERSE_CHARGE.rate_of_use(
        "BR-AE-05",
        LINE,
        "The VAT rate (BT-152) of a line that is under reverse charge (AE) is zero.",
        Rate.ZERO,
    ),
    *_REVERSE_CHARGE.rate_of_use(
        "BR-AE-06",
        ALLOWANCE,
        "The VAT rate (BT-96) of an allowance that is under reverse charge (AE) is zero.",
        Rate.ZERO,
    ),
    *_REVERSE_CHARGE.rate_of_use(
        "BR-AE-07",
        CHARGE,
        "The VAT rate (BT-103) of a charge that is under reverse charge (AE) is zero.",
        Rate.ZERO,
    ),
    *_REVERSE_CHARGE.in_row(
        "BR-AE-08",
        "BT-116 BT-131 BT-92 BT-99 BT-151 BT-95 BT-102",
        "The taxable amount (BT-116) of what is under reverse charge (AE) is the sum of its lines (BT-131), less its "
        "allowances (BT-92), plus its charges (BT-99).",
        taxable_amount(_REVERSE_CHARGE.code),
        is_read=uses_are_read(by_rate=False),
    ),
    *_REVERSE_CHARGE.in_row(
        "BR-AE-09",
        "BT-117",
        "The tax (BT-117) on what is under reverse charge (AE) is zero.",
        tax_is_zero,
    ),
    *_REVERSE_CHARGE.in_row(
        "BR-AE-10",
        "BT-120 BT-121",
        "What is under reverse charge (AE) has a reason for which no tax is due (BT-120, BT-121).",
        has_reason,
    ),
)
