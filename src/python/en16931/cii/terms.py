"""Where the rules find the terms of EN 16931 in UN/CEFACT CII, as the official artefacts find them.

A VAT category needs its tax type, and a day is one of format 102 only.
"""

from en16931.hardened_xml import XmlElement
from en16931.namespaces import NAMESPACES
from en16931.terms.term_path import Condition, TermPaths
from en16931.terms.xml_group import BoundGroup, GroupAt
from en16931.xml_reading import Syntax

_RAM = NAMESPACES[Syntax.CII]["ram"] + "}"
_UDT = NAMESPACES[Syntax.CII]["udt"] + "}"
_TYPE, _INDICATOR = f"{_RAM}TypeCode", f"{_RAM}ChargeIndicator"


def _is_vat(element: XmlElement) -> bool:
    # A loop without a generator, since the rules ask it of every line, several times.
    for child in element.children.get(_TYPE, ()):  # noqa: SIM110
        if child.text.upper() == "VAT":
            return True
    return False


def _is_vat_but_for_blanks(element: XmlElement) -> bool:
    return any(child.text.strip().upper() == "VAT" for child in element.children.get(_TYPE, ()))


def _indicates(values: tuple[str, ...], element: XmlElement) -> bool:
    return any(
        value.text.strip() in values
        for indicator in element.children.get(_INDICATOR, ())
        for value in indicator.children.get(f"{_UDT}Indicator", ())
    )


def _has_type(code: str, element: XmlElement, around: str = "") -> bool:
    """Tells whether the element has the type; white space around it is a part of it where `around` is empty."""
    texts = (child.text for child in element.children.get(_TYPE, ()))
    return any((text.strip() if around else text) == code for text in texts)


CII_CONDITIONS: dict[str, Condition] = {
    "vat": _is_vat,
    "vat-but-for-blanks": _is_vat_but_for_blanks,
    "allowance": lambda element: _indicates(("false", "0"), element),
    "charge": lambda element: _indicates(("true", "1"), element),
    "unsaid": lambda element: not _indicates(("false", "0", "true", "1"), element),
    "only-charge": lambda element: _indicates(("true", "1"), element)
    and not _indicates(("false", "0"), element),
    "VA": lambda element: element.attributes.get("schemeID") == "VA",
    "FC": lambda element: element.attributes.get("schemeID") == "FC",
    "VA-or-FC-but-for-blanks": lambda element: (
        element.attributes.get("schemeID", "").strip() in ("VA", "FC")
    ),
    "day": lambda element: element.attributes.get("format") == "102",
    "tender": lambda element: _has_type("50", element),
    "object": lambda element: _has_type("130", element),
    "supporting": lambda element: _has_type("916", element),
    "object-but-for-blanks": lambda element: _has_type("130", element, " "),
    "supporting-but-for-blanks": lambda element: _has_type("916", element, " "),
}

_AGREEMENT = "rsm:SupplyChainTradeTransaction/ram:ApplicableHeaderTradeAgreement"
_DELIVERY = "rsm:SupplyChainTradeTransaction/ram:ApplicableHeaderTradeDelivery"
_SETTLEMENT = "rsm:SupplyChainTradeTransaction/ram:ApplicableHeaderTradeSettlement"
_LINES = "rsm:SupplyChainTradeTransaction/ram:IncludedSupplyChainTradeLineItem"
_TAX = "ram:CategoryTradeTax[vat]"
_PAYER_ACCOUNT = (
    f"{_SETTLEMENT}/ram:SpecifiedTradeSettlementPaymentMeans/ram:PayerPartyDebtorFinancialAccount"
)
_ACCOUNT = "ram:PayeePartyCreditorFinancialAccount"


def _allowance(path: str, *terms: str) -> GroupAt:
    at = (
        "ram:ActualAmount",
        "ram:BasisAmount",
        "ram:CalculationPercent",
        "ram:Reason",
        "ram:ReasonCode",
        f"{_TAX}/ram:CategoryCode",
        f"{_TAX}/ram:RateApplicablePercent",
    )
    return GroupAt(
        (path,),
        {
            **dict(zip(terms, at, strict=False)),
            "indicator": "ram:ChargeIndicator/udt:Indicator",
            "any-category": "ram:CategoryTradeTax/ram:CategoryCode",
            "any-rate": "ram:CategoryTradeTax/ram:RateApplicablePercent",
        },
        {
            "tax": GroupAt(
                (_TAX,),
                dict(
                    zip(terms[5:], ("ram:CategoryCode", "ram:RateApplicablePercent"), strict=False)
                ),
            )
        },
    )


