"""What becomes of a claimed operation and of its invoice."""

from dataclasses import replace
from datetime import timedelta

import pytest

from invoice_summarizer.adapters.memory.document_reader import MemoryDocumentReader
from invoice_summarizer.adapters.memory.object_store import MemoryObjectStore
from invoice_summarizer.adapters.memory.operation_queue import MemoryOperationQueue
from invoice_summarizer.adapters.memory.store import MemoryStore
from invoice_summarizer.adapters.memory.transactions import MemoryTransactions
from invoice_summarizer.domain.event import EventKind
from invoice_summarizer.domain.invoice import InvoiceStatus
from invoice_summarizer.domain.operation import OperationFailure, OperationState
from invoice_summarizer.ports.clock import utc_now
from invoice_summarizer.use_cases.process_operation import ProcessOperation, retry_delay
from storage_samples import add_invoice, pending_operation, read_invoice, received_invoice

TENANT = "acme"


class System:
    """Storage in memory, and the use case on it."""

    def __init__(self) -> None:
        self.store = MemoryStore()
        self.transactions = MemoryTransactions(self.store)
        self.queue = MemoryOperationQueue(self.store, max_attempts=3)
        self.process = ProcessOperation(
            self.transactions,
            self.queue,
            MemoryObjectStore(),
            MemoryDocumentReader({}),
            utc_now,
        )


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
