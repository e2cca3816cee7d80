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
from en16931.rules.vat_categories.exempt import EXEMPT_RULES
from en16931.rules.vat_categories.export import EXPORT_RULES
from en16931.rules.vat_categories.igic import IGIC_RULES
from en16931.rules.vat_categories.intra_community_supply import INTRA_COMMUNITY_SUPPLY_RULES
from en16931.rules.vat_categories.ipsi import IPSI_RULES
from en16931.rules.vat_categories.outside_vat import OUTSIDE_VAT_RULES
from en16931.rules.vat_categories.reverse_charge import REVERSE_CHARGE_RULES
from en16931.rules.vat_categories.split_payment import SPLIT_PAYMENT_RULES
from en16931.rules.vat_categories.standard_rated import STANDARD_RATED_RULES
from en16931.rules.vat_categories.zero_rated import ZERO_RATED_RULES
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
    *STANDARD_RATED_RULES,
    *ZERO_RATED_RULES,
    *EXEMPT_RULES,
    *REVERSE_CHARGE_RULES,
    *INTRA_COMMUNITY_SUPPLY_RULES,
    *EXPORT_RULES,
    *OUTSIDE_VAT_RULES,
    *IGIC_RULES,
    *IPSI_RULES,
    *SPLIT_PAYMENT_RULES,
    *DECIMAL_RULES,
)
