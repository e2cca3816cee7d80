"""Services are killed, halted and started again behind the gateway: it says so, and goes on."""

import asyncio
import json
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from gateway_process import Answer, GatewayProcess, upstreams

from separate_processes import SeparateProcesses, separate_processes
from small_invoice import ubl_invoice

pytestmark = pytest.mark.asyncio(loop_scope="module")
_LIST = "/v1/tenants/acme/invoices"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def system() -> AsyncIterator[SeparateProcesses]:
    async with separate_processes() as system:
        yield system


@pytest_asyncio.fixture(loop_scope="module")
async def gateway(system: SeparateProcesses) -> AsyncIterator[GatewayProcess]:
    ports = upstreams(
        ingest=system.ingest_servers[0].port,
        summarize=system.summarize.port,
        query=system.query.port,
    )
    gateway = GatewayProcess({**ports, "INVOICES_GATEWAY__CALL_SECONDS": "2"}, system.folder)
    try:
        await gateway.start()
        yield gateway
    finally:
        if gateway.is_running:
            gateway.terminate()
            assert await gateway.ended() == 0


async def listed(system: SeparateProcesses, gateway: GatewayProcess) -> Answer:
    return await gateway.request("GET", _LIST, token=system.tokens["acme"])


async def test_service_that_is_killed_is_503_until_it_is_back(
    system: SeparateProcesses, gateway: GatewayProcess
) -> None:
    assert (await listed(system, gateway)).status == 200
    system.query.kill()
    await system.query.ended()
    gone = await listed(system, gateway)
    assert (gone.status, gone.reason) == (503, "UPSTREAM_UNAVAILABLE")
    assert gone.headers["Retry-After"] == "1"
    assert b"127.0.0.1" not in gone.body
    sent = await gateway.request(
        "POST",
        f"{_LIST}:ingest",
        ubl_invoice("G-1"),
        token=system.tokens["acme"],
        headers={"Content-Type": "application/xml"},
    )
    assert sent.status == 200, "the other services are there"
    await becomes(gateway, 503)
    await system.query.start()
    await becomes(gateway, 200)
    assert (await listed(system, gateway)).json["total_size"] == 1


async def test_service_that_stands_still_is_504(
    system: SeparateProcesses, gateway: GatewayProcess
) -> None:
    system.query.halt()
    try:
        late = await listed(system, gateway)
        assert (late.status, late.reason) == (504, "DEADLINE_EXCEEDED")
        assert (await gateway.request("GET", "/healthz")).status == 200
    finally:
        system.query.go_on()
    await becomes(gateway, 200)
    assert (await listed(system, gateway)).status == 200


async def test_database_that_is_gone_is_503_with_the_reason_of_the_service(
    system: SeparateProcesses, gateway: GatewayProcess
) -> None:
    await system.kill_postgres()
    gone = await listed(system, gateway)
    assert (gone.status, gone.reason) == (503, "UNAVAILABLE")
    await becomes(gateway, 503)
    system.start_postgres()
    await becomes(gateway, 200)
    assert (await listed(system, gateway)).status == 200


async def test_events_are_those_of_an_operator_and_hold_no_token(
    system: SeparateProcesses, gateway: GatewayProcess
) -> None:
    await listed(system, gateway)
    gateway.terminate()
    assert await gateway.ended() == 0
    events = [json.dumps(event) for event in gateway.events()]
    told = [json.loads(event)["event"] for event in events]
    assert told[0] == "serving" and told[-2:] == ["draining", "stopped"]
    assert "request_ended" in told
    assert not [event for event in events if system.tokens["acme"] in event]


async def becomes(gateway: GatewayProcess, status: int) -> None:
    """Returns when `/readyz` says so."""
    async with asyncio.timeout(60):
        while await gateway.http_status("/readyz") != status:
            await asyncio.sleep(0.05)
