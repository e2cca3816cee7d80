"""A tenant in a process of its own, who calls every server at a steady pace and tells how long the answers took."""

import asyncio
import multiprocessing
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

from google.longrunning import operations_pb2

from invoices.v1 import query_service_pb2, summarize_service_pb2
from rpc_fixture import invoice_name
from separate_processes import SeparateProcesses
from small_invoice import ubl_invoice
from tenant_client import TenantClient

# The calls, and the time from one to the next: a call is due whether or not the one before has its answer, and what it
# took counts from when it was due. So a server that stands still is seen by every call that it keeps waiting.
PACES = {
    "GetInvoice": 0.02,
    "ListInvoices": 0.05,
    "GetOperation": 0.05,
    "SummarizeInvoice": 0.05,
}
# Of one kind, within what a tenant may have under way; a call that is due beyond it waits, and its time runs.
_AT_ONCE = 10
_INVOICES = 20
_PATIENCE_SECONDS = 60

Latencies = Mapping[str, list[float]]  # in seconds, by the name of the call


@dataclass(frozen=True, slots=True)
class OtherTenant:
    _process: Connection

    def begin(self) -> None:
        """From here on the calls are made."""
        self._process.send("begin")

    async def end(self) -> Latencies:
        """No more calls are made; returns what those since `begin` took, once all have their answers."""
        self._process.send("end")
        latencies: Latencies = await asyncio.to_thread(self._process.recv)
        return latencies


@contextmanager
def other_tenant(system: SeparateProcesses, tenant: str) -> Iterator[OtherTenant]:
    """Yields the tenant when its own small invoices are read."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    ports = {
        name: next(each.port for each in system.servers if each.name.startswith(name))
        for name in ("ingest", "query", "summarize")
    }
    process = context.Process(target=_run, args=(theirs, tenant, system.tokens[tenant], ports))
    process.start()
    theirs.close()
    try:
        assert ours.recv() == "ready"
        yield OtherTenant(ours)
    finally:
        ours.close()  # at which it ends
        process.join(_PATIENCE_SECONDS)


def _run(asked: Connection, tenant: str, token: str, ports: Mapping[str, int]) -> None:
    asyncio.run(_answer(asked, tenant, token, ports))


async def _answer(asked: Connection, tenant: str, token: str, ports: Mapping[str, int]) -> None:
    client = TenantClient(tenant, token, **ports)
    calls = await _calls(client)
    for call in calls.values():
        await call()  # connects
    asked.send("ready")
    try:
        while await asyncio.to_thread(asked.recv) == "begin":
            ending = asyncio.create_task(asyncio.to_thread(asked.recv))
            timed = (_timed(calls[name], pace, ending) for name, pace in PACES.items())
            latencies = await asyncio.gather(*timed)
            asked.send(dict(zip(PACES, latencies, strict=True)))
    except EOFError:  # nobody asks any more
        await client.close()


async def _timed(
    call: Callable[[], Awaitable[Any]], pace_seconds: float, ending: asyncio.Task[Any]
) -> list[float]:
    seconds: list[float] = []
    room = asyncio.Semaphore(_AT_ONCE)

    async def made(due: float) -> None:
        async with room:
            await call()
        seconds.append(time.perf_counter() - due)

    due = time.perf_counter()
    async with asyncio.TaskGroup() as tasks:
        while not ending.done():
            tasks.create_task(made(due))
            due += pace_seconds
            await asyncio.sleep(due - time.perf_counter())
    return seconds


async def _calls(client: TenantClient) -> Mapping[str, Callable[[], Awaitable[Any]]]:
    operations = [await client.ingested(ubl_invoice(f"Small-{n}")) for n in range(_INVOICES)]
    for operation in operations:
        assert (await client.waited(operation.name)).done
    name, parent = invoice_name(operations[0]), client.parent
    requests = {
        "GetInvoice": (client.query.GetInvoice, query_service_pb2.GetInvoiceRequest(name=name)),
        "ListInvoices": (
            client.query.ListInvoices,
            query_service_pb2.ListInvoicesRequest(parent=parent),
        ),
        "GetOperation": (
            client.operations.GetOperation,
            operations_pb2.GetOperationRequest(name=operations[0].name),
        ),
        # It is written once, and then only looked for.
        "SummarizeInvoice": (
            client.summarize.SummarizeInvoice,
            summarize_service_pb2.SummarizeInvoiceRequest(name=name),
        ),
    }

    def call(method: Any, request: Any) -> Callable[[], Awaitable[Any]]:
        return lambda: method(request, metadata=client.credentials, timeout=_PATIENCE_SECONDS)

    return {name: call(*made) for name, made in requests.items()}
