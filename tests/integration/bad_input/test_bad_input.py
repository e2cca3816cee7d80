"""Bad input against the whole system: embedded PostgreSQL, files, reading processes, a worker.

Each gets a status code and a reason within ten seconds, without a trace or text of the document; it leaves no row or
object that belongs to nothing; and the next good document goes through.
"""

import asyncio
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import grpc
import grpc.aio
import pytest
from google.longrunning import operations_pb2
from whole_stack import MEBIBYTE, PARENT, SECONDS, Stack

import hostile_documents as hostile
from invoices.v1 import (
    ingest_service_pb2,
    invoice_pb2,
    query_service_pb2,
    validate_service_pb2,
)
from reading_processes import reading_processes
from refusal import Refusal, refusal_of_upload
from rpc_fixture import bearer, ingest_request, invoice_name, upload
from small_invoice import ubl_invoice

pytestmark = pytest.mark.asyncio(loop_scope="module")

Code = grpc.StatusCode


def holds_no_content(told: str) -> None:
    for forbidden in ("Traceback", 'File "', "4711", "lol", "root:", "xxxx", "127.0.0.1:9"):
        assert forbidden not in told, told
    assert len(told) < 500


# Documents that are taken in, since they begin like ones that are read, and whose reading fails.
UNREADABLE: list[tuple[str, Callable[[], bytes], str]] = [
    ("truncated PDF", hostile.truncated_pdf, "PDF_DAMAGED"),
    ("encrypted PDF", hostile.encrypted_pdf, "PDF_ENCRYPTED"),
    ("PDF without pages", hostile.pdf_without_pages, "PDF_NO_PAGES"),
    ("PDF of 100,000 pages", hostile.pdf_of_pages, "PDF_TOO_MANY_PAGES"),
    ("flate bomb as content", hostile.flate_bomb_content, "READING_LIMIT_EXCEEDED"),
    (
        "flate bomb of operators",
        lambda: hostile.flate_bomb_content(b"q Q "),
        "READING_LIMIT_EXCEEDED",
    ),
    ("flate bomb as attachment", hostile.flate_bomb_attachment, "PDF_LIMIT_EXCEEDED"),
    ("XML with entities", hostile.xml_with_entities, "XML_FORBIDDEN_CONSTRUCT"),
    ("XML with an external DTD", hostile.xml_with_external_dtd, "XML_FORBIDDEN_CONSTRUCT"),
    ("XML with an external entity", hostile.xml_with_external_entity, "XML_FORBIDDEN_CONSTRUCT"),
    ("XML of 50 MB", hostile.xml_of_50_megabytes, "XML_LIMIT_EXCEEDED"),
    ("XML that is cut off", lambda: ubl_invoice()[:-20], "XML_NOT_WELL_FORMED"),
    ("XML of no invoice", lambda: b"<html/>", "XML_SYNTAX_UNKNOWN"),
]


@pytest.mark.parametrize(
    ("build", "reason"), [pytest.param(b, r, id=name) for name, b, r in UNREADABLE]
)
async def test_document_that_cannot_be_read_fails_with_its_reason(
    stack: Stack, build: Callable[[], bytes], reason: str
) -> None:
    data = build()
    async with asyncio.timeout(SECONDS):
        operation = await stack.upload(data)
        found, message = await stack.failed(operation)
    assert found == reason
    holds_no_content(message)
    invoice = await stack.query.GetInvoice(
        query_service_pb2.GetInvoiceRequest(name=invoice_name(operation)), metadata=stack.owner
    )
    assert (invoice.status, invoice.failure_reason) == (invoice_pb2.Invoice.FAILED, reason)
    if len(data) <= 4 * MEBIBYTE:
        refusal = await refused(validated(data), stack)
        assert (refusal.code, refusal.reason) == (Code.INVALID_ARGUMENT, reason)
    await stack.state.nothing_is_orphaned()
    await stack.is_alive()


