import base64
import hashlib
from datetime import date
from decimal import Decimal

import pytest
from unit.en16931.full_model import filled, missing_groups, wrong_terms

from en16931.model import CashDiscount, DocumentKind, Identifier, Instalment
from en16931.reader import read_xml
from en16931.xml_reading import NotWellFormed, Syntax, XmlReading

ATTACHMENT = b"an attached document"

_RSM = "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100"
_UNCEFACT = "urn:un:unece:uncefact:data:standard"


def _document(body: str) -> str:
    return (
        f'<rsm:CrossIndustryInvoice xmlns:rsm="{_RSM}" '
        f'xmlns:ram="{_UNCEFACT}:ReusableAggregateBusinessInformationEntity:100" '
        f'xmlns:qdt="{_UNCEFACT}:QualifiedDataType:100" xmlns:udt="{_UNCEFACT}:UnqualifiedDataType:100">'
        f"{body}</rsm:CrossIndustryInvoice>"
    )


def _day(term: str, kind: str = "udt:DateTimeString") -> str:
    return f'<{kind} format="102">[{term}]</{kind}>'


def _address(terms: str) -> str:
    one, two, three, city, code, subdivision, country = terms.split()
    return (
        f"<ram:PostalTradeAddress><ram:PostcodeCode>[{code}]</ram:PostcodeCode><ram:LineOne>[{one}]</ram:LineOne>"
        f"<ram:LineTwo>[{two}]</ram:LineTwo><ram:LineThree>[{three}]</ram:LineThree><ram:CityName>[{city}]</ram:CityName>"
        f"<ram:CountryID>[{country}]</ram:CountryID>"
        f"<ram:CountrySubDivisionName>[{subdivision}]</ram:CountrySubDivisionName></ram:PostalTradeAddress>"
    )


def _contact(person: str, telephone: str, email: str) -> str:
    return (
        f"<ram:DefinedTradeContact><ram:PersonName>[{person}]</ram:PersonName><ram:TelephoneUniversalCommunication>"
        f"<ram:CompleteNumber>[{telephone}]</ram:CompleteNumber></ram:TelephoneUniversalCommunication>"
        f"<ram:EmailURIUniversalCommunication><ram:URIID>[{email}]</ram:URIID></ram:EmailURIUniversalCommunication>"
        "</ram:DefinedTradeContact>"
    )


def _allowance(charge: str, amount: int, tax: str) -> str:
    return f"""<ram:SpecifiedTradeAllowanceCharge><ram:ChargeIndicator><udt:Indicator>{charge}</udt:Indicator></ram:ChargeIndicator>
<ram:CalculationPercent>[BT-{amount + 2}]</ram:CalculationPercent><ram:BasisAmount>[BT-{amount + 1}]</ram:BasisAmount>
<ram:ActualAmount>[BT-{amount}]</ram:ActualAmount><ram:ReasonCode>[BT-{amount + (6 if tax else 4)}]</ram:ReasonCode>
<ram:Reason>[BT-{amount + (5 if tax else 3)}]</ram:Reason>{tax}</ram:SpecifiedTradeAllowanceCharge>"""


def _tax(name: str, category: str, rate: str) -> str:
    return (
        f"<ram:{name}><ram:TypeCode>VAT</ram:TypeCode><ram:CategoryCode>[{category}]</ram:CategoryCode>"
        f"<ram:RateApplicablePercent>[{rate}]</ram:RateApplicablePercent></ram:{name}>"
    )


def _period(start: str, end: str) -> str:
    return (
        f"<ram:BillingSpecifiedPeriod><ram:StartDateTime>{_day(start)}</ram:StartDateTime>"
        f"<ram:EndDateTime>{_day(end)}</ram:EndDateTime></ram:BillingSpecifiedPeriod>"
    )


def _reference(name: str, term: str, more: str = "") -> str:
    return f"<ram:{name}><ram:IssuerAssignedID>[{term}]</ram:IssuerAssignedID>{more}</ram:{name}>"


