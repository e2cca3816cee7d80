"""Stored views of another version are rendered again."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Row, Select, or_, select, tuple_, union, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from invoice_summarizer.adapters.postgres.database_role import DatabaseRole
from invoice_summarizer.adapters.postgres.rows import (
    INVOICE_COLUMNS,
    WITH_DOCUMENT,
    Values,
    invoice_of,
)
from invoice_summarizer.adapters.postgres.scope import Limits, transaction
from invoice_summarizer.adapters.postgres.tables import invoice_views, invoices
from invoice_summarizer.adapters.postgres.written_views import (
    header_view,
    putting_views,
    reading_views,
)
from invoice_summarizer.ports.invoice_views import RenewedBatch, ViewRenderer

BATCH = 20

_Key = tuple[str, str]  # tenant and invoice


class PostgresViewRenewal:
    """While two versions of the program run beside each other, each renews what the other wrote; the last one stays."""

    def __init__(
        self, engine: AsyncEngine, renderer: ViewRenderer, *, limits: Limits | None = None
    ) -> None:
        self._engine = engine
        self._renderer = renderer
        self._limits = limits or Limits()

    async def renew(self) -> AsyncGenerator[RenewedBatch, None]:
        last: _Key = ("", "")
        while batch := await self._stale_after(last):
            last = batch[-1]
            renewed = 0
            unreadable: list[str] = []
            for tenant, invoice_id in batch:
                try:
                    renewed += await self._renew(tenant, invoice_id)
                except (ValueError, msgspec.ValidationError):  # of a later version
                    unreadable.append(invoice_id)
            yield RenewedBatch(renewed, tuple(unreadable))

    async def _stale_after(self, last: _Key) -> list[_Key]:
        # Each half in the order of its key, so that neither has to look at more than a batch.
        headers = _stale(invoices.c.tenant, invoices.c.id, invoices.c.view_version)
        readings = _stale(
            invoice_views.c.tenant, invoice_views.c.invoice_id, invoice_views.c.version
        )
        query = union(
            *(select(half(self._renderer.version, last).subquery()) for half in (headers, readings))
        )
        async with self._begin(DatabaseRole.WORKER) as connection:
            rows = await connection.execute(query.order_by("tenant", "id").limit(BATCH))
            return [(row.tenant, row.id) for row in rows]

    async def _renew(self, tenant: str, invoice_id: str) -> bool:
        """Tells whether the invoice was there and did not change meanwhile; nothing is locked while it is rendered."""
        query = (
            select(*INVOICE_COLUMNS).select_from(WITH_DOCUMENT).where(invoices.c.id == invoice_id)
        )
        async with self._begin(DatabaseRole.APPLICATION, tenant) as connection:
            row = (await connection.execute(query)).one_or_none()
        if row is None:
            return False
        header, reading = await asyncio.to_thread(self._views, row)
        unchanged = (
            update(invoices)
            .where(invoices.c.id == invoice_id, invoices.c.version == row.version)
            .values(header)
        )
        async with self._begin(DatabaseRole.APPLICATION, tenant) as connection:
            if not (await connection.execute(unchanged)).rowcount:
                return False
            if reading is not None:
                await connection.execute(putting_views(tenant, invoice_id, reading))
        return True

    def _views(self, row: Row[Any]) -> tuple[Values, Values | None]:
        """Returns the views of the header and of the reading."""
        invoice = invoice_of(row)
        reading = invoice.reading
        return (
            header_view(invoice, self._renderer),
            None if reading is None else reading_views(reading, self._renderer),
        )

    def _begin(
        self, role: DatabaseRole, tenant: str = ""
    ) -> AbstractAsyncContextManager[AsyncConnection]:
        return transaction(self._engine, role, tenant=tenant, limits=self._limits)


def _stale(
    tenant: ColumnElement[str], invoice_id: ColumnElement[str], version: ColumnElement[str]
) -> Callable[[str, _Key], Select[str, str]]:
    """Returns what makes the query for the first keys behind `last` whose views are of another version than `current`."""

    def query(current: str, last: _Key) -> Select[str, str]:
        return (
            select(tenant.label("tenant"), invoice_id.label("id"))
            .where(_another(version, current), tuple_(tenant, invoice_id) > last)
            .order_by(tenant, invoice_id)
            .limit(BATCH)
        )

    return query


def _another(column: ColumnElement[str], version: str) -> ColumnElement[bool]:
    # Two ranges, where an index would not serve an inequality.
    return or_(column < version, column > version)
