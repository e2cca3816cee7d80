"""Takes in the documents of a batch: each becomes the invoice that IngestInvoice and a worker would make of it."""

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

import structlog

from invoice_reading.errors import DocumentUnreadable
from invoice_summarizer.domain.batch import Batch, BatchItem
from invoice_summarizer.domain.error_place import place_of
from invoice_summarizer.domain.errors import InvoiceSummarizerError, Unavailable
from invoice_summarizer.domain.event import Event, EventKind
from invoice_summarizer.domain.invoice import Document, InvoiceHeader, received
from invoice_summarizer.ports.clock import Clock, NewId
from invoice_summarizer.ports.document_reader import (
    DocumentReader,
    ReaderCrashed,
    ReadingLimit,
    ReadingLimitExceeded,
)
from invoice_summarizer.ports.import_source import ImportNotConfigured, ImportSource
from invoice_summarizer.ports.long_work import LongWork
from invoice_summarizer.ports.object_store import ObjectStore
from invoice_summarizer.ports.stored_reading import StoredReading
from invoice_summarizer.ports.transactions import Transaction, Transactions
from invoice_summarizer.use_cases.process_operation import storable
from invoice_summarizer.use_cases.side_by_side import side_by_side
from invoice_summarizer.use_cases.store_document import DOCUMENT_LIMIT_BYTES, stored_document
from invoice_summarizer.use_cases.store_parts import store_parts
from invoice_summarizer.use_cases.store_reading import WORKER
from invoice_summarizer.use_cases.sweep_objects import GRACE

CRASHES = 3  # of what reads a document, after which the document is at fault
TIMEOUTS = 2
_SURELY_KEPT = GRACE / 2  # the other half is for the transaction, which takes seconds
_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class _Read:
    """A new document, and what came of reading it."""

    document: Document
    readings: Sequence[StoredReading]  # of each invoice in it; none where it could not be read
    failure: str = ""


