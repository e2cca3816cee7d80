"""A small e-invoice in CII that breaks no rule of EN 16931: a line at 19 % VAT, with a charge of the document."""

_NAMESPACES = (
    'xmlns:rsm="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100"'
    ' xmlns:ram="urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100"'
    ' xmlns:udt="urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100"'
)


def _party(name: str, country: str, vat: str) -> str:
    return (
        f"<ram:Name>{name}</ram:Name>"
        f"<ram:PostalTradeAddress><ram:CountryID>{country}</ram:CountryID></ram:PostalTradeAddress>"
        f'<ram:SpecifiedTaxRegistration><ram:ID schemeID="VA">{vat}</ram:ID>'
        "</ram:SpecifiedTaxRegistration>"
    )


def _tax(name: str, code: str, rate: str, *amounts: str) -> str:
    return (
        f"<ram:{name}>{''.join(amounts)}<ram:TypeCode>VAT</ram:TypeCode>"
        f"<ram:CategoryCode>{code}</ram:CategoryCode>"
        f"<ram:RateApplicablePercent>{rate}</ram:RateApplicablePercent></ram:{name}>"
    )


def cii_invoice(code: str = "S", rate: str = "19") -> bytes:
    """Returns the invoice with 100.00 of a line and 10.00 of a charge under the category and the rate."""
    vat = f"{110 * int(rate) / 100:.2f}"
    total = f"{110 + 110 * int(rate) / 100:.2f}"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><rsm:CrossIndustryInvoice {_NAMESPACES}>'
        "<rsm:ExchangedDocumentContext><ram:GuidelineSpecifiedDocumentContextParameter>"
        "<ram:ID>urn:cen.eu:en16931:2017</ram:ID>"
        "</ram:GuidelineSpecifiedDocumentContextParameter></rsm:ExchangedDocumentContext>"
        "<rsm:ExchangedDocument><ram:ID>R-1</ram:ID><ram:TypeCode>380</ram:TypeCode>"
        '<ram:IssueDateTime><udt:DateTimeString format="102">20261102</udt:DateTimeString>'
        "</ram:IssueDateTime></rsm:ExchangedDocument>"
        "<rsm:SupplyChainTradeTransaction><ram:IncludedSupplyChainTradeLineItem>"
        "<ram:AssociatedDocumentLineDocument><ram:LineID>1</ram:LineID>"
        "</ram:AssociatedDocumentLineDocument>"
        "<ram:SpecifiedTradeProduct><ram:Name>Desk</ram:Name></ram:SpecifiedTradeProduct>"
        "<ram:SpecifiedLineTradeAgreement><ram:NetPriceProductTradePrice>"
        "<ram:ChargeAmount>100.00</ram:ChargeAmount></ram:NetPriceProductTradePrice>"
        "</ram:SpecifiedLineTradeAgreement><ram:SpecifiedLineTradeDelivery>"
        '<ram:BilledQuantity unitCode="C62">1</ram:BilledQuantity>'
        "</ram:SpecifiedLineTradeDelivery><ram:SpecifiedLineTradeSettlement>"
        f"{_tax('ApplicableTradeTax', code, rate)}"
        "<ram:SpecifiedTradeSettlementLineMonetarySummation>"
        "<ram:LineTotalAmount>100.00</ram:LineTotalAmount>"
        "</ram:SpecifiedTradeSettlementLineMonetarySummation></ram:SpecifiedLineTradeSettlement>"
        "</ram:IncludedSupplyChainTradeLineItem><ram:ApplicableHeaderTradeAgreement>"
        f"<ram:SellerTradeParty>{_party('Nordwind GmbH', 'DE', 'DE123456789')}</ram:SellerTradeParty>"
        f"<ram:BuyerTradeParty>{_party('Customer AG', 'DE', 'DE987654321')}</ram:BuyerTradeParty>"
        "</ram:ApplicableHeaderTradeAgreement><ram:ApplicableHeaderTradeDelivery/>"
        "<ram:ApplicableHeaderTradeSettlement>"
        "<ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode>"
        + _tax(
            "ApplicableTradeTax",
            code,
            rate,
            f"<ram:CalculatedAmount>{vat}</ram:CalculatedAmount>",
            "<ram:BasisAmount>110.00</ram:BasisAmount>",
        )
        + "<ram:SpecifiedTradeAllowanceCharge>"
        "<ram:ChargeIndicator><udt:Indicator>true</udt:Indicator></ram:ChargeIndicator>"
        "<ram:ActualAmount>10.00</ram:ActualAmount><ram:Reason>Freight</ram:Reason>"
        f"{_tax('CategoryTradeTax', code, rate)}</ram:SpecifiedTradeAllowanceCharge>"
        "<ram:SpecifiedTradeSettlementHeaderMonetarySummation>"
        "<ram:LineTotalAmount>100.00</ram:LineTotalAmount>"
        "<ram:ChargeTotalAmount>10.00</ram:ChargeTotalAmount>"
        "<ram:TaxBasisTotalAmount>110.00</ram:TaxBasisTotalAmount>"
        f'<ram:TaxTotalAmount currencyID="EUR">{vat}</ram:TaxTotalAmount>'
        f"<ram:GrandTotalAmount>{total}</ram:GrandTotalAmount>"
        f"<ram:DuePayableAmount>{total}</ram:DuePayableAmount>"
        "</ram:SpecifiedTradeSettlementHeaderMonetarySummation>"
        "</ram:ApplicableHeaderTradeSettlement></rsm:SupplyChainTradeTransaction>"
        "</rsm:CrossIndustryInvoice>"
    ).encode()
