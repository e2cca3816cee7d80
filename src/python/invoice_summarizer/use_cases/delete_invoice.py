"""Removes an invoice with everything that came of it."""

from invoice_summarizer.domain.etag import require_etag
from invoice_summarizer.domain.principal import Principal
from invoice_summarizer.ports.transactions import Transactions


class DeleteInvoice:
    """The invoice, its operations and summaries are gone; the audit log says that it was there.

    Its document is swept afterwards (`sweep_objects`): removing it here could take it from an invoice of the same
    bytes that comes in at this moment. Raises NotFound, StaleVersion.
    """

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    async def __call__(self, principal: Principal, invoice_id: str, etag: str = "") -> None:
        async with self._transactions.begin(principal.tenant) as transaction:
            invoice = await transaction.invoices.get(invoice_id, lock=True)
            require_etag(invoice, etag)
            await transaction.invoices.delete(invoice_id)
            await transaction.audit.append(
                principal.subject, "invoice.deleted", f"invoices/{invoice_id}"
            )