EVERY_TERM = _document(f"""
<rsm:ExchangedDocumentContext>
<ram:BusinessProcessSpecifiedDocumentContextParameter><ram:ID>[BT-23]</ram:ID></ram:BusinessProcessSpecifiedDocumentContextParameter>
<ram:GuidelineSpecifiedDocumentContextParameter><ram:ID>[BT-24]</ram:ID></ram:GuidelineSpecifiedDocumentContextParameter>
</rsm:ExchangedDocumentContext>
<rsm:ExchangedDocument><ram:ID>[BT-1]</ram:ID><ram:TypeCode>[BT-3]</ram:TypeCode>
<ram:IssueDateTime>{_day("BT-2")}</ram:IssueDateTime>
<ram:IncludedNote><ram:Content>[BT-22]</ram:Content><ram:SubjectCode>[BT-21]</ram:SubjectCode></ram:IncludedNote></rsm:ExchangedDocument>
<rsm:SupplyChainTradeTransaction>
<ram:IncludedSupplyChainTradeLineItem>
<ram:AssociatedDocumentLineDocument><ram:LineID>[BT-126]</ram:LineID>
<ram:IncludedNote><ram:Content>[BT-127]</ram:Content></ram:IncludedNote></ram:AssociatedDocumentLineDocument>
<ram:SpecifiedTradeProduct><ram:GlobalID schemeID="S-157">[BT-157]</ram:GlobalID>
<ram:SellerAssignedID>[BT-155]</ram:SellerAssignedID><ram:BuyerAssignedID>[BT-156]</ram:BuyerAssignedID>
<ram:Name>[BT-153]</ram:Name><ram:Description>[BT-154]</ram:Description>
<ram:ApplicableProductCharacteristic><ram:Description>[BT-160]</ram:Description><ram:Value>[BT-161]</ram:Value></ram:ApplicableProductCharacteristic>
<ram:DesignatedProductClassification><ram:ClassCode listID="S-158" listVersionID="V-158">[BT-158]</ram:ClassCode></ram:DesignatedProductClassification>
<ram:OriginTradeCountry><ram:ID>[BT-159]</ram:ID></ram:OriginTradeCountry></ram:SpecifiedTradeProduct>
<ram:SpecifiedLineTradeAgreement>
<ram:BuyerOrderReferencedDocument><ram:LineID>[BT-132]</ram:LineID></ram:BuyerOrderReferencedDocument>
<ram:GrossPriceProductTradePrice><ram:ChargeAmount>[BT-148]</ram:ChargeAmount>
<ram:AppliedTradeAllowanceCharge><ram:ChargeIndicator><udt:Indicator>false</udt:Indicator></ram:ChargeIndicator>
<ram:ActualAmount>[BT-147]</ram:ActualAmount></ram:AppliedTradeAllowanceCharge></ram:GrossPriceProductTradePrice>
<ram:NetPriceProductTradePrice><ram:ChargeAmount>[BT-146]</ram:ChargeAmount>
<ram:BasisQuantity unitCode="[BT-150]">[BT-149]</ram:BasisQuantity></ram:NetPriceProductTradePrice></ram:SpecifiedLineTradeAgreement>
<ram:SpecifiedLineTradeDelivery><ram:BilledQuantity unitCode="[BT-130]">[BT-129]</ram:BilledQuantity></ram:SpecifiedLineTradeDelivery>
<ram:SpecifiedLineTradeSettlement>{_tax("ApplicableTradeTax", "BT-151", "BT-152")}{_period("BT-134", "BT-135")}
{_allowance("false", 136, "")}{_allowance("true", 141, "")}
<ram:SpecifiedTradeSettlementLineMonetarySummation><ram:LineTotalAmount>[BT-131]</ram:LineTotalAmount></ram:SpecifiedTradeSettlementLineMonetarySummation>
{_reference("AdditionalReferencedDocument", "BT-128", "<ram:TypeCode>130</ram:TypeCode><ram:ReferenceTypeCode>S-128</ram:ReferenceTypeCode>")}
<ram:ReceivableSpecifiedTradeAccountingAccount><ram:ID>[BT-133]</ram:ID></ram:ReceivableSpecifiedTradeAccountingAccount>
</ram:SpecifiedLineTradeSettlement></ram:IncludedSupplyChainTradeLineItem>
<ram:ApplicableHeaderTradeAgreement><ram:BuyerReference>[BT-10]</ram:BuyerReference>
<ram:SellerTradeParty><ram:ID>[BT-29]</ram:ID><ram:GlobalID schemeID="0088">second</ram:GlobalID><ram:Name>[BT-27]</ram:Name>
<ram:Description>[BT-33]</ram:Description><ram:SpecifiedLegalOrganization><ram:ID schemeID="S-30">[BT-30]</ram:ID>
<ram:TradingBusinessName>[BT-28]</ram:TradingBusinessName></ram:SpecifiedLegalOrganization>{_contact("BT-41", "BT-42", "BT-43")}
{_address("BT-35 BT-36 BT-162 BT-37 BT-38 BT-39 BT-40")}
<ram:URIUniversalCommunication><ram:URIID schemeID="S-34">[BT-34]</ram:URIID></ram:URIUniversalCommunication>
<ram:SpecifiedTaxRegistration><ram:ID schemeID="FC">[BT-32]</ram:ID></ram:SpecifiedTaxRegistration>
<ram:SpecifiedTaxRegistration><ram:ID schemeID="VA">[BT-31]</ram:ID></ram:SpecifiedTaxRegistration></ram:SellerTradeParty>
<ram:BuyerTradeParty><ram:ID>not this</ram:ID><ram:GlobalID schemeID="S-46">[BT-46]</ram:GlobalID><ram:Name>[BT-44]</ram:Name>
<ram:SpecifiedLegalOrganization><ram:ID>[BT-47]</ram:ID><ram:TradingBusinessName>[BT-45]</ram:TradingBusinessName></ram:SpecifiedLegalOrganization>
{_contact("BT-56", "BT-57", "BT-58")}{_address("BT-50 BT-51 BT-163 BT-52 BT-53 BT-54 BT-55")}
<ram:URIUniversalCommunication><ram:URIID schemeID="S-49">[BT-49]</ram:URIID></ram:URIUniversalCommunication>
<ram:SpecifiedTaxRegistration><ram:ID schemeID="VA">[BT-48]</ram:ID></ram:SpecifiedTaxRegistration></ram:BuyerTradeParty>
<ram:SellerTaxRepresentativeTradeParty><ram:Name>[BT-62]</ram:Name>{_address("BT-64 BT-65 BT-164 BT-66 BT-67 BT-68 BT-69")}
<ram:SpecifiedTaxRegistration><ram:ID schemeID="VA">[BT-63]</ram:ID></ram:SpecifiedTaxRegistration></ram:SellerTaxRepresentativeTradeParty>
{_reference("SellerOrderReferencedDocument", "BT-14")}{_reference("BuyerOrderReferencedDocument", "BT-13")}
{_reference("ContractReferencedDocument", "BT-12")}
{_reference("AdditionalReferencedDocument", "BT-17", "<ram:TypeCode>50</ram:TypeCode>")}
<ram:AdditionalReferencedDocument><ram:IssuerAssignedID>[BT-122]</ram:IssuerAssignedID><ram:URIID>[BT-124]</ram:URIID>
<ram:TypeCode>916</ram:TypeCode><ram:Name>[BT-123]</ram:Name>
<ram:AttachmentBinaryObject mimeCode="text/plain" filename="[BT-125]">{base64.b64encode(ATTACHMENT).decode()}</ram:AttachmentBinaryObject>
</ram:AdditionalReferencedDocument>
{_reference("AdditionalReferencedDocument", "BT-18", "<ram:TypeCode>130</ram:TypeCode><ram:ReferenceTypeCode>S-18</ram:ReferenceTypeCode>")}
<ram:SpecifiedProcuringProject><ram:ID>[BT-11]</ram:ID><ram:Name>Project reference</ram:Name></ram:SpecifiedProcuringProject>
</ram:ApplicableHeaderTradeAgreement>
<ram:ApplicableHeaderTradeDelivery><ram:ShipToTradeParty><ram:ID>[BT-71]</ram:ID><ram:Name>[BT-70]</ram:Name>
{_address("BT-75 BT-76 BT-165 BT-77 BT-78 BT-79 BT-80")}</ram:ShipToTradeParty>
<ram:ActualDeliverySupplyChainEvent><ram:OccurrenceDateTime>{_day("BT-72")}</ram:OccurrenceDateTime></ram:ActualDeliverySupplyChainEvent>
{_reference("DespatchAdviceReferencedDocument", "BT-16")}{_reference("ReceivingAdviceReferencedDocument", "BT-15")}
</ram:ApplicableHeaderTradeDelivery>
<ram:ApplicableHeaderTradeSettlement><ram:CreditorReferenceID>[BT-90]</ram:CreditorReferenceID>
<ram:PaymentReference>[BT-83]</ram:PaymentReference><ram:TaxCurrencyCode>[BT-6]</ram:TaxCurrencyCode>
<ram:InvoiceCurrencyCode>[BT-5]</ram:InvoiceCurrencyCode>
<ram:PayeeTradeParty><ram:GlobalID schemeID="S-60">[BT-60]</ram:GlobalID><ram:Name>[BT-59]</ram:Name>
<ram:SpecifiedLegalOrganization><ram:ID>[BT-61]</ram:ID></ram:SpecifiedLegalOrganization></ram:PayeeTradeParty>
<ram:SpecifiedTradeSettlementPaymentMeans><ram:TypeCode>[BT-81]</ram:TypeCode><ram:Information>[BT-82]</ram:Information>
<ram:ApplicableTradeSettlementFinancialCard><ram:ID>[BT-87]</ram:ID><ram:CardholderName>[BT-88]</ram:CardholderName></ram:ApplicableTradeSettlementFinancialCard>
<ram:PayerPartyDebtorFinancialAccount><ram:IBANID>[BT-91]</ram:IBANID></ram:PayerPartyDebtorFinancialAccount>
<ram:PayeePartyCreditorFinancialAccount><ram:IBANID>[BT-84]</ram:IBANID><ram:AccountName>[BT-85]</ram:AccountName></ram:PayeePartyCreditorFinancialAccount>
<ram:PayeeSpecifiedCreditorFinancialInstitution><ram:BICID>[BT-86]</ram:BICID></ram:PayeeSpecifiedCreditorFinancialInstitution>
</ram:SpecifiedTradeSettlementPaymentMeans>
<ram:ApplicableTradeTax><ram:CalculatedAmount>[BT-117]</ram:CalculatedAmount><ram:TypeCode>VAT</ram:TypeCode>
<ram:ExemptionReason>[BT-120]</ram:ExemptionReason><ram:BasisAmount>[BT-116]</ram:BasisAmount><ram:CategoryCode>[BT-118]</ram:CategoryCode>
<ram:ExemptionReasonCode>[BT-121]</ram:ExemptionReasonCode><ram:TaxPointDate>{_day("BT-7", "udt:DateString")}</ram:TaxPointDate>
<ram:DueDateTypeCode>29</ram:DueDateTypeCode><ram:RateApplicablePercent>[BT-119]</ram:RateApplicablePercent></ram:ApplicableTradeTax>
{_period("BT-73", "BT-74")}
{_allowance("false", 92, _tax("CategoryTradeTax", "BT-95", "BT-96"))}{_allowance("true", 99, _tax("CategoryTradeTax", "BT-102", "BT-103"))}
<ram:SpecifiedTradePaymentTerms><ram:Description>[BT-20]</ram:Description>
<ram:DueDateDateTime>{_day("BT-9")}</ram:DueDateDateTime><ram:DirectDebitMandateID>[BT-89]</ram:DirectDebitMandateID></ram:SpecifiedTradePaymentTerms>
<ram:SpecifiedTradeSettlementHeaderMonetarySummation><ram:LineTotalAmount>[BT-106]</ram:LineTotalAmount>
<ram:ChargeTotalAmount>[BT-108]</ram:ChargeTotalAmount><ram:AllowanceTotalAmount>[BT-107]</ram:AllowanceTotalAmount>
<ram:TaxBasisTotalAmount>[BT-109]</ram:TaxBasisTotalAmount><ram:TaxTotalAmount currencyID="SEK">[BT-111]</ram:TaxTotalAmount>
<ram:TaxTotalAmount currencyID="EUR">[BT-110]</ram:TaxTotalAmount><ram:RoundingAmount>[BT-114]</ram:RoundingAmount>
<ram:GrandTotalAmount>[BT-112]</ram:GrandTotalAmount><ram:TotalPrepaidAmount>[BT-113]</ram:TotalPrepaidAmount>
<ram:DuePayableAmount>[BT-115]</ram:DuePayableAmount></ram:SpecifiedTradeSettlementHeaderMonetarySummation>
{_reference("InvoiceReferencedDocument", "BT-25", f"<ram:FormattedIssueDateTime>{_day('BT-26', 'qdt:DateTimeString')}</ram:FormattedIssueDateTime>")}
<ram:ReceivableSpecifiedTradeAccountingAccount><ram:ID>[BT-19]</ram:ID></ram:ReceivableSpecifiedTradeAccountingAccount>
</ram:ApplicableHeaderTradeSettlement></rsm:SupplyChainTradeTransaction>
""")


