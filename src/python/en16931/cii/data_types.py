"""The form of values in CII, CII-DT: what must not stand in a reference, a period or an address, and the form of days.

Left out are CII-DT-010 to 012: the artefact asks CII-DT-008 and 009 of the same element before, and never comes to them.
"""

import re
from collections.abc import Iterator

from en16931.cii.terms import CII_PATHS
from en16931.finding import Severity
from en16931.hardened_xml import XmlElement
from en16931.rules.cen import CEN
from en16931.rules.element_rule import AttributeRule, ElementRule, Holds
from en16931.rules.structure import absent

_DAY = re.compile(r"\s*\d{4}(1[0-2]|0[1-9])(3[01]|[12]\d|0[1-9])\s*")
_FORMAT_OF_DAY = "102"
_SUPPORTING, _TENDER, _OBJECT = "916", "50", "130"
_ADDITIONAL = CII_PATHS.name("ram:AdditionalReferencedDocument")
_DAY_OF_REFERENCE = CII_PATHS.name("ram:FormattedIssueDateTime")
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

# Of taxes: what never stands there, and what only stands in the taxes of the whole invoice, or of rows and lines.
_NEVER_IN_TAXES = """
CII-DT-038 CalculatedRate
CII-DT-039 CalculationSequenceNumeric
CII-DT-040 BasisQuantity
CII-DT-042 UnitBasisAmount
CII-DT-043 LineTotalBasisAmount
CII-DT-044 AllowanceChargeBasisAmount
CII-DT-049 CurrencyCode
CII-DT-050 Jurisdiction
CII-DT-051 CustomsDutyIndicator
CII-DT-053 TaxBasisAllowanceRate
CII-DT-055 Type
CII-DT-056 InformationAmount
CII-DT-057 CategoryName
CII-DT-060 SpecifiedTradeAccountingAccount
CII-DT-061 ServiceSupplyTradeCountry
CII-DT-062 BuyerRepayableTaxSpecifiedTradeAccountingAccount
CII-DT-063 SellerPayableTaxSpecifiedTradeAccountingAccount
CII-DT-064 SellerRefundableTaxSpecifiedTradeAccountingAccount
CII-DT-065 BuyerDeductibleTaxSpecifiedTradeAccountingAccount
CII-DT-066 BuyerNonDeductibleTaxSpecifiedTradeAccountingAccount
CII-DT-067 PlaceApplicableTradeLocation
"""
_ONLY_IN_TAXES_OF_INVOICE = (
    ("CII-DT-041", "BasisAmount"),
    ("CII-DT-054", "TaxPointDate"),
    ("CII-DT-058", "DueDateTypeCode"),
)
_NOT_IN_TAXES_OF_CHANGES = (
    ("CII-DT-052", "ExemptionReasonCode"),
    ("CII-DT-098", "ExemptionReason"),
)

# Rule, elements, attribute that does not stand there.
_NO_ATTRIBUTE = """
CII-DT-008 ram:TypeCode name
CII-DT-009 ram:TypeCode listURI
CII-DT-013 rsm:CrossIndustryInvoice languageID
CII-DT-014 rsm:CrossIndustryInvoice languageLocaleID
CII-DT-034 *Quantity unitCodeListID
CII-DT-035 *Quantity unitCodeListAgencyID
CII-DT-036 *Quantity unitCodeListAgencyName
"""
_NO_SCHEME = """
CII-DT-001 CII-DT-101 schemeName
CII-DT-002 CII-DT-102 schemeAgencyName
CII-DT-003 CII-DT-103 schemeDataURI
CII-DT-004 CII-DT-104 schemeURI
CII-DT-005 - schemeID
CII-DT-006 - schemeAgencyID
CII-DT-007 - schemeVersionID
"""
_NO_LIST_OF_CATEGORY = """
CII-DT-045 listID
CII-DT-046 listAgencyID
CII-DT-047 listVersionID
CII-DT-048 listURI
"""

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
CII-DT-068 ram:BillingSpecifiedPeriod ram:StartDateTime/udt:DateTime
CII-DT-069 ram:BillingSpecifiedPeriod ram:DurationMeasure
CII-DT-070 ram:BillingSpecifiedPeriod ram:InclusiveIndicator
CII-DT-071 ram:BillingSpecifiedPeriod ram:Description
CII-DT-072 ram:BillingSpecifiedPeriod ram:EndDateTime/udt:DateTime
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


# The identifiers of the specification, the invoice, its lines and the seller's of items: they have no scheme at all.
_WITHOUT_SCHEME = {
    (
        CII_PATHS.name(f"ram:{parent}")
        if parent != "ExchangedDocument"
        else CII_PATHS.name("rsm:ExchangedDocument")
    ): (CII_PATHS.name(f"ram:{name}"))
    for parent, name in (
        ("GuidelineSpecifiedDocumentContextParameter", "ID"),
        ("ExchangedDocument", "ID"),
        ("AssociatedDocumentLineDocument", "LineID"),
        ("SpecifiedTradeProduct", "SellerAssignedID"),
    )
}


