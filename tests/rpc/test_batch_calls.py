"""Batches over the API, with a worker whose cluster is this process."""

import asyncio
import uuid

import pytest
from google.longrunning import operations_pb2
from google.rpc import code_pb2

from invoice_summarizer.adapters.memory.import_source import ROOT
from invoice_summarizer.domain.event import EventKind
from invoices.v1 import batch_pb2, operation_pb2, summarize_service_pb2, summary_pb2
from refusal import refusal_of
from rpc_fixture import OWNER, STRANGER, TENANT, Api, bearer, invoice_name, operation_metadata
from small_invoice import ubl_invoice

State = batch_pb2.Batch.State
ItemState = batch_pb2.BatchItem.State
FOLDER = f"{ROOT}/acme"


def request(**fields: object) -> summarize_service_pb2.CreateBatchRequest:
    batch = batch_pb2.Batch(**fields)  # type: ignore[arg-type]
    return summarize_service_pb2.CreateBatchRequest(parent=TENANT, batch=batch)


async def created(
    api: Api, sent: summarize_service_pb2.CreateBatchRequest
) -> operations_pb2.Operation:
    return await api.summarize.CreateBatch(sent, metadata=OWNER)


async def got(api: Api, operation: operations_pb2.Operation) -> batch_pb2.Batch:
    name = operation_metadata(operation).batch
    return await api.summarize.GetBatch(
        summarize_service_pb2.GetBatchRequest(name=name), metadata=OWNER
    )


async def items(api: Api, batch: str, filter: str = "") -> list[batch_pb2.BatchItem]:
    found: list[batch_pb2.BatchItem] = []
    token = ""
    while True:
        page = await api.summarize.ListBatchItems(
            summarize_service_pb2.ListBatchItemsRequest(
                parent=batch, filter=filter, page_size=2, page_token=token
            ),
            metadata=OWNER,
        )
        found += page.items
        token = page.next_page_token
        if not token:
            return found


async def test_batch_of_a_filter_is_done(api: Api) -> None:
    invoices = [await api.read(ubl_invoice(f"R-{number}")) for number in range(3)]
    operation = await created(api, request(filter="status=ready", language_code="de"))
    metadata = operation_metadata(operation)
    assert metadata.kind == operation_pb2.OperationMetadata.BATCH
    assert (metadata.progress.done, metadata.progress.total) == (0, 3)
    done = await api.done(operation.name)
    batch = batch_pb2.Batch()
    assert done.response.Unpack(batch)
    assert batch == await got(api, operation)
    assert batch.name == metadata.batch and batch.state == State.SUCCEEDED
    assert (batch.filter, batch.language_code, batch.creator) == ("status=ready", "de", "olga")
    assert batch.style == summary_pb2.Summary.SHORT
    assert (batch.counts.total, batch.counts.summarized, batch.counts.failed) == (3, 3, 0)
    [origin] = batch.counts.by_origin
    assert (origin.origin, origin.count) == (summary_pb2.Summary.TEMPLATE, 3)
    progress = operation_metadata(done).progress
    assert (progress.done, progress.total, progress.failed) == (3, 3, 0)
    found = await items(api, batch.name)
    assert [item.invoice for item in found] == [invoice.name for invoice in invoices]
    again = await api.summarize.SummarizeInvoice(
        summarize_service_pb2.SummarizeInvoiceRequest(name=found[0].invoice, language_code="de"),
        metadata=OWNER,
    )
    assert again.stored_before and again.name == found[0].summary


async def test_items_that_failed_are_filtered_and_told_with_their_reasons(api: Api) -> None:
    invoice = await api.read(ubl_invoice())
    names = [f"{TENANT}/invoices/gone", invoice.name, invoice.name]
    named = batch_pb2.Batch.NamedInvoices(names=names)
    operation = await created(api, request(invoices=named))
    await api.done(operation.name)
    batch = await got(api, operation)
    assert batch.WhichOneof("source") == "invoices" and not batch.invoices.names
    assert (batch.counts.total, batch.counts.failed) == (2, 1)
    [failed] = await items(api, batch.name, "state=FAILED")
    assert (failed.invoice, failed.failure_reason) == (names[0], "RESOURCE_NOT_FOUND")
    [good] = await items(api, batch.name, "state = SUMMARIZED")
    assert good.ordinal == 1 and good.summary.startswith(invoice.name)
    assert await items(api, batch.name, "state=PENDING") == []


