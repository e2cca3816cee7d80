"""The sums of EN 16931, BR-CO-10 to BR-CO-17: the part of the pack of CEN that is held here."""

from en16931.rules.cen import CEN
from en16931.rules.declared import Declared
from en16931.rules.derived_totals import DOCUMENT_TOTALS
from en16931.rules.derived_vat_amounts import VAT_AMOUNT
from en16931.rules.rule import RulePack
from en16931.rules.sum_rule import SumRule

SUM_RULES: tuple[SumRule, ...] = (*DOCUMENT_TOTALS, VAT_AMOUNT)
SUMS: RulePack[Declared] = RulePack(CEN, SUM_RULES)