def _read_settlement(body: str) -> XmlReading:
    return read_xml(
        _document(
            "<rsm:SupplyChainTradeTransaction><ram:ApplicableHeaderTradeSettlement>"
            f"{body}</ram:ApplicableHeaderTradeSettlement></rsm:SupplyChainTradeTransaction>"
        ).encode()
    )


def test_every_business_term_is_read_from_its_place() -> None:
    reading = read_xml(filled(EVERY_TERM, "%Y%m%d"))
    assert reading.syntax is Syntax.CII
    assert wrong_terms(reading.content) == {}
    assert missing_groups(reading.content) == set()
    assert reading.unreadable == ()


def test_identifiers_with_and_without_scheme_are_both_kept() -> None:
    content = read_xml(filled(EVERY_TERM, "%Y%m%d")).content
    assert content.seller is not None
    assert content.seller.identifiers == (
        Identifier(value="BT-29"),
        Identifier(value="second", scheme_id="0088"),
    )
    assert content.invoiced_object_identifier == Identifier(value="BT-18", scheme_id="S-18")


def test_the_code_of_the_vat_point_keeps_its_raw_text_in_its_place() -> None:
    reading = read_xml(filled(EVERY_TERM, "%Y%m%d"))
    assert reading.content.vat_point_date_code == "35"
    assert reading.places["vat_point_date_code"].raw_text == "29"


