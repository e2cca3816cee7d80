"""Where the rules find the terms of EN 16931 in UBL 2.1, as the official artefacts find them.

They differ from the binding, which reads what a person would read: here a VAT category needs its tax scheme, and each
`cac:PaymentMeans` is payment instructions of its own.
"""

from en16931.hardened_xml import XmlElement
from en16931.namespaces import NAMESPACES
from en16931.terms.term_path import Condition, TermPaths
from en16931.terms.xml_group import BoundGroup, GroupAt
from en16931.xml_reading import Syntax

_CBC = NAMESPACES[Syntax.UBL_INVOICE]["cbc"] + "}"
_CAC = NAMESPACES[Syntax.UBL_INVOICE]["cac"] + "}"
_SCHEME, _ID, _INDICATOR = f"{_CAC}TaxScheme", f"{_CBC}ID", f"{_CBC}ChargeIndicator"
_TYPE = f"{_CBC}DocumentTypeCode"


def _is_vat(element: XmlElement) -> bool:
    # A loop without a generator, since the rules ask it of every line, several times.
    for scheme in element.children.get(_SCHEME, ()):
        for identifier in scheme.children.get(_ID, ()):
            if identifier.text.strip().upper() == "VAT":
                return True
    return False


def _is_vat_as_written(element: XmlElement) -> bool:
    """Tells whether there is a tax scheme that is VAT to the letter, without blanks around it."""
    return any(
        identifier.text.upper() == "VAT"
        for scheme in element.children.get(_SCHEME, ())
        for identifier in scheme.children.get(_ID, ())
    )


def _is_other_tax(element: XmlElement) -> bool:
    """Tells whether there is a tax scheme that is not VAT to the letter, be it without a name."""
    return any(
        all(identifier.text.upper() != "VAT" for identifier in scheme.children.get(_ID, ()))
        for scheme in element.children.get(_SCHEME, ())
    )


def _is_allowance(element: XmlElement) -> bool:
    return any(
        child.text.strip() in ("false", "0") for child in element.children.get(_INDICATOR, ())
    )


def _is_charge(element: XmlElement) -> bool:
    return any(
        child.text.strip() in ("true", "1") for child in element.children.get(_INDICATOR, ())
    )


def _has_type(code: str, element: XmlElement) -> bool:
    return any(child.text == code for child in element.children.get(_TYPE, ()))


def _is_sepa(element: XmlElement) -> bool:
    return element.attributes.get("schemeID", "").upper() == "SEPA"


UBL_CONDITIONS: dict[str, Condition] = {
    "vat": _is_vat,
    "vat-as-written": _is_vat_as_written,
    "other-tax": _is_other_tax,
    "not-vat": lambda element: not _is_vat(element),
    "allowance": _is_allowance,
    "charge": _is_charge,
    "only-charge": lambda element: _is_charge(element) and not _is_allowance(element),
    "unsaid": lambda element: not (_is_allowance(element) or _is_charge(element)),
    "not-allowance": lambda element: not _is_allowance(element),
    "not-empty": lambda element: bool(element.children),
    "object": lambda element: _has_type("130", element),
    "sepa": _is_sepa,
    "not-sepa": lambda element: not _is_sepa(element),
    "SEPA": lambda element: element.attributes.get("schemeID") == "SEPA",
    "not-SEPA": lambda element: element.attributes.get("schemeID") != "SEPA",
}

_TAX_CATEGORY = "cac:TaxCategory[vat]"
_PARTY_ID = "cac:PartyIdentification/cbc:ID"


def _allowance(amount: str, condition: str, terms: tuple[str, str, str, str]) -> GroupAt:
    base, percentage, reason, reason_code = terms
    return GroupAt(
        (f"cac:AllowanceCharge[{condition}]",),
        {
            amount: "cbc:Amount",
            "indicator": "cbc:ChargeIndicator",
            f"{amount}-currency": "cbc:Amount/@currencyID",
            base: "cbc:BaseAmount",
            percentage: "cbc:MultiplierFactorNumeric",
            reason: "cbc:AllowanceChargeReason",
            reason_code: "cbc:AllowanceChargeReasonCode",
        },
    )


