"""Rules that only make sense on UBL: how often something stands, UBL-SR."""

from en16931.hardened_xml import XmlElement
from en16931.rules.element_rule import ElementRule, Holds
from en16931.rules.structure import at_most_once, element_rule
from en16931.ubl.terms import UBL_CONDITIONS, UBL_PATHS

_ROOT = "ubl:Invoice|cn:CreditNote"
_LINE = "cac:InvoiceLine|cac:CreditNoteLine"
_SELLER, _BUYER = "cac:AccountingSupplierParty/cac:Party", "cac:AccountingCustomerParty/cac:Party"

_AT_MOST_ONCE = f"""
UBL-SR-01 {_ROOT} cac:ContractDocumentReference/cbc:ID
UBL-SR-02 {_ROOT} cac:ReceiptDocumentReference/cbc:ID
UBL-SR-03 {_ROOT} cac:DespatchDocumentReference/cbc:ID
UBL-SR-04 {_ROOT} cac:AdditionalDocumentReference[object]/cbc:ID
UBL-SR-05 {_ROOT} cac:PaymentTerms/cbc:Note
UBL-SR-06 cac:BillingReference cac:InvoiceDocumentReference
UBL-SR-08 {_ROOT} cac:InvoicePeriod
UBL-SR-09 {_ROOT} {_SELLER}/cac:PartyLegalEntity/cbc:RegistrationName
UBL-SR-10 {_ROOT} {_SELLER}/cac:PartyName/cbc:Name
UBL-SR-11 {_ROOT} {_SELLER}/cac:PartyLegalEntity/cbc:CompanyID
UBL-SR-12 {_ROOT} {_SELLER}/cac:PartyTaxScheme[vat-as-written]/cbc:CompanyID
UBL-SR-13 {_ROOT} {_SELLER}/cac:PartyTaxScheme[other-tax]/cbc:CompanyID
UBL-SR-14 {_ROOT} {_SELLER}/cac:PartyLegalEntity/cbc:CompanyLegalForm
UBL-SR-15 {_ROOT} {_BUYER}/cac:PartyLegalEntity/cbc:RegistrationName
UBL-SR-16 {_ROOT} {_BUYER}/cac:PartyIdentification/cbc:ID
UBL-SR-17 {_ROOT} {_BUYER}/cac:PartyLegalEntity/cbc:CompanyID
UBL-SR-18 {_ROOT} {_BUYER}/cac:PartyTaxScheme[vat-as-written]/cbc:CompanyID
UBL-SR-22 cac:TaxRepresentativeParty cac:PartyName/cbc:Name
UBL-SR-23 cac:TaxRepresentativeParty cac:PartyTaxScheme/cbc:CompanyID
UBL-SR-24 {_ROOT} cac:Delivery
UBL-SR-25 cac:Delivery cac:DeliveryParty/cac:PartyName/cbc:Name
UBL-SR-26 cac:PaymentMeans cbc:PaymentID
UBL-SR-27 cac:PaymentMeans cbc:PaymentMeansCode
UBL-SR-28 cac:PaymentMeans cac:PaymentMandate/cbc:ID
UBL-SR-32 cac:TaxSubtotal cac:TaxCategory/cbc:TaxExemptionReason
UBL-SR-33 cac:AdditionalDocumentReference cbc:DocumentDescription
UBL-SR-34 {_LINE} cbc:Note
UBL-SR-35 {_LINE} cac:OrderLineReference/cbc:LineID
UBL-SR-36 {_LINE} cac:InvoicePeriod
UBL-SR-37 {_LINE} cac:Price/cac:AllowanceCharge/cbc:Amount
UBL-SR-39 {_ROOT} cac:ProjectReference/cbc:ID
UBL-SR-40 {_ROOT} {_BUYER}/cac:PartyName/cbc:Name
UBL-SR-45 {_ROOT} cac:PaymentMeans/cbc:PaymentDueDate
UBL-SR-49 {_ROOT} cac:InvoicePeriod/cbc:DescriptionCode
UBL-SR-50 {_LINE} cac:Item/cbc:Description
UBL-SR-51 cac:PostalAddress|cac:Address cac:AddressLine
UBL-SR-52 {_LINE} cac:DocumentReference
UBL-SR-54 {_ROOT} cac:PaymentMeans/cac:CardAccount
UBL-SR-55 {_ROOT} cac:PaymentMeans/cac:PaymentMandate
UBL-SR-56 {_ROOT} cac:OriginatorDocumentReference/cbc:ID
"""

_elements, _texts = UBL_PATHS.elements, UBL_PATHS.texts

_billed = _elements("cac:InvoiceDocumentReference/cbc:ID")
_tax_schemes = _elements("cac:PartyTaxScheme")
_scheme_of_reference = _texts("cbc:ID/@schemeID")
_type_of_reference = _texts("cbc:DocumentTypeCode")
_payment_ids = _texts("cac:PaymentMeans/cbc:PaymentID")
_means_texts = _texts("cac:PaymentMeans/cbc:PaymentMeansCode/@name")
_means_codes = _texts("cac:PaymentMeans/cbc:PaymentMeansCode")
_categories = _elements("cac:Item/cac:ClassifiedTaxCategory")
_tax_identifier = _elements("cbc:CompanyID")
_scheme_of_tax = _elements("cac:TaxScheme/cbc:ID")
_seller_name = _texts(f"{_SELLER}/cac:PartyLegalEntity/cbc:RegistrationName")
_payee_name = _texts("cac:PartyName/cbc:Name")
_sepa_identifiers = _elements(
    f"{_SELLER}/cac:PartyIdentification/cbc:ID[sepa]",
    "cac:PayeeParty/cac:PartyIdentification/cbc:ID[sepa]",
)
_reasons = _elements("cbc:AllowanceChargeReason")

