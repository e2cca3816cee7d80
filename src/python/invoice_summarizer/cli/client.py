"""The client of the gRPC API: every method, with credentials, a deadline, and errors as CallFailed."""

import uuid
from collections.abc import AsyncIterable, AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any, TypeAlias, TypeVar

import grpc
import grpc.aio
from google.api import httpbody_pb2
from google.longrunning import operations_pb2, operations_pb2_grpc
from google.protobuf.duration_pb2 import Duration

from invoice_summarizer.cli.batch_calls import BatchCalls
from invoice_summarizer.cli.channels import Endpoint, opened_channels
from invoice_summarizer.cli.names import tenant_name
from invoice_summarizer.cli.other_tenant import of_another_tenant
from invoice_summarizer.cli.outgoing_document import OutgoingDocument
from invoice_summarizer.cli.refused_call import Called, call_failed
from invoices.v1 import (
    correction_pb2,
    ingest_service_pb2,
    ingest_service_pb2_grpc,
    invoice_pb2,
    page_service_pb2,
    page_service_pb2_grpc,
    query_service_pb2,
    query_service_pb2_grpc,
    review_service_pb2,
    review_service_pb2_grpc,
    summarize_service_pb2,
    summarize_service_pb2_grpc,
    summary_pb2,
    validate_service_pb2,
    validate_service_pb2_grpc,
)

_LONGEST_WAIT_SECONDS = 20.0

Operation: TypeAlias = operations_pb2.Operation
Invoice = invoice_pb2.Invoice
Answer = TypeVar("Answer")


@asynccontextmanager
async def connected(endpoint: Endpoint) -> AsyncIterator["InvoiceClient"]:
    """Yields a client; nothing is sent before its first call."""
    async with opened_channels(endpoint) as channels:
        yield InvoiceClient(endpoint, channels)