def _with_vat(group: GroupAt, category: str, rate: str) -> GroupAt:
    terms = {
        **group.terms,
        category: f"{_TAX_CATEGORY}/cbc:ID",
        "any-category": "cac:TaxCategory/cbc:ID",
        "any-rate": "cac:TaxCategory/cbc:Percent",
        rate: f"{_TAX_CATEGORY}/cbc:Percent",
    }
    # Of an indicator that says both, the artefact takes an allowance.
    first = "." if category == "BT-95" else ".[not-allowance]"
    tax = GroupAt((f"{first}/{_TAX_CATEGORY}",), {category: "cbc:ID", rate: "cbc:Percent"})
    return GroupAt(group.paths, terms, {"tax": tax})


def _taxes(*paths: str, category: str = "category", rate: str = "rate") -> GroupAt:
    """Returns categories of taxes, wherever they stand."""
    terms = {
        category: "cbc:ID",
        rate: "cbc:Percent",
        "category-of-VAT": ".[vat]/cbc:ID",
        "is-VAT": ".[vat]",
    }
    return GroupAt(paths, terms, anywhere=True)


# What changes the amount of something in a line, or of the line.
_IN_LINES = ("cac:InvoiceLine", "cac:CreditNoteLine", "cac:SubInvoiceLine", "cac:Price")


def _elsewhere(condition: str, category: str, rate: str) -> GroupAt:
    """Returns the taxes of allowances or charges that are not the document's."""
    return _taxes(
        *(f"{at}/cac:AllowanceCharge[{condition}]/{_TAX_CATEGORY}" for at in _IN_LINES),
        category=category,
        rate=rate,
    )


def _address(path: str, *terms: str) -> GroupAt:
    at = (
        "cbc:StreetName",
        "cbc:AdditionalStreetName",
        "cac:AddressLine/cbc:Line",
        "cbc:CityName",
        "cbc:PostalZone",
        "cbc:CountrySubentity",
        "cac:Country/cbc:IdentificationCode",
    )
    return GroupAt((path,), dict(zip(terms, at, strict=True)))


def _contact(path: str, *terms: str) -> GroupAt:
    at = ("cbc:Name", "cbc:Telephone", "cbc:ElectronicMail")
    return GroupAt((path,), dict(zip(terms, at, strict=True)))


_SELLER = GroupAt(
    ("cac:AccountingSupplierParty",),
    {
        "BT-27": "cac:Party/cac:PartyLegalEntity/cbc:RegistrationName",
        "BT-28": "cac:Party/cac:PartyName/cbc:Name",
        "BT-29": f"cac:Party/{_PARTY_ID}",
        "BT-29-but-SEPA": f"cac:Party/{_PARTY_ID}[not-SEPA]",
        "BT-30": "cac:Party/cac:PartyLegalEntity/cbc:CompanyID",
        "BT-31": "cac:Party/cac:PartyTaxScheme[vat]/cbc:CompanyID",
        "BT-32": "cac:Party/cac:PartyTaxScheme[not-vat]/cbc:CompanyID",
        "tax-identifier": "cac:Party/cac:PartyTaxScheme/cbc:CompanyID",
    },
    {
        "BG-5": _address(
            "cac:Party/cac:PostalAddress",
            "BT-35",
            "BT-36",
            "BT-162",
            "BT-37",
            "BT-38",
            "BT-39",
            "BT-40",
        ),
        "BG-6": _contact("cac:Party/cac:Contact", "BT-41", "BT-42", "BT-43"),
        "BT-34": GroupAt(("cac:Party/cbc:EndpointID",), {"BT-34": ".", "BT-34-1": "@schemeID"}),
        "party": GroupAt(("cac:Party",), {"BT-34": "cbc:EndpointID"}),
    },
)

_BUYER = GroupAt(
    ("cac:AccountingCustomerParty",),
    {
        "BT-44": "cac:Party/cac:PartyLegalEntity/cbc:RegistrationName",
        "BT-46": f"cac:Party/{_PARTY_ID}",
        "BT-47": "cac:Party/cac:PartyLegalEntity/cbc:CompanyID",
        "BT-48": "cac:Party/cac:PartyTaxScheme[vat]/cbc:CompanyID",
    },
    {
        "BG-8": _address(
            "cac:Party/cac:PostalAddress",
            "BT-50",
            "BT-51",
            "BT-163",
            "BT-52",
            "BT-53",
            "BT-54",
            "BT-55",
        ),
        "BG-9": _contact("cac:Party/cac:Contact", "BT-56", "BT-57", "BT-58"),
        "BT-49": GroupAt(("cac:Party/cbc:EndpointID",), {"BT-49": ".", "BT-49-1": "@schemeID"}),
        "party": GroupAt(("cac:Party",), {"BT-49": "cbc:EndpointID"}),
    },
)

