"""The process `summarize`: SummarizeService."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from invoice_summarizer.adapters.openai_http.language_model import OpenAiLanguageModel
from invoice_summarizer.adapters.postgres.database import PostgresDatabase
from invoice_summarizer.domain.summarizing.model_request import DECODE_PARAMETERS
from invoice_summarizer.ports.clock import new_uuid, utc_now
from invoice_summarizer.ports.language_model import LanguageModel, ModelIdentity
from invoice_summarizer.ports.long_work import LongWork
from invoice_summarizer.ports.transactions import Transactions
from invoice_summarizer.rpc.server import Service
from invoice_summarizer.rpc.summarize_servicer import SummarizeServicer
from invoice_summarizer.settings import ModelSettings, SummarizeSettings
from invoice_summarizer.telemetry import Metrics
from invoice_summarizer.use_cases.summarize_invoice import SummarizeInvoice
from invoice_summarizer.use_cases.write_summary import SummaryWriter
from invoice_summarizer.version import VERSION
from invoices.v1 import summarize_service_pb2, summarize_service_pb2_grpc


@dataclass(frozen=True, slots=True)
class SummarizeAdapters:
    transactions: Transactions
    writer: SummaryWriter


@asynccontextmanager
async def opened_summarize_adapters(
    settings: SummarizeSettings, database: PostgresDatabase, work: LongWork
) -> AsyncIterator[SummarizeAdapters]:
    """Yields what the service needs; connections to a model are closed at the end."""
    async with _opened_model(settings.model) as model:
        answer_seconds = settings.model.answer_seconds if settings.model else 0.0
        writer = SummaryWriter(work, model, build=VERSION, answer_seconds=answer_seconds)
        yield SummarizeAdapters(database.transactions, writer)


@asynccontextmanager
async def _opened_model(settings: ModelSettings | None) -> AsyncIterator[LanguageModel | None]:
    if settings is None:
        yield None
        return
    model = OpenAiLanguageModel(
        ModelIdentity(
            engine=settings.engine,
            model=settings.name,
            weights_sha256=settings.weights_sha256 or "",
            tokenizer_sha256=settings.tokenizer_sha256 or "",
            decode_parameters=DECODE_PARAMETERS,
        ),
        base_url=settings.url,
        api_key=settings.api_key.get_secret_value() if settings.api_key else "",
    )
    try:
        yield model
    finally:
        await model.aclose()


def summarize_services(adapters: SummarizeAdapters, metrics: Metrics) -> list[Service]:
    """SummarizeService."""
    summarize = SummarizeServicer(
        summarize=SummarizeInvoice(adapters.transactions, adapters.writer, utc_now, new_uuid),
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
