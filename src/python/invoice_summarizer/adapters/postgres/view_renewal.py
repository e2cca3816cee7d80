"""Stored views of another version are rendered again."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from itertools import groupby
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Row, or_, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from invoice_summarizer.adapters.postgres.current_views import WITH_VIEWS
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
            for tenant, keys in groupby(batch, key=lambda key: key[0]):
                of_tenant = await self._renew(tenant, [invoice_id for _, invoice_id in keys])
                renewed += of_tenant.renewed
                unreadable += of_tenant.unreadable
            yield RenewedBatch(renewed, tuple(unreadable))

    async def _stale_after(self, last: _Key) -> list[_Key]:
        version = self._renderer.version
        key = (invoices.c.tenant, invoices.c.id)
        # Joined by union and not by a condition on the join, so that each half has its index.
        query = (
            select(*key)
            .where(_another(invoices.c.view_version, version), tuple_(*key) > last)
            .union(
                select(*key)
                .select_from(WITH_VIEWS)
                .where(_another(invoice_views.c.version, version), tuple_(*key) > last)
            )
            .order_by("tenant", "id")
            .limit(BATCH)
        )
        async with transaction(
            self._engine, DatabaseRole.WORKER, read_only=True, limits=self._limits
        ) as connection:
            return [(row.tenant, row.id) for row in await connection.execute(query)]

    async def _renew(self, tenant: str, ids: Sequence[str]) -> RenewedBatch:
        query = select(*INVOICE_COLUMNS).select_from(WITH_DOCUMENT).where(invoices.c.id.in_(ids))
        renewed = 0
        unreadable: list[str] = []
        async with transaction(
            self._engine, DatabaseRole.APPLICATION, tenant=tenant, limits=self._limits
        ) as connection:
            for row in (await connection.execute(query)).all():
                try:
                    views = await asyncio.to_thread(self._views, row)
                except (ValueError, msgspec.ValidationError):  # of a later version
                    unreadable.append(row.id)
                else:
                    renewed += await _stored(connection, row, *views)
        return RenewedBatch(renewed, tuple(unreadable))

    def _views(self, row: Row[Any]) -> tuple[Values, Values | None]:
        """Returns the views of the header and of the reading."""
        invoice = invoice_of(row)
        reading = invoice.reading
        return (
            header_view(invoice, self._renderer),
            None if reading is None else reading_views(reading, self._renderer),
        )


async def _stored(
    connection: AsyncConnection, row: Row[Any], header: Values, reading: Values | None
) -> bool:
    """Stores the views unless the invoice has changed since the row was read; tells whether it did."""
    unchanged = update(invoices).where(invoices.c.id == row.id, invoices.c.version == row.version)
    if not (await connection.execute(unchanged.values(header))).rowcount:
        return False
    if reading is not None:
        await connection.execute(putting_views(row.tenant, row.id, reading))
    return True


def _another(column: ColumnElement[str], version: str) -> ColumnElement[bool]:
    # Two ranges, where an index would not serve an inequality.
    return or_(column < version, column > version)
