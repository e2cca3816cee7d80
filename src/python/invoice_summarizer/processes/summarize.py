"""The process `summarize`: SummarizeService."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from invoice_summarizer.adapters.postgres.database import PostgresDatabase
from invoice_summarizer.ports.clock import new_uuid, utc_now
from invoice_summarizer.ports.long_work import LongWork
from invoice_summarizer.ports.transactions import Transactions
from invoice_summarizer.processes.summary_writer import opened_summary_writer
from invoice_summarizer.rpc.server import Service
from invoice_summarizer.rpc.summarize_servicer import SummarizeServicer
from invoice_summarizer.settings import SummarizeSettings
from invoice_summarizer.telemetry import Metrics
from invoice_summarizer.use_cases.explain_claim import ExplainClaim
from invoice_summarizer.use_cases.summarize_invoice import SummarizeInvoice
from invoice_summarizer.use_cases.write_summary import SummaryWriter
from invoices.v1 import summarize_service_pb2, summarize_service_pb2_grpc


@dataclass(frozen=True, slots=True)
class SummarizeAdapters:
    transactions: Transactions
    work: LongWork
    writer: SummaryWriter


@asynccontextmanager
async def opened_summarize_adapters(
    settings: SummarizeSettings, database: PostgresDatabase, work: LongWork
) -> AsyncIterator[SummarizeAdapters]:
    """Yields what the service needs; connections to a model are closed at the end."""
    async with opened_summary_writer(settings.model, work) as writer:
        yield SummarizeAdapters(database.transactions, work, writer)


def summarize_services(adapters: SummarizeAdapters, metrics: Metrics) -> list[Service]:
    """SummarizeService."""
    summarize = SummarizeServicer(
        summarize=SummarizeInvoice(adapters.transactions, adapters.writer, utc_now, new_uuid),
        explain=ExplainClaim(adapters.transactions, adapters.work),
        metrics=metrics,
    )
    return [
        (
            summarize_service_pb2.DESCRIPTOR.services_by_name["SummarizeService"],
            lambda s: summarize_service_pb2_grpc.add_SummarizeServiceServicer_to_server(
                summarize, s
            ),
        )
    ]
