"""PostgreSQL goes away for a moment: calls are told to try again, and then everything goes on."""

import asyncio
import secrets
import tempfile
from collections.abc import Awaitable
from pathlib import Path
from typing import Any

import grpc
import grpc.aio
from google.longrunning import operations_pb2, operations_pb2_grpc
from pydantic import SecretStr

from invoice_summarizer.adapters.embedded_postgres.server import EmbeddedPostgres
from invoice_summarizer.adapters.postgres.migrate import migrate
from invoice_summarizer.adapters.token_file.creation import create_token_file
from invoice_summarizer.bootstrap import api_server, ingest_services, opened_adapters, work
from invoice_summarizer.domain.principal import Role
from invoice_summarizer.settings import DatabaseSettings, ServerSettings, Settings
from invoice_summarizer.telemetry import Metrics
from invoices.v1 import ingest_service_pb2_grpc
from refusal import Refusal, read_refusal
from rpc_fixture import bearer, ingest_request
from small_invoice import ubl_invoice

PARENT = "tenants/acme"


def settings_in(folder: Path, dsn: str) -> Settings:
    key_file = folder / "key"
    key_file.write_text(secrets.token_hex(32))
    return Settings(
        database=DatabaseSettings(dsn=SecretStr(dsn)),
        object_folder=folder / "objects",
        token_file=folder / "tokens.json",
        page_token_key_file=key_file,
        server=ServerSettings(grace_seconds=1),
    )


async def refused(call: Awaitable[Any]) -> Refusal | None:
    try:
        await call
    except grpc.aio.AioRpcError as error:
        return read_refusal(error)
    return None


async def test_calls_are_told_to_try_again_and_then_everything_goes_on() -> None:
    # Short, so that the server's socket stays at its place in the folder.
    with tempfile.TemporaryDirectory(prefix="away-") as name:
        folder = Path(name)
        token = create_token_file(folder / "tokens.json", subject="olga", tenant="acme", roles=Role)
        server = EmbeddedPostgres(folder / "postgres", throwaway=True)
        with server:
            migrate(server.owner_dsn)
            settings, metrics, stop = (
                settings_in(folder, server.service_dsn),
                Metrics(),
                asyncio.Event(),
            )
            async with opened_adapters(settings, "test") as adapters:
                working = asyncio.create_task(work(adapters, settings, metrics, "worker")(stop))
                api = api_server(
                    settings.server, adapters, metrics, ingest_services(adapters, settings)
                )
                port = await api.start()
                async with grpc.aio.insecure_channel(f"127.0.0.1:{port}") as channel:
                    await _goes_away_and_comes_back(server, channel, token)
                await api.stop()
                stop.set()
                await working


async def _goes_away_and_comes_back(
    server: EmbeddedPostgres, channel: grpc.aio.Channel, token: str
) -> None:
    ingest: Any = ingest_service_pb2_grpc.IngestServiceStub(channel)
    operations: Any = operations_pb2_grpc.OperationsStub(channel)

    async def is_read(number: str) -> bool:
        operation = await ingest.IngestInvoice(
            ingest_request(ubl_invoice(number), PARENT), metadata=bearer(token)
        )
        done = await operations.WaitOperation(
            operations_pb2.WaitOperationRequest(name=operation.name), metadata=bearer(token)
        )
        return bool(done.HasField("response"))

    assert await is_read("R-1")
    await asyncio.to_thread(server.stop)
    request = ingest_request(ubl_invoice("R-2"), PARENT)
    for _ in range(3):
        refusal = await refused(ingest.IngestInvoice(request, metadata=bearer(token)))
        assert refusal is not None
        assert (refusal.code, refusal.reason) == (grpc.StatusCode.UNAVAILABLE, "UNAVAILABLE")
        assert refusal.retry_seconds == 1
        assert "postgres" not in refusal.message.lower() and "socket" not in refusal.message
    server.start()
    async with asyncio.timeout(60):
        while await refused(ingest.IngestInvoice(request, metadata=bearer(token))) is not None:
            await asyncio.sleep(0.1)
        assert await is_read("R-2")
        assert await is_read("R-3")
