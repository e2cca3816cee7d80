"""The semantic model of EN 16931-1:2017 as frozen, typed classes.

Amounts, quantities, prices and percentages are `Decimal` with the digits of the document; dates are calendar dates;
codes are strings of the official lists. Amounts are in BT-5 unless the field says otherwise. A computed value never
stands in a declared field.
"""

from en16931.model.delivery import Delivery, Period
from en16931.model.extras import (
    CashDiscount,
    DocumentKind,
    Extras,
    Instalment,
    LocalPayment,
    SignConvention,
)
from en16931.model.identifiers import Identifier
from en16931.model.invoice import InvoiceContent
from en16931.model.lines import (
    InvoiceLine,
    Item,
    ItemAttribute,
    LineAllowance,
    LineCharge,
    LineExtras,
    LineKind,
    LineVat,
    PriceDetails,
)
from en16931.model.parties import (
    Buyer,
    Contact,
    Payee,
    PostalAddress,
    Seller,
    SellerTaxRepresentative,
)
from en16931.model.payment import CreditTransfer, DirectDebit, PaymentCard, PaymentInstructions
from en16931.model.references import (
    AttachedDocument,
    InvoiceNote,
    PrecedingInvoice,
    ProcessControl,
    SupportingDocument,
)
from en16931.model.term import Group, Term
from en16931.model.totals import DocumentAllowance, DocumentCharge, DocumentTotals, VatBreakdown

__all__ = [
    "AttachedDocument",
    "Buyer",
    "CashDiscount",
    "Contact",
    "CreditTransfer",
    "Delivery",
    "DirectDebit",
    "DocumentAllowance",
    "DocumentCharge",
    "DocumentKind",
    "DocumentTotals",
    "Extras",
    "Group",
    "Identifier",
    "Instalment",
    "InvoiceContent",
    "InvoiceLine",
    "InvoiceNote",
    "Item",
    "ItemAttribute",
    "LineAllowance",
    "LineCharge",
    "LineExtras",
    "LineKind",
    "LineVat",
    "LocalPayment",
    "Payee",
    "PaymentCard",
    "PaymentInstructions",
    "Period",
    "PostalAddress",
    "PrecedingInvoice",
    "PriceDetails",
    "ProcessControl",
    "Seller",
    "SellerTaxRepresentative",
    "SignConvention",
    "SupportingDocument",
    "Term",
    "VatBreakdown",
]
