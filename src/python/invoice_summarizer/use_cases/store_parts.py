"""Puts into the store what was read of a document that holds several invoices: each as an invoice of its own."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from invoice_summarizer.domain.event import Event, EventKind
from invoice_summarizer.domain.invoice import InvoiceHeader, received
from invoice_summarizer.ports.clock import NewId
from invoice_summarizer.ports.stored_reading import StoredReading
from invoice_summarizer.ports.transactions import Transaction
from invoice_summarizer.use_cases.store_reading import WORKER, store_reading


async def store_parts(
    transaction: Transaction,
    header: InvoiceHeader,
    readings: Sequence[StoredReading],
    *,
    operation_id: str,
    new_id: NewId,
    now: datetime,
) -> tuple[list[InvoiceHeader], list[Event]]:
    """Returns the invoices that have a reading now, by part, and what to record of them.

    They are the invoice of the header, and those of the document that were not there: other invoices of it stand as
    they are. One that has the number and the seller of another one in the same document names it as a duplicate.
    """
    # Only where there can be others: most documents are one invoice.
    there = await transaction.invoices.of_document(header.document.sha256) if readings[1:] else ()
    others = {each.part: each for each in there if each.id != header.id}
    new = [
        received(header.document, new_id(), now, part=part)
        for part in range(1, len(readings) + 1)
        if part != header.part and part not in others
    ]
    await transaction.invoices.add_many(new)
    events = [
        Event(
            kind=EventKind.INVOICE_RECEIVED,
            actor=WORKER,
            time=now,
            invoice_id=each.id,
            operation_id=operation_id,
        )
        for each in new
    ]
    of_part = {**others, **{each.part: each for each in (header, *new)}}
    stored = []
    # In the order of their numbers: so no two who write at once wait for each other.
    for each in sorted((header, *new), key=lambda one: _number(readings[one.part - 1])):
        reading = readings[each.part - 1]
        duplicates = await transaction.invoices.duplicates(each, reading.identity)
        duplicates += [of_part[part].id for part in _same(readings, each.part) if part in of_part]
        read, event = await store_reading(
            transaction, each, reading, duplicates, operation_id=operation_id, now=now
        )
        stored.append(read)
        events.append(event)
    return sorted(stored, key=lambda one: one.part), events


def _number(reading: StoredReading) -> str:
    return reading.identity.number if reading.identity is not None else ""


def _same(readings: Sequence[StoredReading], part: int) -> Iterator[int]:
    """Yields the parts of the document, without this one, that may be the same invoice."""
    own = readings[part - 1].identity
    if own is None:
        return
    for other, reading in enumerate(readings, start=1):
        if other != part and reading.identity is not None and reading.identity.keys & own.keys:
            yield other
