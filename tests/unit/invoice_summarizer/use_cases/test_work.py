"""The worker's loop: a queue that does not answer is waited for; slots are bounded; a stop ends what has begun."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from invoice_reading.errors import PdfDamaged
from invoice_reading.reading import Reading
from invoice_summarizer.adapters.memory.document_reader import MemoryDocumentReader
from invoice_summarizer.adapters.memory.object_store import MemoryObjectStore
from invoice_summarizer.adapters.memory.operation_queue import MemoryOperationQueue
from invoice_summarizer.adapters.memory.store import MemoryStore
from invoice_summarizer.adapters.memory.transactions import MemoryTransactions
from invoice_summarizer.domain.errors import Unavailable
from invoice_summarizer.domain.operation import Claim, OperationState
from invoice_summarizer.domain.principal import Principal, Role
from invoice_summarizer.ports.clock import new_uuid, utc_now
from invoice_summarizer.use_cases.ingest_document import IncomingDocument, IngestDocument
from invoice_summarizer.use_cases.process_operation import ProcessOperation
from invoice_summarizer.use_cases.work import Work
from small_invoice import ubl_invoice

OWNER = Principal(subject="olga", tenant="acme", roles=frozenset(Role))


class CountingDocumentReader(MemoryDocumentReader):
    """Knows how many PDFs it reads at once, and ends when it may."""

    def __init__(self) -> None:
        super().__init__({})
        self.reading = self.most = 0
        self.may_end = asyncio.Event()

    async def read(self, data: bytes, declared_media_type: str = "") -> Reading:
        if not data.startswith(b"%PDF-"):
            return await super().read(data, declared_media_type)
        self.reading += 1
        self.most = max(self.most, self.reading)
        await self.may_end.wait()
        self.reading -= 1
        raise PdfDamaged


class FlakyQueue(MemoryOperationQueue):
    """Does not answer every second time."""

    calls = 0

    async def claim(self, worker: str, lease: timedelta, limit: int) -> list[Claim]:
        self.calls += 1
        if self.calls % 2:
            raise Unavailable("away")
        return await super().claim(worker, lease, limit)

    async def wait(self, timeout: timedelta) -> None:
        await super().wait(timedelta(milliseconds=1))


class Rig:
    def __init__(self, queue: type[MemoryOperationQueue] = MemoryOperationQueue) -> None:
        self.store, self.objects = MemoryStore(), MemoryObjectStore()
        self.transactions = MemoryTransactions(self.store)
        self.queue = queue(self.store, max_attempts=3)
        self.reader = CountingDocumentReader()
        self.outcomes: list[str] = []
        self.stop = asyncio.Event()

    def start(self, slots: int = 2) -> "asyncio.Task[None]":
        process = ProcessOperation(
            self.transactions,
            self.queue,
            self.objects,
            self.reader,
            utc_now,
        )
        work = Work(
            self.queue,
            process,
            worker="worker",
            slots=slots,
            on_done=lambda claim, outcome: self.outcomes.append(outcome),
        )
        return asyncio.create_task(work(self.stop))

    async def ingest(self, *documents: bytes) -> None:
        async def sent(data: bytes) -> AsyncIterator[bytes]:
            yield data

        use_case = IngestDocument(self.transactions, self.objects, utc_now, new_uuid)
        for document in documents:
            await use_case(OWNER, sent(document), IncomingDocument())

    @property
    def states(self) -> list[OperationState]:
        return [q.operation.state for _, q in self.store.committed.operations.items()]

    async def until(self, done: int) -> None:
        async with asyncio.timeout(30):
            while len(self.outcomes) < done:
                await asyncio.sleep(0.001)


@pytest.mark.parametrize("slots", [1, 3])
async def test_no_more_documents_are_read_at_once_than_there_are_slots(slots: int) -> None:
    rig = Rig()
    await rig.ingest(*(f"%PDF-{number}".encode() for number in range(8)))
    working = rig.start(slots)
    async with asyncio.timeout(30):
        while rig.reader.reading < slots:
            await asyncio.sleep(0.001)
    await asyncio.sleep(0.01)
    rig.reader.may_end.set()
    await rig.until(8)
    rig.stop.set()
    await working
    assert rig.reader.most == slots
    assert rig.outcomes == ["done"] * 8


async def test_queue_that_does_not_answer_is_waited_for() -> None:
    rig = Rig(FlakyQueue)
    await rig.ingest(*(ubl_invoice(f"R-{number}") for number in range(5)))
    working = rig.start()
    await rig.until(5)
    rig.stop.set()
    await working
    assert rig.states == [OperationState.SUCCEEDED] * 5


async def test_stop_ends_what_has_begun_and_begins_nothing() -> None:
    rig = Rig()
    await rig.ingest(b"%PDF-1", b"%PDF-2")
    working = rig.start(slots=1)
    async with asyncio.timeout(30):
        while not rig.reader.reading:
            await asyncio.sleep(0.001)
    rig.stop.set()
    await asyncio.sleep(0.01)
    assert not working.done()
    rig.reader.may_end.set()
    await working
    assert rig.states == [OperationState.FAILED, OperationState.PENDING]


async def test_work_that_comes_while_the_worker_waits_is_done() -> None:
    rig = Rig()
    working = rig.start()
    await asyncio.sleep(0.01)
    await rig.ingest(ubl_invoice())
    await rig.until(1)
    rig.stop.set()
    await working
