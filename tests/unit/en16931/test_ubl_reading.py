import base64
import hashlib
from datetime import date
from decimal import Decimal

import pytest
from unit.en16931.full_model import filled, missing_groups, wrong_terms

from en16931.model import (
    DocumentKind,
    Identifier,
    Instalment,
    InvoiceNote,
    SignConvention,
)
from en16931.reader import read_xml
from en16931.xml_reading import Syntax, UnknownSyntax, XmlReading

ATTACHMENT = b"an attached document"

_NAMESPACES = (
    'xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2" '
    'xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"'
)


def _document(kind: str, body: str) -> str:
    return (
        f'<{kind} xmlns="urn:oasis:names:specification:ubl:schema:xsd:{kind}-2" {_NAMESPACES}>'
        f"{body}</{kind}>"
    )


def _read(body: str, kind: str = "Invoice") -> XmlReading:
    return read_xml(_document(kind, body).encode())


_ADDRESS_TEMPLATE = """
<cbc:StreetName>[{0}]</cbc:StreetName><cbc:AdditionalStreetName>[{1}]</cbc:AdditionalStreetName>
<cbc:CityName>[{3}]</cbc:CityName><cbc:PostalZone>[{4}]</cbc:PostalZone>
<cbc:CountrySubentity>[{5}]</cbc:CountrySubentity>
<cac:AddressLine><cbc:Line>[{2}]</cbc:Line></cac:AddressLine>
<cac:Country><cbc:IdentificationCode>[{6}]</cbc:IdentificationCode></cac:Country>
"""


def _address(terms: str) -> str:
    return _ADDRESS_TEMPLATE.format(*terms.split())


def _allowance(charge: str, amount: int, tax: str) -> str:
    return f"""<cac:AllowanceCharge><cbc:ChargeIndicator>{charge}</cbc:ChargeIndicator>
<cbc:AllowanceChargeReasonCode>[BT-{amount + (6 if tax else 4)}]</cbc:AllowanceChargeReasonCode>
<cbc:AllowanceChargeReason>[BT-{amount + (5 if tax else 3)}]</cbc:AllowanceChargeReason>
<cbc:MultiplierFactorNumeric>[BT-{amount + 2}]</cbc:MultiplierFactorNumeric>
<cbc:Amount>[BT-{amount}]</cbc:Amount><cbc:BaseAmount>[BT-{amount + 1}]</cbc:BaseAmount>{tax}
</cac:AllowanceCharge>"""


def _tax_category(name: str, category: str, rate: str, more: str = "") -> str:
    return (
        f"<cac:{name}><cbc:ID>[{category}]</cbc:ID><cbc:Percent>[{rate}]</cbc:Percent>{more}"
        f"<cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:{name}>"
    )


