"""The worker's loop: a queue that does not answer is waited for; slots are bounded; a stop ends what has begun."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from structlog.testing import capture_logs
from summarizing import summary_writer

from invoice_summarizer.adapters.faulty.document_reader import FaultyDocumentReader
from invoice_summarizer.adapters.faulty.faults import Faults
from invoice_summarizer.adapters.faulty.operation_queue import FaultyOperationQueue
from invoice_summarizer.adapters.faulty.transactions import FaultyTransactions
from invoice_summarizer.adapters.memory.document_reader import MemoryDocumentReader
from invoice_summarizer.adapters.memory.object_store import MemoryObjectStore
from invoice_summarizer.adapters.memory.operation_queue import MemoryOperationQueue
from invoice_summarizer.adapters.memory.store import MemoryStore
from invoice_summarizer.adapters.memory.transactions import MemoryTransactions
from invoice_summarizer.domain.errors import InvoiceSummarizerError, Unavailable
from invoice_summarizer.domain.operation import OperationState
from invoice_summarizer.domain.principal import Principal, Role
from invoice_summarizer.ports.clock import new_uuid, utc_now
from invoice_summarizer.ports.long_work import in_a_thread
from invoice_summarizer.use_cases.ingest_document import IncomingDocument, IngestDocument
from invoice_summarizer.use_cases.process_operation import ProcessOperation
from invoice_summarizer.use_cases.work import LEASE, Work
from small_invoice import ubl_invoice

OWNER = Principal(subject="olga", tenant="acme", roles=frozenset(Role))


def is_pdf(data: object) -> bool:
    return isinstance(data, bytes) and data.startswith(b"%PDF-")


class Rig:
    """A worker to whom every PDF is damaged, once its reading is released."""

    def __init__(self) -> None:
        self.store, self.objects = MemoryStore(), MemoryObjectStore()
        self.transactions = MemoryTransactions(self.store)
        self.faults = Faults()
        self.faults.hold("read", of=is_pdf)
        self.queue = FaultyOperationQueue(
            MemoryOperationQueue(self.store, max_attempts=3),
            self.faults,
            longest_wait=timedelta(milliseconds=1),
        )
        self.reader = FaultyDocumentReader(MemoryDocumentReader({}), self.faults)
        self.outcomes: list[str] = []
        self.stop = asyncio.Event()

    def start(self, slots: int = 2, lease: timedelta = LEASE) -> "asyncio.Task[None]":
        process = ProcessOperation(
            FaultyTransactions(self.transactions, self.faults),
            self.queue,
            self.objects,
            self.reader,
            in_a_thread,
            utc_now,
            summary_writer(),
            new_uuid,
        )
        work = Work(
            self.queue,
            process,
            worker="worker",
            slots=slots,
            lease=lease,
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
        while rig.faults.held < slots:
            await asyncio.sleep(0.001)
    await asyncio.sleep(0.01)
    rig.faults.release()
    await rig.until(8)
    rig.stop.set()
    await working
    assert rig.faults.most_held == slots
    assert rig.outcomes == ["done"] * 8


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (Unavailable("away"), ("queue_unavailable", "warning")),
        (InvoiceSummarizerError("refused"), ("queue_refused", "error")),
    ],
)
async def test_queue_that_does_not_answer_is_asked_again(
    error: InvoiceSummarizerError, told: tuple[str, str]
) -> None:
    rig = Rig()
    rig.faults.fail("claim", error, when=lambda call: call % 2 == 1)
    await rig.ingest(*(ubl_invoice(f"R-{number}") for number in range(5)))
    with capture_logs() as events:
        working = rig.start()
        await rig.until(5)
        rig.stop.set()
        await working
    assert told in {(event["event"], event["log_level"]) for event in events}
    assert rig.states == [OperationState.SUCCEEDED] * 5


async def test_stop_ends_what_has_begun_and_begins_nothing() -> None:
    rig = Rig()
    await rig.ingest(b"%PDF-1", b"%PDF-2")
    working = rig.start(slots=1)
    async with asyncio.timeout(30):
        while not rig.faults.held:
            await asyncio.sleep(0.001)
    rig.stop.set()
    await asyncio.sleep(0.01)
    assert not working.done()
    rig.faults.release()
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


async def test_stop_while_an_exhausted_operation_fails_lets_it_fail_and_ends() -> None:
    rig = Rig()
    await rig.ingest(ubl_invoice())
    for _ in range(3):
        await rig.queue.claim("lost", timedelta(0), 1)
    rig.faults.hold("begin")
    working = rig.start()
    async with asyncio.timeout(30):
        await rig.faults.holding()
    rig.stop.set()
    await asyncio.sleep(0.01)
    assert not working.done()
    rig.faults.release()
    async with asyncio.timeout(30):
        await working
    assert rig.states == [OperationState.FAILED]
    assert rig.outcomes == ["done"]


@pytest.mark.parametrize("call", ["claim", "exhausted", "wait"])
async def test_error_of_the_loop_itself_ends_it(call: str) -> None:
    rig = Rig()
    rig.faults.fail(call, RuntimeError("a fault of ours"))
    working = rig.start()
    async with asyncio.timeout(30):
        with pytest.raises(ExceptionGroup):
            await working


async def test_heartbeat_that_breaks_once_is_no_lost_lease() -> None:
    rig = Rig()
    await rig.ingest(b"%PDF-1")
    broken = RuntimeError("a fault of ours")
    rig.faults.fail("heartbeat", broken, when=lambda number: number == 1)
    working = rig.start(lease=timedelta(seconds=0.9))
    async with asyncio.timeout(30):
        while rig.faults.calls["heartbeat"] < 2:
            await asyncio.sleep(0.001)
    rig.faults.release()
    await rig.until(1)
    rig.stop.set()
    await working
    assert rig.outcomes == ["done"]
