"""All processes with both Redis: what servers share holds over all of them, and whatever becomes of Redis, no call fails."""

import asyncio
import secrets
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import ExitStack, asynccontextmanager
from functools import partial
from pathlib import Path

import grpc
import pytest

from hostile_documents import plain_pdf
from invoice_summarizer.adapters.redis.cache import KEY_BYTES
from invoices.v1 import page_service_pb2, page_service_pb2_grpc, query_service_pb2
from redis_fixture import RedisServer, running_redis
from refusal import refusal_of_upload
from rpc_fixture import invoice_name, upload
from separate_processes import SeparateProcesses, separate_processes
from service_process import ServiceProcess
from small_invoice import ubl_invoice
from tenant_client import SECONDS, TenantClient

TENANT = "acme"
UPLOADS_IN_ALL = 3
HITS = 'cache_requests_total{kind="page",result="hit"}'


@pytest.fixture
def servers() -> Iterator[Mapping[str, RedisServer]]:
    with ExitStack() as stack:
        yield {
            "CACHE": stack.enter_context(
                running_redis("--maxmemory", "64mb", "--maxmemory-policy", "allkeys-lru")
            ),
            "STATE": stack.enter_context(running_redis("--maxmemory-policy", "noeviction")),
        }


@pytest.fixture
async def system(
    servers: Mapping[str, RedisServer], tmp_path: Path, request: pytest.FixtureRequest
) -> AsyncIterator[SeparateProcesses]:
    """Redis has as long to answer as the test says; where it says nothing, as by default."""
    key_file = tmp_path / "key"
    key_file.write_text(secrets.token_hex(KEY_BYTES))
    environment = {
        **{f"INVOICES_{role}__URL": server.url for role, server in servers.items()},
        **{
            f"INVOICES_{role}__ANSWER_SECONDS": str(getattr(request, "param", 0.1))
            for role in servers
        },
        "INVOICES_CACHE__KEY_FILE": str(key_file),
        "INVOICES_STATE__TENANT_UPLOADS": str(UPLOADS_IN_ALL),
    }
    async with separate_processes(
        tenants=[TENANT],
        ingest_servers=2,
        workers=1,
        environment=environment,
        throwaway=True,
    ) as running:
        yield running


async def listed(client: TenantClient) -> list[str]:
    answer = await client.query.ListInvoices(
        query_service_pb2.ListInvoicesRequest(parent=client.parent, page_size=200),
        metadata=client.credentials,
        timeout=SECONDS,
    )
    return [invoice.name for invoice in answer.invoices]


async def added_up(client: TenantClient) -> None:
    await client.query.AggregateInvoices(
        query_service_pb2.AggregateInvoicesRequest(parent=client.parent),
        metadata=client.credentials,
        timeout=SECONDS,
    )


async def metric(process: ServiceProcess, line: str) -> float:
    """Returns what the metrics of the process say behind these words; 0 where they say nothing."""
    for found in (await process.metrics()).splitlines():
        if found.startswith(line + " "):
            return float(found.rpartition(" ")[2])
    return 0.0


async def until(system: SeparateProcesses, line: str, value: float) -> None:
    async with asyncio.timeout(30):
        while await metric(system.query, line) != value:
            await asyncio.sleep(0.1)


@asynccontextmanager
async def under_load(client: TenantClient) -> AsyncIterator[Counter[str]]:
    """Calls go on until the end of the block. Each sees what it has written itself; an error comes out at the end."""
    stop, calls = asyncio.Event(), Counter[str]()

    async def write(who: int) -> None:
        while not stop.is_set():
            operation = await client.ingested(ubl_invoice(f"L-{who}-{calls['ingested']}"))
            assert invoice_name(operation) in await listed(client)
            done = await client.waited(operation.name)
            assert done.HasField("response")
            calls["ingested"] += 1

    async def read() -> None:
        while not stop.is_set():
            await listed(client)
            await added_up(client)
            calls["read"] += 1

    async with asyncio.TaskGroup() as tasks:
        for who in range(2):
            tasks.create_task(write(who))
        tasks.create_task(read())
        yield calls
        stop.set()


