"""What becomes of a claimed operation and of its invoice."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest
from structlog.testing import capture_logs
from summarizing import summary_writer

from invoice_summarizer.adapters.faulty.document_reader import FaultyDocumentReader
from invoice_summarizer.adapters.faulty.faults import Faults
from invoice_summarizer.adapters.memory.document_reader import MemoryDocumentReader
from invoice_summarizer.adapters.memory.object_store import MemoryObjectStore
from invoice_summarizer.adapters.memory.operation_queue import MemoryOperationQueue
from invoice_summarizer.adapters.memory.store import MemoryStore
from invoice_summarizer.adapters.memory.transactions import MemoryTransactions
from invoice_summarizer.domain.event import EventKind
from invoice_summarizer.domain.invoice import InvoiceStatus
from invoice_summarizer.domain.operation import Operation, OperationFailure, OperationState
from invoice_summarizer.domain.principal import Principal, Role
from invoice_summarizer.ports.clock import new_uuid, utc_now
from invoice_summarizer.ports.document_reader import (
    ReaderCrashed,
    ReadingLimit,
    ReadingLimitExceeded,
)
from invoice_summarizer.ports.long_work import in_a_thread
from invoice_summarizer.use_cases.ingest_document import IncomingDocument, IngestDocument
from invoice_summarizer.use_cases.process_operation import (
    LONGEST_RETRY_DELAY,
    ProcessOperation,
    Step,
    retry_delay,
)
from small_invoice import ubl_invoice
from storage_samples import (
    add_invoice,
    found_invoice,
    pending_operation,
    read_invoice,
    received_invoice,
)

TENANT = "acme"
_DOCUMENT = ubl_invoice()
OWNER = Principal(subject="olga", tenant=TENANT, roles=frozenset(Role))


class System:
    """Storage in memory, and the use case on it."""

    def __init__(self) -> None:
        self.store = MemoryStore()
        self.transactions = MemoryTransactions(self.store)
        self.now = utc_now()
        self.queue = MemoryOperationQueue(self.store, max_attempts=3, clock=lambda: self.now)
        self.objects = MemoryObjectStore()
        self.faults = Faults()
        reader = FaultyDocumentReader(MemoryDocumentReader({}), self.faults)
        self.steps: list[Step] = []
        self.process = ProcessOperation(
            self.transactions,
            self.queue,
            self.objects,
            reader,
            in_a_thread,
            lambda: self.now,
            summary_writer(),
            new_uuid,
            self.steps.append,
        )

    async def ingest(self, document: bytes = _DOCUMENT) -> Operation:
        async def once() -> AsyncIterator[bytes]:
            yield document

        ingest = IngestDocument(self.transactions, self.objects, lambda: self.now, new_uuid)
        return (await ingest(OWNER, once(), IncomingDocument())).operation

    async def attempt(self) -> Operation:
        """Returns the one operation as the next attempt at it leaves it."""
        self.now += LONGEST_RETRY_DELAY
        [claim] = await self.queue.claim("worker", timedelta(seconds=30), 1)
        await self.process(claim)
        async with self.transactions.begin(TENANT) as transaction:
            return await transaction.operations.get(claim.operation.id)


@pytest.mark.parametrize(
    ("declared_total", "status", "kind"),
    [
        (None, InvoiceStatus.READY, EventKind.INVOICE_READY),
        ("7.00", InvoiceStatus.REVIEW_PENDING, EventKind.INVOICE_REVIEW_PENDING),
    ],
)
async def test_what_was_read_is_stored_and_told(
    declared_total: str | None, status: InvoiceStatus, kind: EventKind
) -> None:
    system = System()
    await system.ingest(ubl_invoice("R-7", declared_total=declared_total))
    operation = await system.attempt()
    assert operation.invoice_id is not None
    async with system.transactions.begin(TENANT) as transaction:
        invoice = await found_invoice(transaction, operation.invoice_id)
    assert operation.result == {"invoice_ids": [invoice.id]}
    assert invoice.reading is not None and invoice.reading.content.invoice_number == "R-7"
    assert invoice.status is status
    assert [event.kind for event in system.store.events] == [EventKind.INVOICE_RECEIVED, kind]
    assert system.steps == [*Step]


async def test_reading_that_was_killed_from_outside_uses_the_attempts() -> None:
    system = System()
    await system.ingest()
    system.faults.fail("read", ReaderCrashed())
    first, second = await system.attempt(), await system.attempt()
    assert [(o.state, o.last_failure) for o in (first, second)] == [
        (OperationState.PENDING, "READER_CRASHED")
    ] * 2
    system.faults.mend("read")
    assert (await system.attempt()).state is OperationState.SUCCEEDED


async def test_document_that_crashes_its_reader_every_time_has_failed_for_that() -> None:
    system = System()
    await system.ingest()
    system.faults.fail("read", ReaderCrashed())
    *_, last = [await system.attempt() for _ in range(3)]
    assert (last.state, last.failure_reason) == (OperationState.FAILED, "READER_CRASHED")


@pytest.mark.parametrize(
    ("limit", "attempts"),
    [
        (ReadingLimit.CPU, 1),
        (ReadingLimit.MEMORY, 1),
        (ReadingLimit.OUTPUT, 1),
        (ReadingLimit.TIME, 2),
    ],
)
async def test_limit_is_final_where_it_is_the_document_that_passed_it(
    limit: ReadingLimit, attempts: int
) -> None:
    system = System()
    await system.ingest()
    system.faults.fail("read", ReadingLimitExceeded(limit, 7))
    *before, last = [await system.attempt() for _ in range(attempts)]
    assert not any(operation.state.done for operation in before)
    assert (last.state, last.failure_reason) == (OperationState.FAILED, "READING_LIMIT_EXCEEDED")
    assert last.failure_metadata == {"limit": limit.value, "allowed": "7"}


async def test_time_that_is_over_after_a_crash_is_over_once() -> None:
    system = System()
    await system.ingest()
    for error in (ReaderCrashed(), ReadingLimitExceeded(ReadingLimit.TIME, 60)):
        system.faults.fail("read", error)
        assert (await system.attempt()).state is OperationState.PENDING


async def test_document_that_is_lost_is_an_error_to_operators() -> None:
    system = System()
    await system.ingest()
    system.objects._objects.clear()
    with capture_logs() as events:
        operation = await system.attempt()
    assert operation.failure_reason == "OBJECT_NOT_FOUND"
    [event] = events
    assert (event["event"], event["log_level"]) == ("document_lost", "error")
    assert event["operation"] == operation.id


async def test_time_that_is_over_once_does_no_harm() -> None:
    system = System()
    await system.ingest()
    system.faults.fail("read", ReadingLimitExceeded(ReadingLimit.TIME, 60))
    assert (await system.attempt()).state is OperationState.PENDING
    system.faults.mend("read")
    assert (await system.attempt()).state is OperationState.SUCCEEDED


async def test_operation_without_an_invoice_fails_alone() -> None:
    system = System()
    batch = replace(pending_operation(received_invoice(1)), invoice_id=None)
    async with system.transactions.begin(TENANT) as transaction:
        await transaction.operations.add(batch)
    [claim] = await system.queue.claim("worker", timedelta(seconds=30), 1)
    await system.process.fail(claim, OperationFailure.ATTEMPTS_EXHAUSTED)
    async with system.transactions.begin(TENANT) as transaction:
        failed = await transaction.operations.get(batch.id)
    assert (failed.state, failed.failure_reason) == (
        OperationState.FAILED,
        OperationFailure.ATTEMPTS_EXHAUSTED,
    )
    [event] = system.store.events
    assert (event.kind, event.invoice_id, event.operation_id) == (
        EventKind.OPERATION_FAILED,
        None,
        batch.id,
    )


@pytest.mark.parametrize("status", [*InvoiceStatus])
async def test_exhausted_operation_ends_whatever_its_invoice_is(status: InvoiceStatus) -> None:
    system = System()
    invoice = received_invoice(1) if status is InvoiceStatus.RECEIVED else read_invoice(1)
    invoice = replace(invoice, status=status)
    async with system.transactions.begin(TENANT) as transaction:
        await add_invoice(transaction, invoice)
        await transaction.operations.add(pending_operation(invoice))
    [claim] = await system.queue.claim("worker", timedelta(seconds=30), 1)
    await system.process.fail(claim, OperationFailure.ATTEMPTS_EXHAUSTED)
    async with system.transactions.begin(TENANT) as transaction:
        operation = await transaction.operations.get(claim.operation.id)
        after = await transaction.invoices.header(invoice.id)
    assert operation.state is OperationState.FAILED
    unread = status in (InvoiceStatus.RECEIVED, InvoiceStatus.FAILED)
    assert after.status is (InvoiceStatus.FAILED if unread else status)


@pytest.mark.parametrize(
    ("attempt", "seconds"), [(0, 1), (1, 1), (2, 2), (3, 4), (9, 256), (10, 300), (10**9, 300)]
)
def test_delay_doubles_up_to_five_minutes(attempt: int, seconds: int) -> None:
    assert retry_delay(attempt) == timedelta(seconds=seconds)
