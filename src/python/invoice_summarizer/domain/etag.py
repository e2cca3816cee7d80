"""The etag of an invoice: what a caller names to say which state it saw (AIP-154)."""

from aip.etag import etag_of, matches
from invoice_summarizer.domain.errors import StaleVersion
from invoice_summarizer.domain.invoice import InvoiceHeader


def invoice_etag(invoice: InvoiceHeader) -> str:
    return etag_of_version(invoice.id, invoice.version)


def etag_of_version(invoice_id: str, version: int) -> str:
    return etag_of(invoice_id, str(version))


def require_etag(invoice: InvoiceHeader, given: str) -> None:
    """Raises StaleVersion where the caller names another state than the current one; an empty etag names none."""
    if not matches(given, invoice_etag(invoice)):
        raise StaleVersion("the invoice has changed since that etag was read")
