"""Forgetting request ids, a batch at a time."""

from datetime import datetime, timedelta

import pytest

from invoice_summarizer.adapters.memory.operation_queue import MemoryOperationQueue
from invoice_summarizer.adapters.memory.store import MemoryStore
from invoice_summarizer.adapters.memory.transactions import MemoryTransactions
from invoice_summarizer.ports.clock import utc_now
from invoice_summarizer.use_cases import forget_requests
from invoice_summarizer.use_cases.forget_requests import REQUEST_IDS_KEPT, ForgetRequests
from storage_samples import add_invoice, pending_operation, received_invoice


class _Log:
    """Five request ids, and a hand on the clock."""

    def __init__(self) -> None:
        self.now = utc_now()
        self.store = MemoryStore()
        self.forget = ForgetRequests(MemoryOperationQueue(self.store, max_attempts=3), self.clock)

    def clock(self) -> datetime:
        return self.now

    async def fill(self) -> None:
        invoice = received_invoice(1)
        operation = pending_operation(invoice)
        transactions = MemoryTransactions(self.store, clock=self.clock)
        async with transactions.begin("acme") as transaction:
            await add_invoice(transaction, invoice)
            await transaction.operations.add(operation)
            for number in range(5):
                await transaction.requests.record(f"request-{number}", "print", operation.id)

    @property
    def kept(self) -> int:
        return len([*self.store.committed.requests.items()])


async def always() -> bool:
    return True


async def test_request_ids_are_forgotten_after_their_time() -> None:
    log = _Log()
    await log.fill()
    log.now += REQUEST_IDS_KEPT
    assert await log.forget(always) == 0
    assert log.kept == 5
    log.now += timedelta(seconds=1)
    assert await log.forget(always) == 5
    assert log.kept == 0


async def test_forgetting_ends_between_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forget_requests, "BATCH", 2)
    log, answers = _Log(), iter([True, False])
    await log.fill()
    log.now += REQUEST_IDS_KEPT + timedelta(seconds=1)

    async def once() -> bool:
        return next(answers)

    assert await log.forget(once) == 2
    assert log.kept == 3
    assert await log.forget(always) == 3
