"""What is under IPSI (M): BR-AG-01 to BR-AG-10."""

from en16931.rules.term_rule import TermRule
from en16931.rules.vat_categories.amounts import tax_is_computed, taxable_amount_at_rate
from en16931.rules.vat_categories.breakdown import has_no_reason, has_rows
from en16931.rules.vat_categories.category import VatCategory
from en16931.rules.vat_categories.parties import seller_has_tax_identifier
from en16931.rules.vat_categories.rates import Rate
from en16931.rules.vat_categories.use import ALLOWANCE, CHARGE, LINE
from en16931.rules.vat_categories.uses_read import uses_are_read

_IPSI = VatCategory("M")

IPSI_RULES: tuple[TermRule, ...] = (
    _IPSI.in_breakdown(
        "BR-AG-01", "What is under IPSI (M) has a row in the VAT breakdown (BG-23).", has_rows
    ),
    _IPSI.with_use(
        "BR-AG-02",
        LINE,
        "With a line that is under IPSI (M), the invoice has a tax identifier of the seller (BT-31, BT-32) or of its "
        "tax representative (BT-63).",
        seller_has_tax_identifier,
    ),
    _IPSI.with_use(
        "BR-AG-03",
        ALLOWANCE,
        "With an allowance that is under IPSI (M), the invoice has a tax identifier of the seller (BT-31, BT-32) or "
        "of its tax representative (BT-63).",
        seller_has_tax_identifier,
    ),
    _IPSI.with_use(
        "BR-AG-04",
        CHARGE,
        "With a charge that is under IPSI (M), the invoice has a tax identifier of the seller (BT-31, BT-32) or of "
        "its tax representative (BT-63).",
        seller_has_tax_identifier,
    ),
    *_IPSI.rate_of_use(
        "BR-AG-05",
        LINE,
        "The VAT rate (BT-152) of a line that is under IPSI (M) is zero or greater.",
        Rate.NOT_NEGATIVE,
    ),
    *_IPSI.rate_of_use(
        "BR-AG-06",
        ALLOWANCE,
        "The VAT rate (BT-96) of an allowance that is under IPSI (M) is zero or greater.",
        Rate.NOT_NEGATIVE,
    ),
    *_IPSI.rate_of_use(
        "BR-AG-07",
        CHARGE,
        "The VAT rate (BT-103) of a charge that is under IPSI (M) is zero or greater.",
        Rate.NOT_NEGATIVE,
    ),
    *_IPSI.in_row(
        "BR-AG-08",
        "BT-116 BT-131 BT-92 BT-99 BT-151 BT-95 BT-102",
        "The taxable amount (BT-116) of what is under IPSI (M) is the sum of its lines (BT-131), less its allowances "
        "(BT-92), plus its charges (BT-99), at the rate of the row (BT-119).",
        taxable_amount_at_rate(_IPSI.code),
        is_read=uses_are_read(by_rate=True),
    ),
    *_IPSI.in_row(
        "BR-AG-09",
        "BT-117 BT-116 BT-119",
        "The tax (BT-117) on what is under IPSI (M) is the taxable amount (BT-116) times the rate (BT-119).",
        tax_is_computed(_IPSI.code),
    ),
    *_IPSI.in_row(
        "BR-AG-10",
        "BT-120 BT-121",
        "What is under IPSI (M) has no reason for which no tax is due (BT-120, BT-121).",
        has_no_reason,
    ),
)
