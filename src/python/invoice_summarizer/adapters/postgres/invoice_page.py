"""A page of a list of invoices."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from aip.ordering import OrderTerm
from aip.page_token import Cursor
from invoice_summarizer.adapters.postgres.current_views import (
    READING_VIEW,
    WITH_VIEWS,
    current_views,
)
from invoice_summarizer.adapters.postgres.keyset import (
    behind,
    cursor_after,
    order_columns,
    ordering,
)
from invoice_summarizer.adapters.postgres.tables import invoices
from invoice_summarizer.ports.invoice_reader import InvoicePage, number_within
from invoice_summarizer.ports.invoice_views import InvoiceView, ViewRenderer
from invoice_summarizer.ports.long_work import LongWork


async def invoice_page(
    connection: AsyncConnection,
    renderer: ViewRenderer,
    work: LongWork,
    *,
    matching: ColumnElement[bool],
    order: Sequence[OrderTerm],
    after: Cursor | None,
    limit: int,
    view: InvoiceView,
    max_bytes: int | None,
) -> InvoicePage:
    """Returns the page as `InvoiceReader.page` does.

    The sizes come first and the views then, so that no more is fetched than the page has room for.
    """
    size = func.octet_length(invoices.c.header_view) + func.coalesce(
        func.octet_length(READING_VIEW[view]), 0
    )
    query = (
        select(invoices.c.id, size.label("size"), *order_columns(order))
        .select_from(WITH_VIEWS)
        .where(matching)
        .order_by(*ordering(order))
        .limit(limit + 1)
    )
    if after is not None:
        query = query.where(behind(after, order))
    count = select(func.count()).select_from(invoices).where(matching)
    total_size = (await connection.execute(count)).scalar_one()
    rows = (await connection.execute(query)).all()
    chosen = rows[:limit]
    chosen = chosen[: number_within((row.size for row in chosen), max_bytes)]
    views = await current_views(connection, renderer, work, [row.id for row in chosen], view)
    # What was rendered again may be larger than what was stored, and what was deleted in between is not there.
    chosen = chosen[: number_within((len(views.get(row.id, b"")) for row in chosen), max_bytes)]
    cursor = None
    if len(chosen) < len(rows):
        last = chosen[-1]
        cursor = cursor_after([getattr(last, f"order_{n}") for n in range(len(order))], last.id)
    return InvoicePage(
        tuple(views[row.id] for row in chosen if row.id in views), cursor, total_size
    )