async def test_batch_of_documents_takes_them_in(api: Api) -> None:
    api.imports.documents = {f"{FOLDER}/{n}.xml": ubl_invoice(f"R-{n}") for n in range(3)}
    api.imports.documents[f"{FOLDER}/x.txt"] = b"no invoice"
    operation = await created(api, request(uri_prefix=FOLDER))
    assert operation_metadata(operation).progress.total == 0
    await api.done(operation.name)
    batch = await got(api, operation)
    assert (batch.counts.summarized, batch.counts.failed) == (3, 1)
    found = await items(api, batch.name)
    assert [item.document_uri for item in found] == sorted(api.imports.documents)
    invoice = await api.invoice(found[0].invoice)
    assert (invoice.document.file_name, invoice.content.invoice_number) == ("0.xml", "R-0")
    assert found[3].failure_reason == "DOCUMENT_TYPE_UNSUPPORTED" and not found[3].invoice


async def test_batch_that_cannot_be_listed_has_failed(api: Api) -> None:
    operation = await created(api, request(uri_prefix=f"{FOLDER}/none"))
    done = await api.done(operation.name)
    assert done.error.code == code_pb2.NOT_FOUND
    batch = await got(api, operation)
    assert (batch.state, batch.failure_reason) == (State.FAILED, "IMPORT_NOT_FOUND")


async def test_same_request_id_gives_the_same_batch(idle_api: Api) -> None:
    idle_api.imports.documents = {f"{FOLDER}/a.xml": ubl_invoice()}
    sent = request(uri_prefix=FOLDER)
    sent.request_id = str(uuid.uuid4())
    first = await created(idle_api, sent)
    assert (await created(idle_api, sent)).name == first.name
    sent.batch.language_code = "fr"
    refused = await refusal_of(idle_api.summarize.CreateBatch(sent, metadata=OWNER))
    assert refused.reason == "REQUEST_ID_REUSED"
    sent.request_id = "1"
    refused = await refusal_of(idle_api.summarize.CreateBatch(sent, metadata=OWNER))
    assert refused.reason == "INVALID_REQUEST_ID"


async def test_batch_that_waits_is_cancelled(idle_api: Api) -> None:
    operations = [
        await created(idle_api, request(uri_prefix=f"{FOLDER}/{number}")) for number in range(3)
    ]
    listed = await idle_api.summarize.ListBatches(
        summarize_service_pb2.ListBatchesRequest(parent=TENANT, page_size=2), metadata=OWNER
    )
    rest = await idle_api.summarize.ListBatches(
        summarize_service_pb2.ListBatchesRequest(
            parent=TENANT, page_size=2, page_token=listed.next_page_token
        ),
        metadata=OWNER,
    )
    names = [batch.name for batch in (*listed.batches, *rest.batches)]
    assert names == [operation_metadata(each).batch for each in reversed(operations)]
    assert not rest.next_page_token
    cancelling = summarize_service_pb2.CancelBatchRequest(name=names[0])
    await idle_api.summarize.CancelBatch(cancelling, metadata=OWNER)
    assert (await got(idle_api, operations[-1])).state == State.CANCELLED
    refused = await refusal_of(idle_api.summarize.CancelBatch(cancelling, metadata=OWNER))
    assert refused.reason == "OPERATION_DONE"


async def test_batch_that_is_done_is_deleted_and_no_other(idle_api: Api) -> None:
    invoice = invoice_name(await idle_api.ingested(ubl_invoice()))
    operation = await created(idle_api, request(filter=""))
    name = operation_metadata(operation).batch
    deleting = summarize_service_pb2.DeleteBatchRequest(name=name)
    refused = await refusal_of(idle_api.summarize.DeleteBatch(deleting, metadata=OWNER))
    assert (refused.reason, refused.metadata["state"]) == ("BATCH_NOT_DONE", "pending")
    for caller in (STRANGER, bearer("viewer")):
        refused = await refusal_of(idle_api.summarize.DeleteBatch(deleting, metadata=caller))
        assert refused.reason == ("RESOURCE_NOT_FOUND" if caller == STRANGER else "ROLE_MISSING")
    cancelling = summarize_service_pb2.CancelBatchRequest(name=name)
    await idle_api.summarize.CancelBatch(cancelling, metadata=OWNER)
    await idle_api.summarize.DeleteBatch(deleting, metadata=OWNER)
    for gone in (
        idle_api.summarize.GetBatch(
            summarize_service_pb2.GetBatchRequest(name=name), metadata=OWNER
        ),
        idle_api.operations.GetOperation(
            operations_pb2.GetOperationRequest(name=operation.name), metadata=OWNER
        ),
        idle_api.summarize.DeleteBatch(deleting, metadata=OWNER),
    ):
        assert (await refusal_of(gone)).reason == "RESOURCE_NOT_FOUND"
    assert (await idle_api.invoice(invoice)).name == invoice
    last = idle_api.store.events[-1]
    assert (last.kind, last.actor) == (EventKind.BATCH_DELETED, "olga")