def _every_term(kind: str) -> str:
    credit_note = kind == "CreditNote"
    project = (
        "<cac:AdditionalDocumentReference><cbc:ID>[BT-11]</cbc:ID>"
        "<cbc:DocumentTypeCode>50</cbc:DocumentTypeCode></cac:AdditionalDocumentReference>"
        if credit_note
        else "<cac:ProjectReference><cbc:ID>[BT-11]</cbc:ID></cac:ProjectReference>"
    )
    due = "" if credit_note else "<cbc:DueDate>[BT-9]</cbc:DueDate>"
    due_in_means = "<cbc:PaymentDueDate>[BT-9]</cbc:PaymentDueDate>" if credit_note else ""
    quantity = "CreditedQuantity" if credit_note else "InvoicedQuantity"
    return f"""
<cbc:CustomizationID>[BT-24]</cbc:CustomizationID><cbc:ProfileID>[BT-23]</cbc:ProfileID>
<cbc:ID>[BT-1]</cbc:ID><cbc:IssueDate>[BT-2]</cbc:IssueDate>{due}
<cbc:{kind}TypeCode>[BT-3]</cbc:{kind}TypeCode><cbc:Note>#AAI#[BT-22]</cbc:Note>
<cbc:TaxPointDate>[BT-7]</cbc:TaxPointDate><cbc:DocumentCurrencyCode>[BT-5]</cbc:DocumentCurrencyCode>
<cbc:TaxCurrencyCode>[BT-6]</cbc:TaxCurrencyCode><cbc:AccountingCost>[BT-19]</cbc:AccountingCost>
<cbc:BuyerReference>[BT-10]</cbc:BuyerReference>
<cac:InvoicePeriod><cbc:StartDate>[BT-73]</cbc:StartDate><cbc:EndDate>[BT-74]</cbc:EndDate>
<cbc:DescriptionCode>[BT-8]</cbc:DescriptionCode></cac:InvoicePeriod>
<cac:OrderReference><cbc:ID>[BT-13]</cbc:ID><cbc:SalesOrderID>[BT-14]</cbc:SalesOrderID></cac:OrderReference>
<cac:BillingReference><cac:InvoiceDocumentReference><cbc:ID>[BT-25]</cbc:ID>
<cbc:IssueDate>[BT-26]</cbc:IssueDate></cac:InvoiceDocumentReference></cac:BillingReference>
<cac:DespatchDocumentReference><cbc:ID>[BT-16]</cbc:ID></cac:DespatchDocumentReference>
<cac:ReceiptDocumentReference><cbc:ID>[BT-15]</cbc:ID></cac:ReceiptDocumentReference>
<cac:OriginatorDocumentReference><cbc:ID>[BT-17]</cbc:ID></cac:OriginatorDocumentReference>
<cac:ContractDocumentReference><cbc:ID>[BT-12]</cbc:ID></cac:ContractDocumentReference>
<cac:AdditionalDocumentReference><cbc:ID schemeID="S-18">[BT-18]</cbc:ID>
<cbc:DocumentTypeCode>130</cbc:DocumentTypeCode></cac:AdditionalDocumentReference>
<cac:AdditionalDocumentReference><cbc:ID>[BT-122]</cbc:ID>
<cbc:DocumentDescription>[BT-123]</cbc:DocumentDescription><cac:Attachment>
<cbc:EmbeddedDocumentBinaryObject mimeCode="text/plain" filename="[BT-125]">
{base64.b64encode(ATTACHMENT).decode()}</cbc:EmbeddedDocumentBinaryObject>
<cac:ExternalReference><cbc:URI>[BT-124]</cbc:URI></cac:ExternalReference></cac:Attachment>
</cac:AdditionalDocumentReference>{project}
<cac:AccountingSupplierParty><cac:Party><cbc:EndpointID schemeID="S-34">[BT-34]</cbc:EndpointID>
<cac:PartyIdentification><cbc:ID schemeID="SEPA">[BT-90]</cbc:ID></cac:PartyIdentification>
<cac:PartyIdentification><cbc:ID schemeID="S-29">[BT-29]</cbc:ID></cac:PartyIdentification>
<cac:PartyName><cbc:Name>[BT-28]</cbc:Name></cac:PartyName>
<cac:PostalAddress>{_address("BT-35 BT-36 BT-162 BT-37 BT-38 BT-39 BT-40")}</cac:PostalAddress>
<cac:PartyTaxScheme><cbc:CompanyID>[BT-32]</cbc:CompanyID><cac:TaxScheme><cbc:ID>TAX</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme>
<cac:PartyTaxScheme><cbc:CompanyID>[BT-31]</cbc:CompanyID><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme>
<cac:PartyLegalEntity><cbc:RegistrationName>[BT-27]</cbc:RegistrationName>
<cbc:CompanyID schemeID="S-30">[BT-30]</cbc:CompanyID><cbc:CompanyLegalForm>[BT-33]</cbc:CompanyLegalForm></cac:PartyLegalEntity>
<cac:Contact><cbc:Name>[BT-41]</cbc:Name><cbc:Telephone>[BT-42]</cbc:Telephone><cbc:ElectronicMail>[BT-43]</cbc:ElectronicMail></cac:Contact>
</cac:Party></cac:AccountingSupplierParty>
<cac:AccountingCustomerParty><cac:Party><cbc:EndpointID schemeID="S-49">[BT-49]</cbc:EndpointID>
<cac:PartyIdentification><cbc:ID>[BT-46]</cbc:ID></cac:PartyIdentification>
<cac:PartyName><cbc:Name>[BT-45]</cbc:Name></cac:PartyName>
<cac:PostalAddress>{_address("BT-50 BT-51 BT-163 BT-52 BT-53 BT-54 BT-55")}</cac:PostalAddress>
<cac:PartyTaxScheme><cbc:CompanyID>[BT-48]</cbc:CompanyID><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme>
<cac:PartyLegalEntity><cbc:RegistrationName>[BT-44]</cbc:RegistrationName><cbc:CompanyID>[BT-47]</cbc:CompanyID></cac:PartyLegalEntity>
<cac:Contact><cbc:Name>[BT-56]</cbc:Name><cbc:Telephone>[BT-57]</cbc:Telephone><cbc:ElectronicMail>[BT-58]</cbc:ElectronicMail></cac:Contact>
</cac:Party></cac:AccountingCustomerParty>
<cac:PayeeParty><cac:PartyIdentification><cbc:ID>[BT-60]</cbc:ID></cac:PartyIdentification>
<cac:PartyName><cbc:Name>[BT-59]</cbc:Name></cac:PartyName>
<cac:PartyLegalEntity><cbc:CompanyID>[BT-61]</cbc:CompanyID></cac:PartyLegalEntity></cac:PayeeParty>
<cac:TaxRepresentativeParty><cac:PartyName><cbc:Name>[BT-62]</cbc:Name></cac:PartyName>
<cac:PostalAddress>{_address("BT-64 BT-65 BT-164 BT-66 BT-67 BT-68 BT-69")}</cac:PostalAddress>
<cac:PartyTaxScheme><cbc:CompanyID>[BT-63]</cbc:CompanyID><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme>
</cac:TaxRepresentativeParty>
<cac:Delivery><cbc:ActualDeliveryDate>[BT-72]</cbc:ActualDeliveryDate>
<cac:DeliveryLocation><cbc:ID schemeID="S-71">[BT-71]</cbc:ID>
<cac:Address>{_address("BT-75 BT-76 BT-165 BT-77 BT-78 BT-79 BT-80")}</cac:Address></cac:DeliveryLocation>
<cac:DeliveryParty><cac:PartyName><cbc:Name>[BT-70]</cbc:Name></cac:PartyName></cac:DeliveryParty></cac:Delivery>
<cac:PaymentMeans><cbc:PaymentMeansCode name="[BT-82]">[BT-81]</cbc:PaymentMeansCode>{due_in_means}
<cbc:PaymentID>[BT-83]</cbc:PaymentID>
<cac:CardAccount><cbc:PrimaryAccountNumberID>[BT-87]</cbc:PrimaryAccountNumberID><cbc:HolderName>[BT-88]</cbc:HolderName></cac:CardAccount>
<cac:PayeeFinancialAccount><cbc:ID>[BT-84]</cbc:ID><cbc:Name>[BT-85]</cbc:Name>
<cac:FinancialInstitutionBranch><cbc:ID>[BT-86]</cbc:ID></cac:FinancialInstitutionBranch></cac:PayeeFinancialAccount>
<cac:PaymentMandate><cbc:ID>[BT-89]</cbc:ID><cac:PayerFinancialAccount><cbc:ID>[BT-91]</cbc:ID></cac:PayerFinancialAccount></cac:PaymentMandate>
</cac:PaymentMeans>
<cac:PaymentTerms><cbc:Note>[BT-20]</cbc:Note></cac:PaymentTerms>
{_allowance("false", 92, _tax_category("TaxCategory", "BT-95", "BT-96"))}
{_allowance("true", 99, _tax_category("TaxCategory", "BT-102", "BT-103"))}
<cac:TaxTotal><cbc:TaxAmount currencyID="SEK">[BT-111]</cbc:TaxAmount></cac:TaxTotal>
<cac:TaxTotal><cbc:TaxAmount currencyID="EUR">[BT-110]</cbc:TaxAmount>
<cac:TaxSubtotal><cbc:TaxableAmount>[BT-116]</cbc:TaxableAmount><cbc:TaxAmount>[BT-117]</cbc:TaxAmount>
{_tax_category("TaxCategory", "BT-118", "BT-119", "<cbc:TaxExemptionReasonCode>[BT-121]</cbc:TaxExemptionReasonCode><cbc:TaxExemptionReason>[BT-120]</cbc:TaxExemptionReason>")}
</cac:TaxSubtotal></cac:TaxTotal>
<cac:LegalMonetaryTotal><cbc:LineExtensionAmount>[BT-106]</cbc:LineExtensionAmount>
<cbc:TaxExclusiveAmount>[BT-109]</cbc:TaxExclusiveAmount><cbc:TaxInclusiveAmount>[BT-112]</cbc:TaxInclusiveAmount>
<cbc:AllowanceTotalAmount>[BT-107]</cbc:AllowanceTotalAmount><cbc:ChargeTotalAmount>[BT-108]</cbc:ChargeTotalAmount>
<cbc:PrepaidAmount>[BT-113]</cbc:PrepaidAmount><cbc:PayableRoundingAmount>[BT-114]</cbc:PayableRoundingAmount>
<cbc:PayableAmount>[BT-115]</cbc:PayableAmount></cac:LegalMonetaryTotal>
<cac:{kind}Line><cbc:ID>[BT-126]</cbc:ID><cbc:Note>[BT-127]</cbc:Note>
<cbc:{quantity} unitCode="[BT-130]">[BT-129]</cbc:{quantity}>
<cbc:LineExtensionAmount>[BT-131]</cbc:LineExtensionAmount><cbc:AccountingCost>[BT-133]</cbc:AccountingCost>
<cac:InvoicePeriod><cbc:StartDate>[BT-134]</cbc:StartDate><cbc:EndDate>[BT-135]</cbc:EndDate></cac:InvoicePeriod>
<cac:OrderLineReference><cbc:LineID>[BT-132]</cbc:LineID></cac:OrderLineReference>
<cac:DocumentReference><cbc:ID schemeID="S-128">[BT-128]</cbc:ID><cbc:DocumentTypeCode>130</cbc:DocumentTypeCode></cac:DocumentReference>
{_allowance("false", 136, "")}{_allowance("true", 141, "")}
<cac:Item><cbc:Description>[BT-154]</cbc:Description><cbc:Name>[BT-153]</cbc:Name>
<cac:BuyersItemIdentification><cbc:ID>[BT-156]</cbc:ID></cac:BuyersItemIdentification>
<cac:SellersItemIdentification><cbc:ID>[BT-155]</cbc:ID></cac:SellersItemIdentification>
<cac:StandardItemIdentification><cbc:ID schemeID="S-157">[BT-157]</cbc:ID></cac:StandardItemIdentification>
<cac:OriginCountry><cbc:IdentificationCode>[BT-159]</cbc:IdentificationCode></cac:OriginCountry>
<cac:CommodityClassification><cbc:ItemClassificationCode listID="S-158" listVersionID="V-158">[BT-158]</cbc:ItemClassificationCode></cac:CommodityClassification>
{_tax_category("ClassifiedTaxCategory", "BT-151", "BT-152")}
<cac:AdditionalItemProperty><cbc:Name>[BT-160]</cbc:Name><cbc:Value>[BT-161]</cbc:Value></cac:AdditionalItemProperty></cac:Item>
<cac:Price><cbc:PriceAmount>[BT-146]</cbc:PriceAmount><cbc:BaseQuantity unitCode="[BT-150]">[BT-149]</cbc:BaseQuantity>
<cac:AllowanceCharge><cbc:ChargeIndicator>false</cbc:ChargeIndicator><cbc:Amount>[BT-147]</cbc:Amount><cbc:BaseAmount>[BT-148]</cbc:BaseAmount></cac:AllowanceCharge>
</cac:Price></cac:{kind}Line>
"""


