"""The process `query`: QueryService."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aip.page_token import PageTokenCodec
from invoice_summarizer.adapters.postgres.database import PostgresDatabase
from invoice_summarizer.ports.invoice_reader import InvoiceReader
from invoice_summarizer.ports.long_work import LongWork
from invoice_summarizer.ports.object_store import ObjectStore
from invoice_summarizer.ports.transactions import Transactions
from invoice_summarizer.processes.object_storage import opened_object_store
from invoice_summarizer.processes.page_tokens import page_token_codec
from invoice_summarizer.processes.redis import cached_reader, opened_cache
from invoice_summarizer.rpc.query_servicer import QueryServicer
from invoice_summarizer.rpc.server import Service
from invoice_summarizer.settings import QuerySettings
from invoice_summarizer.telemetry import Metrics
from invoices.v1 import query_service_pb2, query_service_pb2_grpc


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryAdapters:
    transactions: Transactions
    work: LongWork
    reader: InvoiceReader
    objects: ObjectStore
    page_tokens: PageTokenCodec


@asynccontextmanager
async def opened_query_adapters(
    settings: QuerySettings, database: PostgresDatabase, work: LongWork, metrics: Metrics
) -> AsyncIterator[QueryAdapters]:
    page_tokens = page_token_codec(settings.page_token_key_file)
    async with (
        opened_object_store(settings) as objects,
        opened_cache(settings.cache, metrics) as cache,
    ):
        yield QueryAdapters(
            transactions=database.transactions,
            work=work,
            reader=cached_reader(database.reader, cache),
            objects=objects,
            page_tokens=page_tokens,
        )


def query_services(adapters: QueryAdapters) -> list[Service]:
    """QueryService."""
    query = QueryServicer(
        transactions=adapters.transactions,
        reader=adapters.reader,
        objects=adapters.objects,
        page_tokens=adapters.page_tokens,
        work=adapters.work,
    )
    return [
        (
            query_service_pb2.DESCRIPTOR.services_by_name["QueryService"],
            lambda s: query_service_pb2_grpc.add_QueryServiceServicer_to_server(query, s),
        )
    ]
