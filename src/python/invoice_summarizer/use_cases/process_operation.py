"""What a worker does with one claimed operation."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from enum import StrEnum

import structlog

from invoice_reading.errors import DocumentUnreadable
from invoice_reading.reading import Reading
from invoice_summarizer.domain.document_task import DocumentTask
from invoice_summarizer.domain.errors import InvoiceSummarizerError, LeaseLost, NotFound
from invoice_summarizer.domain.event import Event, EventKind
from invoice_summarizer.domain.invoice import InvoiceHeader, InvoiceStatus
from invoice_summarizer.domain.operation import NOTHING_MORE, Claim, OperationFailure, OperationKind
from invoice_summarizer.ports.clock import Clock, NewId
from invoice_summarizer.ports.document_reader import (
    DocumentReader,
    ReaderCrashed,
    ReadingLimit,
    ReadingLimitExceeded,
)
from invoice_summarizer.ports.long_work import LongWork
from invoice_summarizer.ports.object_store import ObjectCorrupt, ObjectNotFound, ObjectStore
from invoice_summarizer.ports.operation_queue import OperationQueue
from invoice_summarizer.ports.packed import Packed
from invoice_summarizer.ports.stored_reading import StoredReading
from invoice_summarizer.ports.transactions import Transaction, Transactions
from invoice_summarizer.use_cases.page_progress import with_page_progress
from invoice_summarizer.use_cases.replay_invoice import ReplayInvoice
from invoice_summarizer.use_cases.store_parts import store_parts
from invoice_summarizer.use_cases.store_reading import WORKER
from invoice_summarizer.use_cases.write_summary import SummaryWriter

FIRST_RETRY_DELAY = timedelta(seconds=1)
LONGEST_RETRY_DELAY = timedelta(minutes=5)
_MOST_DOUBLINGS = 20  # far past the longest delay
_log = structlog.get_logger()

_UNREAD = frozenset({InvoiceStatus.RECEIVED, InvoiceStatus.FAILED})


class Step(StrEnum):
    """The points between which a worker may die: at each, another worker takes up the operation and ends it once."""

    CLAIMED = "claimed"
    DOCUMENT_READ = "document_read"
    RESULT_WRITTEN = "result_written"  # not yet committed
    COMMITTED = "committed"


class ProcessOperation:
    """The operation is done, or given back: done, it has its outcome where it is a replay; else its invoice is read, waits for review, or has failed with a reason.

    Meanwhile the operation counts the pages whose pictures are read, where the document has some. Of a document that holds several invoices, those that are not there become invoices too, each with its part. A
    document that has no such part any more has failed to be read again (PART_NOT_FOUND).

    A reading that fails leaves an earlier one standing: only the operation has failed then. The same holds where
    somebody has changed the invoice since the operation was asked for. A document that is not in the object store is
    lost, since the store hides none that is there: the operation has failed at once.

    A part that fails for reasons of its own (a lost connection, a missing object store) gives the operation back with
    a growing delay as long as an attempt is left. So does what may have ended the reading from outside: a crash, which a
    killed process looks like, and the limit of time, which a machine that is too busy passes. Time that is over twice
    on end is the document's doing, and so is every other limit at once. Where the claim is void, nothing is written
    and LeaseLost raised.
    """

    def __init__(
        self,
        transactions: Transactions,
        queue: OperationQueue,
        objects: ObjectStore,
        reader: DocumentReader,
        work: LongWork,
        clock: Clock,
        writer: SummaryWriter,
        new_id: NewId,
        reached: Callable[[Step], None] = lambda step: None,
    ) -> None:
        self._transactions = transactions
        self._queue = queue
        self._objects = objects
        self._reader = reader
        self._work = work
        self._clock = clock
        self._new_id = new_id
        self._replay = ReplayInvoice(transactions, objects, reader, work, writer)
        self._reached = reached

    async def __call__(self, claim: Claim) -> None:
        self._reached(Step.CLAIMED)
        try:
            if claim.operation.kind is OperationKind.REPLAY:
                await self._compare(claim)
            else:
                await self._process(claim)
        except ReaderCrashed as error:
            await self._give_back(claim, error.reason, error.reason)
        except ReadingLimitExceeded as error:
            if error.limit is ReadingLimit.TIME and claim.operation.last_failure != error.reason:
                await self._give_back(claim, error.reason, error.reason)
            else:
                await self.fail(claim, error.reason, error.metadata)
        except DocumentUnreadable as error:
            await self.fail(claim, error.reason, error.metadata)
        except (ObjectCorrupt, ObjectNotFound) as error:
            operation = claim.operation
            _log.error(
                "document_lost",
                operation=operation.id,
                tenant=operation.tenant,
                reason=error.reason,
            )
            await self.fail(claim, error.reason)
        except LeaseLost:
            raise
        except Exception as error:
            failure = (
                error.reason if isinstance(error, InvoiceSummarizerError) else type(error).__name__
            )
            await self._give_back(claim, failure, OperationFailure.ATTEMPTS_EXHAUSTED)
            raise

    async def fail(
        self, claim: Claim, reason: str, metadata: Mapping[str, str] = NOTHING_MORE
    ) -> None:
        """The operation has failed for the reason, and its invoice too where it was never read. Raises LeaseLost.

        `metadata` is what the reason says more, for whoever asks for the operation.
        """
        operation = claim.operation
        async with self._transactions.begin(operation.tenant) as transaction:
            if operation.invoice_id is None:
                header = None
            else:
                header = await _locked(transaction, operation.invoice_id)
            await self._fail(transaction, claim, header, reason, metadata)

    async def _give_back(self, claim: Claim, failure: str, reason: str) -> None:
        """The operation is tried again later or, where no attempt is left, has failed for the reason."""
        if not await self._queue.retry_later(claim, retry_delay(claim.operation.attempt), failure):
            await self.fail(claim, reason)

    async def _process(self, claim: Claim) -> None:
        task, invoice_id = DocumentTask.of(claim.operation.payload), claim.operation.invoice_id
        assert invoice_id is not None, "an operation that reads a document has an invoice"
        tenant = claim.operation.tenant
        data = await self._objects.get(tenant, task.sha256)
        read = await with_page_progress(
            self._transactions,
            claim,
            lambda told: self._reader.read(data, task.media_type, whose=tenant, told=told),
        )
        # Before anything is locked: it takes a second for a long invoice.
        readings = [
            await self._work(tenant, each, storable, self._transactions.storable) for each in read
        ]
        self._reached(Step.DOCUMENT_READ)
        async with self._transactions.begin(tenant) as transaction:
            header = await _locked(transaction, invoice_id)
            if header.version != task.invoice_version:
                await self._fail(transaction, claim, header, OperationFailure.INVOICE_CHANGED)
            elif header.part > len(readings):
                await self._fail(transaction, claim, header, OperationFailure.PART_NOT_FOUND)
            else:
                await self._complete(transaction, claim, header, readings)
            self._reached(Step.RESULT_WRITTEN)
        self._reached(Step.COMMITTED)

    async def _compare(self, claim: Claim) -> None:
        """The operation has the outcome of the replay as its result; nothing else has changed."""
        try:
            outcome = await self._replay(claim.operation)
        except NotFound as error:
            raise LeaseLost("the operation went with its invoice") from error
        self._reached(Step.DOCUMENT_READ)
        async with self._transactions.begin(claim.operation.tenant) as transaction:
            await transaction.operations.complete(claim, result=outcome.result)
            self._reached(Step.RESULT_WRITTEN)
        self._reached(Step.COMMITTED)

    async def _complete(
        self,
        transaction: Transaction,
        claim: Claim,
        header: InvoiceHeader,
        readings: Sequence[StoredReading],
    ) -> None:
        stored, events = await store_parts(
            transaction,
            header,
            readings,
            operation_id=claim.operation.id,
            new_id=self._new_id,
            now=self._clock(),
        )
        invoice_ids = [each.id for each in stored]
        await transaction.operations.complete(claim, result={"invoice_ids": invoice_ids})
        await transaction.record(*events)

    async def _fail(
        self,
        transaction: Transaction,
        claim: Claim,
        header: InvoiceHeader | None,
        reason: str,
        metadata: Mapping[str, str] = NOTHING_MORE,
    ) -> None:
        now = self._clock()
        await transaction.operations.complete(
            claim, failure_reason=reason, failure_metadata=metadata
        )
        if claim.operation.kind is OperationKind.REPLAY:
            return  # which is no part of the invoice's history
        never_read = header is not None and header.status in _UNREAD
        if header is not None and never_read:
            await transaction.invoices.put_header(header.failed(reason, now))
        await transaction.record(
            Event(
                kind=EventKind.INVOICE_FAILED if never_read else EventKind.OPERATION_FAILED,
                actor=WORKER,
                time=now,
                invoice_id=claim.operation.invoice_id,
                operation_id=claim.operation.id,
                reason=reason,
            )
        )


def storable(read: Packed[Reading], store: Callable[[Reading], StoredReading]) -> StoredReading:
    """Returns what was read, ready to be stored."""
    return store(read.unpacked())


async def _locked(transaction: Transaction, invoice_id: str) -> InvoiceHeader:
    """Locks the invoice before its operation, as everybody does, so that no two wait for each other.

    Raises LeaseLost where the invoice was deleted, and the operation with it.
    """
    try:
        return await transaction.invoices.header(invoice_id, lock=True)
    except NotFound as error:
        raise LeaseLost("the operation went with its invoice") from error


def retry_delay(attempt: int) -> timedelta:
    """Returns how long to wait after the attempt (from 1) failed: 1 s, doubled each time, at most 5 minutes."""
    doublings = min(max(attempt - 1, 0), _MOST_DOUBLINGS)
    return min(FIRST_RETRY_DELAY * int(2**doublings), LONGEST_RETRY_DELAY)
