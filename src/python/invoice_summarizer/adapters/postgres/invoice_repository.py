"""Invoices of one tenant, within a transaction."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import delete, exists, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

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
from invoice_summarizer.adapters.postgres.stored_reading import PostgresReading
from invoice_summarizer.adapters.postgres.tables import (
    batch_items,
    documents,
    invoice_terms,
    invoices,
)
from invoice_summarizer.adapters.postgres.written_views import header_values, putting_views
from invoice_summarizer.domain.duplicates import Identity
from invoice_summarizer.domain.errors import NotFound, StaleVersion
from invoice_summarizer.domain.invoice import InvoiceHeader
from invoice_summarizer.ports.invoice_views import ViewRenderer
from invoice_summarizer.ports.stored_reading import StoredInvoice, StoredReading

_IDENTITY = ("tenant", "id", "document_sha256", "part", "created_at")  # never changes


class PostgresInvoiceRepository:
    """Beside each header it stores what `renderer` makes of it; a reading has its views with it."""

    def __init__(self, connection: AsyncConnection, renderer: ViewRenderer) -> None:
        self._connection = connection
        self._renderer = renderer

    async def add(self, header: InvoiceHeader) -> None:
        await self.add_many([header])

    async def add_many(self, headers: Sequence[InvoiceHeader]) -> None:
        if not headers:
            return
        rows = [header_values(header, self._renderer) for header in headers]
        async with translated_errors():
            await self._connection.execute(insert(invoices), rows)

    async def get(self, invoice_id: str) -> StoredInvoice:
        query = SELECT_INVOICES.where(invoices.c.id == invoice_id)
        row = (await self._connection.execute(query)).one_or_none()
        if row is None:
            raise _not_found()
        return invoice_of(row)

    async def get_many(self, invoice_ids: Collection[str]) -> Mapping[str, StoredInvoice]:
        query = SELECT_INVOICES.where(invoices.c.id.in_(invoice_ids))
        return {row.id: invoice_of(row) for row in await self._connection.execute(query)}

    async def hold(self, invoice_ids: Collection[str]) -> frozenset[str]:
        query = (
            select(invoices.c.id)
            .where(invoices.c.id.in_(invoice_ids))
            .order_by(invoices.c.id)
            .with_for_update(read=True, key_share=True)
        )
        return frozenset((await self._connection.execute(query)).scalars())

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
        return (await self.of_documents([sha256])).get(sha256, [])

    async def of_documents(self, hashes: Collection[str]) -> Mapping[str, list[InvoiceHeader]]:
        query = (
            select(*HEADER_COLUMNS)
            .select_from(WITH_DOCUMENT)
            .where(invoices.c.document_sha256.in_(hashes))
            .order_by(invoices.c.part)
        )
        found: dict[str, list[InvoiceHeader]] = {}
        for header in map(header_of, await self._connection.execute(query)):
            found.setdefault(header.document.sha256, []).append(header)
        return found

    async def duplicates(self, header: InvoiceHeader, identity: Identity | None) -> list[str]:
        return await duplicates(self._connection, header, identity)

    async def put_header(self, header: InvoiceHeader) -> None:
        await self._update(header, header_values(header, self._renderer))

    async def put_reading(
        self, header: InvoiceHeader, reading: StoredReading, duplicates: Sequence[str] = ()
    ) -> None:
        assert isinstance(reading, PostgresReading)
        named = reading.naming(duplicates, self._renderer)
        assert named.views is not None
        await self._update(header, {**header_values(header, self._renderer), **named.columns()})
        statement = putting_views(header.tenant, header.id, self._renderer.version, named.views)
        terms = identity_terms(header, named.identity)
        if terms:
            # In the same round trip; the terms of an earlier reading went when this one was stored.
            statement = statement.add_cte(insert(invoice_terms).values(terms).cte("identity"))
        await self._connection.execute(statement)

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
        await self._connection.execute(
            update(batch_items)
            .where(batch_items.c.invoice_id == header.id, batch_items.c.document_uri.is_not(None))
            .values(document_uri=None)
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


def _not_found() -> NotFound:
    return NotFound("no such invoice")


def _stale() -> StaleVersion:
    return StaleVersion("the invoice was changed in the meantime")