async def test_document_that_takes_longer_than_its_call_is_read_no_further(stack: Stack) -> None:
    """MuPDF is done with it at once; the e-invoice inside takes seconds, which nobody waits for any more."""
    data = hostile.pdf_with_file(ubl_invoice(lines=10_000))
    await validated(ubl_invoice())(stack)
    before = reading_processes()
    request = validate_service_pb2.ValidateInvoiceRequest(document=ingest_request(data).document)
    for _ in range(2):
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await stack.validate.ValidateInvoice(request, metadata=stack.owner, timeout=0.2)
        assert caught.value.code() is Code.DEADLINE_EXCEEDED
    async with asyncio.timeout(SECONDS):
        while before <= reading_processes():
            await asyncio.sleep(0.01)
    await stack.is_alive()


Calls = Callable[[Stack], Awaitable[Any]]


async def refused(call: Calls, stack: Stack) -> Refusal:
    async with asyncio.timeout(SECONDS):
        refusal = await refusal_of_upload(lambda: call(stack))
    holds_no_content(f"{refusal.message} {refusal.metadata} {refusal.reason}")
    assert refusal.domain == "invoicesummarizer.com" and refusal.request_id
    return refusal


def ingest(data: bytes, parent: str = PARENT, **fields: str) -> Calls:
    return lambda stack: stack.ingest.IngestInvoice(
        ingest_request(data, parent, **fields), metadata=stack.owner, timeout=SECONDS
    )


def validated(data: bytes) -> Calls:
    request = validate_service_pb2.ValidateInvoiceRequest(document=ingest_request(data).document)
    return lambda stack: stack.validate.ValidateInvoice(
        request, metadata=stack.owner, timeout=SECONDS
    )


def uploaded(data: bytes, **header: str) -> Calls:
    return lambda stack: stack.upload(data, **header)


def listed(token: str | None = None, **fields: str) -> Calls:
    return lambda stack: stack.query.ListInvoices(
        query_service_pb2.ListInvoicesRequest(parent=PARENT, **fields),  # type: ignore[arg-type]
        metadata=stack.owner if token is None else bearer(token) if token else (),
        timeout=SECONDS,
    )


# Calls that are refused: nothing at all is stored.
REFUSED: list[tuple[str, Calls, grpc.StatusCode, str]] = [
    ("empty", ingest(b""), Code.INVALID_ARGUMENT, "DOCUMENT_EMPTY"),
    ("empty upload", uploaded(b""), Code.INVALID_ARGUMENT, "DOCUMENT_EMPTY"),
    ("text", ingest(hostile.text_file()), Code.INVALID_ARGUMENT, "DOCUMENT_TYPE_UNSUPPORTED"),
    ("GIF", ingest(b"GIF89a"), Code.INVALID_ARGUMENT, "DOCUMENT_TYPE_UNSUPPORTED"),
    (
        "PDF said to be XML",
        ingest(hostile.plain_pdf(), media_type="application/xml"),
        Code.INVALID_ARGUMENT,
        "MEDIA_TYPE_MISMATCH",
    ),
    (
        "XML said to be PDF",
        uploaded(b"<a/>", media_type="application/pdf"),
        Code.INVALID_ARGUMENT,
        "MEDIA_TYPE_MISMATCH",
    ),
    (
        "5 MiB inline",
        ingest(b"<".ljust(5 * MEBIBYTE)),
        Code.INVALID_ARGUMENT,
        "DOCUMENT_TOO_LARGE",
    ),
    ("65 MiB inline", ingest(hostile.oversized()), Code.INVALID_ARGUMENT, "REQUEST_TOO_LARGE"),
    ("65 MiB uploaded", uploaded(hostile.oversized()), Code.INVALID_ARGUMENT, "DOCUMENT_TOO_LARGE"),
    (
        "65 MiB of XML uploaded",
        uploaded(hostile.oversized(b"<a>")),
        Code.INVALID_ARGUMENT,
        "DOCUMENT_TOO_LARGE",
    ),
    (
        "65 MiB of words uploaded",
        uploaded(hostile.oversized(b"words")),
        Code.INVALID_ARGUMENT,
        "DOCUMENT_TYPE_UNSUPPORTED",
    ),
    ("page token", listed(page_token="x"), Code.INVALID_ARGUMENT, "INVALID_PAGE_TOKEN"),
    ("unknown field", listed(filter="colour=red"), Code.INVALID_ARGUMENT, "INVALID_FILTER"),
    ("syntax", listed(filter="status="), Code.INVALID_ARGUMENT, "INVALID_FILTER"),
    ("tenant", ingest(b"<a/>", "tenants/nobody"), Code.NOT_FOUND, "RESOURCE_NOT_FOUND"),
    ("no token", listed(""), Code.UNAUTHENTICATED, "CREDENTIALS_MISSING"),
    ("wrong token", listed("x"), Code.UNAUTHENTICATED, "CREDENTIALS_INVALID"),
]


