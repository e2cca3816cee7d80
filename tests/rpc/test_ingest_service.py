"""IngestService: documents come in once, a change names the state it saw, a deletion leaves the audit log."""

import asyncio
import uuid
from collections.abc import AsyncIterator
from typing import Any

import grpc
import pytest
from google.longrunning import operations_pb2

from invoices.v1 import (
    correction_pb2,
    ingest_service_pb2,
    invoice_pb2,
    operation_pb2,
    review_service_pb2,
)
from refusal import refusal_of
from rpc_fixture import (
    OWNER,
    TENANT,
    Api,
    ingest_request,
    invoice_name,
    operation_metadata,
    upload,
)
from small_invoice import ubl_invoice

Status = invoice_pb2.Invoice.Status
Code = grpc.StatusCode
State = operation_pb2.OperationMetadata.State


def cleared(
    invoice: invoice_pb2.Invoice, path: str, etag: str = ""
) -> review_service_pb2.CorrectInvoiceRequest:
    correction = correction_pb2.Correction(field_path=path, clear=True)
    return review_service_pb2.CorrectInvoiceRequest(
        name=invoice.name, etag=etag, corrections=[correction]
    )


def reprocess(
    name: str, *, etag: str = "", request_id: str = ""
) -> ingest_service_pb2.ReprocessInvoiceRequest:
    return ingest_service_pb2.ReprocessInvoiceRequest(name=name, etag=etag, request_id=request_id)


async def test_ingested_document_is_read(api: Api) -> None:
    operation = await api.ingested(ubl_invoice("R-7"))
    assert not operation.done
    assert operation_metadata(operation).state == State.PENDING
    done = await api.done(operation.name)
    invoice = invoice_pb2.Invoice()
    assert done.response.Unpack(invoice)
    assert (invoice.status, invoice.content.invoice_number) == (Status.READY, "R-7")
    assert invoice == await api.invoice(invoice_name(operation))


async def test_uploaded_document_is_read(api: Api) -> None:
    data = ubl_invoice("R-8", lines=50)
    chunks = [data[start : start + 1000] for start in range(0, len(data), 1000)]
    operation = await api.ingest.UploadInvoice(upload(*chunks), metadata=OWNER)
    await api.done(operation.name)
    invoice = await api.invoice(invoice_name(operation))
    assert (invoice.status, invoice.document.size_bytes) == (Status.READY, len(data))
    assert len(invoice.content.lines) == 50


async def test_same_bytes_give_the_operation_that_is_there(api: Api) -> None:
    first = await api.ingested(ubl_invoice())
    second = await api.ingest.UploadInvoice(upload(ubl_invoice()), metadata=OWNER)
    assert (second.name, invoice_name(second)) == (first.name, invoice_name(first))
    assert (api.row_count, api.object_count) == (2, 1)
    assert not operation_metadata(first).document_known
    assert operation_metadata(second).document_known
    assert not operation_metadata(await api.done(first.name)).document_known


async def test_document_is_known_before_it_is_read(idle_api: Api) -> None:
    first, second = [await idle_api.ingested(ubl_invoice()) for _ in range(2)]
    known = [operation_metadata(each).document_known for each in (first, second)]
    assert (known, second.name) == ([False, True], first.name)


async def test_same_request_id_with_the_same_document_gives_the_same_operation(api: Api) -> None:
    request_id = str(uuid.uuid4())
    request = ingest_request(ubl_invoice(), request_id=request_id)
    first = await api.ingest.IngestInvoice(request, metadata=OWNER)
    await api.done(first.name)
    reread = await api.ingest.ReprocessInvoice(reprocess(invoice_name(first)), metadata=OWNER)
    again = await api.ingest.IngestInvoice(request, metadata=OWNER)
    without = await api.ingested(ubl_invoice())
    assert (again.name, without.name) == (first.name, reread.name)


async def test_same_request_id_with_another_document_is_refused(api: Api) -> None:
    request_id = str(uuid.uuid4())
    await api.ingest.IngestInvoice(
        ingest_request(ubl_invoice("R-1"), request_id=request_id), metadata=OWNER
    )
    rows = api.row_count
    second = ingest_request(ubl_invoice("R-2"), request_id=request_id)
    for refusal in (
        await refusal_of(api.ingest.IngestInvoice(second, metadata=OWNER)),
        await api.refused_upload(upload(ubl_invoice("R-3"), request_id=request_id)),
    ):
        assert (refusal.code, refusal.reason) == (Code.ALREADY_EXISTS, "REQUEST_ID_REUSED")
    assert api.row_count == rows


