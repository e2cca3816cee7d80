"""Where the terms of EN 16931 stand in UN/CEFACT CII (D16B and later), after CEN/TS 16931-3-3."""

from en16931.binding import values
from en16931.binding.table import (
    ACCOUNTING_CURRENCY,
    Joined,
    Many,
    Members,
    One,
    Several,
    Stated,
    Value,
    calendar_date,
    decimal,
    embedded,
    identifier,
    identifiers,
    text,
    total,
)
from en16931.document_types import CREDIT_NOTE_TYPE_CODES
from en16931.model import (
    AttachedDocument,
    Buyer,
    CashDiscount,
    Contact,
    CreditTransfer,
    Delivery,
    DirectDebit,
    DocumentAllowance,
    DocumentCharge,
    DocumentTotals,
    Extras,
    Identifier,
    Instalment,
    InvoiceContent,
    InvoiceLine,
    InvoiceNote,
    Item,
    ItemAttribute,
    LineAllowance,
    LineCharge,
    LineExtras,
    LineVat,
    Payee,
    PaymentCard,
    PaymentInstructions,
    Period,
    PostalAddress,
    PrecedingInvoice,
    PriceDetails,
    ProcessControl,
    Seller,
    SellerTaxRepresentative,
    SupportingDocument,
    VatBreakdown,
)
from en16931.xml_reading import UnreadableReason

_DOCUMENT = "rsm:ExchangedDocument"
_AGREEMENT = "rsm:SupplyChainTradeTransaction/ram:ApplicableHeaderTradeAgreement"
_DELIVERY = "rsm:SupplyChainTradeTransaction/ram:ApplicableHeaderTradeDelivery"
_SETTLEMENT = "rsm:SupplyChainTradeTransaction/ram:ApplicableHeaderTradeSettlement"
_TOTALS = "ram:SpecifiedTradeSettlementHeaderMonetarySummation"
_MEANS = "ram:SpecifiedTradeSettlementPaymentMeans"
_TERMS = "ram:SpecifiedTradePaymentTerms"
_FALSE = "[ram:ChargeIndicator/udt:Indicator='false' or ram:ChargeIndicator/udt:Indicator='0']"
_NEITHER = (
    "[not(ram:ChargeIndicator/udt:Indicator='false' or ram:ChargeIndicator/udt:Indicator='0'"
    " or ram:ChargeIndicator/udt:Indicator='true' or ram:ChargeIndicator/udt:Indicator='1')]"
)
_TRUE = "[ram:ChargeIndicator/udt:Indicator='true' or ram:ChargeIndicator/udt:Indicator='1']"
_VAT = "[not(ram:TypeCode) or ram:TypeCode='VAT']"

# UNTDID 1001: the references that are a tender or lot (BT-17) or an invoiced object (BT-18, BT-128).
_TENDER = "[ram:TypeCode='50']"
_OBJECT = "[ram:TypeCode='130']"
_SUPPORTING = "[not(ram:TypeCode='50' or ram:TypeCode='130')]"

_CREDIT_NOTE = " or ".join(f"{_DOCUMENT}/ram:TypeCode='{code}'" for code in CREDIT_NOTE_TYPE_CODES)


def _date_paths(path: str) -> tuple[str, ...]:
    return (
        f"{path}/udt:DateTimeString",
        f"{path}/qdt:DateTimeString",
        f"{path}/udt:DateString",
        path,
    )


def _date(path: str) -> Value:
    return calendar_date(*_date_paths(path))


