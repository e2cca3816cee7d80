"""Where the terms of EN 16931 stand in UBL 2.1 Invoice and CreditNote, after CEN/TS 16931-3-2."""

from en16931.binding import values
from en16931.binding.table import (
    ACCOUNTING_CURRENCY,
    Joined,
    Many,
    MemberBinding,
    Members,
    OfWhole,
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
    DocumentKind,
    DocumentTotals,
    Extras,
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

_FALSE = "[cbc:ChargeIndicator='false' or cbc:ChargeIndicator='0']"
_NEITHER = (
    "[not(cbc:ChargeIndicator='false' or cbc:ChargeIndicator='0'"
    " or cbc:ChargeIndicator='true' or cbc:ChargeIndicator='1')]"
)
_TRUE = "[cbc:ChargeIndicator='true' or cbc:ChargeIndicator='1']"
_VAT = "[not(cac:TaxScheme/cbc:ID) or cac:TaxScheme/cbc:ID='VAT']"
_SEPA = "[@schemeID='SEPA']"
_NOT_SEPA = "[not(@schemeID='SEPA')]"
_IN_CURRENCY = "[cbc:TaxAmount/@currencyID=$currency or not(cbc:TaxAmount/@currencyID)]"

# UNTDID 1001: an additional document that is the invoiced object (BT-18, BT-128), or, in a credit note, the project.
_OBJECT = "[cbc:DocumentTypeCode='130']"
# A line refers to no other kind, so that one without a type is meant too.
_OBJECT_OF_LINE = "[cbc:DocumentTypeCode='130' or not(cbc:DocumentTypeCode)]"
_PROJECT = "[cbc:DocumentTypeCode='50']"

# A credit note has it with the means of payment; an invoice that has it there too, says it twice.
_DUE_DATES = ("cbc:DueDate", "cac:PaymentMeans/cbc:PaymentDueDate")

_PERIOD: Members = {
    "start_date": calendar_date("cbc:StartDate"),
    "end_date": calendar_date("cbc:EndDate"),
}

_ADDRESS: Members = {
    "line_1": text("cbc:StreetName"),
    "line_2": text("cbc:AdditionalStreetName"),
    "line_3": Joined(("cac:AddressLine/cbc:Line",), ", "),
    "city": text("cbc:CityName"),
    "post_code": text("cbc:PostalZone"),
    "country_subdivision": text("cbc:CountrySubentity"),
    "country_code": text("cac:Country/cbc:IdentificationCode"),
}

_POSTAL_ADDRESS = One(PostalAddress, "cac:PostalAddress", _ADDRESS)

_CONTACT = One(
    Contact,
    "cac:Contact",
    {
        "point": text("cbc:Name"),
        "telephone_number": text("cbc:Telephone"),
        "email_address": text("cbc:ElectronicMail"),
    },
)

_VAT_IDENTIFIER = text("cac:PartyTaxScheme[cac:TaxScheme/cbc:ID='VAT']/cbc:CompanyID")
_LEGAL_IDENTIFIER = identifier("cac:PartyLegalEntity/cbc:CompanyID")
_PARTY_IDENTIFIER = f"cac:PartyIdentification/cbc:ID{_NOT_SEPA}"

_SELLER: Members = {
    "name": text("cac:PartyLegalEntity/cbc:RegistrationName"),
    "trading_name": text("cac:PartyName/cbc:Name"),
    "identifiers": identifiers(_PARTY_IDENTIFIER),
    "legal_registration_identifier": _LEGAL_IDENTIFIER,
    "vat_identifier": _VAT_IDENTIFIER,
    "tax_registration_identifier": text(
        "cac:PartyTaxScheme[not(cac:TaxScheme/cbc:ID='VAT')]/cbc:CompanyID"
    ),
    "additional_legal_information": text("cac:PartyLegalEntity/cbc:CompanyLegalForm"),
    "electronic_address": identifier("cbc:EndpointID"),
    "postal_address": _POSTAL_ADDRESS,
    "contact": _CONTACT,
}

_BUYER: Members = {
    "name": text("cac:PartyLegalEntity/cbc:RegistrationName"),
    "trading_name": text("cac:PartyName/cbc:Name"),
    "identifier": identifier(_PARTY_IDENTIFIER),
    "legal_registration_identifier": _LEGAL_IDENTIFIER,
    "vat_identifier": _VAT_IDENTIFIER,
    "electronic_address": identifier("cbc:EndpointID"),
    "postal_address": _POSTAL_ADDRESS,
    "contact": _CONTACT,
}

_PAYEE: Members = {
    "name": text("cac:PartyName/cbc:Name"),
    "identifier": identifier(_PARTY_IDENTIFIER),
    "legal_registration_identifier": _LEGAL_IDENTIFIER,
}

_TAX_REPRESENTATIVE: Members = {
    "name": text("cac:PartyName/cbc:Name"),
    "vat_identifier": _VAT_IDENTIFIER,
    "postal_address": _POSTAL_ADDRESS,
}

_DELIVERY: Members = {
    "deliver_to_party_name": text("cac:Delivery/cac:DeliveryParty/cac:PartyName/cbc:Name"),
    "deliver_to_location_identifier": identifier("cac:Delivery/cac:DeliveryLocation/cbc:ID"),
    "actual_delivery_date": calendar_date("cac:Delivery/cbc:ActualDeliveryDate"),
    "invoicing_period": One(Period, "cac:InvoicePeriod", _PERIOD),
    "deliver_to_address": One(
        PostalAddress, "cac:Delivery/cac:DeliveryLocation/cac:Address", _ADDRESS
    ),
}

_PAYMENT: Members = {
    "means_type_code": text("cac:PaymentMeans/cbc:PaymentMeansCode"),
    "means_text": text("cac:PaymentMeans/cbc:PaymentMeansCode/@name"),
    "remittance_information": text("cac:PaymentMeans/cbc:PaymentID"),
    "credit_transfers": Many(
        CreditTransfer,
        "cac:PaymentMeans/cac:PayeeFinancialAccount",
        {
            "account_identifier": text("cbc:ID"),
            "account_name": text("cbc:Name"),
            "service_provider_identifier": text(
                "cac:FinancialInstitutionBranch/cbc:ID",
                "cac:FinancialInstitutionBranch/cac:FinancialInstitution/cbc:ID",
            ),
        },
    ),
    "payment_card": One(
        PaymentCard,
        "cac:PaymentMeans/cac:CardAccount",
        {
            "primary_account_number": text("cbc:PrimaryAccountNumberID"),
            "holder_name": text("cbc:HolderName"),
        },
    ),
    "direct_debit": One(
        DirectDebit,
        ".",
        {
            "mandate_reference_identifier": text("cac:PaymentMeans/cac:PaymentMandate/cbc:ID"),
            "bank_assigned_creditor_identifier": text(
                f"cac:AccountingSupplierParty/cac:Party/cac:PartyIdentification/cbc:ID{_SEPA}",
                f"cac:PayeeParty/cac:PartyIdentification/cbc:ID{_SEPA}",
            ),
            "debited_account_identifier": text(
                "cac:PaymentMeans/cac:PaymentMandate/cac:PayerFinancialAccount/cbc:ID"
            ),
        },
    ),
}

_ALLOWANCE_OR_CHARGE: Members = {
    "amount": decimal("cbc:Amount"),
    "base_amount": decimal("cbc:BaseAmount"),
    "percentage": decimal("cbc:MultiplierFactorNumeric"),
    "reason": text("cbc:AllowanceChargeReason"),
    "reason_code": text("cbc:AllowanceChargeReasonCode"),
}

# Nothing says whether it is taken away or added: its amount counts as neither.
_SIGN_UNKNOWN: Members = {
    "amount": Value(("cbc:Amount",), values.amount_without_sign),
    "reason": text("cbc:AllowanceChargeReason"),
}

_DOCUMENT_ALLOWANCE_OR_CHARGE: Members = {
    **_ALLOWANCE_OR_CHARGE,
    "vat_category_code": text(f"cac:TaxCategory{_VAT}/cbc:ID", "cac:TaxCategory/cbc:ID"),
    "vat_rate": decimal(f"cac:TaxCategory{_VAT}/cbc:Percent", "cac:TaxCategory/cbc:Percent"),
}

_TOTALS: Members = {
    "line_net_amount": total("cac:LegalMonetaryTotal/cbc:LineExtensionAmount"),
    "allowance_amount": total("cac:LegalMonetaryTotal/cbc:AllowanceTotalAmount"),
    "charge_amount": total("cac:LegalMonetaryTotal/cbc:ChargeTotalAmount"),
    "amount_without_vat": total("cac:LegalMonetaryTotal/cbc:TaxExclusiveAmount"),
    "vat_amount": total(
        f"cac:TaxTotal{_IN_CURRENCY}/cbc:TaxAmount",
        "cac:TaxTotal/cbc:TaxAmount[not(@currencyID=$accounting_currency)]",
    ),
    "vat_amount_in_accounting_currency": total(
        "cac:TaxTotal/cbc:TaxAmount[@currencyID=$accounting_currency]",
        currency=ACCOUNTING_CURRENCY,
    ),
    "amount_with_vat": total("cac:LegalMonetaryTotal/cbc:TaxInclusiveAmount"),
    "paid_amount": total("cac:LegalMonetaryTotal/cbc:PrepaidAmount"),
    "rounding_amount": total("cac:LegalMonetaryTotal/cbc:PayableRoundingAmount"),
    "amount_due": total("cac:LegalMonetaryTotal/cbc:PayableAmount"),
}

_VAT_BREAKDOWN: Members = {
    "taxable_amount": decimal("cbc:TaxableAmount"),
    "tax_amount": decimal("cbc:TaxAmount"),
    "category_code": text(f"cac:TaxCategory{_VAT}/cbc:ID", "cac:TaxCategory/cbc:ID"),
    "rate": decimal(f"cac:TaxCategory{_VAT}/cbc:Percent", "cac:TaxCategory/cbc:Percent"),
    "exemption_reason": Joined((f"cac:TaxCategory{_VAT}/cbc:TaxExemptionReason",), "\n"),
    "exemption_reason_code": text(f"cac:TaxCategory{_VAT}/cbc:TaxExemptionReasonCode"),
}

_SUPPORTING_DOCUMENT: Members = {
    "reference": identifier("cbc:ID"),
    "description": text("cbc:DocumentDescription"),
    "external_location": text("cac:Attachment/cac:ExternalReference/cbc:URI"),
    "attached_document": One(
        AttachedDocument,
        "cac:Attachment/cbc:EmbeddedDocumentBinaryObject",
        {
            "sha256": embedded(values.embedded_sha256),
            "mime_type": text("@mimeCode"),
            "file_name": text("@filename"),
            "size_bytes": embedded(values.embedded_size_bytes),
        },
    ),
}

_PRICE: Members = {
    "net_price": decimal("cbc:PriceAmount"),
    "discount": decimal(f"cac:AllowanceCharge{_FALSE}/cbc:Amount"),
    "gross_price": decimal(f"cac:AllowanceCharge{_FALSE}/cbc:BaseAmount"),
    "base_quantity": decimal("cbc:BaseQuantity"),
    "base_quantity_unit_code": text("cbc:BaseQuantity/@unitCode"),
}

_ITEM: Members = {
    "name": text("cbc:Name"),
    "description": Joined(("cbc:Description",), "\n"),
    "sellers_identifier": text("cac:SellersItemIdentification/cbc:ID"),
    "buyers_identifier": text("cac:BuyersItemIdentification/cbc:ID"),
    "standard_identifier": identifier("cac:StandardItemIdentification/cbc:ID"),
    "classification_identifiers": identifiers(
        "cac:CommodityClassification/cbc:ItemClassificationCode", "@listID", "@listVersionID"
    ),
    "country_of_origin_code": text("cac:OriginCountry/cbc:IdentificationCode"),
    "attributes": Many(
        ItemAttribute,
        "cac:AdditionalItemProperty",
        {"name": text("cbc:Name"), "value": text("cbc:Value")},
    ),
}

# Where there is none of VAT, that of another scheme: GST, SST, sales tax.
_LINE_VAT: Members = {"category_code": text("cbc:ID"), "rate": decimal("cbc:Percent")}


# The extension of XRechnung has the parts of a line below it; what they come to is the amount of that line.
_OF_PART: Members = {
    "parent_identifier": OfWhole("cbc:ID"),
    "counts_in_sums": Stated(lambda _: False),
}


def _lines(path: str, part: str, quantity: str) -> Many:
    members = _line(quantity)
    return Many(InvoiceLine, path, members, parts=part, part_members=_line(quantity, _OF_PART))


def _line(quantity: str, more_extras: Members | None = None) -> Members:
    return {
        "identifier": text("cbc:ID"),
        "note": Joined(("cbc:Note",), "\n"),
        "object_identifier": identifier(f"cac:DocumentReference{_OBJECT_OF_LINE}/cbc:ID"),
        "invoiced_quantity": decimal(quantity),
        "quantity_unit_code": text(f"{quantity}/@unitCode"),
        "net_amount": decimal("cbc:LineExtensionAmount"),
        "purchase_order_line_reference": text("cac:OrderLineReference/cbc:LineID"),
        "buyer_accounting_reference": text("cbc:AccountingCost"),
        "period": One(Period, "cac:InvoicePeriod", _PERIOD),
        "allowances": (
            Many(LineAllowance, f"cac:AllowanceCharge{_FALSE}", _ALLOWANCE_OR_CHARGE),
            Many(LineAllowance, f"cac:AllowanceCharge{_NEITHER}", _SIGN_UNKNOWN),
        ),
        "charges": Many(LineCharge, f"cac:AllowanceCharge{_TRUE}", _ALLOWANCE_OR_CHARGE),
        "price": One(PriceDetails, "cac:Price", _PRICE),
        "vat": (
            One(LineVat, f"cac:Item/cac:ClassifiedTaxCategory{_VAT}", _LINE_VAT),
            One(LineVat, "cac:Item/cac:ClassifiedTaxCategory", _LINE_VAT),
        ),
        "item": One(Item, "cac:Item", _ITEM),
        "extras": One(
            LineExtras,
            ".",
            {
                "position": Stated(lambda index: index + 1),
                "tax_amount": decimal("cac:TaxTotal/cbc:TaxAmount"),
                "delivery_date": calendar_date("cac:Delivery/cbc:ActualDeliveryDate"),
                **(more_extras or {}),
            },
        ),
    }


def _extras(credit_note: str, kind: MemberBinding) -> Members:
    return {
        "document_kind": kind,
        "sign_convention": Value(
            (f".[{credit_note}]/cac:LegalMonetaryTotal/cbc:TaxInclusiveAmount",),
            values.sign_convention,
        ),
        "cash_discounts": Many(
            CashDiscount,
            "cac:PaymentTerms[cbc:SettlementDiscountPercent or cbc:SettlementDiscountAmount]",
            {
                "days": Value(
                    ("cac:SettlementPeriod/cbc:DurationMeasure[@unitCode='DAY']",), values.integer
                ),
                "percentage": decimal("cbc:SettlementDiscountPercent"),
                "base_amount": decimal("cbc:Amount"),
                "due_date": calendar_date("cac:SettlementPeriod/cbc:EndDate"),
                "amount": decimal("cbc:SettlementDiscountAmount"),
            },
        ),
        "instalments": Many(
            Instalment,
            "cac:PaymentTerms[cbc:InstallmentDueDate or cbc:PaymentDueDate]",
            {
                "due_date": calendar_date("cbc:InstallmentDueDate", "cbc:PaymentDueDate"),
                "amount": decimal("cbc:Amount"),
            },
        ),
        "withholding_amount": total("cac:WithholdingTaxTotal/cbc:TaxAmount"),
        "exchange_rate": decimal(
            "cac:TaxExchangeRate/cbc:CalculationRate", "cac:PricingExchangeRate/cbc:CalculationRate"
        ),
        "copy": Value(("cbc:CopyIndicator",), values.boolean),
    }


def _invoice(members: Members) -> One:
    """The table of a document type: what Invoice and CreditNote have in common, and its own members."""
    return One(
        InvoiceContent,
        ".",
        {
            "invoice_number": text("cbc:ID"),
            "issue_date": calendar_date("cbc:IssueDate"),
            "currency_code": text("cbc:DocumentCurrencyCode"),
            "vat_accounting_currency_code": text("cbc:TaxCurrencyCode"),
            "vat_point_date": calendar_date("cbc:TaxPointDate"),
            "vat_point_date_code": text("cac:InvoicePeriod/cbc:DescriptionCode"),
            "buyer_reference": text("cbc:BuyerReference"),
            "contract_reference": text("cac:ContractDocumentReference/cbc:ID"),
            "purchase_order_reference": text("cac:OrderReference/cbc:ID"),
            "sales_order_reference": text("cac:OrderReference/cbc:SalesOrderID"),
            "receiving_advice_reference": text("cac:ReceiptDocumentReference/cbc:ID"),
            "despatch_advice_reference": text("cac:DespatchDocumentReference/cbc:ID"),
            "tender_or_lot_reference": text("cac:OriginatorDocumentReference/cbc:ID"),
            "invoiced_object_identifier": identifier(
                f"cac:AdditionalDocumentReference{_OBJECT}/cbc:ID"
            ),
            "buyer_accounting_reference": text("cbc:AccountingCost"),
            "payment_terms": Joined(("cac:PaymentTerms/cbc:Note",), "\n"),
            "notes": Many(
                InvoiceNote,
                "cbc:Note",
                {
                    "subject_code": Value((".",), values.note_subject_code),
                    "note": Value((".",), values.note_text),
                },
            ),
            "process_control": One(
                ProcessControl,
                ".",
                {
                    "business_process_type": text("cbc:ProfileID"),
                    "specification_identifier": text("cbc:CustomizationID"),
                },
            ),
            "preceding_invoices": Many(
                PrecedingInvoice,
                "cac:BillingReference/cac:InvoiceDocumentReference",
                {"reference": text("cbc:ID"), "issue_date": calendar_date("cbc:IssueDate")},
            ),
            "seller": One(Seller, "cac:AccountingSupplierParty/cac:Party", _SELLER),
            "buyer": One(Buyer, "cac:AccountingCustomerParty/cac:Party", _BUYER),
            "payee": One(Payee, "cac:PayeeParty", _PAYEE),
            "seller_tax_representative": One(
                SellerTaxRepresentative, "cac:TaxRepresentativeParty", _TAX_REPRESENTATIVE
            ),
            "delivery": One(Delivery, ".", _DELIVERY),
            "payment_instructions": One(PaymentInstructions, ".", _PAYMENT),
            "allowances": (
                Many(
                    DocumentAllowance, f"cac:AllowanceCharge{_FALSE}", _DOCUMENT_ALLOWANCE_OR_CHARGE
                ),
                Many(DocumentAllowance, f"cac:AllowanceCharge{_NEITHER}", _SIGN_UNKNOWN),
            ),
            "charges": Many(
                DocumentCharge, f"cac:AllowanceCharge{_TRUE}", _DOCUMENT_ALLOWANCE_OR_CHARGE
            ),
            "totals": One(DocumentTotals, ".", _TOTALS),
            "vat_breakdown": Many(
                VatBreakdown, f"cac:TaxTotal{_IN_CURRENCY}/cac:TaxSubtotal", _VAT_BREAKDOWN
            ),
            **members,
        },
    )


_INVOICE_IS_CREDIT_NOTE = " or ".join(
    f"cbc:InvoiceTypeCode='{code}'" for code in CREDIT_NOTE_TYPE_CODES
)

UBL_INVOICE = _invoice(
    {
        "type_code": text("cbc:InvoiceTypeCode"),
        "payment_due_date": calendar_date(*_DUE_DATES, several=Several.CONFLICT_OF_PATHS),
        "project_reference": text("cac:ProjectReference/cbc:ID"),
        "supporting_documents": Many(
            SupportingDocument,
            "cac:AdditionalDocumentReference[not(cbc:DocumentTypeCode='130')]",
            _SUPPORTING_DOCUMENT,
        ),
        "lines": _lines("cac:InvoiceLine", "cac:SubInvoiceLine", "cbc:InvoicedQuantity"),
        "extras": One(
            Extras,
            ".",
            _extras(_INVOICE_IS_CREDIT_NOTE, Value(("cbc:InvoiceTypeCode",), values.document_kind)),
        ),
    }
)

UBL_CREDIT_NOTE = _invoice(
    {
        "type_code": text("cbc:CreditNoteTypeCode"),
        "payment_due_date": calendar_date(*_DUE_DATES, several=Several.CONFLICT_OF_PATHS),
        "project_reference": text(f"cac:AdditionalDocumentReference{_PROJECT}/cbc:ID"),
        "supporting_documents": Many(
            SupportingDocument,
            "cac:AdditionalDocumentReference"
            "[not(cbc:DocumentTypeCode='130' or cbc:DocumentTypeCode='50')]",
            _SUPPORTING_DOCUMENT,
        ),
        "lines": _lines("cac:CreditNoteLine", "cac:SubCreditNoteLine", "cbc:CreditedQuantity"),
        "extras": One(Extras, ".", _extras(".", Stated(lambda _: DocumentKind.CREDIT_NOTE))),
    }
)
