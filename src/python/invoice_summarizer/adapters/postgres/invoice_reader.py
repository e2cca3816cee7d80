"""Reads of invoices, in read-only transactions."""

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    and_,
    case,
    func,
    literal_column,
    or_,
    select,
    text,
    true,
)
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from aip.filter_expression import Expression
from aip.ordering import OrderTerm
from aip.page_token import Cursor
from en16931.credit_notes import CREDIT_NOTE_TYPE_CODES
from en16931.model import DocumentKind
from invoice_summarizer.adapters.postgres.column_types import JsonDocument, StorableText
from invoice_summarizer.adapters.postgres.database_role import DatabaseRole
from invoice_summarizer.adapters.postgres.engine import PoolSettings, plain_dsn
from invoice_summarizer.adapters.postgres.filter_predicates import predicate
from invoice_summarizer.adapters.postgres.json_records import annotations_of, lines_of
from invoice_summarizer.adapters.postgres.keyset import (
    behind,
    cursor_after,
    order_columns,
    ordering,
)
from invoice_summarizer.adapters.postgres.rows import (
    HEADER_COLUMNS,
    READING_COLUMNS,
    WITH_DOCUMENT,
    document_of,
    event_of,
    invoice_of,
)
from invoice_summarizer.adapters.postgres.scope import Limits, transaction
from invoice_summarizer.adapters.postgres.stored_views import StoredViews
from invoice_summarizer.adapters.postgres.tables import (
    audit_log,
    column_name,
    documents,
    invoice_views,
    invoices,
)
from invoice_summarizer.domain.errors import NotFound
from invoice_summarizer.domain.event import RecordedEvent
from invoice_summarizer.domain.invoice import Document, Invoice
from invoice_summarizer.ports.invoice_reader import (
    Aggregate,
    GroupKey,
    InvoiceLines,
    InvoicePage,
    InvoiceView,
    first_within,
)
from invoice_summarizer.ports.invoice_views import ViewRenderer

_TOTALS = ("amount_without_vat", "vat_amount", "amount_with_vat", "amount_due")

_document_kind = invoices.c.content.op("#>>", return_type=StorableText())(
    literal_column("'{extras,document_kind}'")
)

# `en16931.credit_notes.states_credit_as_positive`, in SQL.
_SIGN = case(
    (
        and_(
            or_(
                _document_kind == DocumentKind.CREDIT_NOTE.value,
                and_(_document_kind.is_(None), invoices.c.type_code.in_(CREDIT_NOTE_TYPE_CODES)),
            ),
            invoices.c[column_name("totals.amount_with_vat")] > 0,
        ),
        -1,
    ),
    else_=1,
)


