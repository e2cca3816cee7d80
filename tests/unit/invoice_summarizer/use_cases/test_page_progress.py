"""What the operation of a document shows while its pages are read."""

import asyncio
from datetime import timedelta

import pytest

from invoice_summarizer.adapters.memory.operation_queue import MemoryOperationQueue
from invoice_summarizer.adapters.memory.store import MemoryStore
from invoice_summarizer.adapters.memory.transactions import MemoryTransactions
from invoice_summarizer.domain.errors import LeaseLost
from invoice_summarizer.domain.operation import Claim, Progress
from invoice_summarizer.ports.clock import utc_now
from invoice_summarizer.ports.document_reader import PagesTold, ReaderCrashed
from invoice_summarizer.use_cases.page_progress import with_page_progress
from storage_samples import add_invoice, pending_operation, received_invoice

TENANT = "acme"


class System:
    """A claimed operation in memory."""

    claim: Claim

    def __init__(self) -> None:
        self.store = MemoryStore()
        self.transactions = MemoryTransactions(self.store)

    async def claimed(self) -> "System":
        invoice = received_invoice(1)
        async with self.transactions.begin(TENANT) as transaction:
            await add_invoice(transaction, invoice)
            await transaction.operations.add(pending_operation(invoice))
        queue = MemoryOperationQueue(self.store, max_attempts=3, clock=utc_now)
        [self.claim] = await queue.claim("worker", timedelta(seconds=30), 1)
        return self

    async def progress(self) -> Progress:
        async with self.transactions.begin(TENANT) as transaction:
            return (await transaction.operations.get(self.claim.operation.id)).progress

    async def shows(self, progress: Progress) -> None:
        while await self.progress() != progress:
            await asyncio.sleep(0)


async def test_operation_counts_the_pages_meanwhile() -> None:
    system = await System().claimed()

    async def read(told: PagesTold) -> str:
        for done in range(3):
            told(done, 20)
            await system.shows(Progress(done, 20))
        return "read"

    async with asyncio.timeout(20):
        assert await with_page_progress(system.transactions, system.claim, read) == "read"


async def test_reading_ends_with_the_operation_that_was_cancelled() -> None:
    system = await System().claimed()
    ended = asyncio.Event()

    async def read(told: PagesTold) -> None:
        async with system.transactions.begin(TENANT) as transaction:
            await transaction.operations.cancel(system.claim.operation.id)
        told(1, 20)
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    async with asyncio.timeout(20):
        with pytest.raises(LeaseLost):
            await with_page_progress(system.transactions, system.claim, read)
    assert ended.is_set()


async def test_reading_ends_where_its_worker_no_longer_wants_it() -> None:
    system = await System().claimed()
    begun, ended = asyncio.Event(), asyncio.Event()

    async def read(told: PagesTold) -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    task = asyncio.create_task(with_page_progress(system.transactions, system.claim, read))
    await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert ended.is_set()


async def test_failure_of_the_reading_is_raised() -> None:
    system = await System().claimed()

    async def read(told: PagesTold) -> None:
        raise ReaderCrashed

    with pytest.raises(ReaderCrashed):
        await with_page_progress(system.transactions, system.claim, read)
