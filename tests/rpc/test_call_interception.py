"""Around every call: its request id, its deadline, what becomes of errors that nobody foresaw."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import grpc
import pytest
from google.longrunning import operations_pb2
from google.protobuf.duration_pb2 import Duration

from invoice_summarizer.adapters.memory.transactions import MemoryTransactions
from invoice_summarizer.domain.errors import InvoiceSummarizerError, Unavailable
from invoice_summarizer.ports.transactions import Transaction
from invoice_summarizer.rpc.operations_servicer import LONGEST_WAIT
from invoice_summarizer.settings import ServerSettings
from invoices.v1 import ingest_service_pb2, query_service_pb2
from refusal import refusal_of
from rpc_fixture import (
    OWNER,
    TENANT,
    Api,
    Metadata,
    ingest_request,
    running_api,
    upload,
)
from small_invoice import ubl_invoice

Code = grpc.StatusCode
SECRET = "password=hunter2"


async def counted(api: Api, code: grpc.StatusCode) -> float:
    """The server counts a call after its answer was sent: this waits until every call ended."""
    await all_calls_ended(api)
    return sum(
        sample.value
        for metric in api.metrics.calls.collect()
        for sample in metric.samples
        if sample.name.endswith("_total") and sample.labels["grpc_code"] == code.name
    )


async def all_calls_ended(api: Api) -> None:
    async with asyncio.timeout(20):
        while api.metrics.calls_in_flight._value.get():
            await asyncio.sleep(0.001)


async def request_id_of_list(api: Api, *given: str) -> str:
    call = api.query.ListInvoices(
        query_service_pb2.ListInvoicesRequest(parent=TENANT),
        metadata=(*OWNER, *(("x-request-id", value) for value in given)),
    )
    await call
    return str(dict(await call.trailing_metadata())["x-request-id"])


async def test_request_id_of_the_caller_comes_back(api: Api) -> None:
    assert await request_id_of_list(api, "Order-7.a_b") == "Order-7.a_b"


@pytest.mark.parametrize("given", ["", "a b", "a" * 65, '{"x":1}'])
async def test_request_id_that_is_none_is_replaced_by_a_new_one(api: Api, given: str) -> None:
    first, second = await request_id_of_list(api, given), await request_id_of_list(api)
    assert given != first != second
    assert len(first) == len(second) == 36


async def test_request_id_comes_back_with_errors(api: Api) -> None:
    call = api.query.ListInvoices(
        query_service_pb2.ListInvoicesRequest(parent="tenants/other"),
        metadata=(*OWNER, ("x-request-id", "order-7")),
    )
    refusal = await refusal_of(call)
    assert (refusal.request_id, refusal.trailing_request_id) == ("order-7", "order-7")
    assert refusal.domain == "invoicesummarizer.com"


async def test_streamed_answer_has_its_request_id_and_is_counted(api: Api) -> None:
    invoice = await api.read(ubl_invoice())
    before = await counted(api, Code.OK)
    request = query_service_pb2.GetDocumentRequest(name=invoice.name)
    call = api.query.GetDocument(request, metadata=(*OWNER, ("x-request-id", "order-7")))
    assert len([chunk async for chunk in call]) == 1
    assert dict(await call.trailing_metadata())["x-request-id"] == "order-7"
    assert await counted(api, Code.OK) == before + 1


async def test_streamed_answer_that_is_refused_has_its_reason(api: Api) -> None:
    async def document(name: str, metadata: Metadata = OWNER) -> None:
        request = query_service_pb2.GetDocumentRequest(name=name)
        [_ async for _ in api.query.GetDocument(request, metadata=metadata)]

    refusal = await refusal_of(document("x", (*OWNER, ("x-request-id", "order-7"))))
    assert (refusal.code, refusal.reason) == (Code.INVALID_ARGUMENT, "INVALID_NAME")
    assert (refusal.request_id, refusal.trailing_request_id) == ("order-7", "order-7")
    refusal = await refusal_of(document("x", ()))
    assert (refusal.code, refusal.reason) == (Code.UNAUTHENTICATED, "CREDENTIALS_MISSING")


async def test_deadline_of_the_server_ends_a_call_that_has_none() -> None:
    settings = ServerSettings(default_deadline_seconds=0.1, grace_seconds=0)
    async with running_api(worker=False, server=settings) as api:
        operation = await api.ingested(ubl_invoice())
        waiting = api.operations.WaitOperation(
            operations_pb2.WaitOperationRequest(name=operation.name, timeout=Duration(seconds=30)),
            metadata=OWNER,
        )
        refusal = await refusal_of(waiting)
        assert (refusal.code, refusal.reason) == (Code.DEADLINE_EXCEEDED, "DEADLINE_EXCEEDED")
        assert await counted(api, Code.DEADLINE_EXCEEDED) == 1


async def test_no_deadline_of_a_caller_is_longer_than_that_of_the_server() -> None:
    settings = ServerSettings(
        default_deadline_seconds=0.1, longest_deadline_seconds=0.1, grace_seconds=0
    )
    async with running_api(worker=False, server=settings) as api:
        operation = await api.ingested(ubl_invoice())
        waiting = api.operations.WaitOperation(
            operations_pb2.WaitOperationRequest(name=operation.name, timeout=Duration(seconds=30)),
            metadata=OWNER,
            timeout=25,
        )
        refusal = await refusal_of(waiting)
        assert (refusal.code, refusal.reason) == (Code.DEADLINE_EXCEEDED, "DEADLINE_EXCEEDED")


async def test_deadline_of_the_server_ends_an_upload_that_never_ends() -> None:
    async def messages() -> AsyncIterator[ingest_service_pb2.UploadInvoiceRequest]:
        for message in upload(ubl_invoice()):
            yield message
        await asyncio.Event().wait()

    settings = ServerSettings(default_deadline_seconds=0.1, grace_seconds=0)
    async with running_api(server=settings) as api:
        refusal = await refusal_of(api.ingest.UploadInvoice(messages(), metadata=OWNER))
        assert (refusal.code, refusal.reason) == (Code.DEADLINE_EXCEEDED, "DEADLINE_EXCEEDED")
        assert (api.row_count, api.object_count) == (0, 0)


async def test_deadline_of_the_caller_is_kept_and_counted(idle_api: Api) -> None:
    operation = await idle_api.ingested(ubl_invoice())
    waiting = idle_api.operations.WaitOperation(
        operations_pb2.WaitOperationRequest(name=operation.name), metadata=OWNER, timeout=0.1
    )
    assert (await refusal_of(waiting)).code is Code.DEADLINE_EXCEEDED
    assert await counted(idle_api, Code.DEADLINE_EXCEEDED) == 1
    assert await counted(idle_api, Code.CANCELLED) == 0


async def test_call_that_its_caller_cancels_is_counted_as_cancelled(idle_api: Api) -> None:
    operation = await idle_api.ingested(ubl_invoice())
    call = idle_api.operations.WaitOperation(
        operations_pb2.WaitOperationRequest(name=operation.name), metadata=OWNER
    )
    while not idle_api.metrics.calls_in_flight._value.get():
        await asyncio.sleep(0.001)
    call.cancel()
    with pytest.raises(asyncio.CancelledError):
        await call
    assert await counted(idle_api, Code.CANCELLED) == 1


class _Defect(InvoiceSummarizerError):
    """Of a class that the table of status codes does not know."""

    reason = "DEFECT"


@pytest.mark.parametrize(
    ("error", "code", "reason"),
    [
        (Unavailable(f"no answer from {SECRET}"), Code.UNAVAILABLE, "UNAVAILABLE"),
        (_Defect(SECRET, metadata={"secret": SECRET}), Code.INTERNAL, "DEFECT"),
        (RuntimeError(SECRET), Code.INTERNAL, "INTERNAL"),
        (TimeoutError(SECRET), Code.INTERNAL, "INTERNAL"),
        (MemoryError(SECRET), Code.INTERNAL, "INTERNAL"),
    ],
)
async def test_fault_of_ours_shows_no_text_of_it(
    api: Api, monkeypatch: pytest.MonkeyPatch, error: Exception, code: Code, reason: str
) -> None:
    @asynccontextmanager
    async def broken(_: MemoryTransactions, __: str) -> AsyncIterator[Transaction]:
        raise error
        yield

    with monkeypatch.context() as patch:
        patch.setattr(MemoryTransactions, "begin", broken)
        refusal = await refusal_of(
            api.ingest.IngestInvoice(ingest_request(ubl_invoice()), metadata=OWNER)
        )
    assert (refusal.code, refusal.reason) == (code, reason)
    assert SECRET not in repr(refusal)
    assert refusal.retry_seconds == (1 if code is Code.UNAVAILABLE else None)
    assert (await api.ingested(ubl_invoice("R-2"))).name


async def test_calls_are_counted_with_their_time(api: Api) -> None:
    await request_id_of_list(api)
    await refusal_of(api.invoice("x"))
    assert await counted(api, Code.OK) == await counted(api, Code.INVALID_ARGUMENT) == 1
    labels = ("invoices.v1.QueryService", "GetInvoice")
    assert api.metrics.call_seconds.labels(*labels)._sum.get() > 0
    assert api.metrics.calls_in_flight._value.get() == 0


def test_longest_wait_is_shorter_than_the_deadline_of_the_server() -> None:
    assert timedelta(seconds=ServerSettings().default_deadline_seconds) > LONGEST_WAIT
