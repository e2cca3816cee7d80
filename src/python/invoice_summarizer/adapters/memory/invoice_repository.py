"""Invoices of one tenant, within a transaction."""

from invoice_summarizer.adapters.memory.store import Tables, require_tenant
from invoice_summarizer.domain.errors import NotFound, StaleVersion
from invoice_summarizer.domain.invoice import Invoice


class MemoryInvoiceRepository:
    def __init__(self, tables: Tables, tenant: str) -> None:
        self._tables = tables
        self._tenant = tenant

    async def add(self, invoice: Invoice) -> Invoice:
        require_tenant(self._tenant, invoice.tenant)
        document = (self._tenant, invoice.document.sha256)
        first = self._tables.invoice_ids.get(document)
        if first is not None:
            return await self.get(first)
        self._tables.invoice_ids.put(document, invoice.id)
        self._tables.invoices.put((self._tenant, invoice.id), invoice)
        return invoice

    async def get(self, invoice_id: str, *, lock: bool = False) -> Invoice:
        # Nobody else has a transaction open, so every invoice is locked.
        invoice = self._tables.invoices.get((self._tenant, invoice_id))
        if invoice is None:
            raise NotFound("no such invoice")
        return invoice

    async def has_document(self, sha256: str) -> bool:
        return self._tables.invoice_ids.get((self._tenant, sha256)) is not None

    async def replace(self, invoice: Invoice) -> None:
        require_tenant(self._tenant, invoice.tenant)
        found = await self.get(invoice.id)
        if found.version != invoice.version - 1:
            raise StaleVersion("the invoice was changed in the meantime")
        self._tables.invoices.put((self._tenant, invoice.id), invoice)

    async def delete(self, invoice_id: str) -> None:
        found = await self.get(invoice_id)
        self._tables.invoices.remove((self._tenant, invoice_id))
        self._tables.invoice_ids.remove((self._tenant, found.document.sha256))
        for key, _ in [*self._tables.summaries.items((self._tenant, invoice_id))]:
            self._tables.summaries.remove(key)
        for key, queued in [*self._tables.operations.items((self._tenant,))]:
            if queued.operation.invoice_id == invoice_id:
                self._tables.operations.remove(key)
                self._forget_requests(queued.operation.id)

    def _forget_requests(self, operation_id: str) -> None:
        for key, bound in [*self._tables.requests.items((self._tenant,))]:
            if bound.operation_id == operation_id:
                self._tables.requests.remove(key)