class TakeInDocuments:
    """Returns the items with the invoices of their documents; one that is none has failed for its reason.

    The documents are stored and read as those that IngestDocument takes in, with the same events. One whose bytes are
    there already is not read again: its item has the invoice that there is. Of a document that holds several invoices all
    are stored, and its item has the first. What was read is written in one
    transaction. Raises Unavailable where a part does not answer that all need, and then nothing was written.
    """

    def __init__(
        self,
        transactions: Transactions,
        objects: ObjectStore,
        imports: ImportSource,
        reader: DocumentReader,
        work: LongWork,
        clock: Clock,
        new_id: NewId,
        *,
        at_once: int,
    ) -> None:
        self._transactions = transactions
        self._objects = objects
        self._imports = imports
        self._reader = reader
        self._work = work
        self._clock = clock
        self._new_id = new_id
        self._at_once = at_once

    async def __call__(self, batch: Batch, items: Sequence[BatchItem]) -> list[BatchItem]:
        if not items:
            return []
        stored = await side_by_side(lambda item: self._stored(batch, item), items, self._at_once)
        documents = {
            each.sha256: (each, item)
            for item, each in zip(items, stored, strict=True)
            if isinstance(each, Document)
        }
        known = await self._known(batch.tenant, documents)
        new = [document for sha256, document in documents.items() if sha256 not in known]
        read = await side_by_side(lambda each: self._read(batch, *each), new, self._at_once)
        await side_by_side(lambda each: self._keep(batch, *each), new, self._at_once)
        taken_in = {**known, **await self._put(batch, read)}
        return [
            (
                _with_invoice(item, taken_in[outcome.sha256])
                if isinstance(outcome, Document)
                else item.failed(outcome)
            )
            for item, outcome in zip(items, stored, strict=True)
        ]

    async def _stored(self, batch: Batch, item: BatchItem) -> Document | str:
        """Returns the document, of which the bytes are in the object store, or why it is none."""
        assert item.document_uri is not None
        try:
            data = await self._imports.read(
                batch.tenant, item.document_uri, limit_bytes=DOCUMENT_LIMIT_BYTES
            )
            return await stored_document(
                self._objects,
                batch.tenant,
                _once(data),
                file_name=_file_name(item.document_uri),
                now=self._clock(),
            )
        except ImportNotConfigured:
            raise Unavailable("no import folder is configured here") from None
        except Unavailable:
            raise
        except InvoiceSummarizerError as error:
            return error.reason

    async def _known(self, tenant: str, documents: Iterable[str]) -> Mapping[str, InvoiceHeader]:
        """Returns the first invoice of those of the documents that are there."""
        async with self._transactions.begin(tenant) as transaction:
            there = await transaction.documents.owned([*documents])
            found = {each: await transaction.invoices.of_document(each) for each in there}
        return {sha256: headers[0] for sha256, headers in found.items() if headers}

    async def _keep(self, batch: Batch, document: Document, item: BatchItem) -> None:
        """The bytes are in the object store, and no sweep takes them before their row is stored.

        They wait for the documents before them to be read, and then for those behind: if these are bad ones, for longer
        than a sweep lets lie what no row names. Raises Unavailable where other bytes are at the URI by now.
        """
        if self._clock() - document.create_time < _SURELY_KEPT:
            return
        again = await self._stored(batch, item)
        if not isinstance(again, Document) or again.sha256 != document.sha256:
            raise Unavailable("a document was changed while its batch was to read it")

    async def _read(self, batch: Batch, document: Document, item: BatchItem) -> _Read:
        try:
            await self._keep(batch, document, item)
            # Not kept from when it was stored: documents are large, and many wait for their turn.
            data = await self._objects.get(document.tenant, document.sha256)
            return _Read(document, await self._readings(document, data))
        except DocumentUnreadable as error:
            return _Read(document, (), error.reason)
        except Unavailable:
            raise
        except Exception as error:
            # One document stops no other, whatever it brings about.
            _log.error("document_crashed", error=type(error).__name__, place=place_of(error))
            return _Read(document, (), InvoiceSummarizerError.reason)

    async def _readings(self, document: Document, data: bytes) -> Sequence[StoredReading]:
        """Raises DocumentUnreadable; what may have ended the reading from outside only where it does so again."""
        crashes = timeouts = 0
        while True:
            try:
                read = await self._reader.read(data, document.media_type, whose=document.tenant)
                return [
                    await self._work(document.tenant, each, storable, self._transactions.storable)
                    for each in read
                ]
            except ReaderCrashed:
                crashes += 1
                if crashes == CRASHES:
                    raise
            except ReadingLimitExceeded as error:
                timeouts += 1
                if error.limit is not ReadingLimit.TIME or timeouts == TIMEOUTS:
                    raise

    async def _put(self, batch: Batch, read: Sequence[_Read]) -> Mapping[str, InvoiceHeader]:
        """Returns the invoice of each document; whoever else has taken one in meanwhile has made it.

        Documents come in the order of their hashes, and readings then in that of their invoices' numbers: so no two who
        write at once wait for each other.
        """
        if not read:
            return {}
        of_hash = {each.document.sha256: each for each in read}
        async with self._transactions.begin(batch.tenant) as transaction:
            documents = await transaction.documents.add_many(
                [of_hash[sha256].document for sha256 in sorted(of_hash)]
            )
            there = await transaction.invoices.of_documents(of_hash)
            new = [
                received(document, self._new_id(), self._clock())
                for document in documents
                if document.sha256 not in there
            ]
            await transaction.invoices.add_many(new)
            events = [_received_event(batch, header) for header in new]
            put = {sha256: headers[0] for sha256, headers in there.items()}
            for header in sorted(new, key=lambda each: _number(of_hash[each.document.sha256])):
                sha256 = header.document.sha256
                put[sha256], found = await self._finish(transaction, batch, header, of_hash[sha256])
                events += found
            await transaction.record(*events)
        return put

    async def _finish(
        self, transaction: Transaction, batch: Batch, header: InvoiceHeader, read: _Read
    ) -> tuple[InvoiceHeader, list[Event]]:
        """Returns the first invoice of the document as it is stored now, and what to record of all."""
        now = self._clock()
        if read.readings:
            stored, events = await store_parts(
                transaction,
                header,
                read.readings,
                operation_id=batch.id,
                new_id=self._new_id,
                now=now,
            )
            return stored[0], events
        failed = header.failed(read.failure, now)
        await transaction.invoices.put_header(failed)
        return failed, [
            Event(
                kind=EventKind.INVOICE_FAILED,
                actor=WORKER,
                time=now,
                invoice_id=header.id,
                operation_id=batch.id,
                reason=read.failure,
            )
        ]


def _received_event(batch: Batch, header: InvoiceHeader) -> Event:
    return Event(
        kind=EventKind.INVOICE_RECEIVED,
        actor=batch.creator,
        time=header.create_time,
        invoice_id=header.id,
        operation_id=batch.id,
    )


def _with_invoice(item: BatchItem, header: InvoiceHeader) -> BatchItem:
    if header.failure_reason is not None:
        return item.failed(header.failure_reason, header.id)
    return item.of_invoice(header.id)


def _number(read: _Read) -> str:
    identity = read.readings[0].identity if read.readings else None
    return identity.number if identity is not None else ""


def _file_name(uri: str) -> str:
    name = PurePosixPath(unquote(urlsplit(uri).path)).name
    return "".join(each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in name)


async def _once(data: bytes) -> AsyncIterator[bytes]:
    yield data
