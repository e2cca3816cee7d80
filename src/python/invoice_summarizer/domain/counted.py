"""Which invoices count where invoices are added up, and which are told apart.

What is not read has no amounts; a copy and a pro forma invoice state what another document bills, and so do reminders
and statements of an account.
"""

from enum import StrEnum

from en16931.credit_notes import document_kind
from en16931.model import DocumentKind
from invoice_summarizer.domain.invoice import Invoice, InvoiceStatus


class CountedApart(StrEnum):
    FAILED = "FAILED"  # could not be read
    UNREAD = "UNREAD"  # not read yet
    COPY = "COPY"  # says that it is a copy or duplicate
    PRO_FORMA = "PRO_FORMA"
    BILLS_NOTHING = "BILLS_NOTHING"  # see KINDS_THAT_BILL_NOTHING


KINDS_THAT_BILL_NOTHING = frozenset(
    {DocumentKind.REMINDER, DocumentKind.STATEMENT, DocumentKind.NOT_AN_INVOICE}
)


def told_apart(invoice: Invoice) -> CountedApart | None:
    """Returns why the invoice is not added up; None where it is."""
    if invoice.status is InvoiceStatus.FAILED:
        return CountedApart.FAILED
    if invoice.reading is None:
        return CountedApart.UNREAD
    extras = invoice.content.extras
    if extras is not None and extras.copy:
        return CountedApart.COPY
    kind = document_kind(invoice.content)
    if kind is DocumentKind.PROFORMA:
        return CountedApart.PRO_FORMA
    return CountedApart.BILLS_NOTHING if kind in KINDS_THAT_BILL_NOTHING else None
