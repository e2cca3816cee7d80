"""The pack of the official validation artefacts of CEN/TC 434: all rules that it holds."""

from en16931.cii.data_types import CII_ATTRIBUTE_RULES, CII_DATA_TYPE_RULES
from en16931.cii.structure import CII_STRUCTURE_RULES
from en16931.rules.business_rules import BUSINESS_RULES
from en16931.rules.cen import CEN
from en16931.rules.code_lists import CII_CODE_RULES, UBL_CODE_RULES
from en16931.rules.e_invoice_pack import EInvoicePack
from en16931.rules.element_rule import TreeRules
from en16931.ubl.data_types import UBL_ATTRIBUTE_RULES, UBL_DATA_TYPE_RULES
from en16931.ubl.structure import UBL_STRUCTURE_RULES
from en16931.xml_reading import Syntax

_UBL = TreeRules((*UBL_CODE_RULES, *UBL_STRUCTURE_RULES, *UBL_DATA_TYPE_RULES), UBL_ATTRIBUTE_RULES)
_CII = TreeRules((*CII_CODE_RULES, *CII_STRUCTURE_RULES, *CII_DATA_TYPE_RULES), CII_ATTRIBUTE_RULES)

CEN_PACK = EInvoicePack(
    CEN,
    "https://github.com/ConnectingEurope/eInvoicing-EN16931",
    BUSINESS_RULES,
    {Syntax.UBL_INVOICE: _UBL, Syntax.UBL_CREDIT_NOTE: _UBL, Syntax.CII: _CII},
)
