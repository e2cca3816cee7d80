"""GetInvoice through the whole server and PostgreSQL, against a bare grpc.aio echo of a message of the same size."""

import asyncio
import multiprocessing
import tempfile
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import grpc
import grpc.aio
from google.longrunning import operations_pb2, operations_pb2_grpc

from invoice_summarizer.local_stack import local_stack
from invoice_summarizer.samples.catalogue import sample_invoices
from invoice_summarizer.telemetry import configure_logging
from invoices.v1 import (
    ingest_service_pb2,
    ingest_service_pb2_grpc,
    input_document_pb2,
    invoice_pb2,
    query_service_pb2,
    query_service_pb2_grpc,
)
from measurement import interleaved, ratios, report, row

CALLS = 400
CONCURRENT = 8
ECHO = "/benchmark.Echo/Echo"


class _Echo(grpc.GenericRpcHandler):
    def service(
        self, details: grpc.HandlerCallDetails
    ) -> "grpc.RpcMethodHandler[bytes, bytes] | None":
        async def echo(request: bytes, context: object) -> bytes:
            return request

        return grpc.unary_unary_rpc_method_handler(echo)


async def _serve_echo(ready: Connection) -> None:
    server = grpc.aio.server()
    server.add_generic_rpc_handlers([_Echo()])
    ready.send(server.add_insecure_port("127.0.0.1:0"))
    await server.start()
    await server.wait_for_termination()


async def _serve_system(ready: Connection) -> None:
    configure_logging("benchmark", "WARNING")
    with tempfile.TemporaryDirectory() as folder:
        async with local_stack(Path(folder)) as stack:
            ready.send((stack.query_port, stack.token))
            await asyncio.get_running_loop().run_in_executor(None, ready.recv)


def _run_echo(ready: Connection) -> None:
    asyncio.run(_serve_echo(ready))


def _run_system(ready: Connection) -> None:
    asyncio.run(_serve_system(ready))


async def _ingested(channel: grpc.aio.Channel, metadata: tuple[tuple[str, str], ...]) -> str:
    document = input_document_pb2.InputDocument(data=sample_invoices()[0].data)
    operation = await ingest_service_pb2_grpc.IngestServiceStub(channel).IngestInvoice(
        ingest_service_pb2.IngestInvoiceRequest(parent="tenants/default", document=document),
        metadata=metadata,
    )
    wait: Any = operations_pb2_grpc.OperationsStub(channel).WaitOperation
    operation = await wait(
        operations_pb2.WaitOperationRequest(name=operation.name), metadata=metadata
    )
    invoice = invoice_pb2.Invoice()
    assert operation.response.Unpack(invoice)
    return invoice.name


async def _compare(system_port: int, token: str, echo_port: int) -> None:
    metadata = (("authorization", f"Bearer {token}"),)
    async with (
        grpc.aio.insecure_channel(f"127.0.0.1:{system_port}") as system,
        grpc.aio.insecure_channel(f"127.0.0.1:{echo_port}") as echo,
    ):
        request = query_service_pb2.GetInvoiceRequest(name=await _ingested(system, metadata))
        get = query_service_pb2_grpc.QueryServiceStub(system).GetInvoice
        payload = (await get(request, metadata=metadata)).SerializeToString()
        echoed: grpc.aio.UnaryUnaryMultiCallable[bytes, bytes] = echo.unary_unary(ECHO)

        async def many_gets() -> None:
            async def some() -> None:
                for _ in range(CALLS // CONCURRENT):
                    await get(request, metadata=metadata)

            await asyncio.gather(*(some() for _ in range(CONCURRENT)))

        async def many_echoes() -> None:
            async def some() -> None:
                for _ in range(CALLS // CONCURRENT):
                    await echoed(payload)

            await asyncio.gather(*(some() for _ in range(CONCURRENT)))

        seconds = await interleaved({"get": many_gets, "echo": many_echoes})
    report(
        "get_invoice",
        [
            row("message", "bytes", [float(len(payload))]),
            row("GetInvoice", "calls/s", [CALLS / s for s in seconds["get"]]),
            row("echo", "calls/s", [CALLS / s for s in seconds["echo"]]),
            row(
                "throughput of GetInvoice to echo",
                "ratio",
                ratios(seconds["echo"], seconds["get"]),
                "at least 0.5",
            ),
        ],
    )


def main() -> None:
    context = multiprocessing.get_context("spawn")
    echo_ready, echo_side = context.Pipe()
    system_ready, system_side = context.Pipe()
    echo = context.Process(target=_run_echo, args=(echo_side,), daemon=True)
    system = context.Process(target=_run_system, args=(system_side,))
    echo.start()
    system.start()
    try:
        system_port, token = system_ready.recv()
        asyncio.run(_compare(system_port, token, echo_ready.recv()))
    finally:
        system_ready.send("stop")
        system.join(30)
        echo.terminate()


if __name__ == "__main__":
    main()