# BT-9 is when all of it is due: not the day of a discount, nor of an instalment. Terms with a discount that has days of
# its own state both; of others, nobody can tell.
_DISCOUNT = "ram:ApplicableTradePaymentDiscountTerms"
_DATED_DISCOUNT = f"[{_DISCOUNT}/ram:BasisPeriodMeasure or {_DISCOUNT}/ram:BasisDateTime]"
_ALL_TERMS = f"{_SETTLEMENT}/{_TERMS}"
_WHOLE = f"{_ALL_TERMS}[not(ram:PartialPaymentAmount)]"
_DUE_DATE_OF_ALL = Value(
    (
        *_date_paths(f"{_WHOLE}[not({_DISCOUNT})]/ram:DueDateDateTime"),
        *_date_paths(f"{_WHOLE}{_DATED_DISCOUNT}/ram:DueDateDateTime"),
    ),
    values.calendar_date,
    Several.CONFLICT,
    doubtful=_date_paths(f"{_WHOLE}/ram:DueDateDateTime"),
    doubt=UnreadableReason.DATE_OF_DISCOUNT,
)
# Where there is one instalment, or all are due on one day.
_DUE_DATE_OF_INSTALMENTS = Value(
    _date_paths(f"{_ALL_TERMS}[ram:PartialPaymentAmount]/ram:DueDateDateTime"),
    values.calendar_date,
    Several.AGREED,
)

_PERIOD: Members = {
    "start_date": _date("ram:StartDateTime"),
    "end_date": _date("ram:EndDateTime"),
}

_ADDRESS = One(
    PostalAddress,
    "ram:PostalTradeAddress",
    {
        "line_1": text("ram:LineOne"),
        "line_2": text("ram:LineTwo"),
        "line_3": text("ram:LineThree"),
        "city": text("ram:CityName"),
        "post_code": text("ram:PostcodeCode"),
        "country_subdivision": text("ram:CountrySubDivisionName"),
        "country_code": text("ram:CountryID"),
    },
)

_CONTACT = One(
    Contact,
    "ram:DefinedTradeContact",
    {
        "point": text("ram:PersonName", "ram:DepartmentName"),
        "telephone_number": text("ram:TelephoneUniversalCommunication/ram:CompleteNumber"),
        "email_address": text("ram:EmailURIUniversalCommunication/ram:URIID"),
    },
)

_VAT_IDENTIFIER = text("ram:SpecifiedTaxRegistration/ram:ID[@schemeID='VA']")
_LEGAL_IDENTIFIER = identifier("ram:SpecifiedLegalOrganization/ram:ID")
_ELECTRONIC_ADDRESS = identifier("ram:URIUniversalCommunication/ram:URIID")

# An identifier with a scheme stands in GlobalID, one without in ID; where a term can hold one only, the former says more.
_PARTY_IDENTIFIER = (identifier("ram:GlobalID"), identifier("ram:ID"))

_SELLER: Members = {
    "name": text("ram:Name"),
    "trading_name": text("ram:SpecifiedLegalOrganization/ram:TradingBusinessName"),
    "identifiers": (identifiers("ram:ID"), identifiers("ram:GlobalID")),
    "legal_registration_identifier": _LEGAL_IDENTIFIER,
    "vat_identifier": _VAT_IDENTIFIER,
    "tax_registration_identifier": text("ram:SpecifiedTaxRegistration/ram:ID[@schemeID='FC']"),
    "additional_legal_information": text("ram:Description"),
    "electronic_address": _ELECTRONIC_ADDRESS,
    "postal_address": _ADDRESS,
    "contact": _CONTACT,
}

_BUYER: Members = {
    "name": text("ram:Name"),
    "trading_name": text("ram:SpecifiedLegalOrganization/ram:TradingBusinessName"),
    "identifier": _PARTY_IDENTIFIER,
    "legal_registration_identifier": _LEGAL_IDENTIFIER,
    "vat_identifier": _VAT_IDENTIFIER,
    "electronic_address": _ELECTRONIC_ADDRESS,
    "postal_address": _ADDRESS,
    "contact": _CONTACT,
}

_PAYEE: Members = {
    "name": text("ram:Name"),
    "identifier": _PARTY_IDENTIFIER,
    "legal_registration_identifier": _LEGAL_IDENTIFIER,
}

_TAX_REPRESENTATIVE: Members = {
    "name": text("ram:Name"),
    "vat_identifier": _VAT_IDENTIFIER,
    "postal_address": _ADDRESS,
}

