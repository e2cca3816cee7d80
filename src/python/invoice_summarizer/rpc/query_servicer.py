"""QueryService."""

from typing import Any

import grpc.aio
from google.api import httpbody_pb2

from aip.filter import parse_filter
from aip.filter_expression import Expression
from aip.ordering import OrderTerm, parse_order_by
from aip.page_token import PageTokenCodec, page_size
from invoice_summarizer.domain.invoice_fields import INVOICE_FIELDS
from invoice_summarizer.ports.invoice_reader import GroupKey, InvoiceReader, InvoiceView
from invoice_summarizer.ports.object_store import ObjectStore
from invoice_summarizer.ports.transactions import Transactions
from invoice_summarizer.rpc.call_context import caller
from invoice_summarizer.rpc.invoice_views import listed
from invoice_summarizer.rpc.mapping.invoice import aggregate_to_proto
from invoice_summarizer.rpc.mapping.names import INVOICE, SUMMARY, TENANT, own_name
from invoice_summarizer.rpc.mapping.summary import summary_to_proto
from invoice_summarizer.rpc.pages import (
    DEFAULT_PAGE_SIZE,
    MAXIMUM_PAGE_SIZE,
    next_time_token,
    time_cursor,
)
from invoices.v1 import invoice_pb2, query_service_pb2, query_service_pb2_grpc, summary_pb2

# An invoice of a hundred lines has a hundred kilobytes in full, and a page is one message.
MAXIMUM_FULL_PAGE_SIZE = 50
NEWEST_FIRST = (OrderTerm("create_time", descending=True),)
_FILTER_FIELDS = {name: field.filter for name, field in INVOICE_FIELDS.items()}
_BASIC = invoice_pb2.InvoiceView.INVOICE_VIEW_BASIC
_FULL = invoice_pb2.InvoiceView.INVOICE_VIEW_FULL
_Dimension = query_service_pb2.AggregateInvoicesRequest.Dimension

Context = grpc.aio.ServicerContext[Any, Any]


class QueryServicer(query_service_pb2_grpc.QueryServiceServicer):
    def __init__(
        self,
        *,
        transactions: Transactions,
        reader: InvoiceReader,
        objects: ObjectStore,
        page_tokens: PageTokenCodec,
    ) -> None:
        self._transactions = transactions
        self._reader = reader
        self._objects = objects
        self._page_tokens = page_tokens

    async def GetInvoice(
        self, request: query_service_pb2.GetInvoiceRequest, context: Context
    ) -> Any:  # an Invoice, rendered
        ids = own_name(INVOICE, request.name, caller())
        view = InvoiceView.BASIC if request.view == _BASIC else InvoiceView.FULL
        return await self._reader.view(ids["tenant"], ids["invoice"], view)

    async def ListInvoices(
        self, request: query_service_pb2.ListInvoicesRequest, context: Context
    ) -> Any:  # a ListInvoicesResponse, rendered
        ids = own_name(TENANT, request.parent, caller(), "parent")
        most = MAXIMUM_FULL_PAGE_SIZE if request.view == _FULL else MAXIMUM_PAGE_SIZE
        size = page_size(request.page_size, DEFAULT_PAGE_SIZE, most)
        scope = "\0".join(("invoices", request.parent, request.filter, request.order_by)).encode()
        token = request.page_token
        page = await self._reader.page(
            ids["tenant"],
            view=InvoiceView.FULL if request.view == _FULL else InvoiceView.BASIC,
            filter=_filter(request.filter),
            order=parse_order_by(request.order_by, _FILTER_FIELDS) or NEWEST_FIRST,
            after=self._page_tokens.decode(token, scope) if token else None,
            limit=size,
        )
        cursor = page.next_cursor
        rest = query_service_pb2.ListInvoicesResponse(
            next_page_token=self._page_tokens.encode(cursor, scope) if cursor else "",
            total_size=page.total_size,
        )
        return listed(page.views) + rest.SerializeToString()

    async def AggregateInvoices(
        self, request: query_service_pb2.AggregateInvoicesRequest, context: Context
    ) -> query_service_pb2.AggregateInvoicesResponse:
        ids = own_name(TENANT, request.parent, caller(), "parent")
        keys = frozenset(
            GroupKey[_Dimension.Name(dimension)]
            for dimension in request.group_by
            if dimension in _Dimension.values() and dimension
        )
        aggregates = await self._reader.aggregate(
            ids["tenant"],
            filter=_filter(request.filter),
            group_by=keys | {GroupKey.CURRENCY},
        )
        return query_service_pb2.AggregateInvoicesResponse(
            aggregates=map(aggregate_to_proto, aggregates)
        )

    async def GetDocument(
        self, request: query_service_pb2.GetDocumentRequest, context: Context
    ) -> httpbody_pb2.HttpBody:
        ids = own_name(INVOICE, request.name, caller())
        document = await self._reader.document(ids["tenant"], ids["invoice"])
        data = await self._objects.get(ids["tenant"], document.sha256)
        return httpbody_pb2.HttpBody(content_type=document.media_type, data=data)

    async def GetSummary(
        self, request: query_service_pb2.GetSummaryRequest, context: Context
    ) -> summary_pb2.Summary:
        ids = own_name(SUMMARY, request.name, caller())
        async with self._transactions.begin(ids["tenant"]) as transaction:
            summary = await transaction.summaries.get(ids["invoice"], ids["summary"])
        return summary_to_proto(summary)

    async def ListSummaries(
        self, request: query_service_pb2.ListSummariesRequest, context: Context
    ) -> query_service_pb2.ListSummariesResponse:
        ids = own_name(INVOICE, request.parent, caller(), "parent")
        size = page_size(request.page_size, DEFAULT_PAGE_SIZE, MAXIMUM_PAGE_SIZE)
        scope = f"summaries\0{request.parent}".encode()
        async with self._transactions.begin(ids["tenant"]) as transaction:
            await transaction.invoices.header(ids["invoice"])
            found = await transaction.summaries.page(
                ids["invoice"],
                after=time_cursor(self._page_tokens, request.page_token, scope),
                limit=size + 1,
            )
        return query_service_pb2.ListSummariesResponse(
            summaries=map(summary_to_proto, found[:size]),
            next_page_token=next_time_token(self._page_tokens, found, size, scope),
        )


def _filter(text: str) -> Expression | None:
    return parse_filter(text, _FILTER_FIELDS)
