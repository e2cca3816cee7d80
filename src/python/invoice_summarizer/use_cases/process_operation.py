"""What a worker does with one claimed operation."""

from collections.abc import Callable
from datetime import timedelta
from enum import StrEnum

from invoice_summarizer.domain.errors import DocumentRejected, LeaseLost, NotFound
from invoice_summarizer.domain.invoice import Invoice, InvoiceStatus
from invoice_summarizer.domain.operation import Claim
from invoice_summarizer.ports.clock import Clock
from invoice_summarizer.ports.object_store import ObjectCorrupt, ObjectNotFound, ObjectStore
from invoice_summarizer.ports.operation_queue import OperationQueue
from invoice_summarizer.ports.transactions import Transaction, Transactions
from invoice_summarizer.use_cases.read_document import ReadDocument

WORKER = "worker"  # the actor in the audit log
FIRST_RETRY_DELAY = timedelta(seconds=1)
LONGEST_RETRY_DELAY = timedelta(minutes=5)
_MOST_DOUBLINGS = 20  # far past the longest delay


class Step(StrEnum):
    """The points between which a worker may die: at each, another worker takes up the operation and ends it once."""

    CLAIMED = "claimed"
    MARKED_PROCESSING = "marked_processing"
    DOCUMENT_READ = "document_read"
    RESULT_WRITTEN = "result_written"  # not yet committed
    COMMITTED = "committed"


class ProcessOperation:
    """The operation is done: its invoice is read, waits for review, or has failed with a typed reason.

    A part that fails for reasons of its own (a lost connection, a missing object store) gives the operation back with
    a growing delay as long as an attempt is left. Where the claim is void, nothing is written and LeaseLost raised.
    """

    def __init__(
        self,
        transactions: Transactions,
        queue: OperationQueue,
        objects: ObjectStore,
        read_document: ReadDocument,
        clock: Clock,
        reached: Callable[[Step], None] = lambda step: None,
    ) -> None:
        self._transactions = transactions
        self._queue = queue
        self._objects = objects
        self._read_document = read_document
        self._clock = clock
        self._reached = reached

    async def __call__(self, claim: Claim) -> None:
        self._reached(Step.CLAIMED)
        try:
            await self._process(claim)
        except (DocumentRejected, ObjectCorrupt, ObjectNotFound) as error:
            await self.fail(claim, error.reason)
        except LeaseLost:
            raise
        except Exception:
            if not await self._queue.retry_later(claim, retry_delay(claim.operation.attempt)):
                await self.fail(claim, "ATTEMPTS_EXHAUSTED")
            raise

    async def fail(self, claim: Claim, reason: str) -> None:
        """The operation and its invoice have failed for the reason. Raises LeaseLost."""
        async with self._transactions.begin(claim.operation.tenant) as transaction:
            invoice = await self._completed(transaction, claim, failure_reason=reason)
            await transaction.invoices.replace(invoice.failed(reason, self._clock()))
            await transaction.audit.append(
                WORKER, "invoice.failed", f"invoices/{invoice.id}", details=reason
            )

    async def _process(self, claim: Claim) -> None:
        async with self._transactions.begin(claim.operation.tenant) as transaction:
            invoice = await _locked_invoice(transaction, claim)
            await transaction.operations.require_held(claim)
            processing = invoice.moved(InvoiceStatus.PROCESSING, self._clock())
            await transaction.invoices.replace(processing)
            await transaction.audit.append(WORKER, "invoice.processing", f"invoices/{invoice.id}")
        self._reached(Step.MARKED_PROCESSING)
        document = processing.document
        data = await self._objects.get(claim.operation.tenant, document.sha256)
        reading = await self._read_document(data, document.media_type)
        self._reached(Step.DOCUMENT_READ)
        async with self._transactions.begin(claim.operation.tenant) as transaction:
            invoice = await self._completed(transaction, claim)
            read = invoice.read_as(reading, self._clock())
            await transaction.invoices.replace(read)
            await transaction.audit.append(WORKER, f"invoice.{read.status}", f"invoices/{read.id}")
            self._reached(Step.RESULT_WRITTEN)
        self._reached(Step.COMMITTED)

    async def _completed(
        self, transaction: Transaction, claim: Claim, *, failure_reason: str | None = None
    ) -> Invoice:
        """The operation is done; returns its invoice, locked and processing. Raises LeaseLost."""
        invoice = await _locked_invoice(transaction, claim)
        await transaction.operations.complete(claim, failure_reason=failure_reason)
        if invoice.status is InvoiceStatus.PROCESSING:
            return invoice
        processing = invoice.moved(InvoiceStatus.PROCESSING, self._clock())
        await transaction.invoices.replace(processing)
        return processing


async def _locked_invoice(transaction: Transaction, claim: Claim) -> Invoice:
    """Locks the invoice before its operation, as everybody does, so that no two wait for each other.

    Raises LeaseLost where the invoice was deleted, and the operation with it.
    """
    try:
        return await transaction.invoices.get(claim.operation.invoice_id, lock=True)
    except NotFound as error:
        raise LeaseLost("the operation went with its invoice") from error


def retry_delay(attempt: int) -> timedelta:
    """Returns how long to wait after the attempt (from 1) failed: 1 s, doubled each time, at most 5 minutes."""
    doublings = min(max(attempt - 1, 0), _MOST_DOUBLINGS)
    return min(FIRST_RETRY_DELAY * int(2**doublings), LONGEST_RETRY_DELAY)