@pytest.mark.parametrize(
    ("data", "media_type", "reason"),
    [
        (b"", "", "DOCUMENT_EMPTY"),
        (b"plain words", "", "DOCUMENT_TYPE_UNSUPPORTED"),
        (b"GIF89a", "image/gif", "DOCUMENT_TYPE_UNSUPPORTED"),
        (b"<a/>", "application/pdf", "MEDIA_TYPE_MISMATCH"),
        (b"%PDF-1.7", "text/xml", "MEDIA_TYPE_MISMATCH"),
    ],
)
async def test_document_of_no_kind_that_is_read_leaves_nothing(
    api: Api, data: bytes, media_type: str, reason: str
) -> None:
    request = ingest_request(data, media_type=media_type)
    for refusal in (
        await refusal_of(api.ingest.IngestInvoice(request, metadata=OWNER)),
        await api.refused_upload(upload(data, media_type=media_type)),
    ):
        assert (refusal.code, refusal.reason) == (Code.INVALID_ARGUMENT, reason)
    assert (api.row_count, api.object_count) == (0, 0)


async def test_document_that_is_too_large_is_refused_on_every_way(api: Api) -> None:
    mebibyte = b"<".ljust(1 << 20)
    inline = await refusal_of(api.ingested(mebibyte * 5))
    message = await refusal_of(api.ingested(mebibyte * 65))
    uploaded = await api.refused_upload(upload(*[mebibyte] * 65))
    chunk = await api.refused_upload(upload(mebibyte * 9))
    assert (inline.reason, inline.fields) == ("DOCUMENT_TOO_LARGE", ("document.data",))
    assert inline.metadata == {"limit_bytes": str(4 << 20)}
    assert (uploaded.reason, uploaded.metadata) == (
        "DOCUMENT_TOO_LARGE",
        {"limit_bytes": str(64 << 20)},
    )
    assert (message.reason, chunk.reason) == ("REQUEST_TOO_LARGE", "REQUEST_TOO_LARGE")
    assert {r.code for r in (inline, message, uploaded, chunk)} == {Code.INVALID_ARGUMENT}
    assert (api.row_count, api.object_count) == (0, 0)


async def test_upload_needs_its_header_first_and_chunks_only_behind(api: Api) -> None:
    header, chunk = [*upload(ubl_invoice())]
    for messages, reason, field in (
        ([], "UPLOAD_HEADER_MISSING", "header"),
        ([chunk, header], "UPLOAD_HEADER_MISSING", "header"),
        ([header, header], "UPLOAD_PART_UNEXPECTED", "chunk"),
        ([header, chunk, header], "UPLOAD_PART_UNEXPECTED", "chunk"),
        (
            [header, chunk, ingest_service_pb2.UploadInvoiceRequest()],
            "UPLOAD_PART_UNEXPECTED",
            "chunk",
        ),
        ([header], "DOCUMENT_EMPTY", None),
    ):
        refusal = await api.refused_upload(messages)
        assert (refusal.code, refusal.reason) == (Code.INVALID_ARGUMENT, reason)
        assert refusal.fields == ((field,) if field else ())
    assert (api.row_count, api.object_count) == (0, 0)


async def test_upload_that_is_cancelled_leaves_nothing(api: Api) -> None:
    """Not even where all bytes of a document had come: nobody said that these were all."""

    async def cancelled_after(pause: float) -> None:
        sent = asyncio.Event()

        async def messages() -> AsyncIterator[ingest_service_pb2.UploadInvoiceRequest]:
            for message in upload(ubl_invoice()):
                yield message
            await asyncio.sleep(pause)
            sent.set()
            await asyncio.Event().wait()

        call = api.ingest.UploadInvoice(messages(), metadata=OWNER)
        await sent.wait()
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call

    for number in range(30):
        await cancelled_after(number % 5 / 1000)
    while api.metrics.calls_in_flight._value.get():
        await asyncio.sleep(0.001)
    assert (api.row_count, api.object_count) == (0, 0)
    assert (await api.read(ubl_invoice())).status == Status.READY


async def test_fields_of_the_request_are_checked(api: Api) -> None:
    for request, reason, field in (
        (ingest_request(b"<a/>", "tenants"), "INVALID_NAME", "parent"),
        (ingest_request(b"<a/>", request_id="1"), "INVALID_REQUEST_ID", "request_id"),
    ):
        refusal = await refusal_of(api.ingest.IngestInvoice(request, metadata=OWNER))
        assert (refusal.code, refusal.reason, refusal.fields) == (
            Code.INVALID_ARGUMENT,
            reason,
            (field,),
        )
    for file_name in ("a" * 256, "a\nb"):
        named = ingest_request(b"<a/>")
        named.document.file_name = file_name
        refusal = await refusal_of(api.ingest.IngestInvoice(named, metadata=OWNER))
        assert refusal.reason == "INVALID_FILE_NAME"


async def test_stale_etag_is_refused_by_every_change(api: Api) -> None:
    invoice = await api.read(ubl_invoice())
    stale = invoice.etag
    await api.review.CorrectInvoice(cleared(invoice, "notes", stale), metadata=OWNER)
    rows = api.row_count
    for call in (
        api.review.CorrectInvoice(cleared(invoice, "notes", stale), metadata=OWNER),
        api.ingest.DeleteInvoice(
            ingest_service_pb2.DeleteInvoiceRequest(name=invoice.name, etag=stale), metadata=OWNER
        ),
        api.ingest.ReprocessInvoice(reprocess(invoice.name, etag=stale), metadata=OWNER),
    ):
        refusal = await refusal_of(call)
        assert (refusal.code, refusal.reason) == (Code.ABORTED, "ETAG_MISMATCH")
    assert api.row_count == rows