@pytest.mark.parametrize("kind", ["Invoice", "CreditNote"])
def test_every_business_term_is_read_from_its_place(kind: str) -> None:
    reading = read_xml(filled(_document(kind, _every_term(kind)), "%Y-%m-%d"))
    assert reading.syntax is Syntax(f"UBL-{kind}")
    assert wrong_terms(reading.content) == {}
    assert missing_groups(reading.content) == set()
    assert reading.unreadable == ()


def test_schemes_of_identifiers_are_kept() -> None:
    content = read_xml(filled(_document("Invoice", _every_term("Invoice")), "%Y-%m-%d")).content
    assert content.seller is not None
    assert content.seller.identifiers == (Identifier(value="BT-29", scheme_id="S-29"),)
    assert content.invoiced_object_identifier == Identifier(value="BT-18", scheme_id="S-18")
    assert content.lines[0].item is not None
    assert content.lines[0].item.classification_identifiers == (
        Identifier(value="BT-158", scheme_id="S-158", scheme_version="V-158"),
    )


def test_an_attached_document_is_digested_and_its_text_not_kept() -> None:
    reading = read_xml(filled(_document("Invoice", _every_term("Invoice")), "%Y-%m-%d"))
    [document] = reading.content.supporting_documents
    assert document.attached_document is not None
    assert document.attached_document.sha256 == hashlib.sha256(ATTACHMENT).hexdigest()
    assert document.attached_document.size_bytes == len(ATTACHMENT)
    assert document.attached_document.mime_type == "text/plain"
    assert reading.places["supporting_documents[0].attached_document.sha256"].raw_text == ""


