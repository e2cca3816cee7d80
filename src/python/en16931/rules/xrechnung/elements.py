"""Rules of Peppol in XRechnung on elements: PEPPOL-EN16931-R008 and R043."""

from collections.abc import Sequence

from en16931.cii.terms import CII_PATHS
from en16931.hardened_xml import XmlElement
from en16931.rules.element_rule import ElementRule, Holds, TreeRules
from en16931.rules.xrechnung.specification import XRECHNUNG
from en16931.ubl.terms import UBL_PATHS
from en16931.xml_reading import Syntax

_INDICATIONS = ("true", "false")
_UBL_PARENTS = frozenset(
    UBL_PATHS.name(name)
    for name in ("ubl:Invoice", "cn:CreditNote", "cac:InvoiceLine", "cac:CreditNoteLine")
)
_MAY_BE_EMPTY = CII_PATHS.name("ram:ApplicableHeaderTradeDelivery")
_CII_CHANGE = CII_PATHS.name("ram:SpecifiedTradeAllowanceCharge")
_ubl_indicators = UBL_PATHS.texts("cbc:ChargeIndicator")
_cii_indicators = CII_PATHS.texts("ram:ChargeIndicator/udt:Indicator")
_ubl_rates = UBL_PATHS.elements("cbc:MultiplierFactorNumeric")
_cii_rates = CII_PATHS.elements("ram:CalculationPercent")
_ubl_bases = UBL_PATHS.elements("cbc:BaseAmount")
_cii_bases = CII_PATHS.elements("ram:BasisAmount")


def _is_not_empty(element: XmlElement, _: XmlElement) -> bool:
    # CII wants the delivery to stand, also where nothing is said of it.
    return bool(element.children or element.text.strip() or element.name == _MAY_BE_EMPTY)


def _ubl_is_indicated(change: XmlElement, parent: XmlElement) -> bool:
    return parent.name not in _UBL_PARENTS or _is_indicated(
        _ubl_indicators(change), _ubl_rates(change), _ubl_bases(change)
    )


def _cii_is_indicated(change: XmlElement, _: XmlElement) -> bool:
    return _is_indicated(_cii_indicators(change), _cii_rates(change), _cii_bases(change))


def _is_indicated(
    indicators: Sequence[str], rates: Sequence[XmlElement], bases: Sequence[XmlElement]
) -> bool:
    """Of what has a percentage without a base, or a base without a percentage, R041 and R042 alone are asked."""
    if bool(rates) != bool(bases):
        return True
    return any(text.strip() in _INDICATIONS for text in indicators)


def _rule(rule_id: str, text: str, name: str, holds: Holds) -> ElementRule:
    return ElementRule(rule_id=rule_id, pack=XRECHNUNG, text=text, names=(name,), holds=holds)


_NO_EMPTY_ELEMENT = _rule("PEPPOL-EN16931-R008", "No element is empty.", "*", _is_not_empty)
_INDICATOR_TEXT = "An allowance or charge says which of the two it is, by true or false."

_UBL = TreeRules(
    (
        _NO_EMPTY_ELEMENT,
        _rule(
            "PEPPOL-EN16931-R043",
            _INDICATOR_TEXT,
            UBL_PATHS.name("cac:AllowanceCharge"),
            _ubl_is_indicated,
        ),
    )
)
_CII = TreeRules(
    (
        _NO_EMPTY_ELEMENT,
        _rule(
            "PEPPOL-EN16931-R043-1",
            _INDICATOR_TEXT,
            _CII_CHANGE,
            _cii_is_indicated,
        ),
    )
)

XRECHNUNG_TREES = {Syntax.UBL_INVOICE: _UBL, Syntax.UBL_CREDIT_NOTE: _UBL, Syntax.CII: _CII}