async def test_deleted_invoice_is_gone_with_its_operations(api: Api) -> None:
    invoice = await api.read(ubl_invoice())
    await api.ingest.DeleteInvoice(
        ingest_service_pb2.DeleteInvoiceRequest(name=invoice.name, etag=invoice.etag),
        metadata=OWNER,
    )
    assert api.row_count == 0
    assert (await refusal_of(api.invoice(invoice.name))).code == Code.NOT_FOUND
    assert api.store.events[-1].kind == "invoice.deleted"
    again = await api.read(ubl_invoice())
    assert again.name != invoice.name


async def test_reprocessing_reads_the_document_once_more(api: Api) -> None:
    invoice = await api.read(ubl_invoice())
    operation = await api.ingest.ReprocessInvoice(reprocess(invoice.name), metadata=OWNER)
    assert operation_metadata(operation).kind == operation_pb2.OperationMetadata.REPROCESS
    await api.done(operation.name)
    again = await api.invoice(invoice.name)
    assert (again.content, again.status) == (invoice.content, Status.READY)
    [asked] = [each for each in api.store.events if each.kind == "invoice.reprocess_requested"]
    assert asked.reason is None


async def test_reprocessing_loses_corrections_only_where_that_is_allowed(api: Api) -> None:
    invoice = await api.read(ubl_invoice())
    corrected = await api.review.CorrectInvoice(cleared(invoice, "buyer"), metadata=OWNER)
    request = reprocess(invoice.name, request_id=str(uuid.uuid4()))
    refusal = await refusal_of(api.ingest.ReprocessInvoice(request, metadata=OWNER))
    assert (refusal.code, refusal.reason, refusal.metadata) == (
        Code.FAILED_PRECONDITION,
        "CORRECTIONS_AT_STAKE",
        {"status": "ready"},
    )
    assert await api.invoice(invoice.name) == corrected.invoice
    request.discard_corrections = True
    operation = await api.ingest.ReprocessInvoice(request, metadata=OWNER)
    await api.done(operation.name)
    assert (await api.invoice(invoice.name)).content == invoice.content
    [asked] = [each for each in api.store.events if each.kind == "invoice.reprocess_requested"]
    assert asked.reason == "CORRECTIONS_DISCARDED"
    # What was read since then holds no corrections.
    again = await api.ingest.ReprocessInvoice(reprocess(invoice.name), metadata=OWNER)
    await api.done(again.name)


async def test_reprocessing_is_idempotent_by_its_request_id(api: Api) -> None:
    first, second = await api.read(ubl_invoice("R-1")), await api.read(ubl_invoice("R-2"))
    request_id = str(uuid.uuid4())
    request = reprocess(first.name, request_id=request_id)
    operations = [await api.ingest.ReprocessInvoice(request, metadata=OWNER) for _ in range(2)]
    assert operations[0].name == operations[1].name
    refusal = await refusal_of(
        api.ingest.ReprocessInvoice(reprocess(second.name, request_id=request_id), metadata=OWNER)
    )
    assert (refusal.code, refusal.reason) == (Code.ALREADY_EXISTS, "REQUEST_ID_REUSED")


async def test_reprocessing_waits_for_no_operation_that_is_under_way(idle_api: Api) -> None:
    operation = await idle_api.ingested(ubl_invoice())
    refusal = await refusal_of(
        idle_api.ingest.ReprocessInvoice(reprocess(invoice_name(operation)), metadata=OWNER)
    )
    assert (refusal.code, refusal.reason) == (Code.FAILED_PRECONDITION, "WRONG_STATE")
    assert refusal.metadata == {
        "status": "received",
        "operation": operation.name.rpartition("/")[2],
    }
    pending = await idle_api.operations.ListOperations(
        operations_pb2.ListOperationsRequest(name=TENANT), metadata=OWNER
    )
    assert [found.name for found in pending.operations] == [operation.name]


async def test_message_that_is_no_protobuf_is_refused_with_a_reason(api: Api) -> None:
    channel: Any = api.channel
    service = "/invoices.v1.IngestService"
    bad = b"\x0a\x02\xff\xfe"  # text that is not UTF-8
    for call in (
        channel.unary_unary(f"{service}/IngestInvoice")(bad, metadata=OWNER),
        channel.stream_unary(f"{service}/UploadInvoice")(iter([bad]), metadata=OWNER),
    ):
        refusal = await refusal_of(call)
        assert (refusal.code, refusal.reason) == (Code.INVALID_ARGUMENT, "REQUEST_MALFORMED")
