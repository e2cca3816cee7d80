"""The process `summarize`: SummarizeService."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aip.page_token import PageTokenCodec
from invoice_summarizer.adapters.filesystem.import_folder import FilesystemImportFolder
from invoice_summarizer.adapters.postgres.database import PostgresDatabase
from invoice_summarizer.ports.clock import new_uuid, utc_now
from invoice_summarizer.ports.import_source import ImportSource
from invoice_summarizer.ports.long_work import LongWork
from invoice_summarizer.ports.transactions import Transactions
from invoice_summarizer.processes.page_tokens import page_token_codec
from invoice_summarizer.processes.summary_writing import opened_summary_writer
from invoice_summarizer.rpc.server import Service
from invoice_summarizer.rpc.summarize_servicer import SummarizeServicer
from invoice_summarizer.settings import SummarizeSettings
from invoice_summarizer.telemetry import Metrics
from invoice_summarizer.use_cases.cancel_operation import CancelOperation
from invoice_summarizer.use_cases.create_batch import CreateBatch
from invoice_summarizer.use_cases.delete_batch import DeleteBatch
from invoice_summarizer.use_cases.explain_claim import ExplainClaim
from invoice_summarizer.use_cases.summarize_invoice import SummarizeInvoice
from invoice_summarizer.use_cases.write_summary import SummaryWriter
from invoices.v1 import summarize_service_pb2, summarize_service_pb2_grpc


@dataclass(frozen=True, slots=True, kw_only=True)
class SummarizeAdapters:
    transactions: Transactions
    work: LongWork
    writer: SummaryWriter
    imports: ImportSource
    page_tokens: PageTokenCodec


@asynccontextmanager
async def opened_summarize_adapters(
    settings: SummarizeSettings, database: PostgresDatabase, work: LongWork, metrics: Metrics
) -> AsyncIterator[SummarizeAdapters]:
    """Yields what the service needs; connections to a model are closed at the end."""
    page_tokens = page_token_codec(settings.page_token_key_file)
    async with opened_summary_writer(settings.model, work, metrics) as writer:
        yield SummarizeAdapters(
            transactions=database.transactions,
            work=work,
            writer=writer,
            imports=FilesystemImportFolder(settings.import_folder),
            page_tokens=page_tokens,
        )


def summarize_services(adapters: SummarizeAdapters, metrics: Metrics) -> list[Service]:
    """SummarizeService."""
    transactions, writer = adapters.transactions, adapters.writer
    summarize = SummarizeServicer(
        summarize=SummarizeInvoice(transactions, writer, utc_now, new_uuid),
        explain=ExplainClaim(transactions, adapters.work),
        create_batch=CreateBatch(transactions, adapters.imports, writer, utc_now, new_uuid),
        delete_batch=DeleteBatch(transactions, utc_now),
        cancel=CancelOperation(transactions, utc_now),
        transactions=transactions,
        page_tokens=adapters.page_tokens,
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
