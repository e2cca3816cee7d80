"""Reads of invoices, in read-only transactions."""

import asyncio
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    select,
    text,
    true,
)
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from aip.filter_expression import Expression
from aip.ordering import OrderTerm
from aip.page_token import Cursor
from invoice_summarizer.adapters.postgres.aggregates import aggregates
from invoice_summarizer.adapters.postgres.column_types import JsonDocument
from invoice_summarizer.adapters.postgres.current_views import rendered_views
from invoice_summarizer.adapters.postgres.database_role import DatabaseRole
from invoice_summarizer.adapters.postgres.engine import PoolSettings, plain_dsn
from invoice_summarizer.adapters.postgres.filter_predicates import predicate
from invoice_summarizer.adapters.postgres.invoice_page import invoice_page
from invoice_summarizer.adapters.postgres.json_records import annotations_of, lines_of
from invoice_summarizer.adapters.postgres.rows import (
    WITH_DOCUMENT,
    document_of,
    event_of,
)
from invoice_summarizer.adapters.postgres.scope import Limits, transaction
from invoice_summarizer.adapters.postgres.stored_views import StoredViews
from invoice_summarizer.adapters.postgres.tables import (
    audit_log,
    documents,
    invoices,
)
from invoice_summarizer.domain.errors import NotFound
from invoice_summarizer.domain.event import RecordedEvent
from invoice_summarizer.domain.invoice import Document
from invoice_summarizer.ports.invoice_reader import (
    Aggregates,
    GroupKey,
    InvoiceLines,
    InvoicePage,
)
from invoice_summarizer.ports.invoice_views import InvoiceView, ViewRenderer

# The lines that are wanted, and what is known of them, without the rest of the invoice. There may be 200,000 paths to
# look at: a regular expression for each takes several times as long as all the rest.
_LINES = text("""
    SELECT
        invoices.version,
        coalesce(jsonb_array_length(content -> 'lines'), 0) AS total_size,
        coalesce(
            (
                SELECT jsonb_agg(line ORDER BY number)
                FROM jsonb_array_elements(content -> 'lines') WITH ORDINALITY AS each (line, number)
                WHERE number - 1 BETWEEN :first AND :last
            ),
            '[]'
        ) AS lines,
        coalesce(
            (
                SELECT jsonb_object_agg(path, known)
                FROM jsonb_each(annotations) AS each (path, known)
                WHERE CASE
                    WHEN starts_with(path, 'lines[')
                    THEN split_part(substr(path, 7), ']', 1)::integer BETWEEN :first AND :last
                END
            ),
            '{}'
        ) AS annotations
    FROM invoices
    WHERE invoices.id = :invoice_id
    """).columns(lines=JsonDocument(), annotations=JsonDocument())


class PostgresInvoiceReader:
    """`renderer` makes what was stored under another version than its own; `aclose` closes the views' connections."""

    def __init__(
        self,
        engine: AsyncEngine,
        renderer: ViewRenderer,
        *,
        limits: Limits | None = None,
        application_name: str = "invoice-views",
        pool: PoolSettings | None = None,
    ) -> None:
        self._engine = engine
        self._renderer = renderer
        self._limits = limits or Limits()
        self._views = StoredViews(
            plain_dsn(engine),
            application_name=application_name,
            settings=pool or PoolSettings(),
            limits=self._limits,
        )

    async def view(self, tenant: str, invoice_id: str, view: InvoiceView) -> bytes:
        full = view is InvoiceView.FULL
        stored = await self._views.read(
            tenant, invoice_id, full=full, version=self._renderer.version
        )
        if stored is None:
            raise _not_found()
        if stored.view is not None:
            return stored.view
        async with self._reading(tenant) as connection:
            views = await rendered_views(connection, self._renderer, [invoice_id], view)
        if invoice_id not in views:
            raise _not_found()
        return views[invoice_id]

    async def aclose(self) -> None:
        await self._views.aclose()

    async def document(self, tenant: str, invoice_id: str) -> Document:
        query = select(documents).select_from(WITH_DOCUMENT).where(invoices.c.id == invoice_id)
        async with self._reading(tenant) as connection:
            row = (await connection.execute(query)).one_or_none()
        if row is None:
            raise _not_found()
        return document_of(row)

    async def lines(self, tenant: str, invoice_id: str, *, first: int, limit: int) -> InvoiceLines:
        place = {"invoice_id": invoice_id, "first": first, "last": first + limit - 1}
        async with self._reading(tenant) as connection:
            row = (await connection.execute(_LINES, place)).one_or_none()
        if row is None:
            raise _not_found()
        return await asyncio.to_thread(_lines_of, row, first)

    async def events(
        self, tenant: str, invoice_id: str, *, before: str | None, limit: int
    ) -> list[RecordedEvent]:
        query = (
            select(audit_log)
            .where(audit_log.c.invoice_id == invoice_id)
            .order_by(audit_log.c.id.desc())
            .limit(limit)
        )
        if before is not None:
            query = query.where(audit_log.c.id < int(before))
        async with self._reading(tenant) as connection:
            return [event_of(row) for row in await connection.execute(query)]

    async def page(
        self,
        tenant: str,
        *,
        filter: Expression | None,
        order: Sequence[OrderTerm],
        after: Cursor | None,
        limit: int,
        view: InvoiceView = InvoiceView.BASIC,
        max_bytes: int | None = None,
    ) -> InvoicePage:
        async with self._reading(tenant) as connection:
            return await invoice_page(
                connection,
                self._renderer,
                matching=_where(filter),
                order=order,
                after=after,
                limit=limit,
                view=view,
                max_bytes=max_bytes,
            )

    async def aggregate(
        self,
        tenant: str,
        *,
        filter: Expression | None,
        group_by: frozenset[GroupKey],
        limit: int,
    ) -> Aggregates:
        async with self._reading(tenant) as connection:
            return await aggregates(connection, _where(filter), group_by, limit)

    def _reading(self, tenant: str) -> AbstractAsyncContextManager[AsyncConnection]:
        return transaction(
            self._engine,
            DatabaseRole.APPLICATION,
            tenant=tenant,
            read_only=True,
            limits=self._limits,
        )


def _lines_of(row: Row[Any], first: int) -> InvoiceLines:
    return InvoiceLines(
        version=row.version,
        total_size=row.total_size,
        first=first,
        lines=lines_of(row.lines),
        annotations=annotations_of(row.annotations),
    )


def _not_found() -> NotFound:
    return NotFound("no such invoice")


def _where(expression: Expression | None) -> ColumnElement[bool]:
    return true() if expression is None else predicate(expression)