def test_an_attached_document_is_digested() -> None:
    [document] = read_xml(filled(EVERY_TERM, "%Y%m%d")).content.supporting_documents
    assert document.attached_document is not None
    assert document.attached_document.sha256 == hashlib.sha256(ATTACHMENT).hexdigest()


def test_freight_of_the_extended_profile_is_a_charge_after_the_others() -> None:
    reading = _read_settlement(
        "<ram:SpecifiedLogisticsServiceCharge><ram:Description>Freight</ram:Description>"
        "<ram:AppliedAmount>15.00</ram:AppliedAmount></ram:SpecifiedLogisticsServiceCharge>"
        "<ram:SpecifiedTradeAllowanceCharge><ram:ChargeIndicator><udt:Indicator>true</udt:Indicator></ram:ChargeIndicator>"
        "<ram:ActualAmount>2.00</ram:ActualAmount></ram:SpecifiedTradeAllowanceCharge>"
    )
    assert [charge.amount for charge in reading.content.charges] == [
        Decimal("2.00"),
        Decimal("15.00"),
    ]
    assert reading.places["charges[1].amount"].xpath.endswith(
        "/ram:SpecifiedLogisticsServiceCharge/ram:AppliedAmount"
    )


def test_payment_terms_give_discounts_and_instalments() -> None:
    content = _read_settlement(
        "<ram:SpecifiedTradePaymentTerms><ram:DueDateDateTime>"
        '<udt:DateTimeString format="102">20240501</udt:DateTimeString></ram:DueDateDateTime>'
        "<ram:PartialPaymentAmount>10.00</ram:PartialPaymentAmount></ram:SpecifiedTradePaymentTerms>"
        "<ram:SpecifiedTradePaymentTerms><ram:ApplicableTradePaymentDiscountTerms>"
        '<ram:BasisPeriodMeasure unitCode="DAY">14</ram:BasisPeriodMeasure>'
        "<ram:CalculationPercent>2.00</ram:CalculationPercent></ram:ApplicableTradePaymentDiscountTerms></ram:SpecifiedTradePaymentTerms>"
    ).content
    assert content.extras is not None
    assert content.extras.instalments == (
        Instalment(due_date=date(2024, 5, 1), amount=Decimal("10.00")),
    )
    assert content.extras.cash_discounts == (CashDiscount(days=14, percentage=Decimal("2.00")),)
    assert content.payment_due_date == date(2024, 5, 1)