_DELIVERY_MEMBERS: Members = {
    "deliver_to_party_name": text(f"{_DELIVERY}/ram:ShipToTradeParty/ram:Name"),
    "deliver_to_location_identifier": (
        identifier(f"{_DELIVERY}/ram:ShipToTradeParty/ram:GlobalID"),
        identifier(f"{_DELIVERY}/ram:ShipToTradeParty/ram:ID"),
    ),
    "actual_delivery_date": _date(
        f"{_DELIVERY}/ram:ActualDeliverySupplyChainEvent/ram:OccurrenceDateTime"
    ),
    "invoicing_period": One(Period, f"{_SETTLEMENT}/ram:BillingSpecifiedPeriod", _PERIOD),
    "deliver_to_address": One(
        PostalAddress,
        f"{_DELIVERY}/ram:ShipToTradeParty/{_ADDRESS.path}",
        _ADDRESS.members,
    ),
}

_PAYMENT: Members = {
    "means_type_code": text(f"{_MEANS}/ram:TypeCode"),
    "means_text": text(f"{_MEANS}/ram:Information"),
    "remittance_information": text("ram:PaymentReference"),
    "credit_transfers": Many(
        CreditTransfer,
        f"{_MEANS}[ram:PayeePartyCreditorFinancialAccount]",
        {
            "account_identifier": text(
                "ram:PayeePartyCreditorFinancialAccount/ram:IBANID",
                "ram:PayeePartyCreditorFinancialAccount/ram:ProprietaryID",
            ),
            "account_name": text("ram:PayeePartyCreditorFinancialAccount/ram:AccountName"),
            "service_provider_identifier": text(
                "ram:PayeeSpecifiedCreditorFinancialInstitution/ram:BICID"
            ),
        },
    ),
    "payment_card": One(
        PaymentCard,
        f"{_MEANS}/ram:ApplicableTradeSettlementFinancialCard",
        {
            "primary_account_number": text("ram:ID"),
            "holder_name": text("ram:CardholderName"),
        },
    ),
    "direct_debit": One(
        DirectDebit,
        ".",
        {
            "mandate_reference_identifier": text(f"{_TERMS}/ram:DirectDebitMandateID"),
            "bank_assigned_creditor_identifier": text("ram:CreditorReferenceID"),
            "debited_account_identifier": text(
                f"{_MEANS}/ram:PayerPartyDebtorFinancialAccount/ram:IBANID",
                f"{_MEANS}/ram:PayerPartyDebtorFinancialAccount/ram:ProprietaryID",
            ),
        },
    ),
}

_ALLOWANCE_OR_CHARGE: Members = {
    "amount": decimal("ram:ActualAmount"),
    "base_amount": decimal("ram:BasisAmount"),
    "percentage": decimal("ram:CalculationPercent"),
    "reason": text("ram:Reason"),
    "reason_code": text("ram:ReasonCode"),
}

# Nothing says whether it is taken away or added: its amount counts as neither.
_SIGN_UNKNOWN: Members = {
    "amount": Value(("ram:ActualAmount",), values.amount_without_sign),
    "reason": text("ram:Reason"),
}

_DOCUMENT_ALLOWANCE_OR_CHARGE: Members = {
    **_ALLOWANCE_OR_CHARGE,
    "vat_category_code": text(
        f"ram:CategoryTradeTax{_VAT}/ram:CategoryCode", "ram:CategoryTradeTax/ram:CategoryCode"
    ),
    "vat_rate": decimal(
        f"ram:CategoryTradeTax{_VAT}/ram:RateApplicablePercent",
        "ram:CategoryTradeTax/ram:RateApplicablePercent",
    ),
}

# The extended profiles state freight so; it is part of the sum of charges (BT-108).
_LOGISTICS_CHARGE: Members = {
    "amount": decimal("ram:AppliedAmount"),
    "vat_category_code": text(
        f"ram:AppliedTradeTax{_VAT}/ram:CategoryCode", "ram:AppliedTradeTax/ram:CategoryCode"
    ),
    "vat_rate": decimal(
        f"ram:AppliedTradeTax{_VAT}/ram:RateApplicablePercent",
        "ram:AppliedTradeTax/ram:RateApplicablePercent",
    ),
    "reason": text("ram:Description"),
}

