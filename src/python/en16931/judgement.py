"""Judges an e-invoice by the rule packs: what the official artefacts would say of it."""

from collections import Counter

from en16931.cii.data_types import CII_DATA_TYPE_RULES
from en16931.cii.structure import CII_STRUCTURE_RULES
from en16931.cii.terms import BOUND_CII_TERMS
from en16931.finding import Outcome
from en16931.hardened_xml import XmlElement
from en16931.reader import syntax_of
from en16931.rules.business_rules import BUSINESS_RULES
from en16931.rules.code_lists import CII_CODE_RULES, UBL_CODE_RULES
from en16931.rules.element_rule import TreeRules
from en16931.terms.xml_group import XmlGroup
from en16931.ubl.data_types import UBL_ATTRIBUTE_RULES, UBL_DATA_TYPE_RULES
from en16931.ubl.structure import UBL_STRUCTURE_RULES
from en16931.ubl.terms import BOUND_UBL_TERMS
from en16931.xml_reading import Syntax

_UBL = TreeRules((*UBL_CODE_RULES, *UBL_STRUCTURE_RULES, *UBL_DATA_TYPE_RULES), UBL_ATTRIBUTE_RULES)
_CII = TreeRules((*CII_CODE_RULES, *CII_STRUCTURE_RULES, *CII_DATA_TYPE_RULES))


def claimed() -> frozenset[str]:
    return frozenset(rule.rule_id for rule in BUSINESS_RULES) | _UBL.rule_ids | _CII.rule_ids


def stated_invoice(root: XmlElement) -> XmlGroup:
    syntax = syntax_of(root)
    bound = BOUND_CII_TERMS if syntax is Syntax.CII else BOUND_UBL_TERMS
    return XmlGroup(root, bound, syntax=syntax)


def judged(root: XmlElement) -> Counter[str]:
    invoice = stated_invoice(root)
    found = Counter(
        finding.rule_id
        for rule in BUSINESS_RULES
        for finding in rule.check(invoice)
        if finding.outcome is Outcome.FAILED
    )
    elements = _CII if invoice.syntax is Syntax.CII else _UBL
    found.update(finding.rule_id for finding in elements.broken(root))
    return found