def _taxes(*paths: str, category: str = "category", rate: str = "rate") -> GroupAt:
    """Returns taxes, wherever they stand."""
    terms = {
        category: "ram:CategoryCode",
        rate: "ram:RateApplicablePercent",
        "category-of-VAT": ".[vat]/ram:CategoryCode",
        "is-VAT": ".[vat]",
    }
    return GroupAt(paths, terms, anywhere=True)


def _elsewhere(condition: str, category: str, rate: str) -> GroupAt:
    """Returns the taxes of allowances or charges that are not the document's."""
    path = f"ram:SpecifiedLineTradeSettlement/ram:SpecifiedTradeAllowanceCharge[{condition}]/{_TAX}"
    return _taxes(path, category=category, rate=rate)


def _address(path: str, *terms: str) -> GroupAt:
    at = (
        "ram:LineOne",
        "ram:LineTwo",
        "ram:LineThree",
        "ram:CityName",
        "ram:PostcodeCode",
        "ram:CountrySubDivisionName",
        "ram:CountryID",
    )
    return GroupAt((path,), dict(zip(terms, at, strict=True)))


def _contact(*terms: str) -> GroupAt:
    at = (
        ("ram:PersonName", "ram:DepartmentName"),
        "ram:TelephoneUniversalCommunication/ram:CompleteNumber",
        "ram:EmailURIUniversalCommunication/ram:URIID",
    )
    return GroupAt(("ram:DefinedTradeContact",), dict(zip(terms, at, strict=True)))


def _period(path: str, start: str, end: str) -> GroupAt:
    return GroupAt(
        (path,),
        {
            start: ("ram:StartDateTime/udt:DateTimeString[day]", "ram:StartDateTime"),
            end: ("ram:EndDateTime/udt:DateTimeString[day]", "ram:EndDateTime"),
            f"{start}-day": "ram:StartDateTime/udt:DateTimeString[day]",
            f"{end}-day": "ram:EndDateTime/udt:DateTimeString[day]",
        },
    )


_SELLER = GroupAt(
    (f"{_AGREEMENT}/ram:SellerTradeParty",),
    {
        "BT-27": "ram:Name",
        "BT-28": "ram:SpecifiedLegalOrganization/ram:TradingBusinessName",
        "BT-29": ("ram:ID", "ram:GlobalID"),
        "BT-29-ID": "ram:ID",
        "BT-30": "ram:SpecifiedLegalOrganization/ram:ID",
        "BT-31": "ram:SpecifiedTaxRegistration/ram:ID[VA]",
        "BT-32": "ram:SpecifiedTaxRegistration/ram:ID[FC]",
        "tax-identifier": "ram:SpecifiedTaxRegistration/ram:ID[VA-or-FC-but-for-blanks]",
    },
    {
        "BG-5": _address(
            "ram:PostalTradeAddress",
            "BT-35",
            "BT-36",
            "BT-162",
            "BT-37",
            "BT-38",
            "BT-39",
            "BT-40",
        ),
        "BG-6": _contact("BT-41", "BT-42", "BT-43"),
        "BT-34": GroupAt(
            ("ram:URIUniversalCommunication",),
            {"BT-34": "ram:URIID", "BT-34-1": "ram:URIID/@schemeID"},
        ),
        "party": GroupAt((".",), {"BT-34": "ram:URIUniversalCommunication/ram:URIID"}),
    },
)