_TOTALS_MEMBERS: Members = {
    "line_net_amount": total("ram:LineTotalAmount"),
    "allowance_amount": total("ram:AllowanceTotalAmount"),
    "charge_amount": total("ram:ChargeTotalAmount"),
    "amount_without_vat": total("ram:TaxBasisTotalAmount"),
    "vat_amount": total(
        "ram:TaxTotalAmount[@currencyID=$currency or not(@currencyID)]",
        "ram:TaxTotalAmount[not(@currencyID=$accounting_currency)]",
    ),
    "vat_amount_in_accounting_currency": total(
        "ram:TaxTotalAmount[@currencyID=$accounting_currency]", currency=ACCOUNTING_CURRENCY
    ),
    "amount_with_vat": total("ram:GrandTotalAmount"),
    "paid_amount": total("ram:TotalPrepaidAmount"),
    "rounding_amount": total("ram:RoundingAmount"),
    "amount_due": total("ram:DuePayableAmount"),
}

_VAT_BREAKDOWN: Members = {
    "taxable_amount": decimal("ram:BasisAmount"),
    "tax_amount": decimal("ram:CalculatedAmount"),
    "category_code": text("ram:CategoryCode"),
    "rate": decimal("ram:RateApplicablePercent"),
    "exemption_reason": Joined(("ram:ExemptionReason",), "\n"),
    "exemption_reason_code": text("ram:ExemptionReasonCode"),
}

_SUPPORTING_DOCUMENT: Members = {
    "reference": identifier("ram:IssuerAssignedID"),
    "description": text("ram:Name"),
    "external_location": text("ram:URIID"),
    "attached_document": One(
        AttachedDocument,
        "ram:AttachmentBinaryObject",
        {
            "sha256": embedded(values.embedded_sha256),
            "mime_type": text("@mimeCode"),
            "file_name": text("@filename"),
            "size_bytes": embedded(values.embedded_size_bytes),
        },
    ),
}

_OBJECT_IDENTIFIER: Members = {
    "value": text("ram:IssuerAssignedID"),
    "scheme_id": text("ram:ReferenceTypeCode"),
}

_LINE_DOCUMENT = "ram:AssociatedDocumentLineDocument"
_PRODUCT = "ram:SpecifiedTradeProduct"
_LINE_AGREEMENT = "ram:SpecifiedLineTradeAgreement"
_LINE_DELIVERY = "ram:SpecifiedLineTradeDelivery"
_LINE_SETTLEMENT = "ram:SpecifiedLineTradeSettlement"
_LINE_SUM = f"{_LINE_SETTLEMENT}/ram:SpecifiedTradeSettlementLineMonetarySummation"
_NET_PRICE = "ram:NetPriceProductTradePrice"
_GROSS_PRICE = "ram:GrossPriceProductTradePrice"

_PRICE: Members = {
    "net_price": decimal(f"{_NET_PRICE}/ram:ChargeAmount"),
    "discount": decimal(f"{_GROSS_PRICE}/ram:AppliedTradeAllowanceCharge{_FALSE}/ram:ActualAmount"),
    "gross_price": decimal(f"{_GROSS_PRICE}/ram:ChargeAmount"),
    "base_quantity": decimal(
        f"{_NET_PRICE}/ram:BasisQuantity", f"{_GROSS_PRICE}/ram:BasisQuantity"
    ),
    "base_quantity_unit_code": text(
        f"{_NET_PRICE}/ram:BasisQuantity/@unitCode", f"{_GROSS_PRICE}/ram:BasisQuantity/@unitCode"
    ),
}

