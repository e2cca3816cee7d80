"""Reads that Redis keeps, against the same server without Redis: found there, and not found there."""

import asyncio
import secrets
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import grpc.aio
from list_invoices import fill
from pydantic import SecretStr

from hostile_documents import plain_pdf
from invoice_summarizer.adapters.embedded_postgres.server import EmbeddedPostgres
from invoice_summarizer.adapters.postgres.database import PostgresDatabase
from invoice_summarizer.adapters.postgres.migrate import migrate
from invoice_summarizer.adapters.redis.cache import KEY_BYTES
from invoice_summarizer.adapters.token_file.creation import TOKEN_FILE_NAME
from invoice_summarizer.local_stack import TENANT, local_settings
from invoice_summarizer.ports.cache import Cached
from invoice_summarizer.ports.invoice_views import InvoiceView
from invoice_summarizer.ports.long_work import in_a_thread
from invoice_summarizer.processes.credentials import token_verifier
from invoice_summarizer.processes.database import opened_database
from invoice_summarizer.processes.ingest import ingest_services, opened_ingest_adapters
from invoice_summarizer.processes.query import opened_query_adapters, query_services
from invoice_summarizer.processes.redis import opened_cache
from invoice_summarizer.processes.serving import api_server
from invoice_summarizer.settings import CacheSettings, WholeSettings
from invoice_summarizer.telemetry import Metrics, configure_logging
from invoices.v1 import (
    ingest_service_pb2_grpc,
    page_service_pb2,
    page_service_pb2_grpc,
    query_service_pb2,
    query_service_pb2_grpc,
)
from measurement import interleaved, ratios, report, row
from redis_fixture import RedisServer, running_redis
from rpc_fixture import bearer, ingest_request, invoice_name
from small_invoice import ubl_invoice

INVOICES = 10_000
ROUNDS = 7
CALLS = 20  # in a row, of which a round is the mean
Call = Callable[[], Awaitable[object]]


@asynccontextmanager
async def _served(settings: WholeSettings, database: PostgresDatabase) -> AsyncIterator[int]:
    """Serves reads and pictures until the block ends; yields the port."""
    metrics = Metrics()
    async with (
        opened_ingest_adapters(settings, database, in_a_thread, metrics) as ingest,
        opened_query_adapters(settings, database, in_a_thread, metrics) as query,
    ):
        services = [*ingest_services(ingest), *query_services(query)]
        tokens = token_verifier(settings.token_file)
        server = api_server(settings.server, tokens, metrics, services)
        yield await server.start()
        await server.stop()


class _Calls:
    """The calls that are measured, of one server."""

    def __init__(self, channel: grpc.aio.Channel, token: str, with_pages: str) -> None:
        self._query: Any = query_service_pb2_grpc.QueryServiceStub(channel)
        self._pages: Any = page_service_pb2_grpc.PageServiceStub(channel)
        self._credentials = bearer(token)
        self._with_pages = with_pages

    async def list(self) -> None:
        request = query_service_pb2.ListInvoicesRequest(parent=f"tenants/{TENANT}")
        await self._query.ListInvoices(request, metadata=self._credentials)

    async def aggregate(self) -> None:
        request = query_service_pb2.AggregateInvoicesRequest(parent=f"tenants/{TENANT}")
        await self._query.AggregateInvoices(request, metadata=self._credentials)

    async def picture(self) -> None:
        request = page_service_pb2.RenderPageRequest(name=self._with_pages, page=1)
        async for _ in self._pages.RenderPage(request, metadata=self._credentials):
            pass


def _in_a_row(call: Call, before_each: Callable[[], object] = lambda: None) -> Call:
    async def calls() -> None:
        for _ in range(CALLS):
            before_each()
            await call()

    return calls


async def _get_invoice(
    settings: WholeSettings, database: PostgresDatabase
) -> dict[str, list[float]]:
    """GetInvoice is not kept: this is what it would take, without gRPC."""
    reader = database.reader
    async with opened_cache(settings.cache, Metrics()) as cache:
        assert cache is not None

        async def plain() -> bytes:
            return await reader.view(TENANT, "invoice-1", InvoiceView.FULL)

        async def kept() -> bytes:
            revision = await reader.revision(TENANT)
            return await cache.read(Cached.PAGE, (revision, "invoice-1"), plain)

        return await interleaved({"plain": _in_a_row(plain), "kept": _in_a_row(kept)}, ROUNDS)


async def _compare(folder: Path, redis: RedisServer) -> None:
    with EmbeddedPostgres(folder / "postgres", throwaway=True) as postgres:
        migrate(postgres.owner_dsn)
        await fill(postgres.service_dsn, ubl_invoice("Kept"), INVOICES)
        without = local_settings(folder, postgres.service_dsn)
        key_file = folder / "cache_key"
        key_file.write_text(secrets.token_hex(KEY_BYTES))
        cached = CacheSettings(url=SecretStr(redis.url), key_file=key_file, answer_seconds=5)
        settings = without.model_copy(update={"cache": cached})
        token = (folder / TOKEN_FILE_NAME).read_text().strip()
        async with (
            opened_database(without.database, "benchmark", in_a_thread) as database,
            _served(without, database) as plain_port,
            _served(settings, database) as cached_port,
            grpc.aio.insecure_channel(f"127.0.0.1:{plain_port}") as plain_channel,
            grpc.aio.insecure_channel(f"127.0.0.1:{cached_port}") as cached_channel,
        ):
            stub: Any = ingest_service_pb2_grpc.IngestServiceStub(plain_channel)
            operation = await stub.IngestInvoice(
                ingest_request(plain_pdf("Invoice number: 4711"), f"tenants/{TENANT}"),
                metadata=bearer(token),
            )
            plain, kept = (
                _Calls(channel, token, invoice_name(operation))
                for channel in (plain_channel, cached_channel)
            )
            rows, empty = [], redis.client()
            for name, without_redis, with_redis in (
                ("ListInvoices, 50 of 10,000", plain.list, kept.list),
                ("AggregateInvoices of 10,000", plain.aggregate, kept.aggregate),
                ("RenderPage", plain.picture, kept.picture),
            ):
                await with_redis()
                hits = await interleaved(
                    {"plain": _in_a_row(without_redis), "kept": _in_a_row(with_redis)}, ROUNDS
                )
                misses = await interleaved(
                    {
                        "plain": _in_a_row(without_redis, empty.flushall),
                        "kept": _in_a_row(with_redis, empty.flushall),
                    },
                    ROUNDS,
                )
                rows += [
                    row(f"{name}, without Redis", "ms", [s * 1000 / CALLS for s in hits["plain"]]),
                    row("found in Redis, to without", "ratio", ratios(hits["kept"], hits["plain"])),
                    row(
                        "not found there, to without",
                        "ratio",
                        ratios(misses["kept"], misses["plain"]),
                    ),
                ]
            single = await _get_invoice(settings, database)
            rows.append(
                row(
                    "GetInvoice, if it were found there, to without",
                    "ratio",
                    ratios(single["kept"], single["plain"]),
                )
            )
        report("cache", rows)


def main() -> None:
    configure_logging("benchmark", "ERROR")
    with tempfile.TemporaryDirectory(prefix="cache-") as name, running_redis() as redis:
        asyncio.run(_compare(Path(name), redis))


if __name__ == "__main__":
    main()
