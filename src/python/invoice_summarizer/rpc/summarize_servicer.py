"""SummarizeService."""

import asyncio
import re
import time
from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import Any

import grpc.aio
from google.longrunning import operations_pb2
from google.protobuf import empty_pb2

from aip.page_token import PageTokenCodec, page_size
from invoice_summarizer.domain.batch import ItemState
from invoice_summarizer.domain.errors import InvalidInput
from invoice_summarizer.domain.summary import DEFAULT_LANGUAGE
from invoice_summarizer.ports.transactions import Transactions
from invoice_summarizer.rpc.call_context import caller
from invoice_summarizer.rpc.mapping.batch import (
    batch_to_proto,
    item_to_proto,
    submission_from_proto,
)
from invoice_summarizer.rpc.mapping.bounded import fitting
from invoice_summarizer.rpc.mapping.explanation import explanation_to_proto
from invoice_summarizer.rpc.mapping.names import BATCH, INVOICE, SUMMARY, TENANT, own_name
from invoice_summarizer.rpc.mapping.operation import operation_to_proto
from invoice_summarizer.rpc.mapping.summary import (
    claims_to_proto,
    instruction_from_proto,
    style_from_proto,
    summary_to_proto,
)
from invoice_summarizer.rpc.pages import (
    DEFAULT_PAGE_SIZE,
    MAXIMUM_PAGE_SIZE,
    next_time_token,
    ordinal_cursor,
    time_cursor,
)
from invoice_summarizer.rpc.request_id import checked_request_id
from invoice_summarizer.telemetry import Metrics
from invoice_summarizer.use_cases.cancel_operation import CancelOperation
from invoice_summarizer.use_cases.create_batch import CreateBatch
from invoice_summarizer.use_cases.delete_batch import DeleteBatch
from invoice_summarizer.use_cases.explain_claim import ExplainClaim
from invoice_summarizer.use_cases.summarize_invoice import Summarized, SummarizeInvoice
from invoice_summarizer.use_cases.write_summary import Wanted
from invoices.v1 import (
    batch_pb2,
    summarize_service_pb2,
    summarize_service_pb2_grpc,
    summary_pb2,
)

_TO_STORE_SECONDS = 1.0  # of the caller's time, kept for what comes after a model's answer
_STATES = {f"state={state.name}": state for state in ItemState}

_Request = (
    summarize_service_pb2.SummarizeInvoiceRequest | summarize_service_pb2.StreamSummaryRequest
)

Context = grpc.aio.ServicerContext[Any, Any]


