"""QueryService."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import Any

import grpc.aio
from google.api import httpbody_pb2

from aip.filter import parse_filter
from aip.filter_expression import Expression
from aip.ordering import OrderTerm, parse_order_by
from aip.page_token import PageTokenCodec, page_size
from invoice_summarizer.domain.errors import NotFound, StaleVersion
from invoice_summarizer.domain.etag import etag_of_version
from invoice_summarizer.domain.invoice_fields import FIELD_ALIASES, FILTER_FIELDS, SORT_FIELDS
from invoice_summarizer.ports.invoice_reader import GroupKey, InvoicePage, InvoiceReader
from invoice_summarizer.ports.invoice_views import InvoiceView
from invoice_summarizer.ports.long_work import LongWork
from invoice_summarizer.ports.object_store import ObjectStore
from invoice_summarizer.ports.transactions import Transactions
from invoice_summarizer.rpc.call_context import caller
from invoice_summarizer.rpc.invoice_export import CHUNK_BYTES, InvoiceExport
from invoice_summarizer.rpc.invoice_views import listed
from invoice_summarizer.rpc.known_enum_values import unknown_enum_value
from invoice_summarizer.rpc.mapping.aggregates import aggregates_to_proto
from invoice_summarizer.rpc.mapping.bounded import ANSWER_LIMIT_BYTES, fitting
from invoice_summarizer.rpc.mapping.event import event_to_proto
from invoice_summarizer.rpc.mapping.lines import lines_answer
from invoice_summarizer.rpc.mapping.names import INVOICE, SUMMARY, TENANT, own_name
from invoice_summarizer.rpc.mapping.summary import summaries_answer, summary_to_proto
from invoice_summarizer.rpc.pages import (
    DEFAULT_PAGE_SIZE,
    MAXIMUM_PAGE_SIZE,
    event_cursor,
    line_cursor,
    next_time_token,
    time_cursor,
)
from invoices.v1 import invoice_pb2, query_service_pb2, query_service_pb2_grpc, summary_pb2

GROUPS_LIMIT = 10_000
# An invoice of a hundred lines has a hundred kilobytes in full, and a page is one message.
MAXIMUM_FULL_PAGE_SIZE = 50
NEWEST_FIRST = (OrderTerm("create_time", descending=True),)
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
        work: LongWork,
    ) -> None:
        self._transactions = transactions
        self._reader = reader
        self._objects = objects
        self._page_tokens = page_tokens
        self._work = work
        self._export = InvoiceExport(transactions, work)

    async def GetInvoice(
        self, request: query_service_pb2.GetInvoiceRequest, context: Context
    ) -> Any:  # an Invoice, rendered
        ids = own_name(INVOICE, request.name, caller())
        view = InvoiceView.BASIC if request.view == _BASIC else InvoiceView.FULL
        return await self._reader.view(ids["tenant"], ids["invoice"], view)

    async def ListInvoices(
        self, request: query_service_pb2.ListInvoicesRequest, context: Context
    ) -> Any:  # a ListInvoicesResponse, rendered
        full = request.view == _FULL
        page, next_token = await self._page(
            request,
            InvoiceView.FULL if full else InvoiceView.BASIC,
            MAXIMUM_FULL_PAGE_SIZE if full else MAXIMUM_PAGE_SIZE,
        )
        rest = query_service_pb2.ListInvoicesResponse(
            next_page_token=next_token, total_size=page.total_size
        )
        return listed(page.views) + rest.SerializeToString()

    async def ExportInvoices(
        self, request: query_service_pb2.ExportInvoicesRequest, context: Context
    ) -> AsyncIterator[query_service_pb2.ExportInvoicesResponse]:
        if not request.format:
            raise unknown_enum_value("format", request.DESCRIPTOR.fields_by_name["format"])
        page, next_token = await self._page(request, InvoiceView.BASIC, MAXIMUM_PAGE_SIZE)
        async with aclosing(self._export(caller().tenant, page.views, request.format)) as parts:
            async for part in parts:
                yield part
        yield query_service_pb2.ExportInvoicesResponse(
            page=query_service_pb2.ExportedPage(
                next_page_token=next_token, total_size=page.total_size
            )
        )

    async def _page(
        self,
        request: query_service_pb2.ListInvoicesRequest | query_service_pb2.ExportInvoicesRequest,
        view: InvoiceView,
        most: int,
    ) -> tuple[InvoicePage, str]:
        """Returns the page of the caller's invoices that the request asks for, and the token of the next."""
        ids = own_name(TENANT, request.parent, caller(), "parent")
        size = page_size(request.page_size, DEFAULT_PAGE_SIZE, most)
        scope = "\0".join(("invoices", request.parent, request.filter, request.order_by)).encode()
        token = request.page_token
        page = await self._reader.page(
            ids["tenant"],
            view=view,
            filter=_filter(request.filter),
            order=parse_order_by(request.order_by, SORT_FIELDS, FIELD_ALIASES) or NEWEST_FIRST,
            after=self._page_tokens.decode(token, scope) if token else None,
            limit=size,
            max_bytes=ANSWER_LIMIT_BYTES,
        )
        cursor = page.next_cursor
        return page, self._page_tokens.encode(cursor, scope) if cursor else ""

    async def AggregateInvoices(
        self, request: query_service_pb2.AggregateInvoicesRequest, context: Context
    ) -> query_service_pb2.AggregateInvoicesResponse:
        ids = own_name(TENANT, request.parent, caller(), "parent")
        aggregates = await self._reader.aggregate(
            ids["tenant"],
            filter=_filter(request.filter),
            group_by=_group_keys(request) | {GroupKey.CURRENCY},
            limit=GROUPS_LIMIT,
        )
        return aggregates_to_proto(aggregates)

    async def ListLines(
        self, request: query_service_pb2.ListLinesRequest, context: Context
    ) -> Any:  # a ListLinesResponse, rendered
        ids = own_name(INVOICE, request.parent, caller(), "parent")
        size = page_size(request.page_size, DEFAULT_PAGE_SIZE, MAXIMUM_PAGE_SIZE)
        scope = f"lines\0{request.parent}".encode()
        first, etag = line_cursor(self._page_tokens, request.page_token, scope)
        found = await self._reader.lines(ids["tenant"], ids["invoice"], first=first, limit=size)
        now = etag_of_version(ids["invoice"], found.version)
        if etag not in (None, now):
            raise StaleVersion("the invoice has changed since the page before: begin again")
        lines, count = await self._work(ids["tenant"], found.lines, lines_answer)
        end = first + count
        more = end < found.total_size
        rest = query_service_pb2.ListLinesResponse(
            next_page_token=self._page_tokens.encode((str(end), now), scope) if more else "",
            total_size=found.total_size,
            invoice_etag=now,
        )
        return lines + rest.SerializeToString()

    async def ListEvents(
        self, request: query_service_pb2.ListEventsRequest, context: Context
    ) -> query_service_pb2.ListEventsResponse:
        ids = own_name(INVOICE, request.parent, caller(), "parent")
        size = page_size(request.page_size, DEFAULT_PAGE_SIZE, MAXIMUM_PAGE_SIZE)
        scope = f"events\0{request.parent}".encode()
        before = event_cursor(self._page_tokens, request.page_token, scope)
        found = await self._reader.events(
            ids["tenant"], ids["invoice"], before=before, limit=size + 1
        )
        if not found and before is None:
            raise NotFound("no such invoice")
        events = await asyncio.to_thread(
            fitting,
            (event_to_proto(event, ids["tenant"], ids["invoice"]) for event in found[:size]),
        )
        more = len(events) < len(found)
        last = found[len(events) - 1].id if more else ""
        return query_service_pb2.ListEventsResponse(
            events=events,
            next_page_token=self._page_tokens.encode((last,), scope) if more else "",
        )

    async def GetDocument(
        self, request: query_service_pb2.GetDocumentRequest, context: Context
    ) -> AsyncIterator[httpbody_pb2.HttpBody]:
        ids = own_name(INVOICE, request.name, caller())
        document = await self._reader.document(ids["tenant"], ids["invoice"])
        content_type = document.media_type
        # A chunk is taken when the caller has room for it: the call holds a few, however large the document is.
        async with aclosing(
            self._objects.chunks(ids["tenant"], document.sha256, chunk_bytes=CHUNK_BYTES)
        ) as chunks:
            async for chunk in chunks:
                yield httpbody_pb2.HttpBody(content_type=content_type, data=chunk)
                content_type = ""

    async def GetSummary(
        self, request: query_service_pb2.GetSummaryRequest, context: Context
    ) -> summary_pb2.Summary:
        ids = own_name(SUMMARY, request.name, caller())
        async with self._transactions.begin(ids["tenant"]) as transaction:
            summary = await transaction.summaries.get(ids["invoice"], ids["summary"])
        return summary_to_proto(summary, caller())

    async def ListSummaries(
        self, request: query_service_pb2.ListSummariesRequest, context: Context
    ) -> Any:  # a ListSummariesResponse, rendered
        ids = own_name(INVOICE, request.parent, caller(), "parent")
        size = page_size(request.page_size, DEFAULT_PAGE_SIZE, MAXIMUM_PAGE_SIZE)
        scope = f"summaries\0{request.parent}".encode()
        reader = caller()
        async with self._transactions.begin(ids["tenant"]) as transaction:
            await transaction.invoices.header(ids["invoice"])
            found = await transaction.summaries.page(
                ids["invoice"],
                after=time_cursor(self._page_tokens, request.page_token, scope),
                limit=size + 1,
                max_bytes=ANSWER_LIMIT_BYTES,
            )
        summaries, count = await self._work(
            ids["tenant"], found.summaries, summaries_answer, reader, size
        )
        rest = query_service_pb2.ListSummariesResponse(
            next_page_token=next_time_token(self._page_tokens, found.places, count, scope)
        )
        return summaries + rest.SerializeToString()


def _group_keys(request: query_service_pb2.AggregateInvoicesRequest) -> frozenset[GroupKey]:
    for index, dimension in enumerate(request.group_by):
        if not dimension:
            field = request.DESCRIPTOR.fields_by_name["group_by"]
            raise unknown_enum_value(f"group_by[{index}]", field)
    return frozenset(GroupKey[_Dimension.Name(dimension)] for dimension in request.group_by)


def _filter(text: str) -> Expression | None:
    return parse_filter(text, FILTER_FIELDS, FIELD_ALIASES)