@pytest.mark.parametrize(
    ("call", "code", "reason"), [pytest.param(c, k, r, id=name) for name, c, k, r in REFUSED]
)
async def test_call_is_refused_with_its_reason_and_stores_nothing(
    stack: Stack, call: Calls, code: grpc.StatusCode, reason: str
) -> None:
    before = await stack.stored()
    refusal = await refused(call, stack)
    assert (refusal.code, refusal.reason) == (code, reason)
    assert await stack.stored() == before
    await stack.is_alive()


@pytest.mark.parametrize(("filter", "position"), [("colour=red", "0"), ("status=ready AND", "16")])
async def test_filter_is_refused_with_the_position(
    stack: Stack, filter: str, position: str
) -> None:
    refusal = await refused(listed(filter=filter), stack)
    assert (refusal.reason, refusal.metadata) == ("INVALID_FILTER", {"position": position})


async def test_same_request_id_with_another_document_is_refused(stack: Stack) -> None:
    request_id = str(uuid.uuid4())
    first = await ingest(ubl_invoice("Id-1"), request_id=request_id)(stack)
    await stack.operations.WaitOperation(
        operations_pb2.WaitOperationRequest(name=first.name), metadata=stack.owner
    )
    before = await stack.stored()
    refusal = await refused(ingest(ubl_invoice("Id-2"), request_id=request_id), stack)
    assert (refusal.code, refusal.reason) == (Code.ALREADY_EXISTS, "REQUEST_ID_REUSED")
    after = await stack.stored()
    assert after[:-1] == before[:-1]
    again = await ingest(ubl_invoice("Id-2"))(stack)  # the object may lie there; the row is new
    assert invoice_name(again) != invoice_name(first)


async def test_stale_etag_is_refused(stack: Stack) -> None:
    operation = await stack.upload(ubl_invoice("Etag-1"))
    await stack.operations.WaitOperation(
        operations_pb2.WaitOperationRequest(name=operation.name), metadata=stack.owner
    )
    before = await stack.stored()
    request = ingest_service_pb2.ReprocessInvoiceRequest(name=invoice_name(operation), etag="old")
    refusal = await refused(
        lambda stack: stack.ingest.ReprocessInvoice(request, metadata=stack.owner, timeout=SECONDS),
        stack,
    )
    assert (refusal.code, refusal.reason) == (Code.ABORTED, "ETAG_MISMATCH")
    assert await stack.stored() == before


@pytest.mark.parametrize("sent_mebibytes", [0, 1, 20])
async def test_upload_that_is_cancelled_leaves_nothing(stack: Stack, sent_mebibytes: int) -> None:
    before = await stack.stored()
    sent = asyncio.Event()
    head = ubl_invoice(f"Cancelled-{sent_mebibytes}")

    async def messages() -> AsyncIterator[ingest_service_pb2.UploadInvoiceRequest]:
        for message in upload(head, *[b" " * MEBIBYTE] * sent_mebibytes, parent=PARENT):
            yield message
        sent.set()
        await asyncio.Event().wait()

    call = stack.ingest.UploadInvoice(messages(), metadata=stack.owner, timeout=SECONDS)
    await sent.wait()
    call.cancel()
    with pytest.raises(asyncio.CancelledError):
        await call
    await stack.is_alive()
    now = await stack.stored()
    # The good document has one row in each table, two audit entries, and one object.
    assert now[:3] == (before[0] + 1, before[1] + 1, before[2])
    assert len(now[-1] - before[-1]) == 1
