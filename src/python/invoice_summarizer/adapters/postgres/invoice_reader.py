"""Reads of invoices, in read-only transactions."""

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager

from sqlalchemy import (
    ColumnElement,
    select,
    true,
)
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from aip.filter_expression import Expression
from aip.ordering import OrderTerm
from aip.page_token import Cursor
from invoice_summarizer.adapters.postgres.aggregates import aggregates
from invoice_summarizer.adapters.postgres.current_views import rendered_views, stored_invoices
from invoice_summarizer.adapters.postgres.database_role import DatabaseRole
from invoice_summarizer.adapters.postgres.engine import PoolSettings, plain_dsn
from invoice_summarizer.adapters.postgres.filter_predicates import predicate
from invoice_summarizer.adapters.postgres.invoice_page import invoice_page
from invoice_summarizer.adapters.postgres.rows import (
    WITH_DOCUMENT,
    document_of,
    event_of,
)
from invoice_summarizer.adapters.postgres.scope import Limits, transaction
from invoice_summarizer.adapters.postgres.single_reads import SingleReads
from invoice_summarizer.adapters.postgres.stored_lines import lines_page
from invoice_summarizer.adapters.postgres.stored_views import stored_view
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
    InvoicePage,
    LinesPage,
)
from invoice_summarizer.ports.invoice_views import InvoiceView, ViewRenderer
from invoice_summarizer.ports.long_work import LongWork


class PostgresInvoiceReader:
    """`renderer` makes what was stored under another version than its own; `aclose` closes the connections of single reads."""

    def __init__(
        self,
        engine: AsyncEngine,
        renderer: ViewRenderer,
        work: LongWork,
        *,
        limits: Limits | None = None,
        application_name: str = "invoice-views",
        pool: PoolSettings | None = None,
    ) -> None:
        self._engine = engine
        self._renderer = renderer
        self._work = work
        self._limits = limits or Limits()
        self._single_reads = SingleReads(
            plain_dsn(engine),
            application_name=application_name,
            settings=pool or PoolSettings(),
            limits=self._limits,
        )

    async def view(self, tenant: str, invoice_id: str, view: InvoiceView) -> bytes:
        full = view is InvoiceView.FULL
        stored = await stored_view(
            self._single_reads, tenant, invoice_id, full=full, version=self._renderer.version
        )
        if stored is None:
            raise _not_found()
        if stored.view is not None:
            return stored.view
        async with self._reading(tenant) as connection:
            [*found] = await stored_invoices(connection, [invoice_id])
        if not found:
            raise _not_found()
        [rendered] = (await rendered_views(self._work, self._renderer, found, view)).values()
        return rendered

    async def aclose(self) -> None:
        await self._single_reads.aclose()

    async def revision(self, tenant: str) -> str:
        row = await self._single_reads.first("SELECT read_tenant_revision(%s)", (tenant,))
        return str(row[0]) if row else ""

    async def document(self, tenant: str, invoice_id: str) -> Document:
        query = select(documents).select_from(WITH_DOCUMENT).where(invoices.c.id == invoice_id)
        async with self._reading(tenant) as connection:
            row = (await connection.execute(query)).one_or_none()
        if row is None:
            raise _not_found()
        return document_of(row)

    async def lines(self, tenant: str, invoice_id: str, *, first: int, limit: int) -> LinesPage:
        async with self._reading(tenant) as connection:
            page = await lines_page(connection, invoice_id, first=first, limit=limit)
        if page is None:
            raise _not_found()
        return page

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
                self._work,
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


def _not_found() -> NotFound:
    return NotFound("no such invoice")


def _where(expression: Expression | None) -> ColumnElement[bool]:
    return true() if expression is None else predicate(expression)
