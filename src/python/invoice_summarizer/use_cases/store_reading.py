"""Puts into the store what was read of a document, or that it could not be read."""

from datetime import datetime

from invoice_summarizer.domain.event import Event, EventKind
from invoice_summarizer.domain.invoice import InvoiceHeader, InvoiceStatus, read_as
from invoice_summarizer.ports.stored_reading import StoredReading
from invoice_summarizer.ports.transactions import Transaction

WORKER = "worker"  # the actor in the log


async def store_reading(
    transaction: Transaction,
    header: InvoiceHeader,
    reading: StoredReading,
    duplicates: list[str],
    *,
    operation_id: str,
    now: datetime,
) -> tuple[InvoiceHeader, Event]:
    """Returns the invoice, which has the reading now, and the duplicates that were found by it; and what to record."""
    read = read_as(header, now, needs_review=reading.needs_review or bool(duplicates))
    await transaction.invoices.put_reading(read, reading, duplicates)
    ready = read.status is InvoiceStatus.READY
    return read, Event(
        kind=EventKind.INVOICE_READY if ready else EventKind.INVOICE_REVIEW_PENDING,
        actor=WORKER,
        time=now,
        invoice_id=read.id,
        operation_id=operation_id,
    )
