"""SummarizeService."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import Any

import grpc.aio

from invoice_summarizer.domain.errors import InvalidInput
from invoice_summarizer.domain.summary import DEFAULT_LANGUAGE
from invoice_summarizer.rpc.call_context import caller
from invoice_summarizer.rpc.mapping.explanation import explanation_to_proto
from invoice_summarizer.rpc.mapping.names import INVOICE, SUMMARY, own_name
from invoice_summarizer.rpc.mapping.summary import (
    claims_to_proto,
    style_from_proto,
    summary_to_proto,
)
from invoice_summarizer.telemetry import Metrics
from invoice_summarizer.use_cases.explain_claim import ExplainClaim
from invoice_summarizer.use_cases.summarize_invoice import Summarized, SummarizeInvoice
from invoice_summarizer.use_cases.write_summary import Wanted
from invoices.v1 import summarize_service_pb2, summarize_service_pb2_grpc, summary_pb2

LONGEST_INSTRUCTION = 500  # characters
_TO_STORE_SECONDS = 1.0  # of the caller's time, kept for what comes after a model's answer

_Request = (
    summarize_service_pb2.SummarizeInvoiceRequest | summarize_service_pb2.StreamSummaryRequest
)

Context = grpc.aio.ServicerContext[Any, Any]


class SummarizeServicer(summarize_service_pb2_grpc.SummarizeServiceServicer):
    def __init__(
        self, *, summarize: SummarizeInvoice, explain: ExplainClaim, metrics: Metrics
    ) -> None:
        self._summarize = summarize
        self._explain = explain
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
        async with aclosing(
            self._summarize.stream(
                caller(), ids["invoice"], _wanted(request), seconds_left=_seconds_left(context)
            )
        ) as pieces:
            async for piece in pieces:
                if isinstance(piece, Summarized):
                    self._count(piece)
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

    def _count(self, summarized: Summarized) -> None:
        written = summarized.written
        if written is None:
            return
        self._metrics.summaries.labels(written.origin).inc()
        self._metrics.added_sentences.inc(written.added_sentences)
        for reason in written.refusal_reasons:
            self._metrics.model_misses.labels(reason).inc()
        if written.usage is not None:
            self._metrics.model_tokens.labels("prompt").inc(written.usage.prompt_tokens)
            self._metrics.model_tokens.labels("answer").inc(written.usage.answer_tokens)


def _wanted(request: _Request) -> Wanted:
    instruction = " ".join(request.instruction.split())
    if len(instruction) > LONGEST_INSTRUCTION:
        raise InvalidInput(
            f"an instruction has at most {LONGEST_INSTRUCTION} characters", field="instruction"
        )
    return Wanted(
        language_code=request.language_code or DEFAULT_LANGUAGE,
        style=style_from_proto(request.style),
        instruction=instruction,
    )


def _seconds_left(context: Context) -> float:
    remaining = context.time_remaining()
    return float("inf") if remaining is None else max(0.0, remaining - _TO_STORE_SECONDS)


def _to_proto(summarized: Summarized) -> summary_pb2.Summary:
    return summary_to_proto(summarized.summary, caller(), stored_before=not summarized.is_new)