_PAYEE = GroupAt(
    ("cac:PayeeParty",),
    {
        "BT-59": "cac:PartyName/cbc:Name",
        "BT-60": _PARTY_ID,
        "BT-61": "cac:PartyLegalEntity/cbc:CompanyID",
    },
)

_TAX_REPRESENTATIVE = GroupAt(
    ("cac:TaxRepresentativeParty",),
    {
        "BT-62": "cac:PartyName/cbc:Name",
        "BT-63": "cac:PartyTaxScheme[vat]/cbc:CompanyID",
    },
    {
        "BG-12": _address(
            "cac:PostalAddress", "BT-64", "BT-65", "BT-164", "BT-66", "BT-67", "BT-68", "BT-69"
        ),
    },
)

_PAYMENT = GroupAt(
    ("cac:PaymentMeans",),
    {
        "BT-81": "cbc:PaymentMeansCode",
        "BT-82": "cbc:PaymentMeansCode/@name",
        "BT-83": "cbc:PaymentID",
        "BT-86": "cac:PayeeFinancialAccount/cac:FinancialInstitutionBranch/cbc:ID",
    },
    {
        "BG-17": GroupAt(
            ("cac:PayeeFinancialAccount",),
            {"BT-84": "cbc:ID", "IBAN": "cbc:ID", "BT-85": "cbc:Name"},
        ),
        "BG-18": GroupAt(("cac:CardAccount",), {"BT-87": "cbc:PrimaryAccountNumberID"}),
        "BG-19": GroupAt(
            ("cac:PaymentMandate",),
            {
                "BT-89": "cbc:ID",
                "BT-91": "cac:PayerFinancialAccount/cbc:ID",
                "IBAN": "cac:PayerFinancialAccount/cbc:ID",
            },
        ),
    },
)

_TOTALS = GroupAt(
    ("cac:LegalMonetaryTotal",),
    {
        "BT-106": "cbc:LineExtensionAmount",
        "BT-107": "cbc:AllowanceTotalAmount",
        "BT-108": "cbc:ChargeTotalAmount",
        "BT-109": "cbc:TaxExclusiveAmount",
        "BT-112": "cbc:TaxInclusiveAmount",
        "BT-113": "cbc:PrepaidAmount",
        "BT-114": "cbc:PayableRoundingAmount",
        "BT-115": "cbc:PayableAmount",
    },
)

_VAT_BREAKDOWN = GroupAt(
    ("cac:TaxSubtotal",),
    {
        "BT-116": "cbc:TaxableAmount",
        "BT-117": "cbc:TaxAmount",
        "BT-118": f"{_TAX_CATEGORY}/cbc:ID",
        "BT-119": f"{_TAX_CATEGORY}/cbc:Percent",
        "BT-120": f"{_TAX_CATEGORY}/cbc:TaxExemptionReason",
        "BT-121": f"{_TAX_CATEGORY}/cbc:TaxExemptionReasonCode",
        "any-category": "cac:TaxCategory/cbc:ID",
        "any-rate": "cac:TaxCategory/cbc:Percent",
    },
    {
        "tax": GroupAt(
            (_TAX_CATEGORY,),
            {
                "BT-118": "cbc:ID",
                "any-rate": "cbc:Percent",
                "BT-120": "cbc:TaxExemptionReason",
                "BT-121": "cbc:TaxExemptionReasonCode",
            },
        )
    },
)

_VAT_TOTAL = GroupAt(
    ("cac:TaxTotal",),
    {
        "amount": "cbc:TaxAmount",
        "currency": "cbc:TaxAmount/@currencyID",
    },
    {"BG-23": _VAT_BREAKDOWN},
)


