"""Views as they are written, beside what they are of."""

from sqlalchemy.dialects.postgresql import Insert, insert

from invoice_summarizer.adapters.postgres.rows import Values, as_stored, header_row
from invoice_summarizer.adapters.postgres.tables import invoice_views
from invoice_summarizer.domain.invoice import InvoiceHeader
from invoice_summarizer.ports.invoice_views import ReadingViews, ViewRenderer


def header_values(header: InvoiceHeader, renderer: ViewRenderer) -> Values:
    stored = as_stored(header)
    return {**header_row(stored), **header_view(stored, renderer)}


def header_view(header: InvoiceHeader, renderer: ViewRenderer) -> Values:
    return {"view_version": renderer.version, "header_view": renderer.header(header)}


def putting_views(tenant: str, invoice_id: str, version: str, views: ReadingViews) -> Insert:
    """Returns the statement that stores the views of a reading in the place of earlier ones."""
    values = {"version": version, "basic": views.basic, "full": views.full}
    return (
        insert(invoice_views)
        .values(tenant=tenant, invoice_id=invoice_id, **values)
        .on_conflict_do_update(constraint="invoice_views_pkey", set_=values)
    )