_OBJECT = "130"
_PROJECT = "50"  # which credit notes have as a reference


def _states_once_and_is_not_the_seller(path: str) -> Holds:
    stated = _elements(path)

    def holds(payee: XmlElement, invoice: XmlElement) -> bool:
        # Some name is not some name of the seller: XPath's `!=`, which fails where one is missing.
        names, others = _payee_name(payee), _seller_name(invoice)
        is_other = any(name != other for name in names for other in others)
        return is_other and len(stated(payee)) <= 1

    return holds


def _scheme_is_of_object(reference: XmlElement, above: XmlElement) -> bool:
    types = _type_of_reference(reference)
    if _OBJECT in types or (_PROJECT in types and above.name == UBL_PATHS.name("cn:CreditNote")):
        return True
    return not types and not _scheme_of_reference(reference)


def _object_has_no(path: str) -> Holds:
    stated = _elements(path)
    return lambda reference, _: not (UBL_CONDITIONS["object"](reference) and stated(reference))


def _names_scheme_and_identifier(scheme: XmlElement, _: XmlElement) -> bool:
    return bool(_tax_identifier(scheme) and _scheme_of_tax(scheme))


UBL_STRUCTURE_RULES: tuple[ElementRule, ...] = (
    *at_most_once(_AT_MOST_ONCE, UBL_PATHS),
    *(
        element_rule(rule_id, at, text, holds, UBL_PATHS)
        for rule_id, at, text, holds in (
            (
                "UBL-SR-07",
                "cac:BillingReference",
                "A reference to a preceding invoice gives its number.",
                lambda reference, _: bool(_billed(reference)),
            ),
            (
                "UBL-SR-19",
                "cac:PayeeParty",
                "A payee has one name, which is not the seller's.",
                _states_once_and_is_not_the_seller("cac:PartyName/cbc:Name"),
            ),
            (
                "UBL-SR-20",
                "cac:PayeeParty",
                "A payee has at most one identifier, and is not the seller.",
                _states_once_and_is_not_the_seller("cac:PartyIdentification/cbc:ID[not-sepa]"),
            ),
            (
                "UBL-SR-21",
                "cac:PayeeParty",
                "A payee has at most one registration, and is not the seller.",
                _states_once_and_is_not_the_seller("cac:PartyLegalEntity/cbc:CompanyID"),
            ),
            (
                "UBL-SR-29",
                _ROOT,
                "One creditor identifier of SEPA is stated at most.",
                lambda invoice, _: len(_sepa_identifiers(invoice)) <= 1,
            ),
            (
                "UBL-SR-30",
                "cac:AllowanceCharge",
                "An allowance has at most one reason.",
                lambda allowance, _: len(_reasons(allowance)) <= 1
                or not UBL_CONDITIONS["allowance"](allowance),
            ),
            (
                "UBL-SR-31",
                "cac:AllowanceCharge",
                "A charge has at most one reason.",
                lambda charge, _: len(_reasons(charge)) <= 1
                or UBL_CONDITIONS["allowance"](charge)
                or not UBL_CONDITIONS["charge"](charge),
            ),
            (
                "UBL-SR-42",
                "cac:Party",
                "The seller has at most two tax schemes.",
                lambda party, above: above.name != UBL_PATHS.name("cac:AccountingSupplierParty")
                or len(_tax_schemes(party)) <= 2,
            ),
            (
                "UBL-SR-43",
                "cac:AdditionalDocumentReference",
                "A reference whose type or scheme is stated is that of an invoiced object.",
                _scheme_is_of_object,
            ),
            *(
                (
                    rule_id,
                    "cac:AdditionalDocumentReference",
                    f"The reference to an invoiced object has no {path}.",
                    _object_has_no(path),
                )
                for rule_id, path in (
                    ("UBL-CR-666", "cac:Attachment"),
                    ("UBL-CR-673", "cbc:DocumentDescription"),
                )
            ),
            (
                "UBL-SR-44",
                _ROOT,
                "All payment instructions have the same remittance information.",
                lambda invoice, _: len({*_payment_ids(invoice)}) <= 1,
            ),
            (
                "UBL-SR-46",
                _ROOT,
                "The text of the means of payment stands at most once.",
                lambda invoice, _: len(_means_texts(invoice)) <= 1,
            ),
            (
                "UBL-SR-47",
                _ROOT,
                "All payment instructions have the same means of payment.",
                lambda invoice, _: len({*_means_codes(invoice)}) <= 1,
            ),
            (
                "UBL-SR-48",
                _LINE,
                "A line has exactly one VAT category.",
                lambda line, _: len(_categories(line)) == 1,
            ),
            (
                "UBL-SR-53",
                "cac:PartyTaxScheme",
                "A tax scheme of a party has an identifier, and is named.",
                _names_scheme_and_identifier,
            ),
        )
    ),
)
