"""What is done now and then, by one process of all."""

import asyncio
from datetime import timedelta

from invoice_summarizer.adapters.memory.leadership import MemoryLeadership
from invoice_summarizer.adapters.memory.object_store import MemoryObjectStore
from invoice_summarizer.adapters.memory.operation_queue import MemoryOperationQueue
from invoice_summarizer.adapters.memory.store import MemoryStore
from invoice_summarizer.adapters.memory.transactions import MemoryTransactions
from invoice_summarizer.ports.clock import utc_now
from invoice_summarizer.use_cases.housekeeping import REQUEST_IDS_KEPT, KeepHouse
from invoice_summarizer.use_cases.sweep_objects import SweepObjects
from storage_samples import add_invoice, pending_operation, received_invoice


class _House:
    def __init__(self) -> None:
        self.store = MemoryStore()
        self.now = utc_now()
        self.transactions = MemoryTransactions(self.store, clock=lambda: self.now)
        self.leadership = MemoryLeadership(self.store)
        sweep = SweepObjects(self.transactions, MemoryObjectStore(), lambda: self.now)
        queue = MemoryOperationQueue(self.store, max_attempts=3)
        self.keep = KeepHouse(self.leadership, sweep, queue, lambda: self.now)


async def test_request_ids_are_forgotten_after_their_time() -> None:
    house = _House()
    invoice = received_invoice(1)
    operation = pending_operation(invoice)
    async with house.transactions.begin("acme") as transaction:
        await add_invoice(transaction, invoice)
        await transaction.operations.add(operation)
        await transaction.requests.record("request", "print", operation.id)
    house.now += REQUEST_IDS_KEPT
    assert await house.keep()
    assert [*house.store.committed.requests.items()]
    house.now += timedelta(seconds=1)
    assert await house.keep()
    assert not [*house.store.committed.requests.items()]


async def test_who_does_not_lead_leaves_it_to_who_does() -> None:
    house = _House()
    async with house.leadership.attempt("housekeeping") as leading:
        assert leading
        assert not await house.keep()
    assert await house.keep()


async def test_regular_housekeeping_ends_when_it_is_stopped() -> None:
    house, stop = _House(), asyncio.Event()
    keeping = asyncio.create_task(house.keep.regularly(stop))
    await asyncio.sleep(0)
    stop.set()
    await asyncio.wait_for(keeping, 5)
