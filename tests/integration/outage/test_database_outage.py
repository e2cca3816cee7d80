"""PostgreSQL goes away for a moment: calls are told to try again, and then everything goes on."""

import asyncio
import tempfile
from collections.abc import Awaitable
from pathlib import Path
from typing import Any

import grpc
import grpc.aio
from google.longrunning import operations_pb2, operations_pb2_grpc
from grpc_health.v1 import health_pb2, health_pb2_grpc

from invoice_summarizer.adapters.embedded_postgres.server import EmbeddedPostgres
from invoice_summarizer.adapters.postgres.migrate import migrate
from invoice_summarizer.adapters.token_file.creation import TOKEN_FILE_NAME
from invoice_summarizer.local_stack import local_settings
from invoice_summarizer.ports.long_work import in_a_thread
from invoice_summarizer.processes.credentials import token_verifier
from invoice_summarizer.processes.database import opened_database
from invoice_summarizer.processes.ingest import ingest_services, opened_ingest_adapters
from invoice_summarizer.processes.parts import running
from invoice_summarizer.processes.readiness import Readiness
from invoice_summarizer.processes.serving import api_server
from invoice_summarizer.processes.worker import opened_worker_adapters, work
from invoice_summarizer.telemetry import Metrics
from invoices.v1 import ingest_service_pb2_grpc
from refusal import Refusal, read_refusal
from rpc_fixture import bearer, ingest_request
from small_invoice import ubl_invoice

PARENT = "tenants/default"
SERVING = health_pb2.HealthCheckResponse.SERVING
NOT_SERVING = health_pb2.HealthCheckResponse.NOT_SERVING


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
        server = EmbeddedPostgres(folder / "postgres", throwaway=True)
        with server:
            migrate(server.owner_dsn)
            settings = local_settings(folder, server.service_dsn)
            token = (folder / TOKEN_FILE_NAME).read_text().strip()
            metrics, stop = Metrics(), asyncio.Event()
            tokens = token_verifier(settings.token_file)
            async with (
                opened_database(settings.database, "test", in_a_thread) as database,
                opened_ingest_adapters(settings, database, in_a_thread, metrics) as ingest,
                opened_worker_adapters(settings, database, in_a_thread, metrics) as worker,
            ):
                loop = work(worker, metrics, worker="worker", slots=2)
                api = api_server(settings.server, tokens, metrics, ingest_services(ingest))
                readiness = Readiness(database.problem, api.set_serving, look_seconds=0.05)
                port = await api.start(serving=False)
                async with (
                    running({"worker": loop(stop), "readiness": readiness.watch(stop)}, stop),
                    grpc.aio.insecure_channel(f"127.0.0.1:{port}") as channel,
                ):
                    await _health_becomes(channel, SERVING)
                    await _goes_away_and_comes_back(server, channel, token)
                    await _health_becomes(channel, SERVING)
                await api.stop()


async def _health_becomes(channel: grpc.aio.Channel, wanted: int) -> None:
    health: Any = health_pb2_grpc.HealthStub(channel)
    async with asyncio.timeout(60):
        async for answer in health.Watch(health_pb2.HealthCheckRequest()):
            if answer.status == wanted:
                return


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
    await _health_becomes(channel, NOT_SERVING)
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
