"""The form of values in UBL, UBL-DT: amounts with two decimals, and attributes that EN 16931 does not use."""

from en16931.hardened_xml import XmlElement
from en16931.rules.cen import CEN
from en16931.rules.decimals import decimals
from en16931.rules.element_rule import AttributeRule, ElementRule, Holds
from en16931.ubl.terms import UBL_PATHS

_MOST_DECIMALS = 2

_ATTRIBUTES = """
UBL-DT-08 schemeName
UBL-DT-09 schemeAgencyName
UBL-DT-10 schemeDataURI
UBL-DT-11 schemeURI
UBL-DT-12 format
UBL-DT-13 unitCodeListIdentifier
UBL-DT-14 unitCodeListAgencyIdentifier
UBL-DT-15 unitCodeListAgencyName
UBL-DT-16 listAgencyName
UBL-DT-17 listName
UBL-DT-19 languageID
UBL-DT-20 listURI
UBL-DT-21 listSchemeURI
UBL-DT-22 languageLocaleID
UBL-DT-23 uri
UBL-DT-24 currencyCodeListVersionID
UBL-DT-25 characterSetCode
UBL-DT-26 encodingCode
UBL-DT-27 schemeAgencyID
UBL-DT-28 listAgencyID
"""


def _has_two_decimals(amount: XmlElement, _: XmlElement) -> bool:
    return decimals(amount.text) <= _MOST_DECIMALS


def _has_two_decimals_unless_of_price(amount: XmlElement, parent: XmlElement) -> bool:
    return _has_two_decimals(amount, parent) or UBL_PATHS.name("cbc:PriceAmount") == amount.name


def _has_attribute(name: str) -> Holds:
    return lambda element, _: name in element.attributes


UBL_DATA_TYPE_RULES: tuple[ElementRule, ...] = (
    ElementRule(
        rule_id="UBL-DT-01",
        pack=CEN,
        text="An amount, other than of a price, has at most two decimals.",
        names=("*Amount",),
        holds=_has_two_decimals_unless_of_price,
        outside=(UBL_PATHS.name("cac:Price"),),
    ),
    *(
        ElementRule(
            rule_id=rule_id,
            pack=CEN,
            text=f"An embedded document has the attribute {attribute}.",
            names=("*BinaryObject",),
            holds=_has_attribute(attribute),
        )
        for rule_id, attribute in (("UBL-DT-06", "mimeCode"), ("UBL-DT-07", "filename"))
    ),
)

UBL_ATTRIBUTE_RULES: tuple[AttributeRule, ...] = (
    *(
        AttributeRule(
            rule_id=rule_id,
            pack=CEN,
            text=f"EN 16931 does not use the attribute {attribute}.",
            attribute=attribute,
        )
        for rule_id, attribute in (line.split() for line in _ATTRIBUTES.strip().splitlines())
    ),
    AttributeRule(
        rule_id="UBL-DT-18",
        pack=CEN,
        text="EN 16931 uses the attribute name for the text of the means of payment only.",
        attribute="name",
        but_of=(UBL_PATHS.name("cbc:PaymentMeansCode"),),
    ),
)
