"""The form of values in CII, CII-DT: what must not stand in a reference, a period or an address, and the form of days.

Left out are the rules on attributes and elements that only some element may have, which no known invoice has.
"""

import re

from en16931.cii.terms import CII_PATHS
from en16931.hardened_xml import XmlElement
from en16931.rules.cen import CEN
from en16931.rules.element_rule import ElementRule, Holds
from en16931.rules.structure import absent

_DAY = re.compile(r"\s*\d{4}(1[0-2]|0[1-9])(3[01]|[12]\d|0[1-9])\s*")
_FORMAT_OF_DAY = "102"
_SUPPORTING, _TENDER, _OBJECT = "916", "50", "130"
_ADDITIONAL = CII_PATHS.name("ram:AdditionalReferencedDocument")
_types_of_reference = CII_PATHS.texts("ram:TypeCode")

_LINE = "ram:IncludedSupplyChainTradeLineItem"
_PRICES = f"{_LINE}/ram:SpecifiedLineTradeAgreement"
_DELIVERY = f"{_LINE}/ram:SpecifiedLineTradeDelivery"
_units = CII_PATHS.texts(f"{_DELIVERY}/ram:BilledQuantity/@unitCode")
_other_units = CII_PATHS.texts(
    f"{_PRICES}/ram:NetPriceProductTradePrice/ram:BasisQuantity/@unitCode",
    f"{_PRICES}/ram:GrossPriceProductTradePrice/ram:BasisQuantity/@unitCode",
    *(
        f"{_DELIVERY}/ram:{name}/@unitCode"
        for name in (
            "ChargeFreeQuantity",
            "PackageQuantity",
            "ProductUnitQuantity",
            "PerPackageUnitQuantity",
        )
    ),
)

# What a reference has only where its type is one of these.
_OF_TYPES = (
    ("CII-DT-015", "URIID", (_SUPPORTING,)),
    ("CII-DT-018", "TypeCode", (_SUPPORTING, _TENDER, _OBJECT)),
    ("CII-DT-021", "Name", (_SUPPORTING,)),
    ("CII-DT-022", "AttachmentBinaryObject", (_SUPPORTING,)),
    ("CII-DT-024", "ReferenceTypeCode", (_OBJECT,)),
)

_NEVER_IN_REFERENCES = (
    ("CII-DT-016", "StatusCode"),
    ("CII-DT-017", "CopyIndicator"),
    ("CII-DT-019", "GlobalID"),
    ("CII-DT-020", "RevisionID"),
    ("CII-DT-023", "Information"),
    ("CII-DT-025", "SectionName"),
    ("CII-DT-026", "PreviousRevisionID"),
    ("CII-DT-028", "EffectiveSpecifiedPeriod"),
    ("CII-DT-029", "IssuerTradeParty"),
    ("CII-DT-030", "AttachedSpecifiedBinaryFile"),
)

_ABSENT = """
CII-DT-069 ram:BillingSpecifiedPeriod ram:DurationMeasure
CII-DT-070 ram:BillingSpecifiedPeriod ram:InclusiveIndicator
CII-DT-071 ram:BillingSpecifiedPeriod ram:Description
CII-DT-073 ram:BillingSpecifiedPeriod ram:CompleteDateTime
CII-DT-074 ram:BillingSpecifiedPeriod ram:OpenIndicator
CII-DT-075 ram:BillingSpecifiedPeriod ram:SeasonCode
CII-DT-076 ram:BillingSpecifiedPeriod ram:ID
CII-DT-077 ram:BillingSpecifiedPeriod ram:Name
CII-DT-078 ram:BillingSpecifiedPeriod ram:SequenceNumeric
CII-DT-079 ram:BillingSpecifiedPeriod ram:StartDateFlexibilityCode
CII-DT-080 ram:BillingSpecifiedPeriod ram:ContinuousIndicator
CII-DT-081 ram:BillingSpecifiedPeriod ram:PurposeCode
CII-DT-082 ram:PostalTradeAddress ram:ID
CII-DT-083 ram:PostalTradeAddress ram:PostOfficeBox
CII-DT-084 ram:PostalTradeAddress ram:BuildingName
CII-DT-086 ram:PostalTradeAddress ram:LineFour
CII-DT-087 ram:PostalTradeAddress ram:LineFive
CII-DT-088 ram:PostalTradeAddress ram:StreetName
CII-DT-089 ram:PostalTradeAddress ram:CitySubDivisionName
CII-DT-090 ram:PostalTradeAddress ram:CountryName
CII-DT-091 ram:PostalTradeAddress ram:CountrySubDivisionID
CII-DT-092 ram:PostalTradeAddress ram:AttentionOf
CII-DT-093 ram:PostalTradeAddress ram:CareOf
CII-DT-094 ram:PostalTradeAddress ram:BuildingNumber
CII-DT-095 ram:PostalTradeAddress ram:DepartmentName
CII-DT-096 ram:PostalTradeAddress ram:AdditionalStreetName
"""


def _has_only_with_type(name: str, types: tuple[str, ...]) -> Holds:
    child = CII_PATHS.name(f"ram:{name}")

    def holds(reference: XmlElement, _: XmlElement) -> bool:
        if child not in reference.children:
            return True
        return reference.name == _ADDITIONAL and any(
            code in types for code in _types_of_reference(reference)
        )

    return holds


def _is_day(text: XmlElement, _: XmlElement) -> bool:
    return text.attributes.get("format") != _FORMAT_OF_DAY or bool(_DAY.fullmatch(text.text))


def _is_vat(tax: XmlElement, _: XmlElement) -> bool:
    types = _types_of_reference(tax)
    return not types or "VAT" in types


def _rule(rule_id: str, name: str, text: str, holds: Holds) -> ElementRule:
    return ElementRule(rule_id=rule_id, pack=CEN, text=text, names=(name,), holds=holds)


CII_DATA_TYPE_RULES: tuple[ElementRule, ...] = (
    *(
        _rule(
            rule_id,
            "*ReferencedDocument",
            f"Only a reference of type {' or '.join(types)} has a {name}.",
            _has_only_with_type(name, types),
        )
        for rule_id, name, types in _OF_TYPES
    ),
    *(
        _rule(
            rule_id,
            "*ReferencedDocument",
            f"A reference has no {name}.",
            _has_only_with_type(name, ()),
        )
        for rule_id, name in _NEVER_IN_REFERENCES
    ),
    *absent(_ABSENT, CII_PATHS),
    _rule(
        "CII-DT-033",
        CII_PATHS.name("rsm:SupplyChainTradeTransaction"),
        "Where no quantity has a unit, no other one of a line has one.",
        lambda transaction, _: bool(_units(transaction)) or not _other_units(transaction),
    ),
    _rule("CII-DT-037", "*TradeTax", "The type of a tax is VAT.", _is_vat),
    _rule(
        "CII-DT-097",
        CII_PATHS.name("udt:DateTimeString"),
        "A day in format 102 is year, month and day in eight digits.",
        _is_day,
    ),
)