# The lines that are wanted, and what is known of them, without the rest of the invoice.
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
                WHERE substring(path FROM '^lines\\[([0-9]+)\\]')::integer BETWEEN :first AND :last
            ),
            '{}'
        ) AS annotations
    FROM invoices
    WHERE invoices.id = :invoice_id
    """).columns(lines=JsonDocument(), annotations=JsonDocument())


_WITH_VIEWS = invoices.outerjoin(
    invoice_views,
    and_(
        invoice_views.c.tenant == invoices.c.tenant,
        invoice_views.c.invoice_id == invoices.c.id,
    ),
)


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
            return self._render(await _invoice(connection, invoice_id), view)

    async def aclose(self) -> None:
        await self._views.aclose()

    async def get(self, tenant: str, invoice_id: str) -> Invoice:
        async with self._reading(tenant) as connection:
            return await _invoice(connection, invoice_id)

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
        return InvoiceLines(
            version=row.version,
            total_size=row.total_size,
            first=first,
            lines=lines_of(row.lines),
            annotations=annotations_of(row.annotations),
        )

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
        matching = _where(filter)
        query = (
            select(*_view_columns(view), *order_columns(order))
            .select_from(_WITH_VIEWS)
            .where(matching)
            .order_by(*ordering(order))
            .limit(limit + 1)
        )
        if after is not None:
            query = query.where(behind(after, order))
        count = select(func.count()).select_from(invoices).where(matching)
        async with self._reading(tenant) as connection:
            total_size = (await connection.execute(count)).scalar_one()
            rows = (await connection.execute(query)).all()
            rendered = [await self._rendered(connection, row, view) for row in rows[:limit]]
        views = first_within(rendered, max_bytes)
        if len(rows) == len(views) or not views:
            return InvoicePage(views, None, total_size)
        last = rows[len(views) - 1]
        values = [getattr(last, f"order_{n}") for n in range(len(order))]
        return InvoicePage(views, cursor_after(values, last.id), total_size)

    async def aggregate(
        self, tenant: str, *, filter: Expression | None, group_by: frozenset[GroupKey]
    ) -> list[Aggregate]:
        groups = group_by | {GroupKey.CURRENCY}
        keys = {key: column for key, column in _group_columns().items() if key in groups}
        count = func.count().label("invoice_count")
        query = (
            select(*(column.label(key.value) for key, column in keys.items()), count, *_sums())
            .where(_where(filter))
            .group_by(*keys.values())
            .order_by(count.desc(), *(column.asc().nulls_last() for column in keys.values()))
        )
        async with self._reading(tenant) as connection:
            return [_aggregate(row) for row in await connection.execute(query)]

    async def _rendered(
        self, connection: AsyncConnection, row: Row[Any], view: InvoiceView
    ) -> bytes:
        """Returns what was rendered when the invoice was written, or renders it where that was another version."""
        version = self._renderer.version
        if row.view_version == version and row.reading_version in (None, version):
            header: bytes = row.header_view
            return header + (row.reading_view or b"")
        return self._render(await _invoice(connection, row.id), view)

    def _render(self, invoice: Invoice, view: InvoiceView) -> bytes:
        header = self._renderer.header(invoice)
        if invoice.reading is None:
            return header
        reading = self._renderer.reading(invoice.reading)
        return header + (reading.full if view is InvoiceView.FULL else reading.basic)

    def _reading(self, tenant: str) -> AbstractAsyncContextManager[AsyncConnection]:
        return transaction(
            self._engine,
            DatabaseRole.APPLICATION,
            tenant=tenant,
            read_only=True,
            limits=self._limits,
        )


async def _invoice(connection: AsyncConnection, invoice_id: str) -> Invoice:
    columns = (*HEADER_COLUMNS, *(invoices.c[name] for name in READING_COLUMNS))
    query = select(*columns).select_from(WITH_DOCUMENT).where(invoices.c.id == invoice_id)
    row = (await connection.execute(query)).one_or_none()
    if row is None:
        raise _not_found()
    return invoice_of(row)


def _view_columns(view: InvoiceView) -> tuple[ColumnElement[Any], ...]:
    reading = invoice_views.c.full if view is InvoiceView.FULL else invoice_views.c.basic
    return (
        invoices.c.id,
        invoices.c.view_version,
        invoices.c.header_view,
        invoice_views.c.version.label("reading_version"),
        reading.label("reading_view"),
    )


def _not_found() -> NotFound:
    return NotFound("no such invoice")


def _where(expression: Expression | None) -> ColumnElement[bool]:
    return true() if expression is None else predicate(expression)


def _sums() -> list[ColumnElement[Decimal | None]]:
    # NULL where every amount is; else an exact numeric sum, to as many decimal places as the most precise amount has.
    return [
        func.sum(_SIGN * invoices.c[column_name(f"totals.{total}")]).label(total)
        for total in _TOTALS
    ]


def _group_columns() -> dict[GroupKey, ColumnElement[Any]]:
    return {
        GroupKey.CURRENCY: invoices.c.currency_code,
        GroupKey.SUPPLIER: invoices.c.seller_name,
        GroupKey.MONTH: func.to_char(invoices.c.issue_date, literal_column("'YYYY-MM'")),
        GroupKey.STATUS: invoices.c.status,
    }


def _aggregate(row: Any) -> Aggregate:
    return Aggregate(
        currency=row.currency,
        supplier=getattr(row, "supplier", None),
        month=getattr(row, "month", None),
        status=getattr(row, "status", None),
        count=row.invoice_count,
        **{total: getattr(row, total) for total in _TOTALS},
    )
