"""The elements of UN/CEFACT CII that the table names, in the order of its schema, with what EN 16931 requires of it.

The order is that of D16B, which D22B and Factur-X keep. `!` stands after an element that is required, `*` after one
that may stand several times.
"""

from collections.abc import Mapping

_CURRENCY_EXCHANGE = "ram:SourceCurrencyCode! ram:TargetCurrencyCode! ram:ConversionRate!"
_DATE_TIME = "udt:DateTimeString!"
_ID = "ram:ID!"
_PARTY = (
    "ram:ID* ram:GlobalID* ram:Name ram:Description ram:SpecifiedLegalOrganization ram:DefinedTradeContact* "
    "ram:PostalTradeAddress ram:URIUniversalCommunication ram:SpecifiedTaxRegistration*"
)
_REFERENCE = (
    "ram:IssuerAssignedID ram:URIID ram:LineID ram:TypeCode ram:Name ram:AttachmentBinaryObject ram:ReferenceTypeCode "
    "ram:FormattedIssueDateTime"
)
_TAX = (
    "ram:CalculatedAmount ram:TypeCode ram:ExemptionReason ram:BasisAmount ram:CategoryCode ram:ExemptionReasonCode "
    "ram:TaxPointDate ram:DueDateTypeCode ram:RateApplicablePercent"
)

