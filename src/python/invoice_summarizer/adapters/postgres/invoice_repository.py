"""Invoices of one tenant, within a transaction."""

from sqlalchemy import delete, exists, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from invoice_summarizer.adapters.postgres.invoice_columns import STORED_COLUMNS
from invoice_summarizer.adapters.postgres.rows import invoice_of, invoice_row
from invoice_summarizer.adapters.postgres.tables import invoices
from invoice_summarizer.domain.errors import NotFound, StaleVersion
from invoice_summarizer.domain.invoice import Invoice


class PostgresInvoiceRepository:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, invoice: Invoice) -> Invoice:
        insertion = (
            insert(invoices)
            .values(invoice_row(invoice))
            .on_conflict_do_nothing(constraint="invoices_document_key")
            .returning(invoices.c.id)
        )
        first = (
            select(*STORED_COLUMNS)
            .where(invoices.c.document_sha256 == invoice.document.sha256)
            .with_for_update(read=True, key_share=True)
        )
        while True:
            if (await self._connection.execute(insertion)).first() is not None:
                return invoice
            row = (await self._connection.execute(first)).one_or_none()
            if row is not None:
                return invoice_of(row)
            # The one that was there was deleted between the two statements: ours is the first now.

    async def get(self, invoice_id: str, *, lock: bool = False) -> Invoice:
        query = select(*STORED_COLUMNS).where(invoices.c.id == invoice_id)
        row = (
            await self._connection.execute(query.with_for_update() if lock else query)
        ).one_or_none()
        if row is None:
            raise _not_found()
        return invoice_of(row)

    async def has_document(self, sha256: str) -> bool:
        query = select(exists().where(invoices.c.document_sha256 == sha256))
        return bool((await self._connection.execute(query)).scalar_one())

    async def replace(self, invoice: Invoice) -> None:
        values = invoice_row(invoice)
        changed = await self._connection.execute(
            update(invoices)
            .where(invoices.c.id == invoice.id, invoices.c.version == invoice.version - 1)
            .values({name: values[name] for name in values.keys() - {"tenant", "id"}})
        )
        if not changed.rowcount:
            await self.get(invoice.id)
            raise StaleVersion("the invoice was changed in the meantime")

    async def delete(self, invoice_id: str) -> None:
        deletion = delete(invoices).where(invoices.c.id == invoice_id)
        if not (await self._connection.execute(deletion)).rowcount:
            raise _not_found()


def _not_found() -> NotFound:
    return NotFound("no such invoice")
