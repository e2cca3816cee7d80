"""Stored views of an earlier version are rendered again."""

from collections.abc import AsyncGenerator
from contextlib import AbstractAsyncContextManager
from enum import Enum, auto
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Row, Select, select, tuple_, union, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from invoice_reading.reading import DocumentForm
from invoice_summarizer.adapters.postgres.database_role import DatabaseRole
from invoice_summarizer.adapters.postgres.rows import SELECT_INVOICES, invoice_of
from invoice_summarizer.adapters.postgres.scope import Limits, transaction
from invoice_summarizer.adapters.postgres.tables import invoice_views, invoices
from invoice_summarizer.adapters.postgres.written_views import header_view, putting_views
from invoice_summarizer.domain.invoice import InvoiceStatus
from invoice_summarizer.ports.invoice_views import ReadingViews, RenewedBatch, ViewRenderer
from invoice_summarizer.ports.long_work import LongWork
from invoice_summarizer.ports.stored_reading import StoredReading

BATCH = 20

_Key = tuple[str, str]  # tenant and invoice


class _Became(Enum):
    """What became of an invoice whose views were stale."""

    RENEWED = auto()
    ANOTHER = auto()  # it has changed or gone meanwhile
    UNREADABLE = auto()


class PostgresViewRenewal:
    """While two versions of the program run beside each other, the later one renews what the earlier wrote, and none else."""

    def __init__(
        self,
        engine: AsyncEngine,
        renderer: ViewRenderer,
        work: LongWork,
        *,
        limits: Limits | None = None,
    ) -> None:
        self._engine = engine
        self._work = work
        self._renderer = renderer
        self._limits = limits or Limits()

    async def renew(self) -> AsyncGenerator[RenewedBatch, None]:
        last: _Key = ("", "")
        while batch := await self._stale_after(last):
            last = batch[-1]
            became = [
                (invoice_id, await self._renew(tenant, invoice_id)) for tenant, invoice_id in batch
            ]
            yield RenewedBatch(
                sum(each is _Became.RENEWED for _, each in became),
                tuple(invoice_id for invoice_id, each in became if each is _Became.UNREADABLE),
            )

    async def _stale_after(self, last: _Key) -> list[_Key]:
        # Each half in the order of its key, so that neither has to look at more than a batch.
        halves = (
            (invoices.c.tenant, invoices.c.id, invoices.c.view_version),
            (invoice_views.c.tenant, invoice_views.c.invoice_id, invoice_views.c.version),
        )
        stale = (_stale(*half, self._renderer.version, last).subquery() for half in halves)
        query = union(*map(select, stale)).order_by("tenant", "id").limit(BATCH)
        async with self._begin(DatabaseRole.WORKER) as connection:
            return [(row.tenant, row.id) for row in await connection.execute(query)]

    async def _renew(self, tenant: str, invoice_id: str) -> _Became:
        """Nothing is locked while the invoice is rendered."""
        query = SELECT_INVOICES.where(invoices.c.id == invoice_id)
        async with self._begin(DatabaseRole.APPLICATION, tenant) as connection:
            row = (await connection.execute(query)).one_or_none()
        if row is None:
            return _Became.ANOTHER
        if _is_of_a_later_version(row):
            return _Became.UNREADABLE
        try:
            stored = invoice_of(row)
            header = header_view(stored.header, self._renderer)
            reading = (
                None
                if stored.reading is None
                else await self._work(tenant, stored.reading, reading_views, self._renderer)
            )
        except (ValueError, msgspec.DecodeError):  # of a later version
            return _Became.UNREADABLE
        unchanged = (
            update(invoices)
            .where(invoices.c.id == invoice_id, invoices.c.version == row.version)
            .values(header)
        )
        async with self._begin(DatabaseRole.APPLICATION, tenant) as connection:
            if not (await connection.execute(unchanged)).rowcount:
                return _Became.ANOTHER
            if reading is not None:
                await connection.execute(
                    putting_views(tenant, invoice_id, self._renderer.version, reading)
                )
        return _Became.RENEWED

    def _begin(
        self, role: DatabaseRole, tenant: str = ""
    ) -> AbstractAsyncContextManager[AsyncConnection]:
        return transaction(self._engine, role, tenant=tenant, limits=self._limits)


def reading_views(reading: StoredReading, renderer: ViewRenderer) -> ReadingViews:
    return renderer.reading(reading.unpacked())


def _is_of_a_later_version(row: Row[Any]) -> bool:
    """Tells whether the views of the invoice, rendered here, would lack what the later version knows."""
    return InvoiceStatus(row.status) is InvoiceStatus.OTHER or (
        row.form is not None and DocumentForm(row.form) is DocumentForm.OTHER
    )


def _stale(
    tenant: ColumnElement[str],
    invoice_id: ColumnElement[str],
    version: ColumnElement[str],
    current: str,
    last: _Key,
) -> Select[str, str]:
    """Returns the query for the first keys behind `last` whose views are of an earlier version than `current`."""
    return (
        select(tenant.label("tenant"), invoice_id.label("id"))
        .where(version < current, tuple_(tenant, invoice_id) > last)
        .order_by(tenant, invoice_id)
        .limit(BATCH)
    )
