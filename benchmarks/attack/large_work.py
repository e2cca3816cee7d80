"""What a tenant does with the largest documents: each way of it, on all of them at once."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from typing import Any

from largest_invoices import another

from invoices.v1 import (
    correction_pb2,
    ingest_service_pb2,
    input_document_pb2,
    invoice_pb2,
    query_service_pb2,
    review_service_pb2,
    summarize_service_pb2,
    summary_pb2,
    validate_service_pb2,
)
from rpc_fixture import invoice_name
from tenant_client import TenantClient

INLINE_BYTES = 4 << 20  # what a request may have of a document
PATIENCE_SECONDS = 110
_PAGE = 1_000
_PAGES = 3  # of lines, of each invoice
_BASIC = invoice_pb2.InvoiceView.INVOICE_VIEW_BASIC
_FULL = invoice_pb2.InvoiceView.INVOICE_VIEW_FULL
_STYLES = {
    style: summary_pb2.Summary.Style.Value(style)
    for style in ("ONE_LINE", "SHORT", "FULL", "APPROVER")
}

Work = Callable[[], Awaitable[None]]
ONCE = frozenset({"uploaded and read", "approved", "deleted"})  # all else can be done again


class LargeWork:
    """One pass over new copies of the documents: `ways`, in the order in which an invoice goes through them."""

    def __init__(self, client: TenantClient, documents: Mapping[str, bytes]) -> None:
        self._client = client
        self._documents = [another(document) for document in documents.values()]
        self._names: Sequence[str] = ()

    def ways(self) -> Mapping[str, Work]:
        client = self._client
        return {
            "uploaded and read": self._ingest,
            "got": lambda: self._each(self._get),
            "listed": self._list,
            "lines listed": lambda: self._each(self._list_lines),
            **{
                f"summarized, {style}": self._summarize(number) for style, number in _STYLES.items()
            },
            "summaries listed": lambda: self._each(self._list_summaries),
            "corrected": lambda: self._each(self._correct),
            "downloaded": lambda: self._each(self._download),
            "validated": self._validate,
            "approved": lambda: self._on_each(
                client.review.ApproveInvoice,
                partial(review_service_pb2.ApproveInvoiceRequest, comment="as ordered"),
            ),
            "deleted": lambda: self._on_each(
                client.ingest.DeleteInvoice,
                partial(ingest_service_pb2.DeleteInvoiceRequest, force=True),
            ),
        }

    async def _ingest(self) -> None:
        operations = await asyncio.gather(*map(self._client.uploaded, self._documents))
        names = [operation.name for operation in operations]
        ended = await asyncio.gather(*(self._client.waited(n, PATIENCE_SECONDS) for n in names))
        while not all(each.HasField("response") for each in ended):
            assert not any(each.HasField("error") for each in ended), "a document is refused"
            ended = await asyncio.gather(*(self._client.waited(n, PATIENCE_SECONDS) for n in names))
        self._names = [invoice_name(operation) for operation in operations]

    async def _get(self, name: str) -> None:
        for view in (_BASIC, _FULL):
            request = query_service_pb2.GetInvoiceRequest(name=name, view=view)
            await self._answered(self._client.query.GetInvoice, request)

    async def _list(self) -> None:
        for view, size in ((_BASIC, _PAGE), (_FULL, 50)):
            request = query_service_pb2.ListInvoicesRequest(
                parent=self._client.parent, view=view, page_size=size
            )
            await self._answered(self._client.query.ListInvoices, request)

    async def _list_lines(self, name: str) -> None:
        request = query_service_pb2.ListLinesRequest(parent=name, page_size=_PAGE)
        for _ in range(_PAGES):
            answer = await self._answered(self._client.query.ListLines, request)
            request.page_token = answer.next_page_token

    def _summarize(self, style: summary_pb2.Summary.Style.ValueType) -> Work:
        async def summarized(name: str) -> None:
            request = summarize_service_pb2.SummarizeInvoiceRequest(name=name, style=style)
            await self._answered(self._client.summarize.SummarizeInvoice, request)

        return lambda: self._each(summarized)

    async def _list_summaries(self, name: str) -> None:
        request = query_service_pb2.ListSummariesRequest(parent=name, page_size=_PAGE)
        await self._answered(self._client.query.ListSummaries, request)

    async def _correct(self, name: str) -> None:
        request = review_service_pb2.CorrectInvoiceRequest(
            name=name,
            corrections=[correction_pb2.Correction(field_path="buyer_reference", value="4711")],
        )
        await self._answered(self._client.review.CorrectInvoice, request)

    async def _download(self, name: str) -> None:
        stream = self._client.query.GetDocument(
            query_service_pb2.GetDocumentRequest(name=name),
            metadata=self._client.credentials,
            timeout=PATIENCE_SECONDS,
        )
        async for _ in stream:
            pass

    async def _validate(self) -> None:
        fitting = [each for each in self._documents if len(each) <= INLINE_BYTES]
        requests = (
            validate_service_pb2.ValidateInvoiceRequest(
                document=input_document_pb2.InputDocument(data=data)
            )
            for data in fitting
        )
        method = self._client.validate.ValidateInvoice
        await asyncio.gather(*(self._answered(method, request) for request in requests))

    async def _on_each(self, method: Any, request: Callable[..., Any]) -> None:
        await self._each(lambda name: self._answered(method, request(name=name)))

    async def _each(self, work: Callable[[str], Awaitable[Any]]) -> None:
        await asyncio.gather(*map(work, self._names))

    async def _answered(self, method: Any, request: Any) -> Any:
        return await method(request, metadata=self._client.credentials, timeout=PATIENCE_SECONDS)