class InvoiceClient:
    """Every method raises CallFailed. Invoices and operations are given by their full names."""

    def __init__(self, endpoint: Endpoint, channels: Mapping[str, grpc.aio.Channel]) -> None:
        self.tenant = endpoint.tenant
        self._parent = tenant_name(endpoint.tenant)
        self._token = endpoint.token
        self._token_tenant = endpoint.token_tenant
        self._timeout = endpoint.timeout_seconds
        ingest = channels[endpoint.ingest_address]
        self._ingest = ingest_service_pb2_grpc.IngestServiceStub(ingest)
        self._review = review_service_pb2_grpc.ReviewServiceStub(ingest)
        self._validate = validate_service_pb2_grpc.ValidateServiceStub(ingest)
        self._pages = page_service_pb2_grpc.PageServiceStub(ingest)
        self._operations: Any = operations_pb2_grpc.OperationsStub(ingest)
        self._summarize = summarize_service_pb2_grpc.SummarizeServiceStub(
            channels[endpoint.summarize_address]
        )
        self.batches = BatchCalls(self._call, self._summarize, self._parent)
        self._query = query_service_pb2_grpc.QueryServiceStub(channels[endpoint.query_address])
        self._called = {
            method: Called(service=type(stub).__name__.removesuffix("Stub"), address=address)
            for stub, address in (
                (self._ingest, endpoint.ingest_address),
                (self._review, endpoint.ingest_address),
                (self._validate, endpoint.ingest_address),
                (self._pages, endpoint.ingest_address),
                (self._operations, endpoint.ingest_address),
                (self._summarize, endpoint.summarize_address),
                (self._query, endpoint.query_address),
            )
            for method in vars(stub).values()
        }

    async def ingest(self, document: OutgoingDocument) -> Operation:
        """Sends the document, in chunks where it is large."""
        if document.is_large:
            return await self._call(self._ingest.UploadInvoice, document.parts(self._parent))
        request = ingest_service_pb2.IngestInvoiceRequest(
            parent=self._parent,
            document=document.input(),
            request_id=document.request_id,
        )
        return await self._call(self._ingest.IngestInvoice, request)

    async def validate(
        self,
        document: OutgoingDocument,
        language: str,
        style: summary_pb2.Summary.Style.ValueType,
        part: int = 1,
    ) -> validate_service_pb2.ValidateInvoiceResponse:
        request = validate_service_pb2.ValidateInvoiceRequest(
            document=document.input(), language_code=language, style=style, part=part
        )
        return await self._call(self._validate.ValidateInvoice, request)

    async def get_invoice(self, name: str) -> Invoice:
        return await self._call(
            self._query.GetInvoice, query_service_pb2.GetInvoiceRequest(name=name)
        )

    async def list_invoices(
        self,
        *,
        filter: str = "",
        order_by: str = "",
        page_size: int = 0,
        page_token: str = "",
    ) -> query_service_pb2.ListInvoicesResponse:
        request = query_service_pb2.ListInvoicesRequest(
            parent=self._parent,
            filter=filter,
            order_by=order_by,
            page_size=page_size,
            page_token=page_token,
        )
        return await self._call(self._query.ListInvoices, request)

    async def export_invoices(
        self,
        *,
        format: query_service_pb2.ExportInvoicesRequest.Format.ValueType,
        filter: str = "",
        page_size: int = 0,
        page_token: str = "",
    ) -> AsyncIterator[query_service_pb2.ExportInvoicesResponse]:
        """Yields the parts of a page of exported invoices as they come; of those that came, nothing is held."""
        request = query_service_pb2.ExportInvoicesRequest(
            parent=self._parent,
            format=format,
            filter=filter,
            page_size=page_size,
            page_token=page_token,
        )
        async for part in self._stream(self._query.ExportInvoices, request):
            yield part

    async def aggregate(
        self,
        filter: str,
        group_by: Sequence[query_service_pb2.AggregateInvoicesRequest.Dimension.ValueType],
    ) -> query_service_pb2.AggregateInvoicesResponse:
        request = query_service_pb2.AggregateInvoicesRequest(
            parent=self._parent, filter=filter, group_by=group_by
        )
        return await self._call(self._query.AggregateInvoices, request)

    async def list_lines(
        self, invoice: str, *, page_size: int = 0, page_token: str = ""
    ) -> query_service_pb2.ListLinesResponse:
        request = query_service_pb2.ListLinesRequest(
            parent=invoice, page_size=page_size, page_token=page_token
        )
        return await self._call(self._query.ListLines, request)

    async def list_events(
        self, invoice: str, *, page_size: int = 0, page_token: str = ""
    ) -> query_service_pb2.ListEventsResponse:
        request = query_service_pb2.ListEventsRequest(
            parent=invoice, page_size=page_size, page_token=page_token
        )
        return await self._call(self._query.ListEvents, request)

    async def document(self, name: str) -> httpbody_pb2.HttpBody:
        """Returns the whole document, put together from its chunks."""
        request = query_service_pb2.GetDocumentRequest(name=name)
        return await self._body(self._query.GetDocument, request)

    async def _body(
        self, stream: Callable[..., AsyncIterable[httpbody_pb2.HttpBody]], request: object
    ) -> httpbody_pb2.HttpBody:
        chunks = await self._call(_gathered(stream), request, called=stream)
        return httpbody_pb2.HttpBody(
            content_type=chunks[0].content_type, data=b"".join(chunk.data for chunk in chunks)
        )

    async def attachment(self, name: str, sha256: str) -> httpbody_pb2.HttpBody:
        """Returns the whole file."""
        request = page_service_pb2.GetAttachmentRequest(name=name, sha256=sha256)
        return await self._body(self._pages.GetAttachment, request)

    async def render_page(
        self,
        name: str,
        page: int,
        *,
        dots_per_inch: int,
        field_paths: Sequence[str] = (),
        summary: str = "",
        claim: int | None = None,
    ) -> httpbody_pb2.HttpBody:
        """Returns the whole picture."""
        request = page_service_pb2.RenderPageRequest(
            name=name,
            page=page,
            dots_per_inch=dots_per_inch,
            field_paths=field_paths,
            summary=summary,
            claim=claim,
        )
        return await self._body(self._pages.RenderPage, request)

    async def summarize(
        self,
        name: str,
        language: str,
        style: summary_pb2.Summary.Style.ValueType,
        instruction: str = "",
    ) -> summary_pb2.Summary:
        request = summarize_service_pb2.SummarizeInvoiceRequest(
            name=name, language_code=language, style=style, instruction=instruction
        )
        return await self._call(self._summarize.SummarizeInvoice, request)

    async def get_summary(self, name: str) -> summary_pb2.Summary:
        return await self._call(
            self._query.GetSummary, query_service_pb2.GetSummaryRequest(name=name)
        )

    async def explain_claim(
        self, name: str, claim: int
    ) -> summarize_service_pb2.ExplainClaimResponse:
        request = summarize_service_pb2.ExplainClaimRequest(name=name, claim=claim)
        return await self._call(self._summarize.ExplainClaim, request)

    async def list_summaries(
        self, invoice: str, *, page_size: int = 0, page_token: str = ""
    ) -> query_service_pb2.ListSummariesResponse:
        request = query_service_pb2.ListSummariesRequest(
            parent=invoice, page_size=page_size, page_token=page_token
        )
        return await self._call(self._query.ListSummaries, request)

    async def approve(self, name: str, comment: str, etag: str) -> Invoice:
        request = review_service_pb2.ApproveInvoiceRequest(name=name, comment=comment, etag=etag)
        return await self._call(self._review.ApproveInvoice, request)

    async def reject(self, name: str, comment: str, etag: str) -> Invoice:
        request = review_service_pb2.RejectInvoiceRequest(name=name, comment=comment, etag=etag)
        return await self._call(self._review.RejectInvoice, request)

    async def reopen(self, name: str, comment: str, etag: str) -> Invoice:
        request = review_service_pb2.ReopenInvoiceRequest(name=name, comment=comment, etag=etag)
        return await self._call(self._review.ReopenInvoice, request)

    async def correct(
        self,
        name: str,
        corrections: Sequence[correction_pb2.Correction],
        etag: str,
        comment: str = "",
    ) -> review_service_pb2.CorrectInvoiceResponse:
        request = review_service_pb2.CorrectInvoiceRequest(
            name=name, corrections=corrections, etag=etag, comment=comment
        )
        return await self._call(self._review.CorrectInvoice, request)

    async def delete(self, name: str, etag: str, *, force: bool, comment: str) -> None:
        request = ingest_service_pb2.DeleteInvoiceRequest(
            name=name, etag=etag, force=force, comment=comment
        )
        await self._call(self._ingest.DeleteInvoice, request)

    async def reprocess(
        self, name: str, etag: str, *, replay: bool = False, discard_corrections: bool = False
    ) -> Operation:
        request = ingest_service_pb2.ReprocessInvoiceRequest(
            name=name,
            etag=etag,
            request_id=str(uuid.uuid4()),
            replay=replay,
            discard_corrections=discard_corrections,
        )
        return await self._call(self._ingest.ReprocessInvoice, request)

    async def get_operation(self, name: str) -> Operation:
        request = operations_pb2.GetOperationRequest(name=name)
        return await self._call(self._operations.GetOperation, request)

    async def list_operations(
        self, *, filter: str = "", page_size: int = 0, page_token: str = ""
    ) -> operations_pb2.ListOperationsResponse:
        request = operations_pb2.ListOperationsRequest(
            name=self._parent, filter=filter, page_size=page_size, page_token=page_token
        )
        return await self._call(self._operations.ListOperations, request)

    async def wait_operation(self, name: str, seconds: float) -> Operation:
        """Returns the operation once it is done, or as it stands after that time, 20 s at the latest."""
        timeout = Duration()
        timeout.FromTimedelta(timedelta(seconds=min(seconds, _LONGEST_WAIT_SECONDS)))
        request = operations_pb2.WaitOperationRequest(name=name, timeout=timeout)
        return await self._call(self._operations.WaitOperation, request)

    async def cancel_operation(self, name: str) -> None:
        await self._call(
            self._operations.CancelOperation, operations_pb2.CancelOperationRequest(name=name)
        )

    async def _call(
        self,
        method: Callable[..., Awaitable[Answer]],
        request: object,
        *,
        called: Callable[..., object] | None = None,
    ) -> Answer:
        """Calls the method, which where it is made of another says which is `called`. Raises CallFailed."""
        request_id, options = self._options()
        try:
            return await method(request, **options)
        except grpc.aio.AioRpcError as error:
            failure = call_failed(error, request_id, self._called[called or method])
            raise of_another_tenant(failure, request, self._token_tenant) from None

    async def _stream(
        self, method: Callable[..., AsyncIterable[Answer]], request: object
    ) -> AsyncIterator[Answer]:
        """Yields the messages as they come. Raises CallFailed."""
        request_id, options = self._options()
        try:
            async for message in method(request, **options):
                yield message
        except grpc.aio.AioRpcError as error:
            failure = call_failed(error, request_id, self._called[method])
            raise of_another_tenant(failure, request, self._token_tenant) from None

    def _options(self) -> tuple[str, Mapping[str, Any]]:
        """Returns the id of a new request, and what is said beside it."""
        request_id = str(uuid.uuid4())
        metadata = (("authorization", f"Bearer {self._token}"), ("x-request-id", request_id))
        return request_id, {"timeout": self._timeout, "metadata": metadata}


def _gathered(
    method: Callable[..., AsyncIterable[Answer]],
) -> Callable[..., Awaitable[Sequence[Answer]]]:
    """Returns a call that waits for all messages of a stream."""

    async def call(request: object, **options: Any) -> Sequence[Answer]:
        return [message async for message in method(request, **options)]

    return call
