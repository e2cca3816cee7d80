"""Invoices as they are written: their rows, and beside them what the renderer makes of them."""

from sqlalchemy.dialects.postgresql import Insert, insert

from invoice_reading.reading import Reading
from invoice_summarizer.adapters.postgres.rows import Values, as_stored, header_row, reading_row
from invoice_summarizer.adapters.postgres.tables import invoice_views
from invoice_summarizer.domain.invoice import Invoice, InvoiceHeader
from invoice_summarizer.ports.invoice_views import ViewRenderer


def invoice_values(invoice: Invoice, renderer: ViewRenderer) -> tuple[Values, Values | None]:
    """Returns the values of `invoices` and those of `invoice_views`, None without a reading.

    A long invoice takes a second: not for an event loop.
    """
    reading = reading_row(invoice.reading)
    stored = as_stored(invoice, reading)
    views = None if stored.reading is None else reading_views(stored.reading, renderer)
    return {**header_values(stored, renderer), **reading}, views


def header_values(header: InvoiceHeader, renderer: ViewRenderer) -> Values:
    stored = as_stored(header, {})
    return {**header_row(stored), **header_view(stored, renderer)}


def header_view(header: InvoiceHeader, renderer: ViewRenderer) -> Values:
    return {"view_version": renderer.version, "header_view": renderer.header(header)}


def reading_views(reading: Reading, renderer: ViewRenderer) -> Values:
    views = renderer.reading(reading)
    return {"version": renderer.version, "basic": views.basic, "full": views.full}


def putting_views(tenant: str, invoice_id: str, views: Values) -> Insert:
    """Returns the statement that stores the views of a reading in the place of earlier ones."""
    return (
        insert(invoice_views)
        .values(tenant=tenant, invoice_id=invoice_id, **views)
        .on_conflict_do_update(constraint="invoice_views_pkey", set_=views)
    )
