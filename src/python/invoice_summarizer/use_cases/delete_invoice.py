"""Removes an invoice with everything that came of it."""

from invoice_summarizer.domain.etag import require_etag
from invoice_summarizer.domain.principal import Principal
from invoice_summarizer.ports.object_store import ObjectStore
from invoice_summarizer.ports.transactions import Transactions


class DeleteInvoice:
    """The invoice, its operations, summaries and document are gone; the audit log says that it was there.

    Raises NotFound, StaleVersion. The document goes after the commit: what a crash leaves is an object that no row
    names, which is harmless and swept.
    """

    def __init__(self, transactions: Transactions, objects: ObjectStore) -> None:
        self._transactions = transactions
        self._objects = objects

    async def __call__(self, principal: Principal, invoice_id: str, etag: str = "") -> None:
        async with self._transactions.begin(principal.tenant) as transaction:
            invoice = await transaction.invoices.get(invoice_id, lock=True)
            require_etag(invoice, etag)
            await transaction.invoices.delete(invoice_id)
            await transaction.audit.append(
                principal.subject, "invoice.deleted", f"invoices/{invoice_id}"
            )
        await self._objects.delete(principal.tenant, invoice.document.sha256)