_ITEM: Members = {
    "name": text("ram:Name"),
    "description": Joined(("ram:Description",), "\n"),
    "sellers_identifier": text("ram:SellerAssignedID"),
    "buyers_identifier": text("ram:BuyerAssignedID"),
    "standard_identifier": identifier("ram:GlobalID"),
    "classification_identifiers": identifiers(
        "ram:DesignatedProductClassification/ram:ClassCode", "@listID", "@listVersionID"
    ),
    "country_of_origin_code": text("ram:OriginTradeCountry/ram:ID"),
    "attributes": Many(
        ItemAttribute,
        "ram:ApplicableProductCharacteristic",
        {"name": text("ram:Description"), "value": text("ram:Value")},
    ),
}

# Where there is none of VAT, that of another scheme: GST, SST, sales tax.
_LINE_VAT: Members = {
    "category_code": text("ram:CategoryCode"),
    "rate": decimal("ram:RateApplicablePercent"),
}

_LINE: Members = {
    "identifier": text("ram:AssociatedDocumentLineDocument/ram:LineID"),
    "note": Joined(("ram:AssociatedDocumentLineDocument/ram:IncludedNote/ram:Content",), "\n"),
    "object_identifier": One(
        Identifier,
        f"{_LINE_SETTLEMENT}/ram:AdditionalReferencedDocument{_OBJECT}",
        _OBJECT_IDENTIFIER,
    ),
    "invoiced_quantity": decimal(f"{_LINE_DELIVERY}/ram:BilledQuantity"),
    "quantity_unit_code": text(f"{_LINE_DELIVERY}/ram:BilledQuantity/@unitCode"),
    "net_amount": decimal(f"{_LINE_SUM}/ram:LineTotalAmount"),
    "purchase_order_line_reference": text(
        f"{_LINE_AGREEMENT}/ram:BuyerOrderReferencedDocument/ram:LineID"
    ),
    # ZUGFeRD 1 has it without the word for what it is of.
    "buyer_accounting_reference": text(
        f"{_LINE_SETTLEMENT}/ram:ReceivableSpecifiedTradeAccountingAccount/ram:ID",
        f"{_LINE_SETTLEMENT}/ram:SpecifiedTradeAccountingAccount/ram:ID",
    ),
    "period": One(Period, f"{_LINE_SETTLEMENT}/ram:BillingSpecifiedPeriod", _PERIOD),
    "allowances": (
        Many(
            LineAllowance,
            f"{_LINE_SETTLEMENT}/ram:SpecifiedTradeAllowanceCharge{_FALSE}",
            _ALLOWANCE_OR_CHARGE,
        ),
        Many(
            LineAllowance,
            f"{_LINE_SETTLEMENT}/ram:SpecifiedTradeAllowanceCharge{_NEITHER}",
            _SIGN_UNKNOWN,
        ),
    ),
    "charges": Many(
        LineCharge,
        f"{_LINE_SETTLEMENT}/ram:SpecifiedTradeAllowanceCharge{_TRUE}",
        _ALLOWANCE_OR_CHARGE,
    ),
    "price": One(PriceDetails, _LINE_AGREEMENT, _PRICE),
    "vat": (
        One(LineVat, f"{_LINE_SETTLEMENT}/ram:ApplicableTradeTax{_VAT}", _LINE_VAT),
        One(LineVat, f"{_LINE_SETTLEMENT}/ram:ApplicableTradeTax", _LINE_VAT),
    ),
    "item": One(Item, _PRODUCT, _ITEM),
    "extras": One(
        LineExtras,
        ".",
        {
            "kind": Value((f"{_LINE_DOCUMENT}/ram:LineStatusReasonCode",), values.line_kind),
            "position": Stated(lambda index: index + 1),
            "parent_identifier": text(f"{_LINE_DOCUMENT}/ram:ParentLineID"),
            "counts_in_sums": Value(
                (f"{_LINE_DOCUMENT}/ram:LineStatusReasonCode",), values.counts_in_sums
            ),
            "gross_amount": decimal(f"{_LINE_SUM}/ram:GrandTotalAmount"),
            "tax_amount": decimal(f"{_LINE_SUM}/ram:TaxTotalAmount"),
            "delivery_date": _date(
                f"{_LINE_DELIVERY}/ram:ActualDeliverySupplyChainEvent/ram:OccurrenceDateTime"
            ),
        },
    ),
}

