"""SummarizeService."""

from typing import Any

import grpc.aio

from invoice_summarizer.rpc.call_context import caller
from invoice_summarizer.rpc.mapping.names import INVOICE, own_name
from invoice_summarizer.rpc.mapping.summary import style_from_proto, summary_to_proto
from invoice_summarizer.telemetry import Metrics
from invoice_summarizer.use_cases.summarize_invoice import SummarizeInvoice
from invoices.v1 import summarize_service_pb2, summarize_service_pb2_grpc, summary_pb2

Context = grpc.aio.ServicerContext[Any, Any]


class SummarizeServicer(summarize_service_pb2_grpc.SummarizeServiceServicer):
    def __init__(self, *, summarize: SummarizeInvoice, metrics: Metrics) -> None:
        self._summarize = summarize
        self._metrics = metrics

    async def SummarizeInvoice(
        self, request: summarize_service_pb2.SummarizeInvoiceRequest, context: Context
    ) -> summary_pb2.Summary:
        ids = own_name(INVOICE, request.name, caller())
        summarized = await self._summarize(
            caller(),
            ids["invoice"],
            language_code=request.language_code,
            style=style_from_proto(request.style),
        )
        if summarized.is_new:
            self._metrics.summaries.labels(summarized.summary.origin).inc()
        return summary_to_proto(summarized.summary, stored_before=not summarized.is_new)
