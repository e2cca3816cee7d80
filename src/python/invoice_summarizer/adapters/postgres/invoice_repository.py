"""Invoices of one tenant, within a transaction."""

import asyncio

from sqlalchemy import delete, exists, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from en16931.model import InvoiceContent
from invoice_summarizer.adapters.postgres.duplicates import duplicates, identity_terms
from invoice_summarizer.adapters.postgres.failures import translated_errors
from invoice_summarizer.adapters.postgres.rows import (
    HEADER_COLUMNS,
    SELECT_INVOICES,
    WITH_DOCUMENT,
    Values,
    header_of,
    invoice_of,
)
from invoice_summarizer.adapters.postgres.tables import documents, invoice_terms, invoices
from invoice_summarizer.adapters.postgres.written_views import (
    header_values,
    invoice_values,
    putting_views,
)
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
        row, views = await asyncio.to_thread(invoice_values, invoice, self._renderer)
        async with translated_errors():
            await self._connection.execute(insert(invoices).values(row))
        await self._put_views(invoice, views)

    async def get(self, invoice_id: str) -> Invoice:
        query = SELECT_INVOICES.where(invoices.c.id == invoice_id)
        row = (await self._connection.execute(query)).one_or_none()
        if row is None:
            raise _not_found()
        return await asyncio.to_thread(invoice_of, row)

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

    async def duplicates(self, header: InvoiceHeader, content: InvoiceContent) -> list[str]:
        return await duplicates(self._connection, header, content)

    async def put_header(self, header: InvoiceHeader) -> None:
        await self._update(header, header_values(header, self._renderer))

    async def put_reading(self, invoice: Invoice) -> None:
        row, views = await asyncio.to_thread(invoice_values, invoice, self._renderer)
        await self._update(invoice, row)
        await self._put_views(invoice, views)

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

    async def _put_views(self, invoice: Invoice, views: Values | None) -> None:
        if views is None:
            return
        statement = putting_views(invoice.tenant, invoice.id, views)
        identity = identity_terms(invoice)
        if identity:
            # In the same round trip; the terms of an earlier reading went when this one was stored.
            statement = statement.add_cte(insert(invoice_terms).values(identity).cte("identity"))
        await self._connection.execute(statement)


def _not_found() -> NotFound:
    return NotFound("no such invoice")


def _stale() -> StaleVersion:
    return StaleVersion("the invoice was changed in the meantime")
