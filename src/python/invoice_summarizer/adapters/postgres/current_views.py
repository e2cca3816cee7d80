"""Invoices as the edge sends them now: as they were stored, or rendered again where that was another version."""

import asyncio
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ARRAY, ColumnElement, Row, and_, any_, func, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection

from invoice_summarizer.adapters.postgres.column_types import StorableText
from invoice_summarizer.adapters.postgres.rows import SELECT_INVOICES, invoice_of
from invoice_summarizer.adapters.postgres.tables import invoice_views, invoices
from invoice_summarizer.ports.invoice_views import InvoiceView, ViewRenderer, rendered

# How many readings are in memory at a time, beside the bytes that are made of them.
_RENDERED_EACH = 10

WITH_VIEWS = invoices.outerjoin(
    invoice_views,
    and_(
        invoice_views.c.tenant == invoices.c.tenant,
        invoice_views.c.invoice_id == invoices.c.id,
    ),
)
READING_VIEW = {
    InvoiceView.BASIC: invoice_views.c.basic,
    InvoiceView.FULL: invoice_views.c.full,
}


async def current_views(
    connection: AsyncConnection, renderer: ViewRenderer, ids: Sequence[str], view: InvoiceView
) -> dict[str, bytes]:
    """Returns the views of these invoices by their ids; an invoice that is not there has none."""
    query = (
        select(
            invoices.c.id,
            func.views_are_of(
                renderer.version, invoices.c.view_version, invoice_views.c.version
            ).label("current"),
            invoices.c.header_view,
            READING_VIEW[view].label("reading_view"),
        )
        .select_from(WITH_VIEWS)
        .where(_is_one_of(ids))
    )
    views: dict[str, bytes] = {}
    stale: list[str] = []
    for row in await connection.execute(query):
        if row.current:
            views[row.id] = row.header_view + (row.reading_view or b"")
        else:
            stale.append(row.id)
    return views | await rendered_views(connection, renderer, stale, view)


async def rendered_views(
    connection: AsyncConnection, renderer: ViewRenderer, ids: Sequence[str], view: InvoiceView
) -> dict[str, bytes]:
    """Returns what the renderer makes of these invoices by their ids; an invoice that is not there has none."""

    def render(rows: Sequence[Row[Any]]) -> dict[str, bytes]:
        return {row.id: rendered(renderer, invoice_of(row), view) for row in rows}

    views: dict[str, bytes] = {}
    for begin in range(0, len(ids), _RENDERED_EACH):
        some = ids[begin : begin + _RENDERED_EACH]
        query = SELECT_INVOICES.where(_is_one_of(some))
        views |= await asyncio.to_thread(render, (await connection.execute(query)).all())
    return views


def _is_one_of(ids: Sequence[str]) -> ColumnElement[bool]:
    # One parameter, where IN has one for each id: writing those takes longer than reading the rows.
    return invoices.c.id == any_(literal(list(ids), ARRAY(StorableText())))