def test_lines_are_counted_even_where_they_declare_nothing() -> None:
    reading = read_xml(
        _document(
            "<rsm:SupplyChainTradeTransaction><ram:IncludedSupplyChainTradeLineItem/>"
            "<ram:IncludedSupplyChainTradeLineItem/></rsm:SupplyChainTradeTransaction>"
        ).encode()
    )
    assert [line.extras and line.extras.position for line in reading.content.lines] == [1, 2]


_ZUGFERD_1 = """<rsm:CrossIndustryDocument xmlns:rsm="urn:ferd:CrossIndustryDocument:invoice:1p0"
 xmlns:ram="urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:12"
 xmlns:udt="urn:un:unece:uncefact:data:standard:UnqualifiedDataType:15">
<rsm:HeaderExchangedDocument><ram:ID>Z-1</ram:ID><ram:TypeCode>380</ram:TypeCode>
<ram:IssueDateTime><udt:DateTimeString format="102">20130305</udt:DateTimeString></ram:IssueDateTime></rsm:HeaderExchangedDocument>
<rsm:SpecifiedSupplyChainTradeTransaction>
<ram:ApplicableSupplyChainTradeAgreement><ram:SellerTradeParty><ram:Name>Seller</ram:Name></ram:SellerTradeParty>
<ram:ContractReferencedDocument><ram:IssueDateTime>2013-04-01T00:00:00</ram:IssueDateTime><ram:ID>C-1</ram:ID></ram:ContractReferencedDocument>
</ram:ApplicableSupplyChainTradeAgreement>
<ram:ApplicableSupplyChainTradeDelivery><ram:DeliveryNoteReferencedDocument><ram:ID>D-1</ram:ID></ram:DeliveryNoteReferencedDocument></ram:ApplicableSupplyChainTradeDelivery>
<ram:ApplicableSupplyChainTradeSettlement><ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode>
<ram:ApplicableTradeTax><ram:CalculatedAmount currencyID="EUR">1.90</ram:CalculatedAmount><ram:TypeCode>VAT</ram:TypeCode>
<ram:BasisAmount currencyID="EUR">10.00</ram:BasisAmount><ram:ApplicablePercent>19.00</ram:ApplicablePercent></ram:ApplicableTradeTax>
<ram:SpecifiedTradeSettlementMonetarySummation><ram:TaxTotalAmount currencyID="EUR">1.90</ram:TaxTotalAmount>
<ram:GrandTotalAmount currencyID="EUR">11.90</ram:GrandTotalAmount></ram:SpecifiedTradeSettlementMonetarySummation>
</ram:ApplicableSupplyChainTradeSettlement>
<ram:IncludedSupplyChainTradeLineItem><ram:SpecifiedSupplyChainTradeSettlement>
<ram:ApplicableTradeTax><ram:ApplicablePercent>19.00</ram:ApplicablePercent></ram:ApplicableTradeTax>
<ram:SpecifiedTradeAccountingAccount><ram:ID>4430</ram:ID></ram:SpecifiedTradeAccountingAccount>
<ram:SpecifiedTradeSettlementMonetarySummation><ram:LineTotalAmount currencyID="EUR">10.00</ram:LineTotalAmount></ram:SpecifiedTradeSettlementMonetarySummation>
</ram:SpecifiedSupplyChainTradeSettlement></ram:IncludedSupplyChainTradeLineItem>
</rsm:SpecifiedSupplyChainTradeTransaction></rsm:CrossIndustryDocument>"""


