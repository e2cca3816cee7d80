"""What becomes of a claimed operation when others are faster, and when parts fail. Over memory and PostgreSQL."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from summarizing import summary_writer

from invoice_summarizer.adapters.faulty.document_reader import FaultyDocumentReader
from invoice_summarizer.adapters.faulty.faults import Faults
from invoice_summarizer.adapters.faulty.object_store import FaultyObjectStore
from invoice_summarizer.adapters.memory.document_reader import MemoryDocumentReader
from invoice_summarizer.adapters.memory.object_store import MemoryObjectStore
from invoice_summarizer.domain.errors import LeaseLost, Unavailable
from invoice_summarizer.domain.event import EventKind
from invoice_summarizer.domain.invoice import Invoice, InvoiceStatus
from invoice_summarizer.domain.operation import Claim, Operation, OperationState
from invoice_summarizer.domain.principal import Principal, Role
from invoice_summarizer.ports.clock import Clock, new_uuid, utc_now
from invoice_summarizer.ports.document_reader import ReaderUnavailable
from invoice_summarizer.ports.long_work import in_a_thread
from invoice_summarizer.use_cases.cancel_operation import CANCELLED, CancelOperation
from invoice_summarizer.use_cases.decide_review import ApproveInvoice
from invoice_summarizer.use_cases.delete_invoice import DeleteInvoice
from invoice_summarizer.use_cases.ingest_document import IncomingDocument, IngestDocument
from invoice_summarizer.use_cases.process_operation import ProcessOperation, Step, retry_delay
from invoice_summarizer.use_cases.reprocess_invoice import ReprocessInvoice
from invoice_summarizer.use_cases.wait_for_operation import WaitForOperation
from invoice_summarizer.use_cases.work import Work
from small_invoice import ubl_invoice
from storage_fixture import MAX_ATTEMPTS, Storage
from storage_samples import found_invoice

OWNER = Principal(subject="olga", tenant="acme", roles=frozenset(Role))
LEASE = timedelta(seconds=30)
LONGER = timedelta(seconds=31)
PDF = b"%PDF-1.7 that waits"


def is_pdf(data: object) -> bool:
    return isinstance(data, bytes) and data.startswith(b"%PDF-")


def patient_faults() -> Faults:
    """Every PDF is held while it is read; it is damaged to whoever reads it."""
    faults = Faults()
    faults.hold("read", of=is_pdf)
    return faults


@dataclass(slots=True)
class Rig:
    storage: Storage
    objects: MemoryObjectStore = field(default_factory=MemoryObjectStore)
    faults: Faults = field(default_factory=patient_faults)
    reader: MemoryDocumentReader = field(default_factory=lambda: MemoryDocumentReader({}))
    steps: list[Step] = field(default_factory=list)

    @property
    def clock(self) -> Clock:
        """The clock that the storage goes by, where that can be moved."""
        time = self.storage.time
        return time if callable(time) else utc_now

    @property
    def process(self) -> ProcessOperation:
        return ProcessOperation(
            self.storage.transactions,
            self.storage.queue,
            FaultyObjectStore(self.objects, self.faults),
            FaultyDocumentReader(self.reader, self.faults),
            in_a_thread,
            self.clock,
            summary_writer(),
            new_uuid,
            self.steps.append,
        )

    async def begun(self) -> None:
        """Returns when a PDF is being read."""
        async with asyncio.timeout(30):
            await self.faults.holding()

    def work(self, worker: str, lease: timedelta = LEASE) -> Work:
        return Work(self.storage.queue, self.process, worker=worker, slots=2, lease=lease)

    async def ingest(self, data: bytes) -> Operation:
        async def once() -> AsyncIterator[bytes]:
            yield data

        ingest = IngestDocument(self.storage.transactions, self.objects, self.clock, new_uuid)
        return (await ingest(OWNER, once(), IncomingDocument())).operation

    async def claim(self) -> Claim:
        [found] = await self.storage.queue.claim("worker", LEASE, 1)
        return found

    async def state(self, operation: Operation) -> tuple[Operation, Invoice]:
        assert operation.invoice_id is not None
        async with self.storage.transactions.begin("acme") as transaction:
            return (
                await transaction.operations.get(operation.id),
                await found_invoice(transaction, operation.invoice_id),
            )

    async def until_done(self, *operations: Operation) -> None:
        async with asyncio.timeout(60):
            for operation in operations:
                while not (await self.state(operation))[0].state.done:
                    await asyncio.sleep(0.01)


@pytest.fixture
def rig(storage: Storage) -> Rig:
    return Rig(storage)


async def test_operation_goes_through_every_step(rig: Rig) -> None:
    operation = await rig.ingest(ubl_invoice())
    await rig.process(await rig.claim())
    done, invoice = await rig.state(operation)
    assert (done.state, invoice.status) == (OperationState.SUCCEEDED, InvoiceStatus.READY)
    assert rig.steps == [*Step]


async def test_document_that_cannot_be_read_fails_with_its_reason_at_once(rig: Rig) -> None:
    operation = await rig.ingest(b"<unknown/>")
    await rig.process(await rig.claim())
    done, invoice = await rig.state(operation)
    assert (done.state, done.attempt, done.failure_reason) == (
        OperationState.FAILED,
        1,
        "XML_SYNTAX_UNKNOWN",
    )
    assert (invoice.status, invoice.failure_reason) == (
        InvoiceStatus.FAILED,
        "XML_SYNTAX_UNKNOWN",
    )


async def test_document_that_is_lost_fails_with_its_reason(rig: Rig) -> None:
    operation = await rig.ingest(ubl_invoice())
    _, invoice = await rig.state(operation)
    del rig.objects._objects["acme", invoice.document.sha256]
    await rig.process(await rig.claim())
    assert (await rig.state(operation))[1].failure_reason == "OBJECT_NOT_FOUND"


async def test_worker_whose_claim_was_taken_over_writes_nothing(rig: Rig) -> None:
    operation = await rig.ingest(ubl_invoice())
    late = await rig.claim()
    await rig.storage.time.pass_by(LONGER)
    current = await rig.claim()
    before = await rig.state(operation)
    with pytest.raises(LeaseLost):
        await rig.process(late)
    assert await rig.state(operation) == before
    await rig.process(current)
    with pytest.raises(LeaseLost):
        await rig.process(late)
    done, invoice = await rig.state(operation)
    assert (done.state, done.attempt, invoice.status) == (
        OperationState.SUCCEEDED,
        2,
        InvoiceStatus.READY,
    )


async def test_worker_that_is_fenced_off_while_it_reads_writes_nothing(rig: Rig) -> None:
    operation = await rig.ingest(PDF)
    late = asyncio.create_task(rig.process(await rig.claim()))
    await rig.begun()
    await rig.storage.time.pass_by(LONGER)
    await rig.claim()
    before = await rig.state(operation)
    rig.faults.release()
    with pytest.raises(LeaseLost):
        await late
    assert await rig.state(operation) == before


async def test_operation_that_is_cancelled_while_it_is_read_stays_cancelled(rig: Rig) -> None:
    operation = await rig.ingest(PDF)
    reading = asyncio.create_task(rig.process(await rig.claim()))
    await rig.begun()
    await CancelOperation(rig.storage.transactions, rig.clock)(OWNER, operation.id)
    rig.faults.release()
    with pytest.raises(LeaseLost):
        await reading
    done, invoice = await rig.state(operation)
    assert (done.state, invoice.status, invoice.failure_reason) == (
        OperationState.CANCELLED,
        InvoiceStatus.FAILED,
        CANCELLED,
    )


async def test_claim_from_before_a_cancellation_does_not_touch_what_came_after_it(
    rig: Rig,
) -> None:
    operation = await rig.ingest(ubl_invoice())
    late = await rig.claim()
    await CancelOperation(rig.storage.transactions, rig.clock)(OWNER, operation.id)
    reprocess = ReprocessInvoice(rig.storage.transactions, rig.clock, new_uuid)
    assert operation.invoice_id is not None
    again = await reprocess(OWNER, operation.invoice_id)
    before = await rig.state(again)
    with pytest.raises(LeaseLost):
        await rig.process(late)
    assert await rig.state(again) == before
    await rig.process(await rig.claim())
    assert (await rig.state(again))[1].status is InvoiceStatus.READY


async def test_invoice_that_is_deleted_while_it_is_read_stays_deleted(rig: Rig) -> None:
    operation = await rig.ingest(PDF)
    reading = asyncio.create_task(rig.process(await rig.claim()))
    await rig.begun()
    assert operation.invoice_id is not None
    await DeleteInvoice(rig.storage.transactions, rig.clock)(OWNER, operation.invoice_id)
    rig.faults.release()
    with pytest.raises(LeaseLost):
        await reading
    assert await rig.storage.queue.claim("worker", LEASE, 1) == []


async def test_part_that_fails_has_the_operation_tried_again_later_and_then_fail(
    storage: Storage,
) -> None:
    rig = Rig(storage)
    rig.faults.fail("get", Unavailable("the object store is away"))
    operation = await rig.ingest(ubl_invoice())
    for attempt in range(1, MAX_ATTEMPTS):
        with pytest.raises(Unavailable):
            await rig.process(await rig.claim())
        waiting, _ = await rig.state(operation)
        assert (waiting.state, waiting.attempt) == (OperationState.PENDING, attempt)
        assert await storage.queue.claim("worker", LEASE, 1) == []
        await storage.time.pass_by(retry_delay(attempt))
    with pytest.raises(Unavailable):
        await rig.process(await rig.claim())
    failed, invoice = await rig.state(operation)
    assert (failed.state, failed.failure_reason) == (OperationState.FAILED, "ATTEMPTS_EXHAUSTED")
    assert (invoice.status, invoice.failure_reason) == (
        InvoiceStatus.FAILED,
        "ATTEMPTS_EXHAUSTED",
    )


async def test_reader_that_does_not_answer_is_no_fault_of_the_document(rig: Rig) -> None:
    operation = await rig.ingest(ubl_invoice())
    await rig.reader.aclose()
    with pytest.raises(ReaderUnavailable):
        await rig.process(await rig.claim())
    waiting, invoice = await rig.state(operation)
    assert (waiting.state, waiting.attempt) == (OperationState.PENDING, 1)
    assert invoice.failure_reason is None


def test_delay_grows_with_each_attempt_up_to_a_bound() -> None:
    seconds = [retry_delay(attempt).total_seconds() for attempt in (0, 1, 2, 3, 9, 10, 10_000)]
    assert seconds == [1, 1, 2, 4, 256, 300, 300]


async def test_document_that_kills_every_worker_fails_and_the_others_go_on(rig: Rig) -> None:
    killer = await rig.ingest(ubl_invoice("R-1"))
    for _ in range(MAX_ATTEMPTS):
        assert (await rig.claim()).operation.id == killer.id  # and dies
        await rig.storage.time.pass_by(LONGER)
    good = [await rig.ingest(ubl_invoice(f"R-{number}")) for number in range(2, 5)]
    stop = asyncio.Event()
    working = asyncio.create_task(rig.work("worker")(stop))
    await rig.until_done(killer, *good)
    stop.set()
    await working
    failed, invoice = await rig.state(killer)
    assert (failed.failure_reason, invoice.failure_reason) == ("ATTEMPTS_EXHAUSTED",) * 2
    assert [(await rig.state(o))[1].status for o in good] == [InvoiceStatus.READY] * 3


async def test_heartbeats_keep_the_lease_of_a_document_that_takes_long(rig: Rig) -> None:
    """Three times as long as the lease, with another worker that waits for it to run out."""
    lease = timedelta(seconds=1)
    operation = await rig.ingest(PDF)
    stop = asyncio.Event()
    workers = [asyncio.create_task(rig.work(f"worker-{n}", lease)(stop)) for n in range(2)]
    await rig.begun()
    await asyncio.sleep(3 * lease.total_seconds())
    rig.faults.release()
    await rig.until_done(operation)
    stop.set()
    await asyncio.gather(*workers)
    done, _ = await rig.state(operation)
    assert (done.attempt, done.failure_reason) == (1, "PDF_DAMAGED")


async def test_worker_drops_an_operation_that_was_cancelled_and_goes_on(rig: Rig) -> None:
    operation = await rig.ingest(PDF)
    stop = asyncio.Event()
    working = asyncio.create_task(rig.work("worker", timedelta(seconds=0.3))(stop))
    await rig.begun()
    await CancelOperation(rig.storage.transactions, rig.clock)(OWNER, operation.id)
    other = await rig.ingest(ubl_invoice())
    await rig.until_done(other)
    stop.set()
    # Nobody lets the reader end: the worker gives the document up when its heartbeat finds the claim void.
    async with asyncio.timeout(30):
        await working
    assert (await rig.state(operation))[0].state is OperationState.CANCELLED


async def read_once(rig: Rig, data: bytes) -> Invoice:
    operation = await rig.ingest(data)
    await rig.process(await rig.claim())
    return (await rig.state(operation))[1]


async def test_last_reading_stands_until_another_takes_its_place(rig: Rig) -> None:
    read = await read_once(rig, ubl_invoice())
    again = await ReprocessInvoice(rig.storage.transactions, rig.clock, new_uuid)(OWNER, read.id)
    assert (await rig.state(again))[1] == read
    await rig.process(await rig.claim())
    done, invoice = await rig.state(again)
    assert (done.state, done.result) == (OperationState.SUCCEEDED, {"invoice_ids": [read.id]})
    assert (invoice.status, invoice.reading) == (InvoiceStatus.READY, read.reading)
    assert invoice.version == read.version + 1


async def test_reading_again_that_fails_leaves_the_last_one_standing(rig: Rig) -> None:
    read = await read_once(rig, ubl_invoice())
    again = await ReprocessInvoice(rig.storage.transactions, rig.clock, new_uuid)(OWNER, read.id)
    del rig.objects._objects["acme", read.document.sha256]
    await rig.process(await rig.claim())
    failed, invoice = await rig.state(again)
    assert (failed.state, failed.failure_reason) == (OperationState.FAILED, "OBJECT_NOT_FOUND")
    assert invoice == read
    [event, *_] = await rig.storage.reader.events("acme", read.id, before=None, limit=1)
    assert (event.event.kind, event.event.reason) == (
        EventKind.OPERATION_FAILED,
        "OBJECT_NOT_FOUND",
    )


async def test_what_a_person_did_while_the_document_was_read_again_is_not_lost(rig: Rig) -> None:
    read = await read_once(rig, ubl_invoice())
    again = await ReprocessInvoice(rig.storage.transactions, rig.clock, new_uuid)(OWNER, read.id)
    claim = await rig.claim()
    await ApproveInvoice(rig.storage.transactions, rig.clock)(OWNER, read.id, comment="paid")
    await rig.process(claim)
    failed, invoice = await rig.state(again)
    assert (failed.state, failed.failure_reason) == (OperationState.FAILED, "INVOICE_CHANGED")
    assert (invoice.status, invoice.decision_comment) == (InvoiceStatus.APPROVED, "paid")


async def test_whoever_waits_for_an_operation_gets_it_when_it_is_done(rig: Rig) -> None:
    operation = await rig.ingest(ubl_invoice())
    wait = WaitForOperation(rig.storage.transactions, rig.storage.completions)
    waiting = asyncio.create_task(wait(OWNER, operation.id, timedelta(minutes=1)))
    await asyncio.sleep(0.05)
    await rig.process(await rig.claim())
    assert (await waiting).state is OperationState.SUCCEEDED
    unread = await rig.ingest(ubl_invoice("R-2"))
    assert (await wait(OWNER, unread.id, timedelta(milliseconds=10))) == unread
