"""The one transaction boundary: everything between begin and the end of the block happens, or nothing does."""

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from aip.filter_expression import Expression
from invoice_reading.reading import Reading
from invoice_summarizer.domain.batch import Batch, BatchItem, ItemState, JobRecord
from invoice_summarizer.domain.duplicates import Identity
from invoice_summarizer.domain.event import Event
from invoice_summarizer.domain.invoice import Document, InvoiceHeader
from invoice_summarizer.domain.operation import (
    NOTHING_MORE,
    Claim,
    JsonObject,
    Operation,
    OperationKind,
    OperationState,
    Progress,
)
from invoice_summarizer.domain.summary import Summary, SummaryIdentity
from invoice_summarizer.ports.packed import Packed
from invoice_summarizer.ports.stored_reading import StoredInvoice, StoredReading


class DocumentRepository(Protocol):
    async def add(self, document: Document) -> Document:
        """Stores a new document and returns it.

        Where the tenant has the document already, stores nothing and returns that one, which nobody removes before
        this transaction ends.
        """

    async def add_many(self, documents: Sequence[Document]) -> list[Document]:
        """Does the same for documents with different hashes, in their order."""

    async def owned(self, hashes: Collection[str]) -> frozenset[str]:
        """Returns those of the hashes of which the tenant has a document."""


class InvoiceRepository(Protocol):
    async def add(self, header: InvoiceHeader) -> None:
        """Stores a new invoice of a document that is there; it has no reading yet.

        Raises NotFound where the document is not there, Conflict where it has that part already; the transaction can
        then only end.
        """

    async def add_many(self, headers: Sequence[InvoiceHeader]) -> None:
        """Does the same for invoices of several documents."""

    async def get(self, invoice_id: str) -> StoredInvoice:
        """Returns the invoice, with its reading as it is stored. Raises NotFound."""

    async def get_many(self, invoice_ids: Collection[str]) -> Mapping[str, StoredInvoice]:
        """Returns those of the invoices that are there, by id."""

    async def hold(self, invoice_ids: Collection[str]) -> frozenset[str]:
        """Returns those of the invoices that are there; nobody removes them before this transaction ends."""

    async def header(self, invoice_id: str, *, lock: bool = False) -> InvoiceHeader:
        """Returns the invoice without its reading, which is not fetched.

        With `lock`, nobody else changes it before this transaction ends. Raises NotFound.
        """

    async def of_document(self, sha256: str) -> list[InvoiceHeader]:
        """Returns the invoices in the document, by part."""

    async def of_documents(self, hashes: Collection[str]) -> Mapping[str, list[InvoiceHeader]]:
        """Does the same for several documents, by hash; those without invoices are left out."""

    async def duplicates(self, header: InvoiceHeader, identity: Identity | None) -> list[str]:
        """Returns the ids of the invoices of other documents that may be the one of the identity, the oldest first.

        They are those that have one of its keys (`domain.duplicates`), at most MOST_DUPLICATES. Whoever
        asks for the same number waits until this transaction ends, and sees what it stores: of two that come at once,
        the later one finds the other.
        """

    async def put_header(self, header: InvoiceHeader) -> None:
        """Stores the header in place of the version before it (`version` - 1); the reading stays as it is.

        Raises StaleVersion, NotFound.
        """

    async def put_reading(
        self, header: InvoiceHeader, reading: StoredReading, duplicates: Sequence[str] = ()
    ) -> None:
        """Stores header and reading in place of the version before it, and by what the invoice is known again.

        The reading was made by `Transactions.storable`: nothing is left to be worked out while rows are locked, but
        that it names the `duplicates`, before all other review reasons. Raises StaleVersion, NotFound.
        """

    async def delete(self, header: InvoiceHeader) -> None:
        """The invoice, its summaries and its operations are gone, and its document where it was the last one of it.

        Items of batches are as `BatchItem.of_deleted_invoice` has them. Raises NotFound, StaleVersion where the header is not the current one.
        """


class OperationRepository(Protocol):
    async def add(self, operation: Operation) -> None:
        """Stores a new operation and, where it is pending, wakes a worker once the transaction commits.

        Raises NotFound where its invoice is not there, and Conflict where another operation on the invoice is under
        way; the transaction can then only end.
        """

    async def get(self, operation_id: str) -> Operation:
        """Raises NotFound."""

    async def latest(
        self, invoice_ids: Sequence[str], *, but: OperationKind | None = None
    ) -> Operation | None:
        """Returns the operation that was added last to any of the invoices; None where they have none.

        Operations of the kind `but` do not count.
        """

    async def page(
        self, *, states: frozenset[OperationState], after: tuple[str, str] | None, limit: int
    ) -> list[Operation]:
        """Returns operations in these states (all where empty), newest first; replays without their results.

        A replay's can have more than 100 kB, which no list shows. `after` is the create_time (ISO 8601) and id of the last one of the page before.
        """

    async def cancel(self, operation_id: str) -> Operation:
        """The operation is cancelled: no worker will complete it; whoever waits for it is woken.

        Raises NotFound, OperationNotCancellable where it is done.
        """

    async def advance(self, claim: Claim, progress: Progress) -> None:
        """The claimed operation has come so far. Raises LeaseLost as `complete` does."""

    async def complete(
        self,
        claim: Claim,
        *,
        result: JsonObject | None = None,
        failure_reason: str | None = None,
        failure_metadata: Mapping[str, str] = NOTHING_MORE,
    ) -> None:
        """The claimed operation is done: succeeded with its result, or failed for the reason, with what it says more.

        Whoever waits for it is woken once the transaction commits. Raises LeaseLost where the claim's fencing token
        is no longer the operation's or it was cancelled.
        """


