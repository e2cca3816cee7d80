"""GetInvoice through the whole server and PostgreSQL, against a bare grpc.aio echo of a message of the same size."""

import asyncio
import multiprocessing
from functools import partial
from multiprocessing.connection import Connection
from typing import Any

import grpc
import grpc.aio
from google.longrunning import operations_pb2, operations_pb2_grpc

from invoice_summarizer.samples.catalogue import sample_invoices
from invoices.v1 import (
    ingest_service_pb2,
    ingest_service_pb2_grpc,
    input_document_pb2,
    invoice_pb2,
    query_service_pb2,
    query_service_pb2_grpc,
)
from measurement import interleaved, ratios, report, row
from served_system import ServedSystem, served_system

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


def _run_echo(ready: Connection) -> None:
    asyncio.run(_serve_echo(ready))


async def ingested(channel: grpc.aio.Channel, metadata: tuple[tuple[str, str], ...]) -> str:
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


async def _compare(served: ServedSystem, echo_port: int) -> None:
    metadata = served.credentials
    before = served.peak_mebibytes()
    async with (
        grpc.aio.insecure_channel(f"127.0.0.1:{served.port}") as system,
        grpc.aio.insecure_channel(f"127.0.0.1:{echo_port}") as echo,
    ):
        request = query_service_pb2.GetInvoiceRequest(name=await ingested(system, metadata))
        get = query_service_pb2_grpc.QueryServiceStub(system).GetInvoice
        payload = (await get(request, metadata=metadata)).SerializeToString()
        echoed: grpc.aio.UnaryUnaryMultiCallable[bytes, bytes] = echo.unary_unary(ECHO)

        # A caller that names its calls, as a gateway does, is not told the name.
        named = (*metadata, ("x-request-id", "benchmark"))

        async def many_gets(metadata: tuple[tuple[str, str], ...]) -> None:
            async def some() -> None:
                for _ in range(CALLS // CONCURRENT):
                    await get(request, metadata=metadata)

            await asyncio.gather(*(some() for _ in range(CONCURRENT)))

        async def many_echoes() -> None:
            async def some() -> None:
                for _ in range(CALLS // CONCURRENT):
                    await echoed(payload)

            await asyncio.gather(*(some() for _ in range(CONCURRENT)))

        seconds = await interleaved(
            {
                "get": partial(many_gets, named),
                "echo": many_echoes,
                "unnamed": partial(many_gets, metadata),
            }
        )
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
            row(
                "the same, where the server names the calls",
                "ratio",
                ratios(seconds["echo"], seconds["unnamed"]),
            ),
            row("peak memory of the system before", "MiB", [before]),
            row("peak memory of the system after", "MiB", [served.peak_mebibytes()]),
        ],
    )


def main() -> None:
    context = multiprocessing.get_context("spawn")
    echo_ready, echo_side = context.Pipe()
    echo = context.Process(target=_run_echo, args=(echo_side,), daemon=True)
    echo.start()
    try:
        with served_system() as served:
            asyncio.run(_compare(served, echo_ready.recv()))
    finally:
        echo.terminate()


if __name__ == "__main__":
    main()