async def test_running_batch_is_cancelled_with_its_job(api: Api) -> None:
    await api.read(ubl_invoice())
    held = asyncio.Event()
    api.jobs._run = lambda job: _wait_for(held)
    operation = await created(api, request(filter=""))
    while (await got(api, operation)).job == "":
        await asyncio.sleep(0.01)
    name = operation_metadata(operation).batch
    await api.summarize.CancelBatch(
        summarize_service_pb2.CancelBatchRequest(name=name), metadata=OWNER
    )
    async with asyncio.timeout(20):
        while not all(task.cancelled() for task in api.jobs._tasks.values()):
            await asyncio.sleep(0.01)
    assert (await got(api, operation)).state == State.CANCELLED


async def _wait_for(event: asyncio.Event) -> None:
    await event.wait()


@pytest.mark.parametrize(
    ("fields", "reason", "field"),
    [
        ({}, "BATCH_WITHOUT_SOURCE", "batch"),
        ({"filter": "status="}, "INVALID_FILTER", "filter"),
        ({"filter": "status=archived"}, "BATCH_EMPTY", "filter"),
        ({"invoices": {"names": []}}, "BATCH_EMPTY", "invoices.names"),
        ({"invoices": {"names": ["x"]}}, "INVALID_NAME", "invoices.names"),
        ({"uri_prefix": "file:///import/other"}, "IMPORT_NOT_ALLOWED", "uri_prefix"),
        ({"uri_prefix": FOLDER + "/x" * 2_048}, "IMPORT_NOT_ALLOWED", "uri_prefix"),
        ({"filter": "", "language_code": "xx"}, "LANGUAGE_UNSUPPORTED", "language_code"),
        (
            {"filter": "", "language_code": "en" + "-x" * 17},
            "LANGUAGE_UNSUPPORTED",
            "language_code",
        ),
        ({"filter": "", "instruction": "site 4"}, "INSTRUCTION_NEEDS_MODEL", "instruction"),
        ({"filter": "", "instruction": "x" * 501}, "INVALID_INPUT", "instruction"),
    ],
)
async def test_what_cannot_be_a_batch_is_refused(
    idle_api: Api, fields: dict[str, object], reason: str, field: str
) -> None:
    refused = await refusal_of(idle_api.summarize.CreateBatch(request(**fields), metadata=OWNER))
    assert (refused.reason, refused.fields) == (reason, (field,))
    assert not [*idle_api.store.committed.batch_items.items()]


async def test_too_many_invoices_are_refused(idle_api: Api) -> None:
    names = [f"{TENANT}/invoices/{number}" for number in range(10_001)]
    refused = await refusal_of(
        idle_api.summarize.CreateBatch(
            request(invoices=batch_pb2.Batch.NamedInvoices(names=names)), metadata=OWNER
        )
    )
    assert (refused.reason, refused.metadata["limit"]) == ("BATCH_TOO_LARGE", "10000")


async def test_batches_of_others_are_not_found(idle_api: Api) -> None:
    operation = await created(idle_api, request(uri_prefix=FOLDER))
    name = operation_metadata(operation).batch
    for caller in (STRANGER, bearer("viewer")):
        cancelling = summarize_service_pb2.CancelBatchRequest(name=name)
        refused = await refusal_of(idle_api.summarize.CancelBatch(cancelling, metadata=caller))
        assert refused.reason == ("RESOURCE_NOT_FOUND" if caller == STRANGER else "ROLE_MISSING")
    for parent in (name, f"{TENANT}/batches/none"):
        refused = await refusal_of(
            idle_api.summarize.ListBatchItems(
                summarize_service_pb2.ListBatchItemsRequest(parent=parent),
                metadata=STRANGER if parent == name else OWNER,
            )
        )
        assert refused.reason == "RESOURCE_NOT_FOUND"
