"""Takes a document in: once for each tenant, whatever happens on the way."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from invoice_summarizer.domain.document_task import reading_operation
from invoice_summarizer.domain.event import Event, EventKind
from invoice_summarizer.domain.invoice import Document, InvoiceHeader, received
from invoice_summarizer.domain.operation import (
    NOT_BEGUN,
    Operation,
    OperationKind,
    OperationState,
    Progress,
)
from invoice_summarizer.domain.principal import Principal
from invoice_summarizer.domain.request_fingerprint import request_fingerprint
from invoice_summarizer.ports.clock import Clock, NewId
from invoice_summarizer.ports.object_store import ObjectStore
from invoice_summarizer.ports.transactions import Transaction, Transactions
from invoice_summarizer.use_cases.store_document import stored_document


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingDocument:
    """What the sender says of the bytes; nothing of it is trusted."""

    media_type: str = ""
    file_name: str = ""
    request_id: str = ""


@dataclass(frozen=True, slots=True)
class TakenIn:
    """The operation on the document's invoice; `known` where the tenant had the document before."""

    operation: Operation
    known: bool


class IngestDocument:
    """Stores the document and sets an operation to read it; returns the operation.

    The same bytes again return the newest operation of the invoices that are there, and the same request id with the
    same document the operation that it first got. The bytes are stored before the transaction: an object that no
    row names is harmless, and a row without its object cannot come to be.

    Raises DocumentRejected (reason DOCUMENT_EMPTY, DOCUMENT_TYPE_UNSUPPORTED, MEDIA_TYPE_MISMATCH,
    DOCUMENT_TOO_LARGE), and then nothing was written, and RequestIdReused, and then no row was: the object is swept.
    """

    def __init__(
        self, transactions: Transactions, objects: ObjectStore, clock: Clock, new_id: NewId
    ) -> None:
        self._transactions = transactions
        self._objects = objects
        self._clock = clock
        self._new_id = new_id

    async def __call__(
        self, principal: Principal, chunks: AsyncIterator[bytes], incoming: IncomingDocument
    ) -> TakenIn:
        now = self._clock()
        document = await stored_document(
            self._objects,
            principal.tenant,
            chunks,
            media_type=incoming.media_type,
            file_name=incoming.file_name,
            now=now,
        )
        return await self._record(principal, document, incoming.request_id, now)

    async def _record(
        self, principal: Principal, document: Document, request_id: str, now: datetime
    ) -> TakenIn:
        async with self._transactions.begin(principal.tenant) as transaction:
            known = await transaction.documents.add(document)
            invoices = await transaction.invoices.of_document(known.sha256)
            operation = (
                await self._repeated(transaction, invoices, now)
                if invoices
                else await self._receive(transaction, known, principal.subject, now)
            )
            if request_id:
                bound = await transaction.requests.record(
                    request_id, request_fingerprint("ingest", document.sha256), operation.id
                )
                if bound != operation.id:
                    operation = await transaction.operations.get(bound)
        return TakenIn(operation, known=bool(invoices))

    async def _repeated(
        self, transaction: Transaction, invoices: Sequence[InvoiceHeader], now: datetime
    ) -> Operation:
        """Returns the operation that was last asked for on any of the invoices.

        Where there is none, since a batch has taken the document in, a new one is stored that is done already, as
        the reading has ended: it has failed where the document could not be read.
        """
        ids = [invoice.id for invoice in invoices]
        operation = await transaction.operations.latest(ids, but=OperationKind.REPLAY)
        if operation is None:
            failure = invoices[0].failure_reason
            operation = Operation(
                id=self._new_id(),
                tenant=invoices[0].tenant,
                kind=OperationKind.INGEST,
                invoice_id=ids[0],
                state=OperationState.FAILED if failure else OperationState.SUCCEEDED,
                create_time=now,
                update_time=now,
                due_time=now,
                result={} if failure else {"invoice_ids": ids},
                progress=NOT_BEGUN if failure else Progress(1, 1),
                failure_reason=failure,
            )
            await transaction.operations.add(operation)
        return operation

    async def _receive(
        self, transaction: Transaction, document: Document, actor: str, now: datetime
    ) -> Operation:
        """Stores the first invoice of the document, and the operation that reads it."""
        invoice = received(document, self._new_id(), now)
        operation = reading_operation(self._new_id(), OperationKind.INGEST, invoice, now)
        await transaction.invoices.add(invoice)
        await transaction.operations.add(operation)
        await transaction.record(
            Event(
                kind=EventKind.INVOICE_RECEIVED,
                actor=actor,
                time=now,
                invoice_id=invoice.id,
                operation_id=operation.id,
            )
        )
        return operation