@dataclass(frozen=True, slots=True)
class SummaryPlace:
    """Where a summary stands among those of its invoice."""

    id: str
    create_time: datetime


@dataclass(frozen=True, slots=True)
class SummariesPage:
    """The places of all that were found, and the first of them as they are stored."""

    places: tuple[SummaryPlace, ...]
    summaries: Packed[Sequence[Summary]]


class SummaryRepository(Protocol):
    async def add(self, summary: Summary) -> Summary:
        """Stores a new summary and returns it.

        Where there is one of the same identity already, stores nothing and returns that one. Raises NotFound where its
        invoice is not there; the transaction can then only end.
        """

    async def add_many(self, summaries: Sequence[Summary]) -> list[Summary]:
        """Does the same for summaries of several invoices, in their order."""

    async def get(self, invoice_id: str, summary_id: str) -> Summary:
        """Raises NotFound."""

    async def find(self, invoice_id: str, identity: SummaryIdentity) -> Summary | None:
        """Returns the summary of that identity; None where there is none."""

    async def find_many(self, identities: Mapping[str, SummaryIdentity]) -> Mapping[str, Summary]:
        """Returns, by invoice, the summary of the identity that is given for it, where there is one."""

    async def page(
        self,
        invoice_id: str,
        *,
        after: tuple[str, str] | None,
        limit: int,
        max_bytes: int | None = None,
    ) -> SummariesPage:
        """Returns the invoice's summaries, newest first; `after` as for operations.

        What is packed ends before the summary with which it would have more than `max_bytes`, but it has one where
        there is one.
        """


class BatchRepository(Protocol):
    async def add(self, batch: Batch) -> None:
        """Stores a new batch, of which the operation is there already."""

    async def get(self, batch_id: str, *, lock: bool = False) -> Batch:
        """Returns the batch. With `lock`, nobody else plans it before this transaction ends. Raises NotFound."""

    async def page(self, *, after: tuple[str, str] | None, limit: int) -> list[Batch]:
        """Returns batches, newest first; `after` as for operations."""

    async def put_plan(self, batch_id: str, *, total: int | None, failure: str | None) -> None:
        """The batch has so many items, or its documents could not be listed for that reason."""

    async def put_job(self, batch_id: str, job: JobRecord) -> None:
        """That is the last job of the batch."""

    async def delete(self, batch_id: str) -> None:
        """The batch, of which the operation is done, is gone with its items and its operation. Raises NotFound."""


class BatchItemRepository(Protocol):
    async def add_matching(self, batch_id: str, filter: Expression | None, limit: int) -> int:
        """Stores an item for each invoice that the filter finds, oldest first; returns how many, `limit` at most."""

    async def add(self, batch_id: str, items: Sequence[BatchItem]) -> None:
        """Stores new items."""

    async def pending(self, batch_id: str, first: int, last: int) -> list[BatchItem]:
        """Returns the items of [first, last) that are not done, in their order."""

    async def finish(self, batch_id: str, items: Sequence[BatchItem]) -> list[BatchItem]:
        """Stores what became of the items, and adds them to the counts of the batch; returns those.

        One that somebody else has done meanwhile stays as it is, and is not among them.
        """

    async def page(
        self, batch_id: str, *, states: frozenset[ItemState], after: int | None, limit: int
    ) -> list[BatchItem]:
        """Returns the items in these states (all where empty) behind the ordinal, in their order.

        A summary that went with its invoice is not named any more.
        """


class RequestLog(Protocol):
    async def record(self, request_id: str, fingerprint: str, operation_id: str) -> str:
        """Binds the request id to the operation, or finds it bound; returns the operation id that it is bound to.

        The operation may be added later in the same transaction; where it is not there at the end, the transaction
        raises NotFound. A binding goes with its operation. Raises RequestIdReused where the id is bound under another
        fingerprint.
        """


class Transaction(Protocol):
    """One open transaction of one tenant: rows of other tenants are not there."""

    @property
    def documents(self) -> DocumentRepository: ...
    @property
    def invoices(self) -> InvoiceRepository: ...
    @property
    def operations(self) -> OperationRepository: ...
    @property
    def summaries(self) -> SummaryRepository: ...
    @property
    def requests(self) -> RequestLog: ...
    @property
    def batches(self) -> BatchRepository: ...
    @property
    def batch_items(self) -> BatchItemRepository: ...

    async def record(self, *events: Event) -> None:
        """Adds the events to the log, where nobody can change or remove them."""

    async def correctors(self, invoice_id: str) -> frozenset[str]:
        """Returns who has corrected the invoice, by the log, since its document was last read."""


class Transactions(Protocol):
    @property
    def storable(self) -> Callable[[Reading], StoredReading]:
        """What makes a reading ready to be stored here. It can be pickled, and called in another process."""

    def begin(self, tenant: str) -> AbstractAsyncContextManager[Transaction]:
        """Opens a transaction that commits at the end of the block, and rolls back where the block raises.

        Raises Unavailable where the store does not answer.
        """
