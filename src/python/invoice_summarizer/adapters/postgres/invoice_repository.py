"""Invoices of one tenant, within a transaction."""

from sqlalchemy import delete, exists, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from invoice_summarizer.adapters.postgres.failures import translated_errors
from invoice_summarizer.adapters.postgres.rows import (
    HEADER_COLUMNS,
    READING_COLUMNS,
    WITH_DOCUMENT,
    Values,
    as_stored,
    header_of,
    header_row,
    invoice_of,
    reading_row,
)
from invoice_summarizer.adapters.postgres.tables import documents, invoice_views, invoices
from invoice_summarizer.domain.errors import NotFound, StaleVersion
from invoice_summarizer.domain.invoice import Invoice, InvoiceHeader
from invoice_summarizer.ports.invoice_views import ViewRenderer

_IDENTITY = ("tenant", "id", "document_sha256", "part", "created_at")  # never changes


class PostgresInvoiceRepository:
    """Beside each header and each reading it stores what `renderer` makes of them."""

    def __init__(self, connection: AsyncConnection, renderer: ViewRenderer) -> None:
        self._connection = connection
        self._renderer = renderer

    async def add(self, invoice: Invoice) -> None:
        reading = reading_row(invoice.reading)
        stored = as_stored(invoice, reading)
        values = {**self._header_values(stored), **reading}
        async with translated_errors():
            await self._connection.execute(insert(invoices).values(values))
        await self._put_views(stored)

    async def get(self, invoice_id: str) -> Invoice:
        columns = (*HEADER_COLUMNS, *(invoices.c[name] for name in READING_COLUMNS))
        query = select(*columns).select_from(WITH_DOCUMENT).where(invoices.c.id == invoice_id)
        row = (await self._connection.execute(query)).one_or_none()
        if row is None:
            raise _not_found()
        return invoice_of(row)

    async def header(self, invoice_id: str, *, lock: bool = False) -> InvoiceHeader:
        query = (
            select(*HEADER_COLUMNS).select_from(WITH_DOCUMENT).where(invoices.c.id == invoice_id)
        )
        locking = query.with_for_update(of=invoices) if lock else query
        row = (await self._connection.execute(locking)).one_or_none()
        if row is None:
            raise _not_found()
        return header_of(row)

    async def of_document(self, sha256: str) -> list[InvoiceHeader]:
        query = (
            select(*HEADER_COLUMNS)
            .select_from(WITH_DOCUMENT)
            .where(invoices.c.document_sha256 == sha256)
            .order_by(invoices.c.part)
        )
        return [header_of(row) for row in await self._connection.execute(query)]

    async def put_header(self, header: InvoiceHeader) -> None:
        await self._update(header, self._header_values(as_stored(header, {})))

    async def put_reading(self, invoice: Invoice) -> None:
        reading = reading_row(invoice.reading)
        stored = as_stored(invoice, reading)
        await self._update(invoice, {**self._header_values(stored), **reading})
        await self._put_views(stored)

    async def delete(self, header: InvoiceHeader) -> None:
        # The document before its invoice, since whoever takes in the same bytes holds the document.
        sha256 = header.document.sha256
        await self._connection.execute(
            select(documents.c.sha256).where(documents.c.sha256 == sha256).with_for_update()
        )
        deletion = delete(invoices).where(
            invoices.c.id == header.id, invoices.c.version == header.version
        )
        if not (await self._connection.execute(deletion)).rowcount:
            await self.header(header.id)
            raise _stale()
        await self._connection.execute(
            delete(documents).where(
                documents.c.sha256 == sha256,
                ~exists().where(invoices.c.document_sha256 == sha256),
            )
        )

    async def _update(self, header: InvoiceHeader, values: Values) -> None:
        changed = await self._connection.execute(
            update(invoices)
            .where(invoices.c.id == header.id, invoices.c.version == header.version - 1)
            .values({name: value for name, value in values.items() if name not in _IDENTITY})
        )
        if not changed.rowcount:
            await self.header(header.id)
            raise _stale()

    async def _put_views(self, invoice: Invoice) -> None:
        if invoice.reading is None:
            return
        views = self._renderer.reading(invoice.reading)
        made = {"version": self._renderer.version, "basic": views.basic, "full": views.full}
        await self._connection.execute(
            upsert(invoice_views)
            .values(tenant=invoice.tenant, invoice_id=invoice.id, **made)
            .on_conflict_do_update(constraint="invoice_views_pkey", set_=made)
        )

    def _header_values(self, header: InvoiceHeader) -> Values:
        return {
            **header_row(header),
            "view_version": self._renderer.version,
            "header_view": self._renderer.header(header),
        }


def _not_found() -> NotFound:
    return NotFound("no such invoice")


def _stale() -> StaleVersion:
    return StaleVersion("the invoice was changed in the meantime")