async def more_of(calls: Counter[str]) -> None:
    """Some calls of each kind have ended since."""
    before = calls.copy()
    async with asyncio.timeout(60):
        while any(calls[kind] < before[kind] + 2 for kind in ("ingested", "read")):
            await asyncio.sleep(0.05)


async def test_whatever_becomes_of_redis_no_call_fails_and_none_is_stale(
    system: SeparateProcesses, servers: Mapping[str, RedisServer]
) -> None:
    client = system.client(TENANT)
    async with under_load(client) as calls:
        await more_of(calls)
        for server in servers.values():
            with server.client() as redis:
                redis.flushall()
        await more_of(calls)
        for server in servers.values():
            server.halt()
        await more_of(calls)
        await until(system, 'redis_up{role="cache"}', 0)
        for server in servers.values():
            server.go_on()
        await more_of(calls)
        await until(system, 'redis_up{role="cache"}', 1)
        for server in servers.values():
            server.kill()
        await more_of(calls)
        await until(system, 'redis_up{role="state"}', 0)
        for server in servers.values():
            server.start()
        await more_of(calls)
        await until(system, 'redis_up{role="cache"}', 1)
        await until(system, 'redis_up{role="state"}', 1)
    # On a machine that has much to do, an answer may come too late to count.
    hits = await metric(system.query, HITS)
    async with asyncio.timeout(30):
        while await metric(system.query, HITS) == hits:
            await listed(client)
    assert await metric(system.query, 'cache_requests_total{kind="page",result="away"}') > 0
    assert [await process.http_status("/readyz") for process in system.processes] == [200] * len(
        system.processes
    )


@pytest.mark.parametrize("system", [5], indirect=True)
async def test_limit_of_a_tenant_holds_over_all_servers_and_falls_back_to_each(
    system: SeparateProcesses, servers: Mapping[str, RedisServer]
) -> None:
    clients = [system.client(TENANT, ingest_server=number) for number in range(2)]
    hold = asyncio.Event()

    def held_upload(client: TenantClient, number: int) -> grpc.aio.Call:
        async def messages() -> AsyncIterator[object]:
            for message in upload(ubl_invoice(f"H-{number}"), parent=client.parent):
                yield message
            await hold.wait()

        call: grpc.aio.Call = client.ingest.UploadInvoice(
            messages(), metadata=client.credentials, timeout=SECONDS
        )
        return call

    def counted() -> object:
        with servers["STATE"].client() as redis:
            return redis.zcard(f"invoices:uploads:{TENANT}")

    calls = [held_upload(clients[number % 2], number) for number in range(UPLOADS_IN_ALL)]
    async with asyncio.timeout(20):
        while counted() != UPLOADS_IN_ALL:
            await asyncio.sleep(0.05)
    for client in clients:
        refusal = await refusal_of_upload(partial(client.uploaded, ubl_invoice("beyond")))
        assert (refusal.code, refusal.reason) == (
            grpc.StatusCode.RESOURCE_EXHAUSTED,
            "TOO_MANY_UPLOADS",
        )
        assert refusal.retry_seconds is not None
    servers["STATE"].kill()
    for number, client in enumerate(clients):
        await client.uploaded(ubl_invoice(f"own limits {number}"))
    hold.set()
    for call in calls:
        assert await call.code() is grpc.StatusCode.OK


@pytest.mark.parametrize("system", [5], indirect=True)
async def test_picture_is_painted_once_for_all_servers(system: SeparateProcesses) -> None:
    clients = [system.client(TENANT, ingest_server=number) for number in range(2)]
    operation = await clients[0].ingested(plain_pdf("Invoice number: 4711"))
    await clients[0].waited(operation.name)
    request = page_service_pb2.RenderPageRequest(name=invoice_name(operation), page=1)
    pictures = [
        b"".join(
            [
                chunk.data
                async for chunk in page_service_pb2_grpc.PageServiceStub(
                    client.channels[0]
                ).RenderPage(request, metadata=client.credentials)
            ]
        )
        for client in clients
    ]
    assert pictures[0] == pictures[1]
    assert pictures[0].startswith(b"\x89PNG")
    results = [
        await metric(server, f'cache_requests_total{{kind="picture",result="{result}"}}')
        for server, result in zip(system.ingest_servers, ("miss", "hit"), strict=True)
    ]
    assert results == [1, 1]
