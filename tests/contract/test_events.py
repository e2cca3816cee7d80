"""The contract of recording events, and of reading them again."""

from dataclasses import replace
from datetime import timedelta

import pytest

from invoice_summarizer.domain.event import Event, EventKind
from storage_fixture import Storage
from storage_samples import LONG_AGO, TENANT, add_invoice, delete_invoice, received_invoice


def event(number: int, invoice_id: str = "invoice-1") -> Event:
    """An event that uses everything an event can have; the larger the number, the later."""
    return Event(
        kind=EventKind.INVOICE_CORRECTED,
        actor=f"person-{number}",
        time=LONG_AGO + timedelta(seconds=number),
        invoice_id=invoice_id,
        operation_id="operation",
        changed=("totals.amount_due", "lines[0].item.name"),
        reason="REASON",
        comment="as agreed",
    )


async def recorded(storage: Storage, *events: Event, tenant: str = TENANT) -> None:
    for each in events:
        async with storage.transactions.begin(tenant) as transaction:
            await transaction.record(each)


async def test_events_of_an_invoice_come_newest_first_in_pages(storage: Storage) -> None:
    events = [event(number) for number in range(5)]
    await recorded(storage, *events, event(7, "invoice-2"))
    await recorded(storage, event(9), tenant="other")
    found: list[Event] = []
    before = None
    while page := await storage.reader.events(TENANT, "invoice-1", before=before, limit=2):
        found += [row.event for row in page]
        before = page[-1].id
    assert found == events[::-1]


async def test_event_of_a_transaction_that_was_rolled_back_never_was(storage: Storage) -> None:
    with pytest.raises(RuntimeError):
        async with storage.transactions.begin(TENANT) as transaction:
            await transaction.record(event(1))
            raise RuntimeError
    assert await storage.reader.events(TENANT, "invoice-1", before=None, limit=9) == []


async def test_history_outlives_its_invoice(storage: Storage) -> None:
    deleted = replace(event(2), kind=EventKind.INVOICE_DELETED, changed=(), reason=None)
    async with storage.transactions.begin(TENANT) as transaction:
        invoice = await add_invoice(transaction, received_invoice(1))
        await transaction.record(event(1))
        await delete_invoice(transaction, invoice.id)
        await transaction.record(deleted)
    found = await storage.reader.events(TENANT, invoice.id, before=None, limit=9)
    assert [row.event for row in found] == [deleted, event(1)]


async def test_correctors_are_those_since_the_document_was_read_last(storage: Storage) -> None:
    def of(kind: EventKind, actor: str, invoice_id: str = "invoice-1") -> Event:
        return Event(kind=kind, actor=actor, time=LONG_AGO, invoice_id=invoice_id)

    async def correctors(tenant: str = TENANT) -> frozenset[str]:
        async with storage.transactions.begin(tenant) as transaction:
            return await transaction.correctors("invoice-1")

    corrected = EventKind.INVOICE_CORRECTED
    await recorded(storage, of(corrected, "olga"))
    assert await correctors() == {"olga"}
    await recorded(storage, of(EventKind.INVOICE_READY, "worker"))
    assert await correctors() == frozenset()
    await recorded(
        storage,
        of(corrected, "rita"),
        of(EventKind.INVOICE_SUMMARIZED, "sven"),
        of(corrected, "rita"),
        of(corrected, "tom", "invoice-2"),
    )
    await recorded(storage, of(corrected, "uwe"), tenant="other")
    assert await correctors() == {"rita"}
    assert await correctors("other") == {"uwe"}
    await recorded(storage, of(EventKind.INVOICE_REVIEW_PENDING, "worker"))
    assert await correctors() == frozenset()