_BUYER = GroupAt(
    (f"{_AGREEMENT}/ram:BuyerTradeParty",),
    {
        "BT-44": "ram:Name",
        "BT-46": ("ram:ID", "ram:GlobalID"),
        "BT-47": "ram:SpecifiedLegalOrganization/ram:ID",
        "BT-48": "ram:SpecifiedTaxRegistration/ram:ID[VA]",
    },
    {
        "BG-8": _address(
            "ram:PostalTradeAddress",
            "BT-50",
            "BT-51",
            "BT-163",
            "BT-52",
            "BT-53",
            "BT-54",
            "BT-55",
        ),
        "BG-9": _contact("BT-56", "BT-57", "BT-58"),
        "BT-49": GroupAt(
            ("ram:URIUniversalCommunication",),
            {"BT-49": "ram:URIID", "BT-49-1": "ram:URIID/@schemeID"},
        ),
        "party": GroupAt((".",), {"BT-49": "ram:URIUniversalCommunication/ram:URIID"}),
    },
)

_PAYEE = GroupAt(
    (f"{_SETTLEMENT}/ram:PayeeTradeParty",),
    {
        "BT-59": "ram:Name",
        "BT-60": ("ram:ID", "ram:GlobalID"),
        "BT-60-ID": "ram:ID",
        "BT-61": "ram:SpecifiedLegalOrganization/ram:ID",
    },
)

_TAX_REPRESENTATIVE = GroupAt(
    (f"{_AGREEMENT}/ram:SellerTaxRepresentativeTradeParty",),
    {"BT-62": "ram:Name", "BT-63": "ram:SpecifiedTaxRegistration/ram:ID[VA]"},
    {
        "BG-12": _address(
            "ram:PostalTradeAddress",
            "BT-64",
            "BT-65",
            "BT-164",
            "BT-66",
            "BT-67",
            "BT-68",
            "BT-69",
        ),
    },
)

_PAYMENT = GroupAt(
    (f"{_SETTLEMENT}/ram:SpecifiedTradeSettlementPaymentMeans",),
    {
        "BT-81": "ram:TypeCode",
        "BT-82": "ram:Information",
        "BT-86": (
            "ram:PayeeSpecifiedCreditorFinancialInstitution/ram:BICID",
            "ram:PayerSpecifiedDebtorFinancialInstitution/ram:BICID",
        ),
    },
    {
        "BG-17": GroupAt(
            (_ACCOUNT,),
            {
                "BT-84": ("ram:IBANID", "ram:ProprietaryID"),
                "IBAN": "ram:IBANID",
                "BT-85": "ram:AccountName",
            },
        ),
        "BG-18": GroupAt(("ram:ApplicableTradeSettlementFinancialCard",), {"BT-87": "ram:ID"}),
        "BG-19": GroupAt(
            ("ram:PayerPartyDebtorFinancialAccount",),
            {"BT-91": ("ram:IBANID", "ram:ProprietaryID"), "IBAN": "ram:IBANID"},
        ),
    },
)

_TOTALS = GroupAt(
    (f"{_SETTLEMENT}/ram:SpecifiedTradeSettlementHeaderMonetarySummation",),
    {
        "BT-106": "ram:LineTotalAmount",
        "BT-107": "ram:AllowanceTotalAmount",
        "BT-108": "ram:ChargeTotalAmount",
        "BT-109": "ram:TaxBasisTotalAmount",
        "BT-112": "ram:GrandTotalAmount",
        "BT-113": "ram:TotalPrepaidAmount",
        "BT-114": "ram:RoundingAmount",
        "BT-115": "ram:DuePayableAmount",
    },
    {"VAT-total": GroupAt(("ram:TaxTotalAmount",), {"amount": ".", "currency": "@currencyID"})},
)

_VAT_BREAKDOWN = GroupAt(
    (f"{_SETTLEMENT}/ram:ApplicableTradeTax",),
    {
        "BT-116": "ram:BasisAmount",
        "BT-117": "ram:CalculatedAmount",
        "BT-118": ".[vat]/ram:CategoryCode",
        "BT-119-but-for-blanks": ".[vat-but-for-blanks]/ram:RateApplicablePercent",
        "BT-119": ".[vat]/ram:RateApplicablePercent",
        "BT-120": "ram:ExemptionReason",
        "BT-121": "ram:ExemptionReasonCode",
        "BT-7": "ram:TaxPointDate",
        "BT-8": "ram:DueDateTypeCode",
        "any-rate": "ram:RateApplicablePercent",
        "any-category": "ram:CategoryCode",
    },
)

