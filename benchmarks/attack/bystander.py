"""Another tenant, whose calls have to be answered while somebody attacks."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from itertools import count
from typing import Any

import grpc.aio
from grpc_health.v1 import health_pb2

from attack.outcome import Outcome
from attack.sending import ended
from attack.target import BYSTANDER, Target
from invoices.v1 import query_service_pb2
from small_invoice import ubl_invoice
from tenant_client import SECONDS, TenantClient

_PAUSE_SECONDS = 0.2
_READ_SECONDS = 60.0
_numbers = count(1)


@asynccontextmanager
async def served_meanwhile(target: Target, outcome: Outcome) -> AsyncIterator[None]:
    """Within the block another tenant lists, sends and asks for health; a call that fails is a miss."""
    clients = [
        target.system.client(BYSTANDER, ingest_server=number)
        for number in range(len(target.system.ingest_servers))
    ]
    longest = 0.0
    stop = asyncio.Event()

    async def timed(call: Awaitable[Any]) -> Any:
        nonlocal longest
        began = time.monotonic()
        try:
            return await call
        finally:
            longest = max(longest, time.monotonic() - began)

    async def ask(client: TenantClient) -> None:
        while not stop.is_set():
            try:
                health = await timed(
                    client.health.Check(health_pb2.HealthCheckRequest(), timeout=SECONDS)
                )
                serving = health.status == health_pb2.HealthCheckResponse.SERVING
                outcome.require(serving, "health says NOT_SERVING")
                await timed(_list(client))
                operation = await timed(client.ingested(_document()))
            except grpc.aio.AioRpcError as error:
                outcome.require(False, f"another tenant's call fails: {error.code().name}")
            else:
                failure = await ended(client, operation.name, _READ_SECONDS)
                outcome.require(failure == "", "another tenant's document is not read")
            await asyncio.sleep(_PAUSE_SECONDS)

    async with asyncio.TaskGroup() as tasks:
        for client in clients:
            tasks.create_task(ask(client))
        try:
            yield
        finally:
            stop.set()
    for client in clients:
        await client.close()
    outcome.notes.append(f"another tenant's longest call: {longest:.1f} s")


async def goes_through(target: Target, outcome: Outcome) -> None:
    """A good document that is new is taken in and read; else that is a miss."""
    client = target.system.client(BYSTANDER)
    operation = await client.ingested(_document())
    failure = await ended(client, operation.name, _READ_SECONDS)
    outcome.require(failure == "", "a good document does not go through afterwards")


def all_alive(target: Target, outcome: Outcome) -> None:
    """Every process runs; one that has ended is a miss."""
    for process in target.system.processes:
        outcome.require(process.is_running, f"{process.name} has ended")


async def _list(client: TenantClient) -> None:
    await client.query.ListInvoices(
        query_service_pb2.ListInvoicesRequest(parent=client.parent, page_size=10),
        metadata=client.credentials,
        timeout=SECONDS,
    )


def _document() -> bytes:
    return ubl_invoice(f"Good-{next(_numbers)}")