def test_places_are_xpaths_with_positions_where_elements_repeat() -> None:
    reading = _read(
        "<cbc:ID> 7 </cbc:ID>\n<cac:InvoiceLine/>"
        "<cac:InvoiceLine>\n<cbc:LineExtensionAmount> 1.50\n</cbc:LineExtensionAmount></cac:InvoiceLine>"
    )
    place = reading.places["lines[1].net_amount"]
    assert place.xpath == "/ubl:Invoice/cac:InvoiceLine[2]/cbc:LineExtensionAmount"
    assert (place.line, place.raw_text) == (3, " 1.50\n")
    assert reading.places["invoice_number"].xpath == "/ubl:Invoice/cbc:ID"
    assert reading.places["lines[1].extras.position"].xpath == "/ubl:Invoice/cac:InvoiceLine[2]"
    assert reading.content.invoice_number == "7"


def test_a_wrong_value_is_unreadable_and_keeps_its_siblings_in_place() -> None:
    reading = _read(
        "<cbc:IssueDate>30.06.2013</cbc:IssueDate>"
        "<cac:AllowanceCharge><cbc:ChargeIndicator>false</cbc:ChargeIndicator><cbc:Amount>12,x</cbc:Amount></cac:AllowanceCharge>"
        "<cac:AllowanceCharge><cbc:ChargeIndicator>false</cbc:ChargeIndicator><cbc:Amount>5.0</cbc:Amount></cac:AllowanceCharge>"
    )
    assert [(u.field_path, u.reason, u.place.raw_text) for u in reading.unreadable] == [
        ("issue_date", "NOT_A_DATE", "30.06.2013"),
        ("allowances[0].amount", "NOT_A_DECIMAL", "12,x"),
    ]
    assert [allowance.amount for allowance in reading.content.allowances] == [None, Decimal("5.0")]


