"""The content of an invoice: the semantic model of EN 16931-1:2017, its 164 business terms in 32 groups."""

from datetime import date
from typing import Annotated

from en16931.model.delivery import Delivery
from en16931.model.extras import Extras
from en16931.model.identifiers import Identifier
from en16931.model.lines import InvoiceLine
from en16931.model.parties import Buyer, Payee, Seller, SellerTaxRepresentative
from en16931.model.payment import PaymentInstructions
from en16931.model.references import (
    InvoiceNote,
    PrecedingInvoice,
    ProcessControl,
    SupportingDocument,
)
from en16931.model.term import Group, Term
from en16931.model.totals import DocumentAllowance, DocumentCharge, DocumentTotals, VatBreakdown


class InvoiceContent(Group, frozen=True, kw_only=True):
    invoice_number: Annotated[str, Term("BT-1")] | None = None
    issue_date: Annotated[date, Term("BT-2")] | None = None
    type_code: Annotated[str, Term("BT-3")] | None = None  # UNTDID 1001
    currency_code: Annotated[str, Term("BT-5")] | None = None  # ISO 4217
    vat_accounting_currency_code: Annotated[str, Term("BT-6")] | None = None  # ISO 4217
    vat_point_date: Annotated[date, Term("BT-7")] | None = None
    vat_point_date_code: Annotated[str, Term("BT-8")] | None = None  # UNTDID 2005
    payment_due_date: Annotated[date, Term("BT-9")] | None = None
    buyer_reference: Annotated[str, Term("BT-10")] | None = None
    project_reference: Annotated[str, Term("BT-11")] | None = None
    contract_reference: Annotated[str, Term("BT-12")] | None = None
    purchase_order_reference: Annotated[str, Term("BT-13")] | None = None
    sales_order_reference: Annotated[str, Term("BT-14")] | None = None
    receiving_advice_reference: Annotated[str, Term("BT-15")] | None = None
    despatch_advice_reference: Annotated[str, Term("BT-16")] | None = None
    tender_or_lot_reference: Annotated[str, Term("BT-17")] | None = None
    invoiced_object_identifier: Annotated[Identifier, Term("BT-18")] | None = None
    buyer_accounting_reference: Annotated[str, Term("BT-19")] | None = None
    payment_terms: Annotated[str, Term("BT-20")] | None = None
    notes: Annotated[tuple[InvoiceNote, ...], Term("BG-1")] = ()
    process_control: Annotated[ProcessControl, Term("BG-2")] | None = None
    preceding_invoices: Annotated[tuple[PrecedingInvoice, ...], Term("BG-3")] = ()
    seller: Annotated[Seller, Term("BG-4")] | None = None
    buyer: Annotated[Buyer, Term("BG-7")] | None = None
    payee: Annotated[Payee, Term("BG-10")] | None = None
    seller_tax_representative: Annotated[SellerTaxRepresentative, Term("BG-11")] | None = None
    delivery: Annotated[Delivery, Term("BG-13")] | None = None
    payment_instructions: Annotated[PaymentInstructions, Term("BG-16")] | None = None
    allowances: Annotated[tuple[DocumentAllowance, ...], Term("BG-20")] = ()
    charges: Annotated[tuple[DocumentCharge, ...], Term("BG-21")] = ()
    totals: Annotated[DocumentTotals, Term("BG-22")] | None = None
    vat_breakdown: Annotated[tuple[VatBreakdown, ...], Term("BG-23")] = ()
    supporting_documents: Annotated[tuple[SupportingDocument, ...], Term("BG-24")] = ()
    lines: Annotated[tuple[InvoiceLine, ...], Term("BG-25")] = ()
    extras: Extras | None = None
