"""Invoices as they were rendered when they were written, each in one round trip."""

from dataclasses import dataclass

from invoice_summarizer.adapters.postgres.single_reads import SingleReads
from invoice_summarizer.adapters.postgres.storable_text import storable_text


@dataclass(frozen=True, slots=True)
class StoredView:
    view: bytes | None  # None where it was rendered under another version


async def stored_view(
    reads: SingleReads, tenant: str, invoice_id: str, *, full: bool, version: str
) -> StoredView | None:
    """Returns what is stored of the tenant's invoice, None where there is no such invoice.

    Raises as `SingleReads.first` does.
    """
    row = await reads.first(
        "SELECT read_invoice_view(%s, %s, %s, %s)",
        (tenant, storable_text(invoice_id), full, version),
    )
    if row is None:
        return None
    [view] = row
    assert view is None or isinstance(view, bytes)
    return StoredView(view)