def _line() -> GroupAt:
    return GroupAt(
        ("cac:InvoiceLine", "cac:CreditNoteLine"),
        {
            "BT-126": "cbc:ID",
            "BT-127": "cbc:Note",
            "BT-129": ("cbc:InvoicedQuantity", "cbc:CreditedQuantity"),
            "BT-130": ("cbc:InvoicedQuantity/@unitCode", "cbc:CreditedQuantity/@unitCode"),
            "BT-131": "cbc:LineExtensionAmount",
            "BT-131-currency": "cbc:LineExtensionAmount/@currencyID",
            "BT-146": "cac:Price/cbc:PriceAmount",
            "BT-128-type": "cac:DocumentReference/cbc:DocumentTypeCode",
            "document-reference": "cac:DocumentReference",
            "BT-147": "cac:Price/cac:AllowanceCharge/cbc:Amount",
            "BT-148": "cac:Price/cac:AllowanceCharge/cbc:BaseAmount",
            "BT-149": "cac:Price/cbc:BaseQuantity",
            "BT-150": "cac:Price/cbc:BaseQuantity/@unitCode",
            "BT-153": "cac:Item/cbc:Name",
            "BT-151": "cac:Item/cac:ClassifiedTaxCategory[vat]/cbc:ID",
            "any-category": "cac:Item/cac:ClassifiedTaxCategory/cbc:ID",
            "any-rate": "cac:Item/cac:ClassifiedTaxCategory/cbc:Percent",
            "BT-152": "cac:Item/cac:ClassifiedTaxCategory[vat]/cbc:Percent",
            "BT-157": "cac:Item/cac:StandardItemIdentification/cbc:ID",
            "BT-157-1": "cac:Item/cac:StandardItemIdentification/cbc:ID/@schemeID",
        },
        {
            "BG-26": GroupAt(
                ("cac:InvoicePeriod",),
                {
                    "BT-134": "cbc:StartDate",
                    "BT-135": "cbc:EndDate",
                    "BT-8": "cbc:DescriptionCode",
                },
            ),
            "BG-27": _allowance("BT-136", "allowance", ("BT-137", "BT-138", "BT-139", "BT-140")),
            "BG-28": _allowance("BT-141", "charge", ("BT-142", "BT-143", "BT-144", "BT-145")),
            "unsaid-change": _allowance(
                "BT-136", "unsaid", ("BT-137", "BT-138", "BT-139", "BT-140")
            ),
            "BG-30": GroupAt(
                ("cac:Item/cac:ClassifiedTaxCategory[vat]",),
                {"BT-151": "cbc:ID", "BT-152": "cbc:Percent"},
            ),
            "BG-32": GroupAt(
                ("cac:Item/cac:AdditionalItemProperty",),
                {"BT-160": "cbc:Name", "BT-161": "cbc:Value"},
            ),
            "price-change": GroupAt(
                ("cac:Price/cac:AllowanceCharge",), {"indicator": "cbc:ChargeIndicator"}
            ),
            "BT-158": GroupAt(
                ("cac:Item/cac:CommodityClassification/cbc:ItemClassificationCode",),
                {"BT-158": ".", "BT-158-1": "@listID"},
            ),
        },
    )