_EXTRAS: Members = {
    "document_kind": Value((f"{_DOCUMENT}/ram:TypeCode",), values.document_kind),
    "sign_convention": Value(
        (f".[{_CREDIT_NOTE}]/{_SETTLEMENT}/{_TOTALS}/ram:GrandTotalAmount",),
        values.sign_convention,
    ),
    "cash_discounts": Many(
        CashDiscount,
        f"{_ALL_TERMS}[{_DISCOUNT}/ram:CalculationPercent or {_DISCOUNT}/ram:ActualDiscountAmount]",
        {
            "days": Value(
                (f"{_DISCOUNT}/ram:BasisPeriodMeasure[@unitCode='DAY' or not(@unitCode)]",),
                values.integer,
            ),
            "percentage": decimal(f"{_DISCOUNT}/ram:CalculationPercent"),
            "base_amount": decimal(f"{_DISCOUNT}/ram:BasisAmount"),
            # Beside a discount that has days of its own stands the day by which all of it is due.
            "due_date": _date(
                f".[not({_DISCOUNT}/ram:BasisPeriodMeasure or {_DISCOUNT}/ram:BasisDateTime)]"
                "/ram:DueDateDateTime"
            ),
            "amount": decimal(f"{_DISCOUNT}/ram:ActualDiscountAmount"),
        },
    ),
    "instalments": Many(
        Instalment,
        f"{_ALL_TERMS}[ram:PartialPaymentAmount]",
        {
            "due_date": _date("ram:DueDateDateTime"),
            "amount": decimal("ram:PartialPaymentAmount"),
        },
    ),
    "exchange_rate": decimal(
        f"{_SETTLEMENT}/ram:TaxApplicableTradeCurrencyExchange/ram:ConversionRate"
    ),
    "language_code": text(f"{_DOCUMENT}/ram:LanguageID"),
    "copy": Value((f"{_DOCUMENT}/ram:CopyIndicator/udt:Indicator",), values.boolean),
}

