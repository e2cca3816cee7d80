"""The contract of BatchRepository and BatchItemRepository."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from aip.filter import parse_filter
from invoice_summarizer.domain.batch import (
    Batch,
    BatchItem,
    ItemCounts,
    ItemState,
    JobRecord,
)
from invoice_summarizer.domain.errors import NotFound
from invoice_summarizer.domain.invoice_fields import FIELD_ALIASES, FILTER_FIELDS
from invoice_summarizer.domain.operation import (
    Operation,
    OperationKind,
    OperationState,
    Progress,
)
from invoice_summarizer.domain.summary import Origin
from invoice_summarizer.ports.transactions import Transaction
from storage_fixture import Storage
from storage_samples import (
    LONG_AGO,
    TENANT,
    add_invoice,
    batch_of_operation,
    delete_invoice,
    read_invoice,
    received_invoice,
    summary_of_invoice,
)

FOLDER = "file:///import/acme"
ALL: frozenset[ItemState] = frozenset()


def operation_of(number: int, total: int | None) -> Operation:
    time = LONG_AGO + timedelta(minutes=number)
    return Operation(
        id=f"batch-{number}",
        tenant=TENANT,
        kind=OperationKind.BATCH,
        state=OperationState.PENDING,
        create_time=time,
        update_time=time,
        due_time=time,
        progress=Progress(0, total or 0),
    )


async def add_batch(transaction: Transaction, number: int = 1, total: int | None = None) -> Batch:
    operation = operation_of(number, total)
    await transaction.operations.add(operation)
    batch = batch_of_operation(operation)
    await transaction.batches.add(batch)
    return batch


def named(*invoice_ids: str) -> list[BatchItem]:
    return [BatchItem(ordinal=n, invoice_id=each) for n, each in enumerate(invoice_ids)]


async def add_items(storage: Storage, items: Sequence[BatchItem]) -> Batch:
    async with storage.transactions.begin(TENANT) as transaction:
        batch = await add_batch(transaction, total=len(items))
        await transaction.batch_items.add(batch.id, items)
    return batch


async def test_batch_comes_back_with_the_state_of_its_operation(storage: Storage) -> None:
    async with storage.transactions.begin(TENANT) as transaction:
        batch = await add_batch(transaction)
    async with storage.transactions.begin(TENANT) as transaction:
        assert await transaction.batches.get(batch.id) == batch
        await transaction.operations.cancel(batch.id)
    async with storage.transactions.begin(TENANT) as transaction:
        found = await transaction.batches.get(batch.id, lock=True)
    assert found.state is OperationState.CANCELLED
    assert replace(found, state=batch.state, update_time=batch.update_time) == batch


async def test_batch_needs_its_operation(storage: Storage) -> None:
    with pytest.raises(NotFound):
        async with storage.transactions.begin(TENANT) as transaction:
            await transaction.batches.add(batch_of_operation(operation_of(1, None)))


async def test_other_tenants_see_no_batch_and_no_item(storage: Storage) -> None:
    batch = await add_items(storage, named("a"))
    async with storage.transactions.begin("other") as transaction:
        with pytest.raises(NotFound):
            await transaction.batches.get(batch.id)
        assert await transaction.batches.page(after=None, limit=9) == []
        assert await transaction.batch_items.pending(batch.id, 0, 9) == []


async def test_plan_and_job_are_kept(storage: Storage) -> None:
    job = JobRecord(number=3, done_before=7, stalled=1)
    async with storage.transactions.begin(TENANT) as transaction:
        batch = await add_batch(transaction)
        await transaction.batches.put_plan(batch.id, total=12, failure=None)
        await transaction.batches.put_job(batch.id, job)
        other = await add_batch(transaction, 2)
        await transaction.batches.put_plan(other.id, total=None, failure="IMPORT_NOT_FOUND")
    async with storage.transactions.begin(TENANT) as transaction:
        assert await transaction.batches.get(batch.id) == replace(batch, total=12, job=job)
        assert (await transaction.batches.get(other.id)).plan_failure == "IMPORT_NOT_FOUND"


async def test_batches_come_newest_first_in_pages(storage: Storage) -> None:
    async with storage.transactions.begin(TENANT) as transaction:
        batches = [await add_batch(transaction, number) for number in range(5)]
        page = await transaction.batches.page(after=None, limit=2)
        assert page == [batches[4], batches[3]]
        place = (page[-1].create_time.isoformat(), page[-1].id)
        rest = await transaction.batches.page(after=place, limit=9)
    assert rest == [batches[2], batches[1], batches[0]]


async def test_items_of_a_filter_are_its_invoices_the_oldest_first(storage: Storage) -> None:
    expression = parse_filter('status="review_pending"', FILTER_FIELDS, FIELD_ALIASES)
    async with storage.transactions.begin(TENANT) as transaction:
        for number in (3, 1, 2):
            await add_invoice(transaction, read_invoice(number))
        await add_invoice(transaction, received_invoice(4))
    async with storage.transactions.begin("other") as transaction:
        await add_invoice(transaction, read_invoice(5, "other"))
    async with storage.transactions.begin(TENANT) as transaction:
        assert await transaction.batch_items.add_matching("some", expression, 9) == 3
        assert await transaction.batch_items.add_matching("all", None, 9) == 4
        assert await transaction.batch_items.add_matching("few", None, 2) == 2
        some = await transaction.batch_items.pending("some", 0, 9)
        few = await transaction.batch_items.pending("few", 0, 9)
    assert some == named("invoice-1", "invoice-2", "invoice-3")
    assert few == some[:2]


async def test_pending_items_are_those_of_the_range_that_are_not_done(storage: Storage) -> None:
    batch = await add_items(storage, named(*"abcdef"))
    async with storage.transactions.begin(TENANT) as transaction:
        [third] = await transaction.batch_items.pending(batch.id, 2, 3)
        await transaction.batch_items.finish(batch.id, [third.failed("WRONG_STATE")])
        left = await transaction.batch_items.pending(batch.id, 1, 5)
    assert [item.invoice_id for item in left] == ["b", "d", "e"]


async def test_finished_items_count_once(storage: Storage) -> None:
    uri = BatchItem(ordinal=2, document_uri="file:///import/acme/a.xml")
    batch = await add_items(storage, [*named("a", "invoice-1"), uri])
    async with storage.transactions.begin(TENANT) as transaction:
        invoice = await add_invoice(transaction, read_invoice(1))
        summary = await transaction.summaries.add(summary_of_invoice(invoice))
    first, second, third = named("a", "invoice-1")[0], named("a", "invoice-1")[1], uri
    done = [
        third.of_invoice(invoice.id).summarized(summary),
        first.failed("RESOURCE_NOT_FOUND"),
        second.summarized(summary),
    ]
    async with storage.transactions.begin(TENANT) as transaction:
        assert await transaction.batch_items.finish(batch.id, done[:1]) == done[:1]
        assert await transaction.batch_items.finish(batch.id, done) == done[1:]
        assert await transaction.batch_items.finish(batch.id, done) == []
        assert await transaction.batch_items.finish(batch.id, []) == []
    async with storage.transactions.begin(TENANT) as transaction:
        found = await transaction.batches.get(batch.id)
        listed = await transaction.batch_items.page(batch.id, states=ALL, after=None, limit=9)
        failed = await transaction.batch_items.page(
            batch.id, states=frozenset({ItemState.FAILED}), after=None, limit=9
        )
    assert found.counts == ItemCounts({Origin.TEMPLATE_AFTER_REFUSAL: 2}, failed=1)
    assert found.is_done and found.progress == Progress(3, 3, 1)
    assert [item.state for item in listed] == ["failed", "summarized", "summarized"]
    assert [item.summary_id for item in listed] == [None, summary.id, summary.id]
    assert listed[2].document_uri == uri.document_uri and listed[2].invoice_id == invoice.id
    assert failed == listed[:1] and failed[0].failure_reason == "RESOURCE_NOT_FOUND"


async def test_items_come_in_pages(storage: Storage) -> None:
    batch = await add_items(storage, named(*"abcde"))
    async with storage.transactions.begin(TENANT) as transaction:
        page = await transaction.batch_items.page(batch.id, states=ALL, after=None, limit=2)
        rest = await transaction.batch_items.page(
            batch.id, states=ALL, after=page[-1].ordinal, limit=9
        )
    assert [*page, *rest] == named(*"abcde")


async def test_deleted_invoice_leaves_its_item_without_a_summary(storage: Storage) -> None:
    batch = await add_items(storage, named("invoice-1"))
    async with storage.transactions.begin(TENANT) as transaction:
        invoice = await add_invoice(transaction, read_invoice(1))
        summary = await transaction.summaries.add(summary_of_invoice(invoice))
        [item] = named(invoice.id)
        await transaction.batch_items.finish(batch.id, [item.summarized(summary)])
    async with storage.transactions.begin(TENANT) as transaction:
        await delete_invoice(transaction, invoice.id)
    async with storage.transactions.begin(TENANT) as transaction:
        [left] = await transaction.batch_items.page(batch.id, states=ALL, after=None, limit=9)
        assert (await transaction.batches.get(batch.id)).is_done
    assert (left.state, left.summary_id) == (ItemState.SUMMARIZED, None)


async def test_item_names_its_document_no_more_once_the_invoice_is_deleted(
    storage: Storage,
) -> None:
    """Of the one that was summarized, and of the one that failed; others and their counts stay as they are."""
    uris = [BatchItem(ordinal=n, document_uri=f"{FOLDER}/{n}.xml") for n in range(4)]
    batch = await add_items(storage, uris)
    async with storage.transactions.begin(TENANT) as transaction:
        invoices = [await add_invoice(transaction, read_invoice(number)) for number in range(3)]
        summary = await transaction.summaries.add(summary_of_invoice(invoices[0]))
        done = [
            uris[0].of_invoice(invoices[0].id).summarized(summary),
            uris[1].failed("PDF_DAMAGED", invoices[1].id),
            uris[2].failed("PDF_DAMAGED", invoices[2].id),
        ]
        await transaction.batch_items.finish(batch.id, done)
    async with storage.transactions.begin(TENANT) as transaction:
        await delete_invoice(transaction, invoices[0].id)
        await delete_invoice(transaction, invoices[1].id)
    async with storage.transactions.begin(TENANT) as transaction:
        left = await transaction.batch_items.page(batch.id, states=ALL, after=None, limit=9)
        found = await transaction.batches.get(batch.id)
    assert [item.document_uri for item in left] == [
        None,
        None,
        *(f"{FOLDER}/{n}.xml" for n in (2, 3)),
    ]
    assert [item.state for item in left] == ["summarized", "failed", "failed", "pending"]
    assert found.counts == ItemCounts({Origin.TEMPLATE_AFTER_REFUSAL: 1}, failed=2)


async def test_item_that_is_finished_of_a_deleted_invoice_names_no_document(
    storage: Storage,
) -> None:
    uri = BatchItem(ordinal=0, document_uri=f"{FOLDER}/a.xml")
    batch = await add_items(storage, [uri])
    done = uri.of_invoice("gone").of_deleted_invoice().failed("RESOURCE_NOT_FOUND")
    async with storage.transactions.begin(TENANT) as transaction:
        await transaction.batch_items.finish(batch.id, [done])
        left = await transaction.batch_items.page(batch.id, states=ALL, after=None, limit=9)
    assert left == [done]


async def test_deleted_batch_is_gone_with_its_items_and_its_operation(storage: Storage) -> None:
    request_id = "1f0e2b3c-4d5e-4f60-8a1b-2c3d4e5f6071"
    async with storage.transactions.begin(TENANT) as transaction:
        batch = await add_batch(transaction, 1)
        other = await add_batch(transaction, 2)
        for each in (batch, other):
            await transaction.batch_items.add(each.id, named("a", "b"))
        assert await transaction.requests.record(request_id, "f", batch.id) == batch.id
        await transaction.operations.cancel(batch.id)
    async with storage.transactions.begin("other") as transaction:
        with pytest.raises(NotFound):
            await transaction.batches.delete(batch.id)
    async with storage.transactions.begin(TENANT) as transaction:
        await transaction.batches.delete(batch.id)
    async with storage.transactions.begin(TENANT) as transaction:
        for finding in (transaction.batches.get, transaction.operations.get):
            with pytest.raises(NotFound):
                await finding(batch.id)
        assert await transaction.batch_items.pending(batch.id, 0, 9) == []
        assert await transaction.batch_items.pending(other.id, 0, 9) == named("a", "b")
        assert await transaction.batches.page(after=None, limit=9) == [other]
        assert await transaction.requests.record(request_id, "g", other.id) == other.id
    with pytest.raises(NotFound):
        async with storage.transactions.begin(TENANT) as transaction:
            await transaction.batches.delete(batch.id)


async def test_operation_of_a_reading_is_deleted_as_no_batch(storage: Storage) -> None:
    [reading] = await storage.add_pending(1, tenant=TENANT)
    async with storage.transactions.begin(TENANT) as transaction:
        with pytest.raises(NotFound):
            await transaction.batches.delete(reading.id)
    async with storage.transactions.begin(TENANT) as transaction:
        assert await transaction.operations.get(reading.id) == reading


async def test_of_two_who_finish_the_same_items_at_once_one_does(storage: Storage) -> None:
    batch = await add_items(storage, named(*"abcdef"))
    items = [item.failed("WRONG_STATE") for item in named(*"abcdef")]

    async def finish(order: Sequence[BatchItem]) -> int:
        async with storage.transactions.begin(TENANT) as transaction:
            return len(await transaction.batch_items.finish(batch.id, order))

    finished = await asyncio.gather(*(finish(items[::step]) for step in (1, -1, 1, -1)))
    assert sum(finished) == 6
    async with storage.transactions.begin(TENANT) as transaction:
        assert (await transaction.batches.get(batch.id)).counts == ItemCounts(failed=6)


async def test_operation_of_a_batch_is_in_a_queue_of_its_own(storage: Storage) -> None:
    batch = await add_items(storage, named("a"))
    assert await storage.queue.claim("worker", timedelta(minutes=1), 9) == []
    [claim] = await storage.batch_queue.claim("worker", timedelta(minutes=1), 9)
    assert claim.operation.id == batch.id
    async with storage.transactions.begin(TENANT) as transaction:
        await transaction.operations.advance(claim, Progress(3, 8, 1))
    async with storage.transactions.begin(TENANT) as transaction:
        assert (await transaction.operations.get(batch.id)).progress == Progress(3, 8, 1)
        await transaction.operations.complete(claim)
    async with storage.transactions.begin(TENANT) as transaction:
        assert (await transaction.operations.get(batch.id)).progress == Progress(8, 8, 1)
