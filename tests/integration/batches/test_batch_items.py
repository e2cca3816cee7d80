"""What a job does with the items of a batch: what the services would have done, once."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from batch_rig import (
    FOLDER,
    OWNER,
    SHORT,
    BatchRig,
    all_documents,
    all_invoices,
    documents_at,
    due_rig,
)
from summarizing import summary_writer

from invoice_reading.errors import DocumentUnreadable
from invoice_reading.reading import Reading
from invoice_summarizer.adapters.memory.document_reader import MemoryDocumentReader
from invoice_summarizer.adapters.memory.language_model import MemoryLanguageModel
from invoice_summarizer.domain.batch import BatchItem, BatchSource, ItemState, SourceKind
from invoice_summarizer.domain.errors import NotFound, WrongState
from invoice_summarizer.domain.event import EventKind
from invoice_summarizer.domain.invoice import Invoice, InvoiceStatus
from invoice_summarizer.domain.operation import OperationState
from invoice_summarizer.domain.summary import Origin, Summary
from invoice_summarizer.ports.batch_jobs import BatchJob
from invoice_summarizer.ports.clock import new_uuid, utc_now
from invoice_summarizer.ports.document_reader import (
    PagesTold,
    ReaderCrashed,
    ReadingLimit,
    ReadingLimitExceeded,
    tell_nobody,
)
from invoice_summarizer.ports.language_model import ModelFailure
from invoice_summarizer.ports.packed import Packed
from invoice_summarizer.ports.stored_reading import StoredReading
from invoice_summarizer.ports.transactions import Transaction, Transactions
from invoice_summarizer.use_cases.cancel_operation import CancelOperation
from invoice_summarizer.use_cases.create_batch import Submission
from invoice_summarizer.use_cases.delete_batch import DeleteBatch
from invoice_summarizer.use_cases.run_batch import CHUNK
from invoice_summarizer.use_cases.summarize_invoice import SummarizeInvoice
from small_invoice import ubl_invoice
from storage_fixture import Storage
from storage_samples import delete_invoice, found_invoice

DOCUMENTS = [ubl_invoice(f"R-{number}") for number in range(5)]


async def done(rig: BatchRig, submission: Submission) -> str:
    """Creates the batch and does all of its items; returns its id."""
    batch_id = (await rig.create(submission)).id
    await rig.run_job(BatchJob(OWNER.tenant, batch_id))
    return batch_id


async def invoice_of(rig: BatchRig, item: BatchItem) -> Invoice:
    assert item.invoice_id is not None
    async with rig.transactions.begin(OWNER.tenant) as transaction:
        return await found_invoice(transaction, item.invoice_id)


async def summary_of(rig: BatchRig, item: BatchItem) -> Summary:
    assert item.invoice_id is not None and item.summary_id is not None
    async with rig.transactions.begin(OWNER.tenant) as transaction:
        return await transaction.summaries.get(item.invoice_id, item.summary_id)


async def events_of(rig: BatchRig, invoice_id: str) -> list[tuple[EventKind, str]]:
    found = await rig.storage.reader.events(OWNER.tenant, invoice_id, before=None, limit=99)
    return [(each.event.kind, each.event.actor) for each in reversed(found)]


async def online(rig: BatchRig, invoice_id: str) -> Summary:
    summarize = SummarizeInvoice(rig.transactions, rig.writer, utc_now, new_uuid)
    return (await summarize(OWNER, invoice_id, SHORT, seconds_left=5)).summary


def without_ids(summary: Summary) -> Summary:
    return replace(summary, id="", invoice_id="", create_time=utc_now().min, invoice_etag="")


async def test_invoices_of_a_filter_get_the_summary_that_the_service_writes(rig: BatchRig) -> None:
    ids = await rig.ingest(*DOCUMENTS)
    before = await online(rig, ids[0])
    batch_id = await done(rig, all_invoices())
    items = await rig.items(batch_id)
    assert [item.invoice_id for item in items] == ids
    assert items[0].summary_id == before.id
    for item in items:
        summary = await summary_of(rig, item)
        assert (await online(rig, str(item.invoice_id))) == summary  # the very one is found again
    batch = await rig.batch(batch_id)
    assert batch.counts.by_origin == {Origin.TEMPLATE: len(DOCUMENTS)}
    assert batch.is_done and not batch.counts.failed


@pytest.mark.parametrize(
    ("failure", "requests"), [(ModelFailure.OVERLOADED, 3), (ModelFailure.BUDGET_SPENT, 1)]
)
async def test_model_that_fails_is_asked_again_but_not_where_the_budget_is_spent(
    rig: BatchRig, failure: ModelFailure, requests: int
) -> None:
    model = MemoryLanguageModel(lambda request: [failure])
    rig.writer = summary_writer(model)
    await rig.ingest(DOCUMENTS[0])
    [item] = await rig.items(await done(rig, all_invoices()))
    summary = await summary_of(rig, item)
    assert summary.origin is Origin.TEMPLATE_AFTER_FAILURE
    assert summary.refusal_reasons == (failure,)
    assert len(model.requests) == requests


async def test_documents_become_what_the_services_make_of_them(
    rig: BatchRig,
) -> None:
    """Byte for byte, over a second store that has never heard of batches."""
    # The last two are of one number and seller, so that each is suspected to be the other.
    documents = [*DOCUMENTS, ubl_invoice("R-4", net="7.00")]
    rig.imports.documents = documents_at(FOLDER, documents)
    batch_id = await done(rig, all_documents())
    items = await rig.items(batch_id)
    assert {item.state for item in items} == {ItemState.SUMMARIZED}
    by_batch = {}
    for item in items:
        invoice = await invoice_of(rig, item)
        by_batch[invoice.document.sha256] = (invoice, await summary_of(rig, item))
        assert await events_of(rig, invoice.id) == [
            (EventKind.INVOICE_RECEIVED, OWNER.subject),
            (
                (
                    EventKind.INVOICE_READY
                    if invoice.status is InvoiceStatus.READY
                    else EventKind.INVOICE_REVIEW_PENDING
                ),
                "worker",
            ),
            (EventKind.INVOICE_SUMMARIZED, OWNER.subject),
        ]
    for invoice, _ in by_batch.values():
        async with rig.transactions.begin(OWNER.tenant) as transaction:
            await delete_invoice(transaction, invoice.id)
    # In the order in which the job took them in, so that the same one is the later.
    in_order = sorted(by_batch.values(), key=lambda pair: pair[0].document.sha256)
    names = {f"{number:03}.xml": data for number, data in enumerate(documents)}
    ids = await rig.ingest(*(names[str(each.document.file_name)] for each, _ in in_order))
    for (invoice, summary), invoice_id in zip(in_order, ids, strict=True):
        async with rig.transactions.begin(OWNER.tenant) as transaction:
            again = await found_invoice(transaction, invoice_id)
        assert (again.status, again.version) == (invoice.status, invoice.version)
        assert invoice.reading is not None and again.reading is not None
        assert replace(again.reading, review_reasons=()) == replace(
            invoice.reading, review_reasons=()
        )
        assert [each.code for each in again.reading.review_reasons] == [
            each.code for each in invoice.reading.review_reasons
        ]
        assert without_ids(await online(rig, invoice_id)) == without_ids(summary)


async def test_bad_items_have_failed_for_their_reasons_and_stop_nothing(rig: BatchRig) -> None:
    [good, unread] = await rig.ingest(DOCUMENTS[0], b"%PDF-1.7 damaged")
    named = BatchSource(SourceKind.INVOICES)
    batch_id = await done(rig, Submission(named, SHORT, invoice_ids=["gone", unread, good, good]))
    assert [(item.state, item.failure_reason) for item in await rig.items(batch_id)] == [
        (ItemState.FAILED, "RESOURCE_NOT_FOUND"),
        (ItemState.FAILED, "WRONG_STATE"),
        (ItemState.SUMMARIZED, None),
    ]
    assert (await rig.batch(batch_id)).progress.failed == 2


async def test_bad_documents_have_failed_for_their_reasons(rig: BatchRig) -> None:
    rig.imports.documents = documents_at(
        FOLDER,
        [b"", b"GIF89a", b"%PDF-1.7 damaged", DOCUMENTS[0], DOCUMENTS[0], b"<a/>"],
    )
    batch_id = (await rig.create(all_documents())).id
    await rig.runner.plan(OWNER.tenant, batch_id)
    del rig.imports.documents[f"{FOLDER}/005.xml"]
    await rig.run_job(BatchJob(OWNER.tenant, batch_id))
    items = await rig.items(batch_id)
    assert [item.failure_reason for item in items] == [
        "DOCUMENT_EMPTY",
        "DOCUMENT_TYPE_UNSUPPORTED",
        "PDF_DAMAGED",
        None,
        None,
        "IMPORT_NOT_FOUND",
    ]
    # As with the services: what is no document is not kept, and one that cannot be read is.
    assert [bool(item.invoice_id) for item in items] == [False, False, True, True, True, False]
    assert items[3].invoice_id == items[4].invoice_id
    failed = await invoice_of(rig, items[2])
    assert (failed.status, failed.failure_reason) == (InvoiceStatus.FAILED, "PDF_DAMAGED")
    assert await events_of(rig, failed.id) == [
        (EventKind.INVOICE_RECEIVED, OWNER.subject),
        (EventKind.INVOICE_FAILED, "worker"),
    ]
    again = await done(rig, all_documents())
    assert (await rig.items(again))[2].failure_reason == "PDF_DAMAGED"


@pytest.mark.parametrize(
    ("document", "alike"),
    [(DOCUMENTS[0], DOCUMENTS[1]), (b"%PDF-1.7 damaged", b"%PDF-1.7 damaged too")],
)
async def test_document_of_a_batch_comes_again_with_an_operation_as_after_a_worker(
    rig: BatchRig, document: bytes, alike: bytes
) -> None:
    """Where it was read, and where it could not be."""
    rig.imports.documents = documents_at(FOLDER, [document])
    [item] = await rig.items(await done(rig, all_documents()))
    again = await rig.take_in(document)
    assert again.invoice_id == item.invoice_id
    assert await rig.take_in(document) == again
    await rig.ingest(alike)
    by_worker = await rig.take_in(alike)
    assert (again.kind, again.state, again.failure_reason, again.progress) == (
        by_worker.kind,
        by_worker.state,
        by_worker.failure_reason,
        by_worker.progress,
    )
    assert again.result.keys() == by_worker.result.keys()
    assert (again.state is OperationState.FAILED) == (item.failure_reason is not None)


async def test_known_documents_are_not_read_again(rig: BatchRig) -> None:
    ids = await rig.ingest(*DOCUMENTS)
    rig.imports.documents = documents_at(FOLDER, DOCUMENTS)
    rig.reader = _Reader(DocumentUnreadable("it was read"))
    batch_id = await done(rig, all_documents())
    assert [item.invoice_id for item in await rig.items(batch_id)] == ids
    assert (await rig.batch(batch_id)).counts.summarized == len(ids)


async def test_doing_items_again_or_by_two_at_once_does_nothing_twice(rig: BatchRig) -> None:
    rig.imports.documents = documents_at(
        FOLDER, [ubl_invoice(f"R-{number}") for number in range(CHUNK + 5)]
    )
    batch_id = (await rig.create(all_documents())).id
    total = await rig.runner.plan(OWNER.tenant, batch_id)
    assert total == CHUNK + 5 == await rig.runner.plan(OWNER.tenant, batch_id)
    counts = await asyncio.gather(
        rig.runner.run(OWNER.tenant, batch_id, 0, total),
        rig.runner.run(OWNER.tenant, batch_id, 0, total),
        rig.runner.run(OWNER.tenant, batch_id, 3, CHUNK),
    )
    assert sum(each.done for each in counts) == total
    assert (await rig.runner.run(OWNER.tenant, batch_id, 0, total)).done == 0
    assert (await rig.batch(batch_id)).counts.by_origin == {Origin.TEMPLATE: total}
    for item in await rig.items(batch_id):
        kinds = [kind for kind, _ in await events_of(rig, str(item.invoice_id))]
        assert kinds.count(EventKind.INVOICE_SUMMARIZED) == 1
        assert kinds.count(EventKind.INVOICE_RECEIVED) == 1


async def test_batch_that_was_cancelled_is_left_as_it_is(rig: BatchRig) -> None:
    await rig.ingest(*DOCUMENTS)
    batch_id = (await rig.create(all_invoices())).id
    assert (await rig.runner.run(OWNER.tenant, batch_id, 0, 2)).summarized == 2
    async with rig.transactions.begin(OWNER.tenant) as transaction:
        await transaction.operations.cancel(batch_id)
    assert (await rig.runner.run(OWNER.tenant, batch_id, 0, 5)).done == 0
    assert (await rig.batch(batch_id)).counts.summarized == 2


async def test_invoice_that_was_deleted_meanwhile_has_failed(rig: BatchRig) -> None:
    ids = await rig.ingest(*DOCUMENTS[:2])
    batch_id = (await rig.create(all_invoices())).id
    async with rig.transactions.begin(OWNER.tenant) as transaction:
        await delete_invoice(transaction, ids[0])
    await rig.run_job(BatchJob(OWNER.tenant, batch_id))
    reasons = [item.failure_reason for item in await rig.items(batch_id)]
    assert reasons == ["RESOURCE_NOT_FOUND", None]


@pytest.mark.parametrize("document", [DOCUMENTS[0], b"%PDF-1.7 damaged"])
async def test_invoice_that_is_deleted_before_its_item_is_done_takes_the_uri_along(
    rig: BatchRig, document: bytes
) -> None:
    rig.imports.documents = documents_at(FOLDER, [document])
    batch_id = (await rig.create(all_documents())).id
    await rig.runner.plan(OWNER.tenant, batch_id)
    whole = rig.transactions
    rig.transactions = _DeletingTransactions(whole, document)
    await rig.runner.run(OWNER.tenant, batch_id, 0, 1)
    rig.transactions = whole
    [item] = await rig.items(batch_id)
    assert (item.state, item.document_uri) == (ItemState.FAILED, None)
    assert (await rig.batch(batch_id)).counts.failed == 1


async def test_batch_that_is_deleted_meanwhile_ends_its_job(rig: BatchRig) -> None:
    await rig.ingest(*DOCUMENTS)
    batch_id = (await rig.create(all_invoices())).id
    delete = DeleteBatch(rig.transactions, utc_now)
    with pytest.raises(WrongState, match="cancel it first"):
        await delete(OWNER, batch_id)
    await CancelOperation(rig.transactions, utc_now)(OWNER, batch_id)
    await delete(OWNER, batch_id)
    with pytest.raises(NotFound):
        await rig.runner.run(OWNER.tenant, batch_id, 0, 2)
    with pytest.raises(NotFound):
        await rig.runner.plan(OWNER.tenant, batch_id)
    assert await rig.items(batch_id) == []


@pytest.mark.parametrize(
    ("failures", "reason"),
    [
        ([ReaderCrashed()] * 2, None),
        ([ReaderCrashed()] * 3, "READER_CRASHED"),
        ([ReadingLimitExceeded(ReadingLimit.TIME, 60)], None),
        ([ReadingLimitExceeded(ReadingLimit.TIME, 60)] * 2, "READING_LIMIT_EXCEEDED"),
        ([ReadingLimitExceeded(ReadingLimit.MEMORY, 1)], "READING_LIMIT_EXCEEDED"),
        ([RuntimeError("of ours")], "INTERNAL"),
    ],
)
async def test_what_ends_a_reading_from_outside_is_tried_again(
    memory_storage: Storage, failures: list[Exception], reason: str | None
) -> None:
    rig = await due_rig(memory_storage)
    rig.reader = _Reader(*failures)
    rig.imports.documents = documents_at(FOLDER, DOCUMENTS[:1])
    [item] = await rig.items(await done(rig, all_documents()))
    assert item.failure_reason == reason


class _Reader(MemoryDocumentReader):
    """Raises the failures one after the other, and then reads."""

    def __init__(self, *failures: Exception) -> None:
        super().__init__({})
        self._failures = [*failures]

    async def read(
        self,
        data: bytes,
        declared_media_type: str = "",
        *,
        whose: str = "",
        told: PagesTold = tell_nobody,
    ) -> Sequence[Packed[Reading]]:
        if self._failures:
            raise self._failures.pop(0)
        return await super().read(data, declared_media_type, whose=whose, told=told)


class _DeletingTransactions:
    """As soon as the document has its invoice, that is deleted."""

    def __init__(self, transactions: Transactions, document: bytes) -> None:
        self._transactions = transactions
        self._sha256 = hashlib.sha256(document).hexdigest()

    @property
    def storable(self) -> Callable[[Reading], StoredReading]:
        return self._transactions.storable

    @asynccontextmanager
    async def begin(self, tenant: str) -> AsyncIterator[Transaction]:
        async with self._transactions.begin(tenant) as transaction:
            yield transaction
        async with self._transactions.begin(tenant) as transaction:
            for header in await transaction.invoices.of_document(self._sha256):
                await transaction.invoices.delete(header)
