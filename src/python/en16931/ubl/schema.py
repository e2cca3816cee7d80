"""The elements of UBL 2.1 Invoice and CreditNote that the tables name, in the order of their schemas (OASIS UBL 2.1).

`!` stands after an element that the schema requires, `*` after one that it lets stand several times.
"""

from collections.abc import Mapping

_ADDRESS = (
    "cbc:StreetName cbc:AdditionalStreetName cbc:CityName cbc:PostalZone cbc:CountrySubentity cac:AddressLine* "
    "cac:Country"
)
_DOCUMENT_REFERENCE = (
    "cbc:ID! cbc:IssueDate cbc:DocumentTypeCode cbc:DocumentDescription* cac:Attachment"
)
_EXCHANGE_RATE = "cbc:SourceCurrencyCode! cbc:TargetCurrencyCode! cbc:CalculationRate"
_IDENTIFICATION = "cbc:ID!"
_PARTY = (
    "cbc:EndpointID cac:PartyIdentification* cac:PartyName* cac:PostalAddress cac:PartyTaxScheme* "
    "cac:PartyLegalEntity* cac:Contact"
)
_TAX_CATEGORY = (
    "cbc:ID cbc:Percent cbc:TaxExemptionReasonCode cbc:TaxExemptionReason* cac:TaxScheme!"
)
_TAX_TOTAL = "cbc:TaxAmount! cac:TaxSubtotal*"

_INVOICE_LINE = (
    "cbc:ID! cbc:Note* cbc:InvoicedQuantity cbc:LineExtensionAmount! cbc:AccountingCost cac:InvoicePeriod* "
    "cac:OrderLineReference* cac:DocumentReference* cac:Delivery* cac:AllowanceCharge* cac:TaxTotal* cac:Item! "
    "cac:Price cac:SubInvoiceLine*"
)
_CREDIT_NOTE_LINE = (
    "cbc:ID! cbc:Note* cbc:CreditedQuantity cbc:LineExtensionAmount cbc:AccountingCost cac:InvoicePeriod* "
    "cac:OrderLineReference* cac:DocumentReference* cac:Delivery* cac:TaxTotal* cac:AllowanceCharge* cac:Item "
    "cac:Price cac:SubCreditNoteLine*"
)

_COMPONENTS: Mapping[str, str] = {
    "cac:AccountingCustomerParty": "cac:Party",
    "cac:AccountingSupplierParty": "cac:Party",
    "cac:AdditionalDocumentReference": _DOCUMENT_REFERENCE,
    "cac:AdditionalItemProperty": "cbc:Name! cbc:Value",
    "cac:Address": _ADDRESS,
    "cac:AddressLine": "cbc:Line!",
    "cac:AllowanceCharge": (
        "cbc:ChargeIndicator! cbc:AllowanceChargeReasonCode cbc:AllowanceChargeReason* cbc:MultiplierFactorNumeric "
        "cbc:Amount! cbc:BaseAmount cac:TaxCategory*"
    ),
    "cac:Attachment": "cbc:EmbeddedDocumentBinaryObject cac:ExternalReference",
    "cac:BillingReference": "cac:InvoiceDocumentReference",
    "cac:BuyersItemIdentification": _IDENTIFICATION,
    "cac:CardAccount": "cbc:PrimaryAccountNumberID! cbc:NetworkID! cbc:HolderName",
    "cac:ClassifiedTaxCategory": _TAX_CATEGORY,
    "cac:CommodityClassification": "cbc:ItemClassificationCode",
    "cac:Contact": "cbc:Name cbc:Telephone cbc:ElectronicMail",
    "cac:ContractDocumentReference": _DOCUMENT_REFERENCE,
    "cac:Country": "cbc:IdentificationCode",
    "cac:Delivery": "cbc:ActualDeliveryDate cac:DeliveryLocation cac:DeliveryParty",
    "cac:DeliveryLocation": "cbc:ID cac:Address",
    "cac:DeliveryParty": _PARTY,
    "cac:DespatchDocumentReference": _DOCUMENT_REFERENCE,
    "cac:DocumentReference": _DOCUMENT_REFERENCE,
    "cac:ExternalReference": "cbc:URI",
    "cac:FinancialInstitution": "cbc:ID",
    "cac:FinancialInstitutionBranch": "cbc:ID cac:FinancialInstitution",
    "cac:InvoiceDocumentReference": _DOCUMENT_REFERENCE,
    "cac:InvoicePeriod": "cbc:StartDate cbc:EndDate cbc:DescriptionCode*",
    "cac:Item": (
        "cbc:Description* cbc:Name cac:BuyersItemIdentification cac:SellersItemIdentification "
        "cac:StandardItemIdentification cac:OriginCountry cac:CommodityClassification* cac:ClassifiedTaxCategory* "
        "cac:AdditionalItemProperty*"
    ),
    "cac:LegalMonetaryTotal": (
        "cbc:LineExtensionAmount cbc:TaxExclusiveAmount cbc:TaxInclusiveAmount cbc:AllowanceTotalAmount "
        "cbc:ChargeTotalAmount cbc:PrepaidAmount cbc:PayableRoundingAmount cbc:PayableAmount!"
    ),
    "cac:OrderLineReference": "cbc:LineID!",
    "cac:OrderReference": "cbc:ID! cbc:SalesOrderID",
    "cac:OriginCountry": "cbc:IdentificationCode",
    "cac:OriginatorDocumentReference": _DOCUMENT_REFERENCE,
    "cac:Party": _PARTY,
    "cac:PartyIdentification": _IDENTIFICATION,
    "cac:PartyLegalEntity": "cbc:RegistrationName cbc:CompanyID cbc:CompanyLegalForm",
    "cac:PartyName": "cbc:Name!",
    "cac:PartyTaxScheme": "cbc:CompanyID cac:TaxScheme!",
    "cac:PayeeFinancialAccount": "cbc:ID cbc:Name cac:FinancialInstitutionBranch",
    "cac:PayeeParty": _PARTY,
    "cac:PayerFinancialAccount": "cbc:ID cbc:Name cac:FinancialInstitutionBranch",
    "cac:PaymentMandate": "cbc:ID cac:PayerFinancialAccount",
    "cac:PaymentMeans": (
        "cbc:PaymentMeansCode! cbc:PaymentDueDate cbc:PaymentID* cac:CardAccount cac:PayeeFinancialAccount "
        "cac:PaymentMandate"
    ),
    "cac:PaymentTerms": (
        "cbc:Note* cbc:SettlementDiscountPercent cbc:Amount cbc:SettlementDiscountAmount cbc:PaymentDueDate "
        "cbc:InstallmentDueDate cac:SettlementPeriod"
    ),
    "cac:PostalAddress": _ADDRESS,
    "cac:Price": "cbc:PriceAmount! cbc:BaseQuantity cac:AllowanceCharge*",
    "cac:PricingExchangeRate": _EXCHANGE_RATE,
    "cac:ProjectReference": _IDENTIFICATION,
    "cac:ReceiptDocumentReference": _DOCUMENT_REFERENCE,
    "cac:SellersItemIdentification": _IDENTIFICATION,
    "cac:SettlementPeriod": "cbc:EndDate cbc:DurationMeasure",
    "cac:StandardItemIdentification": _IDENTIFICATION,
    "cac:TaxCategory": _TAX_CATEGORY,
    "cac:TaxExchangeRate": _EXCHANGE_RATE,
    "cac:TaxRepresentativeParty": _PARTY,
    "cac:TaxScheme": "cbc:ID",
    "cac:TaxSubtotal": "cbc:TaxableAmount cbc:TaxAmount! cac:TaxCategory!",
    "cac:TaxTotal": _TAX_TOTAL,
    "cac:WithholdingTaxTotal": _TAX_TOTAL,
}