class SummarizeServicer(summarize_service_pb2_grpc.SummarizeServiceServicer):
    def __init__(
        self,
        *,
        summarize: SummarizeInvoice,
        explain: ExplainClaim,
        create_batch: CreateBatch,
        delete_batch: DeleteBatch,
        cancel: CancelOperation,
        transactions: Transactions,
        page_tokens: PageTokenCodec,
        metrics: Metrics,
    ) -> None:
        self._summarize = summarize
        self._explain = explain
        self._create_batch = create_batch
        self._delete_batch = delete_batch
        self._cancel = cancel
        self._transactions = transactions
        self._page_tokens = page_tokens
        self._metrics = metrics

    async def SummarizeInvoice(
        self, request: summarize_service_pb2.SummarizeInvoiceRequest, context: Context
    ) -> summary_pb2.Summary:
        ids = own_name(INVOICE, request.name, caller())
        summarized = await self._summarize(
            caller(), ids["invoice"], _wanted(request), seconds_left=_seconds_left(context)
        )
        self._count(summarized)
        return _to_proto(summarized)

    async def StreamSummary(
        self, request: summarize_service_pb2.StreamSummaryRequest, context: Context
    ) -> AsyncIterator[summarize_service_pb2.StreamSummaryResponse]:
        ids = own_name(INVOICE, request.name, caller())
        response = summarize_service_pb2.StreamSummaryResponse
        asked = time.monotonic()
        waited: float | None = None
        async with aclosing(
            self._summarize.stream(
                caller(), ids["invoice"], _wanted(request), seconds_left=_seconds_left(context)
            )
        ) as pieces:
            async for piece in pieces:
                if waited is None:
                    waited = time.monotonic() - asked
                if isinstance(piece, Summarized):
                    self._count(piece)
                    if piece.is_new:
                        origin = piece.summary.origin
                        self._metrics.first_segment_seconds.labels(origin).observe(waited)
                    yield response(summary=_to_proto(piece))
                else:
                    yield response(
                        segment=response.Segment(
                            text=piece.text, claims=claims_to_proto(piece.claims)
                        )
                    )

    async def ExplainClaim(
        self, request: summarize_service_pb2.ExplainClaimRequest, context: Context
    ) -> summarize_service_pb2.ExplainClaimResponse:
        ids = own_name(SUMMARY, request.name, caller())
        explained = await self._explain(
            caller(),
            ids["invoice"],
            ids["summary"],
            index=request.claim if request.HasField("claim") else None,
            position=request.position if request.HasField("position") else None,
        )
        return await asyncio.to_thread(explanation_to_proto, explained)

    async def CreateBatch(
        self, request: summarize_service_pb2.CreateBatchRequest, context: Context
    ) -> operations_pb2.Operation:
        own_name(TENANT, request.parent, caller(), "parent")
        operation = await self._create_batch(
            caller(),
            submission_from_proto(request.batch, caller()),
            request_id=checked_request_id(request.request_id),
        )
        return operation_to_proto(operation)

    async def GetBatch(
        self, request: summarize_service_pb2.GetBatchRequest, context: Context
    ) -> batch_pb2.Batch:
        ids = own_name(BATCH, request.name, caller())
        async with self._transactions.begin(ids["tenant"]) as transaction:
            return batch_to_proto(await transaction.batches.get(ids["batch"]))

    async def ListBatches(
        self, request: summarize_service_pb2.ListBatchesRequest, context: Context
    ) -> summarize_service_pb2.ListBatchesResponse:
        ids = own_name(TENANT, request.parent, caller(), "parent")
        size = page_size(request.page_size, DEFAULT_PAGE_SIZE, MAXIMUM_PAGE_SIZE)
        scope = f"batches\0{request.parent}".encode()
        async with self._transactions.begin(ids["tenant"]) as transaction:
            found = await transaction.batches.page(
                after=time_cursor(self._page_tokens, request.page_token, scope), limit=size + 1
            )
        batches = fitting(map(batch_to_proto, found[:size]))
        return summarize_service_pb2.ListBatchesResponse(
            batches=batches,
            next_page_token=next_time_token(self._page_tokens, found, len(batches), scope),
        )

    async def ListBatchItems(
        self, request: summarize_service_pb2.ListBatchItemsRequest, context: Context
    ) -> summarize_service_pb2.ListBatchItemsResponse:
        ids = own_name(BATCH, request.parent, caller(), "parent")
        size = page_size(request.page_size, DEFAULT_PAGE_SIZE, MAXIMUM_PAGE_SIZE)
        scope = f"items\0{request.parent}\0{request.filter}".encode()
        states = _states(request.filter)
        async with self._transactions.begin(ids["tenant"]) as transaction:
            await transaction.batches.get(ids["batch"])
            found = await transaction.batch_items.page(
                ids["batch"],
                states=states,
                after=ordinal_cursor(self._page_tokens, request.page_token, scope),
                limit=size + 1,
            )
        items = fitting(item_to_proto(item, ids["tenant"]) for item in found[:size])
        last = str(items[-1].ordinal) if len(items) < len(found) else ""
        return summarize_service_pb2.ListBatchItemsResponse(
            items=items,
            next_page_token=self._page_tokens.encode((last,), scope) if last else "",
        )

    async def CancelBatch(
        self, request: summarize_service_pb2.CancelBatchRequest, context: Context
    ) -> empty_pb2.Empty:
        ids = own_name(BATCH, request.name, caller())
        async with self._transactions.begin(ids["tenant"]) as transaction:
            batch = await transaction.batches.get(ids["batch"])
        await self._cancel(caller(), batch.id)
        return empty_pb2.Empty()

    async def DeleteBatch(
        self, request: summarize_service_pb2.DeleteBatchRequest, context: Context
    ) -> empty_pb2.Empty:
        ids = own_name(BATCH, request.name, caller())
        await self._delete_batch(caller(), ids["batch"])
        return empty_pb2.Empty()

    def _count(self, summarized: Summarized) -> None:
        written = summarized.written
        if written is None:
            return
        self._metrics.summaries.labels(written.origin).inc()
        self._metrics.added_sentences.inc(written.added_sentences)
        for reason in written.refusal_reasons:
            self._metrics.model_misses.labels(reason).inc()


def _wanted(request: _Request) -> Wanted:
    return Wanted(
        language_code=request.language_code or DEFAULT_LANGUAGE,
        style=style_from_proto(request.style),
        instruction=instruction_from_proto(request.instruction),
    )


def _states(filter_text: str) -> frozenset[ItemState]:
    bare = re.sub(r"\s", "", filter_text)
    if not bare:
        return frozenset()
    if bare not in _STATES:
        raise InvalidInput(
            f"items are filtered by {', '.join(_STATES)}",
            field="filter",
            reason="INVALID_FILTER",
            metadata={"position": "0"},
        )
    return frozenset({_STATES[bare]})


def _seconds_left(context: Context) -> float:
    remaining = context.time_remaining()
    return float("inf") if remaining is None else max(0.0, remaining - _TO_STORE_SECONDS)


def _to_proto(summarized: Summarized) -> summary_pb2.Summary:
    return summary_to_proto(summarized.summary, caller(), stored_before=not summarized.is_new)
