"""The business rules of EN 16931 on stated terms: what the pack of CEN says of every e-invoice, whatever its syntax."""

from en16931.rules.allowances_and_charges import ALLOWANCE_AND_CHARGE_RULES
from en16931.rules.decimals import DECIMAL_RULES
from en16931.rules.header import HEADER_RULES
from en16931.rules.invoice_lines import LINE_RULES
from en16931.rules.parties import PARTY_RULES
from en16931.rules.payment import PAYMENT_RULES
from en16931.rules.periods import PERIOD_RULES
from en16931.rules.supporting_documents import SUPPORTING_DOCUMENT_RULES
from en16931.rules.term_rule import TermRule
from en16931.rules.total_amounts import TOTAL_RULES
from en16931.rules.vat_categories import VAT_CATEGORY_RULES
from en16931.rules.vat_rows import VAT_ROW_RULES

BUSINESS_RULES: tuple[TermRule, ...] = (
    *HEADER_RULES,
    *PARTY_RULES,
    *PERIOD_RULES,
    *LINE_RULES,
    *ALLOWANCE_AND_CHARGE_RULES,
    *PAYMENT_RULES,
    *SUPPORTING_DOCUMENT_RULES,
    *TOTAL_RULES,
    *VAT_ROW_RULES,
    *VAT_CATEGORY_RULES,
    *DECIMAL_RULES,
)