_LINE_AGREEMENT = "ram:SpecifiedLineTradeAgreement"
_LINE_SETTLEMENT = "ram:SpecifiedLineTradeSettlement"
_LINE_TAX = f"{_LINE_SETTLEMENT}/ram:ApplicableTradeTax[vat]"
_QUANTITY = "ram:SpecifiedLineTradeDelivery/ram:BilledQuantity"
_NET_PRICE = f"{_LINE_AGREEMENT}/ram:NetPriceProductTradePrice"
_GROSS_PRICE = f"{_LINE_AGREEMENT}/ram:GrossPriceProductTradePrice"
_LINE_CHARGE = f"{_LINE_SETTLEMENT}/ram:SpecifiedTradeAllowanceCharge"
_NET_AMOUNT = (
    f"{_LINE_SETTLEMENT}/ram:SpecifiedTradeSettlementLineMonetarySummation/ram:LineTotalAmount"
)
_PRODUCT = "ram:SpecifiedTradeProduct"

_LINE = GroupAt(
    (_LINES,),
    {
        "BT-126": "ram:AssociatedDocumentLineDocument/ram:LineID",
        "BT-129": _QUANTITY,
        "BT-130": f"{_QUANTITY}/@unitCode",
        "BT-131": _NET_AMOUNT,
        "BT-146": f"{_NET_PRICE}/ram:ChargeAmount",
        "BT-147": f"{_GROSS_PRICE}/ram:AppliedTradeAllowanceCharge/ram:ActualAmount",
        "BT-148": f"{_GROSS_PRICE}/ram:ChargeAmount",
        "BT-149": f"{_NET_PRICE}/ram:BasisQuantity",
        "BT-150": f"{_NET_PRICE}/ram:BasisQuantity/@unitCode",
        "BT-149-gross": f"{_GROSS_PRICE}/ram:BasisQuantity",
        "BT-150-gross": f"{_GROSS_PRICE}/ram:BasisQuantity/@unitCode",
        "BT-128-type": f"{_LINE_SETTLEMENT}/ram:AdditionalReferencedDocument/ram:TypeCode",
        "document-reference": f"{_LINE_SETTLEMENT}/ram:AdditionalReferencedDocument",
        "BT-153": f"{_PRODUCT}/ram:Name",
        "BT-151": f"{_LINE_TAX}/ram:CategoryCode",
        "any-category": f"{_LINE_SETTLEMENT}/ram:ApplicableTradeTax/ram:CategoryCode",
        "any-rate": f"{_LINE_SETTLEMENT}/ram:ApplicableTradeTax/ram:RateApplicablePercent",
        "BT-152": f"{_LINE_TAX}/ram:RateApplicablePercent",
        "BT-157": f"{_PRODUCT}/ram:GlobalID",
        "BT-157-1": f"{_PRODUCT}/ram:GlobalID/@schemeID",
    },
    {
        "BG-26": _period(f"{_LINE_SETTLEMENT}/ram:BillingSpecifiedPeriod", "BT-134", "BT-135"),
        "BG-27": _allowance(
            f"{_LINE_CHARGE}[allowance]", "BT-136", "BT-137", "BT-138", "BT-139", "BT-140"
        ),
        "BG-28": _allowance(
            f"{_LINE_CHARGE}[charge]", "BT-141", "BT-142", "BT-143", "BT-144", "BT-145"
        ),
        "unsaid-change": _allowance(
            f"{_LINE_CHARGE}[unsaid]", "BT-136", "BT-137", "BT-138", "BT-139", "BT-140"
        ),
        "BG-30": GroupAt(
            (_LINE_TAX,),
            {"BT-151": "ram:CategoryCode", "BT-152": "ram:RateApplicablePercent"},
        ),
        "BG-32": GroupAt(
            (f"{_PRODUCT}/ram:ApplicableProductCharacteristic",),
            {"BT-160": "ram:Description", "BT-161": "ram:Value"},
        ),
        "price-change": GroupAt(
            (f"{_GROSS_PRICE}/ram:AppliedTradeAllowanceCharge",),
            {"indicator": "ram:ChargeIndicator/udt:Indicator"},
        ),
        "BT-158": GroupAt(
            (f"{_PRODUCT}/ram:DesignatedProductClassification",),
            {"BT-158": "ram:ClassCode", "BT-158-1": "ram:ClassCode/@listID"},
        ),
    },
)