def test_two_vat_totals_that_disagree_give_no_value() -> None:
    reading = _read(
        "<cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>"
        '<cac:TaxTotal><cbc:TaxAmount currencyID="EUR">700.00</cbc:TaxAmount></cac:TaxTotal>'
        '<cac:TaxTotal><cbc:TaxAmount currencyID="EUR">715</cbc:TaxAmount></cac:TaxTotal>'
    )
    assert reading.content.totals is not None
    assert reading.content.totals.vat_amount is None
    assert [(u.field_path, u.reason) for u in reading.unreadable] == [
        ("totals.vat_amount", "DECLARED_TWICE")
    ] * 2


def test_each_payment_means_with_an_account_is_a_credit_transfer() -> None:
    reading = _read(
        "<cac:PaymentMeans><cbc:PaymentMeansCode>30</cbc:PaymentMeansCode>"
        "<cac:PayeeFinancialAccount><cbc:ID>A</cbc:ID></cac:PayeeFinancialAccount></cac:PaymentMeans>"
        "<cac:PaymentMeans><cbc:PaymentMeansCode>30</cbc:PaymentMeansCode>"
        "<cac:PayeeFinancialAccount><cbc:ID>B</cbc:ID></cac:PayeeFinancialAccount></cac:PaymentMeans>"
    )
    payment = reading.content.payment_instructions
    assert payment is not None
    assert [transfer.account_identifier for transfer in payment.credit_transfers] == ["A", "B"]
    place = reading.places["payment_instructions.credit_transfers[1].account_identifier"]
    assert place.xpath == "/ubl:Invoice/cac:PaymentMeans[2]/cac:PayeeFinancialAccount/cbc:ID"


