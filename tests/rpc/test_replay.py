"""ReprocessInvoice with `replay`: what is read and summarized now beside what is stored, of which nothing changes."""

from typing import Any

import grpc
import pytest
from google.longrunning import operations_pb2

from invoices.v1 import (
    correction_pb2,
    ingest_service_pb2,
    operation_pb2,
    query_service_pb2,
    review_service_pb2,
    summarize_service_pb2,
    summary_pb2,
)
from refusal import refusal_of
from rpc_fixture import OWNER, Api, bearer, invoice_name, operation_metadata
from small_invoice import ubl_invoice

Code = grpc.StatusCode
Outcome = operation_pb2.ReplayedSummary.Outcome
Kind = operation_pb2.OperationMetadata.Kind


async def asked(api: Api, name: str, **fields: Any) -> operations_pb2.Operation:
    request = ingest_service_pb2.ReprocessInvoiceRequest(name=name, replay=True, **fields)
    return await api.ingest.ReprocessInvoice(request, metadata=bearer("editor"))


async def replayed(api: Api, name: str) -> operation_pb2.ReplayResult:
    done = await api.done((await asked(api, name)).name)
    assert not done.HasField("error")
    assert operation_metadata(done).kind == Kind.REPLAY
    result = operation_pb2.ReplayResult()
    assert done.response.Unpack(result)
    return result


async def summarized(api: Api, name: str, style: str) -> summary_pb2.Summary:
    request = summarize_service_pb2.SummarizeInvoiceRequest(
        name=name, style=summary_pb2.Summary.Style.Value(style)
    )
    return await api.summarize.SummarizeInvoice(request, metadata=OWNER)


async def stored(api: Api, name: str) -> tuple[object, ...]:
    """Returns all that is stored of the invoice, but for its operations."""
    summaries = await api.query.ListSummaries(
        query_service_pb2.ListSummariesRequest(parent=name), metadata=OWNER
    )
    return await api.invoice(name), summaries, api.store.events


async def test_what_the_same_program_reads_and_writes_is_equal_and_nothing_changes(
    api: Api,
) -> None:
    invoice = await api.read(ubl_invoice(declared_total="128.00", lines=3))
    written = [await summarized(api, invoice.name, style) for style in ("SHORT", "APPROVER")]
    before = await stored(api, invoice.name)
    result = await replayed(api, invoice.name)
    assert (result.reading_equal, result.difference_count) == (True, 0)
    assert (result.invoice, result.invoice_etag) == (invoice.name, invoice.etag)
    assert [(each.summary, each.outcome, each.same_writer) for each in result.summaries] == [
        (each.name, Outcome.EQUAL, True) for each in reversed(written)
    ]
    assert not result.more_summaries
    assert await stored(api, invoice.name) == before


async def test_what_a_person_has_changed_is_told_by_field(api: Api) -> None:
    invoice = await api.read(ubl_invoice())
    earlier = await summarized(api, invoice.name, "SHORT")
    correction = correction_pb2.Correction(field_path="invoice_number", value="R-9")
    await api.review.CorrectInvoice(
        review_service_pb2.CorrectInvoiceRequest(name=invoice.name, corrections=[correction]),
        metadata=OWNER,
    )
    now = await summarized(api, invoice.name, "SHORT")
    before = await stored(api, invoice.name)
    result = await replayed(api, invoice.name)
    assert not result.reading_equal
    [difference] = result.differences
    assert (difference.field_path, difference.old_value, difference.new_value) == (
        "invoice_number",
        "R-9",
        "R-1",
    )
    assert difference.changed_by_person and difference.annotation_differs
    outcomes = {each.summary: each.outcome for each in result.summaries}
    assert outcomes == {earlier.name: Outcome.EARLIER_STATE, now.name: Outcome.EQUAL}
    assert await stored(api, invoice.name) == before


async def test_approved_invoice_is_replayed_too(api: Api) -> None:
    invoice = await api.read(ubl_invoice())
    await api.review.ApproveInvoice(
        review_service_pb2.ApproveInvoiceRequest(name=invoice.name, comment="as ordered"),
        metadata=OWNER,
    )
    assert (await replayed(api, invoice.name)).reading_equal


async def test_what_was_never_read_has_nothing_to_compare_with(idle_api: Api, api: Api) -> None:
    name = invoice_name(await idle_api.ingested(ubl_invoice()))
    refusal = await refusal_of(asked(idle_api, name))
    assert (refusal.code, refusal.reason) == (Code.FAILED_PRECONDITION, "WRONG_STATE")
    failed = await api.ingested(b"<html/>")
    await api.done(failed.name)
    refusal = await refusal_of(asked(api, invoice_name(failed)))
    assert (refusal.code, refusal.metadata) == (Code.FAILED_PRECONDITION, {"status": "failed"})


async def test_lost_document_fails_the_replay_and_leaves_the_invoice(api: Api) -> None:
    invoice = await api.read(ubl_invoice())
    before = await stored(api, invoice.name)
    api.objects._objects.clear()
    done = await api.done((await asked(api, invoice.name)).name)
    assert done.error.code == Code.INTERNAL.value[0]
    assert await stored(api, invoice.name) == before


async def test_same_bytes_again_give_the_operation_that_read_them(api: Api) -> None:
    invoice = await api.read(ubl_invoice())
    await replayed(api, invoice.name)
    again = operation_metadata(await api.ingested(ubl_invoice()))
    assert (again.kind, again.document_known) == (Kind.INGEST, True)


async def test_request_id_of_a_replay_is_none_of_a_reprocessing(api: Api) -> None:
    invoice = await api.read(ubl_invoice())
    request_id = "5a3d2f64-9a0c-4b52-9a4a-0d6c1a8be3aa"
    first = await asked(api, invoice.name, request_id=request_id)
    await api.done(first.name)
    assert (await asked(api, invoice.name, request_id=request_id)).name == first.name
    request = ingest_service_pb2.ReprocessInvoiceRequest(name=invoice.name, request_id=request_id)
    refusal = await refusal_of(api.ingest.ReprocessInvoice(request, metadata=OWNER))
    assert (refusal.code, refusal.reason) == (Code.ALREADY_EXISTS, "REQUEST_ID_REUSED")


@pytest.mark.parametrize("replay", [True, False])
async def test_one_operation_on_an_invoice_is_under_way_at_a_time(api: Api, replay: bool) -> None:
    invoice = await api.read(ubl_invoice())
    api.faults.hold("get")
    under_way = await asked(api, invoice.name)
    request = ingest_service_pb2.ReprocessInvoiceRequest(name=invoice.name, replay=replay)
    refusal = await refusal_of(api.ingest.ReprocessInvoice(request, metadata=OWNER))
    assert (refusal.code, refusal.reason) == (Code.FAILED_PRECONDITION, "WRONG_STATE")
    api.faults.release()
    await api.done(under_way.name)


async def test_lists_of_operations_have_no_results(api: Api) -> None:
    invoice = await api.read(ubl_invoice())
    await replayed(api, invoice.name)
    listed = await api.operations.ListOperations(
        operations_pb2.ListOperationsRequest(name="tenants/acme"), metadata=OWNER
    )
    assert [each.HasField("response") for each in listed.operations] == [False, False]