UBL_TERMS = GroupAt(
    (".",),
    {
        "BT-1": "cbc:ID",
        "BT-2": "cbc:IssueDate",
        "BT-3": ("cbc:InvoiceTypeCode", "cbc:CreditNoteTypeCode"),
        "BT-5": "cbc:DocumentCurrencyCode",
        "BT-6": "cbc:TaxCurrencyCode",
        "BT-7": "cbc:TaxPointDate",
        "BT-8": "cac:InvoicePeriod/cbc:DescriptionCode",
        "BT-9": ("cbc:DueDate", "cac:PaymentMeans/cbc:PaymentDueDate"),
        "BT-10": "cbc:BuyerReference",
        "BT-12": "cac:ContractDocumentReference/cbc:ID",
        "BT-13": "cac:OrderReference/cbc:ID",
        "BT-17": "cac:OriginatorDocumentReference/cbc:ID",
        "BT-20": "cac:PaymentTerms/cbc:Note",
        "BT-23": "cbc:ProfileID",
        "BT-24": "cbc:CustomizationID",
        "BT-72": "cac:Delivery/cbc:ActualDeliveryDate",
        "BT-89": "cac:PaymentMeans/cac:PaymentMandate/cbc:ID",
        "BT-90": (
            f"cac:AccountingSupplierParty/cac:Party/{_PARTY_ID}[SEPA]",
            f"cac:PayeeParty/{_PARTY_ID}[SEPA]",
        ),
        "BT-91": "cac:PaymentMeans/cac:PaymentMandate/cac:PayerFinancialAccount/cbc:ID",
        "direct-debit": "cac:PaymentMeans/cac:PaymentMandate",
    },
    {
        "BG-2": GroupAt((".",), {"BT-23": "cbc:ProfileID", "BT-24": "cbc:CustomizationID"}),
        "BG-3": GroupAt(
            ("cac:BillingReference",), {"BT-25": "cac:InvoiceDocumentReference/cbc:ID"}
        ),
        "BG-4": _SELLER,
        "BG-7": _BUYER,
        "BG-10": _PAYEE,
        "BG-11": _TAX_REPRESENTATIVE,
        "BG-14": GroupAt(
            ("cac:InvoicePeriod",),
            {
                "BT-73": "cbc:StartDate",
                "BT-74": "cbc:EndDate",
                "BT-8": "cbc:DescriptionCode",
                "anything": ".[not-empty]",
            },
        ),
        "BG-15": _address(
            "cac:Delivery/cac:DeliveryLocation/cac:Address",
            "BT-75",
            "BT-76",
            "BT-165",
            "BT-77",
            "BT-78",
            "BT-79",
            "BT-80",
        ),
        "BG-16": _PAYMENT,
        "BG-20": _with_vat(
            _allowance("BT-92", "allowance", ("BT-93", "BT-94", "BT-97", "BT-98")),
            "BT-95",
            "BT-96",
        ),
        "BG-21": _with_vat(
            _allowance("BT-99", "charge", ("BT-100", "BT-101", "BT-104", "BT-105")),
            "BT-102",
            "BT-103",
        ),
        "unsaid-change": _allowance("BT-92", "unsaid", ("BT-93", "BT-94", "BT-97", "BT-98")),
        "BG-22": _TOTALS,
        "VAT-total": _VAT_TOTAL,
        "BG-23": GroupAt(
            ("cac:TaxTotal/cac:TaxSubtotal",), _VAT_BREAKDOWN.terms, _VAT_BREAKDOWN.groups
        ),
        "BG-23-elsewhere": GroupAt(
            tuple(f"{at}/cac:TaxTotal/cac:TaxSubtotal" for at in _IN_LINES),
            _VAT_BREAKDOWN.terms,
            anywhere=True,
        ),
        "tax": _taxes("cac:TaxCategory"),
        "tax-of-line": _taxes("cac:ClassifiedTaxCategory"),
        "tax-of-allowance": _taxes("cac:AllowanceCharge[allowance]/cac:TaxCategory"),
        "tax-of-charge": _taxes("cac:AllowanceCharge[charge]/cac:TaxCategory"),
        "tax-of-change": _taxes("cac:AllowanceCharge/cac:TaxCategory"),
        "tax-of-row": _taxes("cac:TaxSubtotal/cac:TaxCategory"),
        "allowance-tax-elsewhere": _elsewhere("allowance", "BT-95", "BT-96"),
        "charge-tax-elsewhere": _elsewhere("charge][not-allowance", "BT-102", "BT-103"),
        "other-VAT-identifier": GroupAt(
            tuple(
                f"{party}/cac:PartyTaxScheme[vat]"
                for party in (
                    "cac:PayeeParty",
                    "cac:DeliveryParty",
                    "cac:AgentParty",
                    "cac:BuyerCustomerParty/cac:Party",
                    "cac:SellerSupplierParty/cac:Party",
                )
            ),
            {"value": "cbc:CompanyID"},
            anywhere=True,
        ),
        "country": GroupAt(("cbc:IdentificationCode",), {"code": "."}, anywhere=True),
        "BG-24": GroupAt(
            ("cac:AdditionalDocumentReference",),
            {
                "BT-122": "cbc:ID",
                "BT-124": "cac:Attachment/cac:ExternalReference/cbc:URI",
                "external-reference": "cac:Attachment/cac:ExternalReference",
                "BT-125-1": "cac:Attachment/cbc:EmbeddedDocumentBinaryObject/@mimeCode",
                "BT-125-2": "cac:Attachment/cbc:EmbeddedDocumentBinaryObject/@filename",
            },
        ),
        "third-party-payment": GroupAt(
            ("cac:PrepaidPayment",),
            {
                "type": "cbc:ID",
                "amount": "cbc:PaidAmount",
                "currency": "cbc:PaidAmount/@currencyID",
                "description": "cbc:InstructionID",
            },
        ),
        "BG-25": _line(),
        "sub-line": GroupAt(
            ("cac:SubInvoiceLine",),
            {term: _line().terms[term] for term in ("BT-129", "BT-130", "BT-150")},
            anywhere=True,
        ),
    },
)

UBL_PATHS = TermPaths(
    {**NAMESPACES[Syntax.UBL_CREDIT_NOTE], **NAMESPACES[Syntax.UBL_INVOICE]}, UBL_CONDITIONS
)
BOUND_UBL_TERMS = BoundGroup(UBL_TERMS, UBL_PATHS)