CII_ORDER: Mapping[str, str] = {
    "rsm:CrossIndustryInvoice": (
        "rsm:ExchangedDocumentContext! rsm:ExchangedDocument! rsm:SupplyChainTradeTransaction!"
    ),
    "rsm:ExchangedDocumentContext": (
        "ram:BusinessProcessSpecifiedDocumentContextParameter ram:GuidelineSpecifiedDocumentContextParameter!"
    ),
    "ram:BusinessProcessSpecifiedDocumentContextParameter": _ID,
    "ram:GuidelineSpecifiedDocumentContextParameter": _ID,
    "rsm:ExchangedDocument": (
        "ram:ID! ram:TypeCode! ram:IssueDateTime! ram:CopyIndicator ram:LanguageID ram:IncludedNote*"
    ),
    "ram:CopyIndicator": "udt:Indicator!",
    "ram:IncludedNote": "ram:Content ram:SubjectCode",
    "rsm:SupplyChainTradeTransaction": (
        "ram:IncludedSupplyChainTradeLineItem!* ram:ApplicableHeaderTradeAgreement! "
        "ram:ApplicableHeaderTradeDelivery! ram:ApplicableHeaderTradeSettlement!"
    ),
    # Dates
    "ram:IssueDateTime": _DATE_TIME,
    "ram:FormattedIssueDateTime": "qdt:DateTimeString!",
    "ram:TaxPointDate": "udt:DateString!",
    "ram:OccurrenceDateTime": _DATE_TIME,
    "ram:StartDateTime": _DATE_TIME,
    "ram:EndDateTime": _DATE_TIME,
    "ram:DueDateDateTime": _DATE_TIME,
    # Lines
    "ram:IncludedSupplyChainTradeLineItem": (
        "ram:AssociatedDocumentLineDocument! ram:SpecifiedTradeProduct! ram:SpecifiedLineTradeAgreement "
        "ram:SpecifiedLineTradeDelivery ram:SpecifiedLineTradeSettlement!"
    ),
    "ram:AssociatedDocumentLineDocument": "ram:LineID! ram:ParentLineID ram:LineStatusReasonCode ram:IncludedNote*",
    "ram:SpecifiedTradeProduct": (
        "ram:GlobalID ram:SellerAssignedID ram:BuyerAssignedID ram:Name! ram:Description "
        "ram:ApplicableProductCharacteristic* ram:DesignatedProductClassification* ram:OriginTradeCountry"
    ),
    "ram:ApplicableProductCharacteristic": "ram:Description ram:Value",
    "ram:DesignatedProductClassification": "ram:ClassCode",
    "ram:OriginTradeCountry": _ID,
    "ram:SpecifiedLineTradeAgreement": (
        "ram:BuyerOrderReferencedDocument ram:GrossPriceProductTradePrice ram:NetPriceProductTradePrice"
    ),
    "ram:GrossPriceProductTradePrice": "ram:ChargeAmount! ram:BasisQuantity ram:AppliedTradeAllowanceCharge*",
    "ram:AppliedTradeAllowanceCharge": "ram:ChargeIndicator! ram:ActualAmount!",
    "ram:NetPriceProductTradePrice": "ram:ChargeAmount! ram:BasisQuantity",
    "ram:SpecifiedLineTradeDelivery": "ram:BilledQuantity ram:ActualDeliverySupplyChainEvent",
    "ram:SpecifiedLineTradeSettlement": (
        "ram:ApplicableTradeTax* ram:BillingSpecifiedPeriod ram:SpecifiedTradeAllowanceCharge* "
        "ram:SpecifiedTradeSettlementLineMonetarySummation ram:AdditionalReferencedDocument* "
        "ram:ReceivableSpecifiedTradeAccountingAccount*"
    ),
    "ram:SpecifiedTradeSettlementLineMonetarySummation": (
        "ram:LineTotalAmount ram:TaxTotalAmount* ram:GrandTotalAmount"
    ),
    # Agreement
    "ram:ApplicableHeaderTradeAgreement": (
        "ram:BuyerReference ram:SellerTradeParty! ram:BuyerTradeParty! ram:SellerTaxRepresentativeTradeParty "
        "ram:SellerOrderReferencedDocument ram:BuyerOrderReferencedDocument ram:ContractReferencedDocument "
        "ram:AdditionalReferencedDocument* ram:SpecifiedProcuringProject"
    ),
    "ram:AdditionalReferencedDocument": _REFERENCE,
    "ram:BuyerOrderReferencedDocument": _REFERENCE,
    "ram:ContractReferencedDocument": _REFERENCE,
    "ram:SellerOrderReferencedDocument": _REFERENCE,
    "ram:SpecifiedProcuringProject": "ram:ID! ram:Name!",
    # Parties
    "ram:BuyerTradeParty": _PARTY,
    "ram:PayeeTradeParty": _PARTY,
    "ram:SellerTradeParty": _PARTY,
    "ram:SellerTaxRepresentativeTradeParty": _PARTY,
    "ram:ShipToTradeParty": _PARTY,
    "ram:SpecifiedLegalOrganization": "ram:ID ram:TradingBusinessName",
    "ram:DefinedTradeContact": (
        "ram:PersonName ram:DepartmentName ram:TelephoneUniversalCommunication ram:EmailURIUniversalCommunication"
    ),
    "ram:TelephoneUniversalCommunication": "ram:CompleteNumber",
    "ram:EmailURIUniversalCommunication": "ram:URIID",
    "ram:URIUniversalCommunication": "ram:URIID",
    "ram:PostalTradeAddress": (
        "ram:PostcodeCode ram:LineOne ram:LineTwo ram:LineThree ram:CityName ram:CountryID! ram:CountrySubDivisionName"
    ),
    "ram:SpecifiedTaxRegistration": _ID,
    # Delivery
    "ram:ApplicableHeaderTradeDelivery": (
        "ram:ShipToTradeParty ram:ActualDeliverySupplyChainEvent ram:DespatchAdviceReferencedDocument "
        "ram:ReceivingAdviceReferencedDocument"
    ),
    "ram:ActualDeliverySupplyChainEvent": "ram:OccurrenceDateTime!",
    "ram:DespatchAdviceReferencedDocument": _REFERENCE,
    "ram:ReceivingAdviceReferencedDocument": _REFERENCE,
    # Settlement
    "ram:ApplicableHeaderTradeSettlement": (
        "ram:CreditorReferenceID ram:PaymentReference ram:TaxCurrencyCode ram:InvoiceCurrencyCode! ram:PayeeTradeParty "
        "ram:TaxApplicableTradeCurrencyExchange ram:SpecifiedTradeSettlementPaymentMeans* ram:ApplicableTradeTax!* "
        "ram:BillingSpecifiedPeriod ram:SpecifiedTradeAllowanceCharge* ram:SpecifiedTradePaymentTerms* "
        "ram:SpecifiedTradeSettlementHeaderMonetarySummation! ram:InvoiceReferencedDocument* "
        "ram:ReceivableSpecifiedTradeAccountingAccount*"
    ),
    "ram:TaxApplicableTradeCurrencyExchange": _CURRENCY_EXCHANGE,
    "ram:SpecifiedTradeSettlementPaymentMeans": (
        "ram:TypeCode! ram:Information ram:ApplicableTradeSettlementFinancialCard "
        "ram:PayerPartyDebtorFinancialAccount ram:PayeePartyCreditorFinancialAccount "
        "ram:PayeeSpecifiedCreditorFinancialInstitution"
    ),
    "ram:ApplicableTradeSettlementFinancialCard": "ram:ID! ram:CardholderName",
    "ram:PayerPartyDebtorFinancialAccount": "ram:IBANID!",
    "ram:PayeePartyCreditorFinancialAccount": "ram:IBANID ram:AccountName ram:ProprietaryID",
    "ram:PayeeSpecifiedCreditorFinancialInstitution": "ram:BICID!",
    "ram:ApplicableTradeTax": _TAX,
    "ram:CategoryTradeTax": _TAX,
    "ram:BillingSpecifiedPeriod": "ram:StartDateTime ram:EndDateTime",
    "ram:SpecifiedTradeAllowanceCharge": (
        "ram:ChargeIndicator! ram:CalculationPercent ram:BasisAmount ram:ActualAmount! ram:ReasonCode ram:Reason "
        "ram:CategoryTradeTax"
    ),
    "ram:ChargeIndicator": "udt:Indicator!",
    "ram:SpecifiedTradePaymentTerms": (
        "ram:Description ram:DueDateDateTime ram:DirectDebitMandateID ram:PartialPaymentAmount "
        "ram:ApplicableTradePaymentDiscountTerms"
    ),
    "ram:ApplicableTradePaymentDiscountTerms": (
        "ram:BasisPeriodMeasure ram:BasisAmount ram:CalculationPercent ram:ActualDiscountAmount"
    ),
    "ram:SpecifiedTradeSettlementHeaderMonetarySummation": (
        "ram:LineTotalAmount! ram:ChargeTotalAmount ram:AllowanceTotalAmount ram:TaxBasisTotalAmount! "
        "ram:TaxTotalAmount* ram:RoundingAmount ram:GrandTotalAmount! ram:TotalPrepaidAmount ram:DuePayableAmount!"
    ),
    "ram:InvoiceReferencedDocument": _REFERENCE,
    "ram:ReceivableSpecifiedTradeAccountingAccount": _ID,
}
