"""Invoices as the edge sends them now: as they were stored, or rendered again where that was another version."""

from collections.abc import Sequence

from sqlalchemy import ARRAY, ColumnElement, and_, any_, func, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection

from invoice_summarizer.adapters.postgres.column_types import StorableText
from invoice_summarizer.adapters.postgres.rows import SELECT_INVOICES, invoice_of
from invoice_summarizer.adapters.postgres.tables import invoice_views, invoices
from invoice_summarizer.domain.invoice import InvoiceHeader, with_reading
from invoice_summarizer.ports.invoice_views import InvoiceView, ViewRenderer, rendered
from invoice_summarizer.ports.long_work import LongWork
from invoice_summarizer.ports.stored_reading import StoredInvoice, StoredReading

# How many stored readings are in memory at a time, beside the bytes that are made of them.
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
    connection: AsyncConnection,
    renderer: ViewRenderer,
    work: LongWork,
    ids: Sequence[str],
    view: InvoiceView,
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
    for begin in range(0, len(stale), _RENDERED_EACH):
        found = await stored_invoices(connection, stale[begin : begin + _RENDERED_EACH])
        views |= await rendered_views(work, renderer, found, view)
    return views


async def stored_invoices(connection: AsyncConnection, ids: Sequence[str]) -> list[StoredInvoice]:
    """Returns these invoices; one that is not there is left out."""
    return [
        invoice_of(row) for row in await connection.execute(SELECT_INVOICES.where(_is_one_of(ids)))
    ]


async def rendered_views(
    work: LongWork, renderer: ViewRenderer, found: Sequence[StoredInvoice], view: InvoiceView
) -> dict[str, bytes]:
    """Returns what the renderer makes of these invoices by their ids."""
    views: dict[str, bytes] = {}
    for invoice in found:
        header, reading = invoice.header, invoice.reading
        views[header.id] = (
            renderer.header(header)
            if reading is None
            else await work(header.tenant, reading, rendered_stored, renderer, header, view)
        )
    return views


def rendered_stored(
    reading: StoredReading, renderer: ViewRenderer, header: InvoiceHeader, view: InvoiceView
) -> bytes:
    return rendered(renderer, with_reading(header, reading.unpacked()), view)


def _is_one_of(ids: Sequence[str]) -> ColumnElement[bool]:
    # One parameter, where IN has one for each id: writing those takes longer than reading the rows.
    return invoices.c.id == any_(literal(list(ids), ARRAY(StorableText())))