def test_zugferd_1_is_read_under_its_own_names() -> None:
    reading = read_xml(_ZUGFERD_1.encode())
    content = reading.content
    assert reading.syntax is Syntax.ZUGFERD_1
    assert (content.invoice_number, content.issue_date) == ("Z-1", date(2013, 3, 5))
    assert (content.contract_reference, content.despatch_advice_reference) == ("C-1", "D-1")
    assert content.totals is not None and content.extras is not None
    assert content.totals.vat_amount == Decimal("1.90")
    assert content.vat_breakdown[0].rate == Decimal("19.00")
    assert content.lines[0].net_amount == Decimal("10.00")
    assert content.lines[0].buyer_accounting_reference == "4430"
    assert content.lines[0].vat is not None and content.lines[0].vat.rate == Decimal("19.00")
    assert content.extras.document_kind is DocumentKind.INVOICE
    assert reading.places["totals.amount_with_vat"].xpath == (
        "/rsm:CrossIndustryDocument/rsm:SpecifiedSupplyChainTradeTransaction"
        "/ram:ApplicableSupplyChainTradeSettlement/ram:SpecifiedTradeSettlementMonetarySummation"
        "/ram:GrandTotalAmount"
    )


@pytest.mark.parametrize("cut", range(100, 2000, 250))
def test_a_truncated_document_is_refused_and_not_read_in_part(cut: int) -> None:
    with pytest.raises(NotWellFormed):
        read_xml(_ZUGFERD_1.encode()[:cut])