INVOICE_ORDER: Mapping[str, str] = {
    **_COMPONENTS,
    "ubl:Invoice": (
        "cbc:CustomizationID cbc:ProfileID cbc:ID! cbc:CopyIndicator cbc:IssueDate! cbc:DueDate cbc:InvoiceTypeCode "
        "cbc:Note* cbc:TaxPointDate cbc:DocumentCurrencyCode cbc:TaxCurrencyCode cbc:AccountingCost cbc:BuyerReference "
        "cac:InvoicePeriod* cac:OrderReference cac:BillingReference* cac:DespatchDocumentReference* "
        "cac:ReceiptDocumentReference* cac:OriginatorDocumentReference* cac:ContractDocumentReference* "
        "cac:AdditionalDocumentReference* cac:ProjectReference* cac:AccountingSupplierParty! "
        "cac:AccountingCustomerParty! cac:PayeeParty cac:TaxRepresentativeParty cac:Delivery* cac:PaymentMeans* "
        "cac:PaymentTerms* cac:AllowanceCharge* cac:TaxExchangeRate cac:PricingExchangeRate cac:TaxTotal* "
        "cac:WithholdingTaxTotal* cac:LegalMonetaryTotal! cac:InvoiceLine!*"
    ),
    "cac:InvoiceLine": _INVOICE_LINE,
    "cac:SubInvoiceLine": _INVOICE_LINE,
}

CREDIT_NOTE_ORDER: Mapping[str, str] = {
    **_COMPONENTS,
    "cn:CreditNote": (
        "cbc:CustomizationID cbc:ProfileID cbc:ID! cbc:CopyIndicator cbc:IssueDate! cbc:TaxPointDate "
        "cbc:CreditNoteTypeCode cbc:Note* cbc:DocumentCurrencyCode cbc:TaxCurrencyCode cbc:AccountingCost "
        "cbc:BuyerReference cac:InvoicePeriod* cac:OrderReference cac:BillingReference* "
        "cac:DespatchDocumentReference* cac:ReceiptDocumentReference* cac:ContractDocumentReference* "
        "cac:AdditionalDocumentReference* cac:OriginatorDocumentReference* cac:AccountingSupplierParty! "
        "cac:AccountingCustomerParty! cac:PayeeParty cac:TaxRepresentativeParty cac:Delivery* cac:PaymentMeans* "
        "cac:PaymentTerms* cac:TaxExchangeRate cac:PricingExchangeRate cac:AllowanceCharge* cac:TaxTotal* "
        "cac:LegalMonetaryTotal! cac:CreditNoteLine!*"
    ),
    "cac:CreditNoteLine": _CREDIT_NOTE_LINE,
    "cac:SubCreditNoteLine": _CREDIT_NOTE_LINE,
}