CII = One(
    InvoiceContent,
    ".",
    {
        "invoice_number": text(f"{_DOCUMENT}/ram:ID"),
        "issue_date": _date(f"{_DOCUMENT}/ram:IssueDateTime"),
        "type_code": text(f"{_DOCUMENT}/ram:TypeCode"),
        "currency_code": text(f"{_SETTLEMENT}/ram:InvoiceCurrencyCode"),
        "vat_accounting_currency_code": text(f"{_SETTLEMENT}/ram:TaxCurrencyCode"),
        "vat_point_date": _date(f"{_SETTLEMENT}/ram:ApplicableTradeTax/ram:TaxPointDate"),
        "vat_point_date_code": Value(
            (f"{_SETTLEMENT}/ram:ApplicableTradeTax/ram:DueDateTypeCode",),
            values.vat_point_date_code,
        ),
        "payment_due_date": (_DUE_DATE_OF_ALL, _DUE_DATE_OF_INSTALMENTS),
        "buyer_reference": text(f"{_AGREEMENT}/ram:BuyerReference"),
        "project_reference": text(f"{_AGREEMENT}/ram:SpecifiedProcuringProject/ram:ID"),
        "contract_reference": text(
            f"{_AGREEMENT}/ram:ContractReferencedDocument/ram:IssuerAssignedID"
        ),
        "purchase_order_reference": text(
            f"{_AGREEMENT}/ram:BuyerOrderReferencedDocument/ram:IssuerAssignedID"
        ),
        "sales_order_reference": text(
            f"{_AGREEMENT}/ram:SellerOrderReferencedDocument/ram:IssuerAssignedID"
        ),
        "receiving_advice_reference": text(
            f"{_DELIVERY}/ram:ReceivingAdviceReferencedDocument/ram:IssuerAssignedID"
        ),
        "despatch_advice_reference": text(
            f"{_DELIVERY}/ram:DespatchAdviceReferencedDocument/ram:IssuerAssignedID"
        ),
        "tender_or_lot_reference": text(
            f"{_AGREEMENT}/ram:AdditionalReferencedDocument{_TENDER}/ram:IssuerAssignedID"
        ),
        "invoiced_object_identifier": One(
            Identifier,
            f"{_AGREEMENT}/ram:AdditionalReferencedDocument{_OBJECT}",
            _OBJECT_IDENTIFIER,
        ),
        "buyer_accounting_reference": text(
            f"{_SETTLEMENT}/ram:ReceivableSpecifiedTradeAccountingAccount/ram:ID"
        ),
        "payment_terms": Joined((f"{_SETTLEMENT}/{_TERMS}/ram:Description",), "\n"),
        "notes": Many(
            InvoiceNote,
            f"{_DOCUMENT}/ram:IncludedNote",
            {"subject_code": text("ram:SubjectCode"), "note": text("ram:Content")},
        ),
        "process_control": One(
            ProcessControl,
            "rsm:ExchangedDocumentContext",
            {
                "business_process_type": text(
                    "ram:BusinessProcessSpecifiedDocumentContextParameter/ram:ID"
                ),
                "specification_identifier": text(
                    "ram:GuidelineSpecifiedDocumentContextParameter/ram:ID"
                ),
            },
        ),
        "preceding_invoices": Many(
            PrecedingInvoice,
            f"{_SETTLEMENT}/ram:InvoiceReferencedDocument",
            {
                "reference": text("ram:IssuerAssignedID"),
                "issue_date": _date("ram:FormattedIssueDateTime"),
            },
        ),
        "seller": One(Seller, f"{_AGREEMENT}/ram:SellerTradeParty", _SELLER),
        "buyer": One(Buyer, f"{_AGREEMENT}/ram:BuyerTradeParty", _BUYER),
        "payee": One(Payee, f"{_SETTLEMENT}/ram:PayeeTradeParty", _PAYEE),
        "seller_tax_representative": One(
            SellerTaxRepresentative,
            f"{_AGREEMENT}/ram:SellerTaxRepresentativeTradeParty",
            _TAX_REPRESENTATIVE,
        ),
        "delivery": One(Delivery, ".", _DELIVERY_MEMBERS),
        "payment_instructions": One(PaymentInstructions, _SETTLEMENT, _PAYMENT),
        "allowances": (
            Many(
                DocumentAllowance,
                f"{_SETTLEMENT}/ram:SpecifiedTradeAllowanceCharge{_FALSE}",
                _DOCUMENT_ALLOWANCE_OR_CHARGE,
            ),
            Many(
                DocumentAllowance,
                f"{_SETTLEMENT}/ram:SpecifiedTradeAllowanceCharge{_NEITHER}",
                _SIGN_UNKNOWN,
            ),
        ),
        "charges": (
            Many(
                DocumentCharge,
                f"{_SETTLEMENT}/ram:SpecifiedTradeAllowanceCharge{_TRUE}",
                _DOCUMENT_ALLOWANCE_OR_CHARGE,
            ),
            Many(
                DocumentCharge,
                f"{_SETTLEMENT}/ram:SpecifiedLogisticsServiceCharge",
                _LOGISTICS_CHARGE,
            ),
        ),
        "totals": One(DocumentTotals, f"{_SETTLEMENT}/{_TOTALS}", _TOTALS_MEMBERS),
        "vat_breakdown": Many(
            VatBreakdown, f"{_SETTLEMENT}/ram:ApplicableTradeTax", _VAT_BREAKDOWN
        ),
        "supporting_documents": Many(
            SupportingDocument,
            f"{_AGREEMENT}/ram:AdditionalReferencedDocument{_SUPPORTING}",
            _SUPPORTING_DOCUMENT,
        ),
        "lines": Many(
            InvoiceLine,
            "rsm:SupplyChainTradeTransaction/ram:IncludedSupplyChainTradeLineItem",
            _LINE,
        ),
        "extras": One(Extras, ".", _EXTRAS),
    },
)
