"""Invoices of one tenant, within a transaction."""

from collections.abc import Collection, Mapping, Sequence

from invoice_summarizer.adapters.memory.reading_in_memory import ReadingInMemory
from invoice_summarizer.adapters.memory.store import Tables, forget_requests, require_tenant
from invoice_summarizer.domain.duplicates import (
    MOST_DUPLICATES,
    Identity,
    identity_of,
    with_duplicates,
)
from invoice_summarizer.domain.errors import Conflict, NotFound, StaleVersion
from invoice_summarizer.domain.invoice import Invoice, InvoiceHeader, with_reading
from invoice_summarizer.ports.stored_reading import StoredInvoice, StoredReading


class MemoryInvoiceRepository:
    def __init__(self, tables: Tables, tenant: str) -> None:
        self._tables = tables
        self._tenant = tenant

    async def add(self, header: InvoiceHeader) -> None:
        invoice = with_reading(header, None)
        require_tenant(self._tenant, invoice.tenant)
        sha256 = invoice.document.sha256
        if self._tables.documents.get((self._tenant, sha256)) is None:
            raise NotFound("the document is not there")
        if any(other.part == invoice.part for other in await self.of_document(sha256)):
            raise Conflict("the document has an invoice of that part already")
        self._tables.invoices.put((self._tenant, invoice.id), invoice)

    async def add_many(self, headers: Sequence[InvoiceHeader]) -> None:
        for header in headers:
            await self.add(header)

    async def get(self, invoice_id: str) -> StoredInvoice:
        invoice = self._found(invoice_id)
        reading = None if invoice.reading is None else ReadingInMemory(invoice.reading)
        return StoredInvoice(invoice.header, reading)

    async def get_many(self, invoice_ids: Collection[str]) -> Mapping[str, StoredInvoice]:
        return {each: await self.get(each) for each in await self.hold(invoice_ids)}

    async def hold(self, invoice_ids: Collection[str]) -> frozenset[str]:
        # Nobody else has a transaction open.
        return frozenset(
            each for each in invoice_ids if self._tables.invoices.get((self._tenant, each))
        )

    async def header(self, invoice_id: str, *, lock: bool = False) -> InvoiceHeader:
        # Nobody else has a transaction open, so every invoice is locked.
        return self._found(invoice_id).header

    async def of_document(self, sha256: str) -> list[InvoiceHeader]:
        found = (invoice for _, invoice in self._tables.invoices.items((self._tenant,)))
        of_it = [invoice.header for invoice in found if invoice.document.sha256 == sha256]
        return sorted(of_it, key=lambda header: header.part)

    async def of_documents(self, hashes: Collection[str]) -> Mapping[str, list[InvoiceHeader]]:
        found = {each: await self.of_document(each) for each in hashes}
        return {each: headers for each, headers in found.items() if headers}

    async def duplicates(self, header: InvoiceHeader, identity: Identity | None) -> list[str]:
        # Nobody else has a transaction open, so nobody has to wait.
        if identity is None:
            return []
        alike = [
            other
            for _, other in self._tables.invoices.items((self._tenant,))
            if other.document.sha256 != header.document.sha256
            and (theirs := identity_of(other.content)) is not None
            and not identity.keys.isdisjoint(theirs.keys)
        ]
        alike.sort(key=lambda other: (other.create_time, other.id))
        return [other.id for other in alike[:MOST_DUPLICATES]]

    async def put_header(self, header: InvoiceHeader) -> None:
        found = self._before(header)
        self._put(with_reading(header, found.reading))

    async def put_reading(
        self, header: InvoiceHeader, reading: StoredReading, duplicates: Sequence[str] = ()
    ) -> None:
        self._before(header)
        self._put(with_reading(header, with_duplicates(reading.unpacked(), duplicates)))

    async def delete(self, header: InvoiceHeader) -> None:
        found = self._found(header.id)
        if found.version != header.version:
            raise _stale()
        self._tables.invoices.remove((self._tenant, header.id))
        sha256 = found.document.sha256
        if not await self.of_document(sha256):
            self._tables.documents.remove((self._tenant, sha256))
        for key, _ in [*self._tables.summaries.items((self._tenant, header.id))]:
            self._tables.summaries.remove(key)
        for key, queued in [*self._tables.operations.items((self._tenant,))]:
            if queued.operation.invoice_id == header.id:
                self._tables.operations.remove(key)
                forget_requests(self._tables, self._tenant, queued.operation.id)
        for key, item in [*self._tables.batch_items.items((self._tenant,))]:
            if item.invoice_id == header.id:
                self._tables.batch_items.put(key, item.of_deleted_invoice())

    def _found(self, invoice_id: str) -> Invoice:
        invoice = self._tables.invoices.get((self._tenant, invoice_id))
        if invoice is None:
            raise NotFound("no such invoice")
        return invoice

    def _before(self, header: InvoiceHeader) -> Invoice:
        """Returns what is stored, where it is the version before. Raises StaleVersion, NotFound."""
        require_tenant(self._tenant, header.tenant)
        found = self._found(header.id)
        if found.version != header.version - 1:
            raise _stale()
        return found

    def _put(self, invoice: Invoice) -> None:
        self._tables.invoices.put((self._tenant, invoice.id), invoice)


def _stale() -> StaleVersion:
    return StaleVersion("the invoice was changed in the meantime")