def _has_no_scheme(identifier: XmlElement, parent: XmlElement) -> bool:
    return _WITHOUT_SCHEME.get(parent.name) == identifier.name


def _may_have_scheme(identifier: XmlElement, parent: XmlElement) -> bool:
    return not _has_no_scheme(identifier, parent)


def _is_of_line(_: XmlElement, tax: XmlElement) -> bool:
    """Tells of a category whether its tax is one of a line: that of a row has its amount."""
    return tax.name == CII_PATHS.name("ram:ApplicableTradeTax") and not _amounts_of_tax(tax)


_amounts_of_tax = CII_PATHS.elements("ram:CalculatedAmount")


def _attribute_rules() -> Iterator[AttributeRule]:
    def rule(
        rule_id: str,
        of: str,
        attribute: str,
        where: Holds | None = None,
        severity: Severity = Severity.ERROR,
        but_of: tuple[str, ...] = (),
    ) -> AttributeRule:
        return AttributeRule(
            rule_id=rule_id,
            pack=CEN,
            text=f"{of} has no attribute {attribute}.",
            attribute=attribute,
            severity=severity,
            of=(of if of.startswith("*") else CII_PATHS.name(of),),
            but_of=but_of,
            where=where,
        )

    for line in _NO_ATTRIBUTE.strip().splitlines():
        rule_id, of, attribute = line.split()
        yield rule(rule_id, of, attribute)
    total = (CII_PATHS.name("ram:TaxTotalAmount"),)
    yield rule("CII-DT-031", "*Amount", "currencyID", but_of=total)
    yield rule("CII-DT-032", "*Amount", "currencyCodeListVersionID", but_of=total)
    for line in _NO_SCHEME.strip().splitlines():
        of_some, of_others, attribute = line.split()
        yield rule(of_some, "*ID", attribute, _has_no_scheme)
        if of_others != "-":
            yield rule(of_others, "*ID", attribute, _may_have_scheme)
    for line in _NO_LIST_OF_CATEGORY.strip().splitlines():
        rule_id, attribute = line.split()
        yield rule(rule_id, "ram:CategoryCode", attribute, _is_of_line, Severity.WARNING)
    yield rule(
        "CII-DT-059",
        "ram:RateApplicablePercent",
        "format",
        lambda _, tax: tax.name.endswith("TradeTax"),
        Severity.WARNING,
    )


def _is_in_no_tax(*, but_in: str = "") -> Holds:
    """Asks this of the element itself, since hardly any invoice has one: it stands in no tax, or only in that one."""
    allowed = CII_PATHS.name(f"ram:{but_in}") if but_in else ""
    return lambda _, parent: not parent.name.endswith("TradeTax") or parent.name == allowed


def _tax_rules() -> Iterator[ElementRule]:
    of_invoice = (CII_PATHS.name("ram:ApplicableHeaderTradeSettlement"),)
    never = (line.split() for line in _NEVER_IN_TAXES.strip().splitlines())
    for rule_id, name, holds, outside in (
        *((rule_id, name, _is_in_no_tax(), ()) for rule_id, name in never),
        *(
            (rule_id, name, _is_in_no_tax(), of_invoice)
            for rule_id, name in _ONLY_IN_TAXES_OF_INVOICE
        ),
        *(
            (rule_id, name, _is_in_no_tax(but_in="ApplicableTradeTax"), ())
            for rule_id, name in _NOT_IN_TAXES_OF_CHANGES
        ),
    ):
        yield ElementRule(
            rule_id=rule_id,
            pack=CEN,
            text=f"A tax has no {name} here.",
            names=(CII_PATHS.name(f"ram:{name}"),),
            holds=holds,
            severity=Severity.WARNING,
            outside=outside,
        )


def _rule(rule_id: str, name: str, text: str, holds: Holds) -> ElementRule:
    return ElementRule(rule_id=rule_id, pack=CEN, text=text, names=(name,), holds=holds)


CII_ATTRIBUTE_RULES: tuple[AttributeRule, ...] = tuple(_attribute_rules())

CII_DATA_TYPE_RULES: tuple[ElementRule, ...] = (
    *_tax_rules(),
    _rule(
        "CII-DT-027",
        "*ReferencedDocument",
        "Only a reference to a preceding invoice has a day.",
        lambda reference, _: _DAY_OF_REFERENCE not in reference.children
        or reference.name == CII_PATHS.name("ram:InvoiceReferencedDocument"),
    ),
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
