"""What is standard rated (S): BR-S-01 to BR-S-10."""

from en16931.rules.term_rule import TermRule
from en16931.rules.vat_categories.amounts import tax_is_computed, taxable_amount_at_rate
from en16931.rules.vat_categories.breakdown import has_no_reason, has_rows
from en16931.rules.vat_categories.category import VatCategory
from en16931.rules.vat_categories.parties import seller_has_tax_identifier
from en16931.rules.vat_categories.rates import Rate
from en16931.rules.vat_categories.use import ALLOWANCE, CHARGE, LINE
from en16931.rules.vat_categories.uses_read import uses_are_read

_STANDARD_RATED = VatCategory("S", is_any_tax_in_cii=True)

STANDARD_RATED_RULES: tuple[TermRule, ...] = (
    _STANDARD_RATED.in_breakdown(
        "BR-S-01", "What is standard rated (S) has a row in the VAT breakdown (BG-23).", has_rows
    ),
    _STANDARD_RATED.with_use(
        "BR-S-02",
        LINE,
        "With a line that is standard rated (S), the invoice has a tax identifier of the seller (BT-31, BT-32) or of "
        "its tax representative (BT-63).",
        seller_has_tax_identifier,
    ),
    _STANDARD_RATED.with_use(
        "BR-S-03",
        ALLOWANCE,
        "With an allowance that is standard rated (S), the invoice has a tax identifier of the seller (BT-31, BT-32) "
        "or of its tax representative (BT-63).",
        seller_has_tax_identifier,
    ),
    _STANDARD_RATED.with_use(
        "BR-S-04",
        CHARGE,
        "With a charge that is standard rated (S), the invoice has a tax identifier of the seller (BT-31, BT-32) or "
        "of its tax representative (BT-63).",
        seller_has_tax_identifier,
    ),
    *_STANDARD_RATED.rate_of_use(
        "BR-S-05",
        LINE,
        "The VAT rate (BT-152) of a line that is standard rated (S) is greater than zero.",
        Rate.POSITIVE,
    ),
    *_STANDARD_RATED.rate_of_use(
        "BR-S-06",
        ALLOWANCE,
        "The VAT rate (BT-96) of an allowance that is standard rated (S) is greater than zero.",
        Rate.POSITIVE,
    ),
    *_STANDARD_RATED.rate_of_use(
        "BR-S-07",
        CHARGE,
        "The VAT rate (BT-103) of a charge that is standard rated (S) is greater than zero.",
        Rate.POSITIVE,
    ),
    *_STANDARD_RATED.in_row(
        "BR-S-08",
        "BT-116 BT-131 BT-92 BT-99 BT-151 BT-95 BT-102",
        "The taxable amount (BT-116) of what is standard rated (S) is the sum of its lines (BT-131), less its "
        "allowances (BT-92), plus its charges (BT-99), at the rate of the row (BT-119).",
        taxable_amount_at_rate(_STANDARD_RATED.code),
        is_read=uses_are_read(by_rate=True),
    ),
    *_STANDARD_RATED.in_row(
        "BR-S-09",
        "BT-117 BT-116 BT-119",
        "The tax (BT-117) on what is standard rated (S) is the taxable amount (BT-116) times the rate (BT-119).",
        tax_is_computed(_STANDARD_RATED.code),
    ),
    *_STANDARD_RATED.in_row(
        "BR-S-10",
        "BT-120 BT-121",
        "What is standard rated (S) has no reason for which no tax is due (BT-120, BT-121).",
        has_no_reason,
    ),
)
