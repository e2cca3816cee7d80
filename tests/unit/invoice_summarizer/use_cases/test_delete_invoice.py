"""A deleted invoice is gone with what belongs to it, whatever it was; the log keeps that it was there."""

import asyncio
from dataclasses import replace

import pytest

from invoice_summarizer.adapters.faulty.faults import Faults
from invoice_summarizer.adapters.faulty.transactions import FaultyTransactions
from invoice_summarizer.adapters.memory.operation_queue import MemoryOperationQueue
from invoice_summarizer.adapters.memory.store import MemoryStore
from invoice_summarizer.adapters.memory.transactions import MemoryTransactions
from invoice_summarizer.domain.errors import NotFound, StaleVersion, WrongState
from invoice_summarizer.domain.etag import invoice_etag
from invoice_summarizer.domain.event import Event, EventKind
from invoice_summarizer.domain.invoice import Invoice, InvoiceStatus
from invoice_summarizer.domain.principal import Principal, Role
from invoice_summarizer.use_cases.decide_review import ApproveInvoice
from invoice_summarizer.use_cases.delete_invoice import DeleteInvoice
from invoice_summarizer.use_cases.work import LEASE
from storage_samples import (
    LONG_AGO,
    add_invoice,
    pending_operation,
    read_invoice,
    summary_of_invoice,
)

OWNER = Principal(subject="olga", tenant="acme", roles=frozenset(Role))
INVOICE, OTHER = read_invoice(1), read_invoice(2)
DELETED = Event(kind=EventKind.INVOICE_DELETED, actor="olga", time=LONG_AGO, invoice_id=INVOICE.id)


async def stored(*invoices: Invoice) -> MemoryStore:
    """Each invoice has an operation and a summary."""
    store = MemoryStore()
    for number, invoice in enumerate(invoices):
        async with MemoryTransactions(store).begin(invoice.tenant) as transaction:
            await add_invoice(transaction, invoice)
            await transaction.operations.add(pending_operation(invoice))
            await transaction.summaries.add(summary_of_invoice(invoice, number))
    return store


def deletion(store: MemoryStore) -> DeleteInvoice:
    return DeleteInvoice(MemoryTransactions(store), lambda: LONG_AGO)


def left_in(store: MemoryStore) -> dict[str, int]:
    tables = store.committed
    return {
        "documents": len([*tables.documents.items()]),
        "invoices": len([*tables.invoices.items()]),
        "operations": len([*tables.operations.items()]),
        "summaries": len([*tables.summaries.items()]),
    }


@pytest.mark.parametrize("status", InvoiceStatus)
async def test_invoice_in_any_state_is_gone_and_the_log_says_who_deleted_it(
    status: InvoiceStatus,
) -> None:
    store = await stored(replace(INVOICE, status=status), OTHER)
    await deletion(store)(OWNER, INVOICE.id, force=status is InvoiceStatus.APPROVED)
    assert [row for _, row in store.committed.invoices.items()] == [OTHER]
    assert set(left_in(store).values()) == {1}
    assert store.events == (DELETED,)


async def test_approved_invoice_is_deleted_by_force_only_and_the_log_says_why() -> None:
    store = await stored(replace(INVOICE, status=InvoiceStatus.APPROVED))
    with pytest.raises(WrongState) as caught:
        await deletion(store)(OWNER, INVOICE.id, comment="paid twice")
    assert caught.value.reason == "FORCE_MISSING"
    assert (set(left_in(store).values()), store.events) == ({1}, ())
    await deletion(store)(OWNER, INVOICE.id, force=True, comment=" paid twice ")
    assert set(left_in(store).values()) == {0}
    assert store.events == (replace(DELETED, comment="paid twice"),)


async def test_operation_that_a_worker_holds_does_not_keep_the_invoice() -> None:
    store = await stored(INVOICE)
    queue = MemoryOperationQueue(store, max_attempts=3)
    [claim] = await queue.claim("worker", LEASE, 1)
    await deletion(store)(OWNER, INVOICE.id)
    assert set(left_in(store).values()) == {0}
    assert not await queue.heartbeat(claim, LEASE)


async def test_etag_of_another_state_deletes_nothing() -> None:
    store = await stored(INVOICE)
    stale = invoice_etag(replace(INVOICE, version=INVOICE.version - 1))
    with pytest.raises(StaleVersion):
        await deletion(store)(OWNER, INVOICE.id, stale)
    assert set(left_in(store).values()) == {1}
    assert store.events == ()


async def test_what_is_not_the_tenants_is_not_found_and_stays() -> None:
    store = await stored(read_invoice(1, tenant="other"))
    with pytest.raises(NotFound):
        await deletion(store)(OWNER, INVOICE.id)
    assert set(left_in(store).values()) == {1}
    assert store.events == ()


async def test_second_deletion_finds_nothing_and_is_not_logged() -> None:
    store = await stored(INVOICE)
    await deletion(store)(OWNER, INVOICE.id)
    with pytest.raises(NotFound):
        await deletion(store)(OWNER, INVOICE.id)
    assert store.events == (DELETED,)


@pytest.mark.parametrize("names_etag", [True, False])
async def test_what_somebody_approves_meanwhile_is_deleted_only_by_force_and_where_no_etag_is_named(
    names_etag: bool,
) -> None:
    store, faults = await stored(INVOICE), Faults()
    late = DeleteInvoice(FaultyTransactions(MemoryTransactions(store), faults), lambda: LONG_AGO)
    faults.hold("begin")
    deleting = asyncio.create_task(
        late(OWNER, INVOICE.id, invoice_etag(INVOICE) if names_etag else "", force=True)
    )
    await faults.holding()
    approve = ApproveInvoice(MemoryTransactions(store), lambda: LONG_AGO)
    await approve(OWNER, INVOICE.id, comment="as ordered")
    faults.release()
    if names_etag:
        with pytest.raises(StaleVersion):
            await deleting
        assert left_in(store)["invoices"] == 1
        assert DELETED not in store.events
    else:
        await deleting
        assert left_in(store)["invoices"] == 0
        assert store.events[-1] == DELETED