def test_notes_without_a_subject_code_are_whole() -> None:
    content = _read("<cbc:Note>No code</cbc:Note><cbc:Note>#PMT#Pay soon</cbc:Note>").content
    assert content.notes == (
        InvoiceNote(note="No code"),
        InvoiceNote(subject_code="PMT", note="Pay soon"),
    )


@pytest.mark.parametrize(
    ("kind", "body", "document_kind", "convention"),
    [
        ("Invoice", "<cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode>", DocumentKind.INVOICE, None),
        (
            "Invoice",
            "<cbc:InvoiceTypeCode>381</cbc:InvoiceTypeCode><cac:LegalMonetaryTotal>"
            "<cbc:TaxInclusiveAmount>-5</cbc:TaxInclusiveAmount></cac:LegalMonetaryTotal>",
            DocumentKind.CREDIT_NOTE,
            SignConvention.CREDIT_IS_NEGATIVE,
        ),
        (
            "CreditNote",
            "<cac:LegalMonetaryTotal><cbc:TaxInclusiveAmount>5</cbc:TaxInclusiveAmount></cac:LegalMonetaryTotal>",
            DocumentKind.CREDIT_NOTE,
            SignConvention.CREDIT_IS_POSITIVE,
        ),
    ],
)
def test_kind_and_sign_convention(
    kind: str, body: str, document_kind: DocumentKind, convention: SignConvention | None
) -> None:
    extras = _read(body, kind).content.extras
    assert extras is not None
    assert (extras.document_kind, extras.sign_convention) == (document_kind, convention)


def test_instalments_are_read_where_terms_carry_dates() -> None:
    content = _read(
        "<cac:PaymentTerms><cbc:Amount>10.00</cbc:Amount><cbc:InstallmentDueDate>2024-05-01</cbc:InstallmentDueDate></cac:PaymentTerms>"
        "<cac:PaymentTerms><cbc:Amount>20.00</cbc:Amount><cbc:PaymentDueDate>2024-06-01</cbc:PaymentDueDate></cac:PaymentTerms>"
    ).content
    assert content.extras is not None
    assert content.extras.instalments == (
        Instalment(due_date=date(2024, 5, 1), amount=Decimal("10.00")),
        Instalment(due_date=date(2024, 6, 1), amount=Decimal("20.00")),
    )


def test_an_empty_invoice_is_read_as_nothing_declared() -> None:
    reading = _read("")
    assert reading.content.invoice_number is None
    assert reading.places == {}


@pytest.mark.parametrize("data", [b"<html/>", b"<Invoice/>", b'<Invoice xmlns="urn:other"/>'])
def test_other_roots_are_an_unknown_syntax(data: bytes) -> None:
    with pytest.raises(UnknownSyntax):
        read_xml(data)


@pytest.mark.parametrize(("kind", "read"), [("", "O-2"), ("130", "O-2"), ("916", None)])
def test_the_object_of_a_line_may_be_without_its_type(kind: str, read: str | None) -> None:
    of_kind = f"<cbc:DocumentTypeCode>{kind}</cbc:DocumentTypeCode>" if kind else ""
    reference = f"<cac:DocumentReference><cbc:ID>O-2</cbc:ID>{of_kind}</cac:DocumentReference>"
    [line] = _read(f"<cac:InvoiceLine>{reference}</cac:InvoiceLine>").content.lines
    assert (line.object_identifier and line.object_identifier.value) == read