# All but those of which EN 16931 knows the VAT identifier.
_OTHER_PARTIES = (
    "BuyerTaxRepresentativeTradeParty InvoiceeTradeParty InvoicerTradeParty PayeeTradeParty PayerTradeParty "
    "ProductEndUserTradeParty SalesAgentTradeParty ShipFromTradeParty ShipToTradeParty UltimateShipToTradeParty"
).split()

CII_TERMS = GroupAt(
    (".",),
    {
        "BT-1": "rsm:ExchangedDocument/ram:ID",
        "BT-2": "rsm:ExchangedDocument/ram:IssueDateTime/udt:DateTimeString[day]",
        "BT-3": "rsm:ExchangedDocument/ram:TypeCode",
        "BT-5": f"{_SETTLEMENT}/ram:InvoiceCurrencyCode",
        "BT-6": f"{_SETTLEMENT}/ram:TaxCurrencyCode",
        "BT-9": f"{_SETTLEMENT}/ram:SpecifiedTradePaymentTerms/ram:DueDateDateTime/udt:DateTimeString",
        "BT-10": f"{_AGREEMENT}/ram:BuyerReference",
        "BT-12": f"{_AGREEMENT}/ram:ContractReferencedDocument/ram:IssuerAssignedID",
        "BT-13": f"{_AGREEMENT}/ram:BuyerOrderReferencedDocument/ram:IssuerAssignedID",
        "BT-17": f"{_AGREEMENT}/ram:AdditionalReferencedDocument[tender]/ram:IssuerAssignedID",
        "BT-20": f"{_SETTLEMENT}/ram:SpecifiedTradePaymentTerms/ram:Description",
        "BT-23": "rsm:ExchangedDocumentContext/ram:BusinessProcessSpecifiedDocumentContextParameter/ram:ID",
        "BT-24": "rsm:ExchangedDocumentContext/ram:GuidelineSpecifiedDocumentContextParameter/ram:ID",
        "BT-72": f"{_DELIVERY}/ram:ActualDeliverySupplyChainEvent/ram:OccurrenceDateTime/udt:DateTimeString",
        "BT-89": f"{_SETTLEMENT}/ram:SpecifiedTradePaymentTerms/ram:DirectDebitMandateID",
        "BT-90": f"{_SETTLEMENT}/ram:CreditorReferenceID",
        "BT-91": f"{_PAYER_ACCOUNT}/ram:IBANID",
        "transaction": "rsm:SupplyChainTradeTransaction",
        "direct-debit": (
            f"{_SETTLEMENT}/ram:SpecifiedTradePaymentTerms/ram:DirectDebitMandateID",
            f"{_SETTLEMENT}/ram:CreditorReferenceID",
            _PAYER_ACCOUNT,
        ),
    },
    {
        "BG-2": GroupAt(
            ("rsm:ExchangedDocumentContext",),
            {
                "BT-23": "ram:BusinessProcessSpecifiedDocumentContextParameter/ram:ID",
                "BT-24": "ram:GuidelineSpecifiedDocumentContextParameter/ram:ID",
            },
        ),
        "BG-3": GroupAt(
            (f"{_SETTLEMENT}/ram:InvoiceReferencedDocument",), {"BT-25": "ram:IssuerAssignedID"}
        ),
        "BG-4": _SELLER,
        "BG-7": _BUYER,
        "BG-10": _PAYEE,
        "BG-11": _TAX_REPRESENTATIVE,
        "BG-14": _period(f"{_SETTLEMENT}/ram:BillingSpecifiedPeriod", "BT-73", "BT-74"),
        "BG-15": _address(
            f"{_DELIVERY}/ram:ShipToTradeParty/ram:PostalTradeAddress",
            "BT-75",
            "BT-76",
            "BT-165",
            "BT-77",
            "BT-78",
            "BT-79",
            "BT-80",
        ),
        "BG-16": _PAYMENT,
        "BG-20": _allowance(
            f"{_SETTLEMENT}/ram:SpecifiedTradeAllowanceCharge[allowance]",
            "BT-92",
            "BT-93",
            "BT-94",
            "BT-97",
            "BT-98",
            "BT-95",
            "BT-96",
        ),
        "BG-21": _allowance(
            f"{_SETTLEMENT}/ram:SpecifiedTradeAllowanceCharge[charge]",
            "BT-99",
            "BT-100",
            "BT-101",
            "BT-104",
            "BT-105",
            "BT-102",
            "BT-103",
        ),
        "unsaid-change": _allowance(
            f"{_SETTLEMENT}/ram:SpecifiedTradeAllowanceCharge[unsaid]",
            "BT-92",
            "BT-93",
            "BT-94",
            "BT-97",
            "BT-98",
        ),
        "BG-22": _TOTALS,
        "VAT-total": GroupAt(
            (f"{_TOTALS.paths[0]}/ram:TaxTotalAmount",), {"amount": ".", "currency": "@currencyID"}
        ),
        "BG-23": _VAT_BREAKDOWN,
        "BG-24": GroupAt(
            (
                f"{_AGREEMENT}/ram:AdditionalReferencedDocument",
                f"{_LINES}/{_LINE_SETTLEMENT}/ram:AdditionalReferencedDocument",
            ),
            {
                "BT-122": "ram:IssuerAssignedID",
                "BT-124": "ram:URIID",
                "BT-125-1": "ram:AttachmentBinaryObject/@mimeCode",
                "BT-125-2": "ram:AttachmentBinaryObject/@filename",
                "type": "ram:TypeCode",
            },
        ),
        "BG-25": _LINE,
        "delivery": GroupAt(
            (_DELIVERY,),
            {"BT-80": "ram:ShipToTradeParty/ram:PostalTradeAddress/ram:CountryID"},
            {"BG-15": GroupAt(("ram:ShipToTradeParty/ram:PostalTradeAddress",), {})},
        ),
        "VAT-point": GroupAt(("ram:TaxPointDate",), {}, anywhere=True),
        "VAT-point-code": GroupAt(("ram:DueDateTypeCode",), {}, anywhere=True),
        "document-elsewhere": GroupAt(
            (
                "ram:SpecifiedLineTradeAgreement/ram:AdditionalReferencedDocument",
                "ram:SpecifiedLineTradeDelivery/ram:AdditionalReferencedDocument",
                "ram:ApplicableHeaderTradeDelivery/ram:AdditionalReferencedDocument",
                "ram:ApplicableHeaderTradeSettlement/ram:AdditionalReferencedDocument",
            ),
            {"BT-122": "ram:IssuerAssignedID"},
            anywhere=True,
        ),
        "tax": _taxes("ram:CategoryTradeTax"),
        "tax-of-line": _taxes("ram:SpecifiedLineTradeSettlement/ram:ApplicableTradeTax"),
        "tax-of-allowance": _taxes(
            "ram:SpecifiedTradeAllowanceCharge[allowance]/ram:CategoryTradeTax"
        ),
        "tax-of-charge": _taxes(
            "ram:SpecifiedTradeAllowanceCharge[only-charge]/ram:CategoryTradeTax"
        ),
        "tax-of-change": _taxes("ram:CategoryTradeTax"),
        "tax-of-row": _taxes("ram:ApplicableHeaderTradeSettlement/ram:ApplicableTradeTax"),
        "allowance-tax-elsewhere": _elsewhere("allowance", "BT-95", "BT-96"),
        "charge-tax-elsewhere": _elsewhere("only-charge", "BT-102", "BT-103"),
        "other-VAT-identifier": GroupAt(
            tuple(
                f"ram:{party}/ram:SpecifiedTaxRegistration/ram:ID[VA]" for party in _OTHER_PARTIES
            ),
            {"value": "."},
            anywhere=True,
        ),
        "country": GroupAt(("ram:CountryID",), {"code": "."}, anywhere=True),
    },
)

CII_PATHS = TermPaths(NAMESPACES[Syntax.CII], CII_CONDITIONS)
BOUND_CII_TERMS = BoundGroup(CII_TERMS, CII_PATHS)
