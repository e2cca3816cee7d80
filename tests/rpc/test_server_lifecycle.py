"""The server's life: health while it serves and while it drains, reflection where configured, TLS or loopback."""

import asyncio
from typing import Any

import grpc.aio
import pytest
from google.longrunning import operations_pb2
from google.protobuf.duration_pb2 import Duration
from grpc_health.v1 import health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha import reflection_pb2, reflection_pb2_grpc
from pydantic import ValidationError

from invoice_summarizer.rpc.server import TAKING_CALLS
from invoice_summarizer.settings import ServerSettings
from invoices.v1 import query_service_pb2
from rpc_fixture import OWNER, TENANT, Api, running_api
from small_invoice import ubl_invoice

SERVICES = {
    "",
    "invoices.v1.IngestService",
    "invoices.v1.ReviewService",
    "invoices.v1.ValidateService",
    "invoices.v1.SummarizeService",
    "invoices.v1.QueryService",
    "google.longrunning.Operations",
}
SERVING = health_pb2.HealthCheckResponse.SERVING
NOT_SERVING = health_pb2.HealthCheckResponse.NOT_SERVING


async def test_health_needs_no_credentials_and_knows_every_service(api: Api) -> None:
    health: Any = health_pb2_grpc.HealthStub(api.channel)
    for service in SERVICES:
        answer = await health.Check(health_pb2.HealthCheckRequest(service=service))
        assert answer.status == SERVING
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await health.Check(health_pb2.HealthCheckRequest(service="no.such.Service"))
    assert caught.value.code() is grpc.StatusCode.NOT_FOUND


async def test_health_says_that_the_server_drains_while_a_call_under_way_ends() -> None:
    async with running_api(worker=False, server=ServerSettings(grace_seconds=20)) as api:
        operation = await api.ingested(ubl_invoice())
        health: Any = health_pb2_grpc.HealthStub(api.channel)
        watch = health.Watch(health_pb2.HealthCheckRequest())
        assert (await watch.read()).status == SERVING
        waiting = asyncio.ensure_future(
            api.operations.WaitOperation(
                operations_pb2.WaitOperationRequest(
                    name=operation.name, timeout=Duration(nanos=300_000_000)
                ),
                metadata=OWNER,
            )
        )
        while not api.metrics.calls_in_flight._value.get():
            await asyncio.sleep(0.001)
        stopping = asyncio.create_task(api.server.stop())
        assert (await watch.read()).status == NOT_SERVING
        watch.cancel()
        assert (await waiting).name == operation.name
        await stopping


async def test_callers_are_told_to_go_elsewhere_before_a_call_is_refused() -> None:
    async with running_api(worker=False, server=ServerSettings(grace_seconds=20)) as api:
        health: Any = health_pb2_grpc.HealthStub(api.channel)
        watch = health.Watch(health_pb2.HealthCheckRequest(service=TAKING_CALLS))
        assert (await watch.read()).status == SERVING
        await api.server.set_serving(False)  # as when the database is away: calls say so themselves
        again = await health.Check(health_pb2.HealthCheckRequest(service=TAKING_CALLS))
        assert again.status == SERVING
        stop = asyncio.Event()
        stopping = asyncio.create_task(api.server.until(stop))
        stop.set()
        assert (await watch.read()).status == NOT_SERVING
        request = query_service_pb2.ListInvoicesRequest(parent=TENANT)
        assert not (await api.query.ListInvoices(request, metadata=OWNER)).invoices
        watch.cancel()
        await stopping


async def test_watchers_are_told_also_when_one_of_them_has_left_or_does_not_read() -> None:
    async with running_api(worker=False) as api:
        health: Any = health_pb2_grpc.HealthStub(api.channel)
        request = health_pb2.HealthCheckRequest(service=TAKING_CALLS)
        leaving, staying, silent = (health.Watch(request) for _ in range(3))
        assert (await leaving.read()).status == (await staying.read()).status == SERVING
        servicer = api.server._health
        while servicer.watchers < 3:
            await asyncio.sleep(0.001)
        leaving.cancel()
        while servicer.watchers > 2:
            await asyncio.sleep(0.001)
        servicer.set(TAKING_CALLS, NOT_SERVING)
        assert (await staying.read()).status == NOT_SERVING
        staying.cancel()
        silent.cancel()
        while servicer.watchers:
            await asyncio.sleep(0.001)


async def test_call_that_outlives_the_grace_is_cancelled() -> None:
    async with running_api(worker=False, server=ServerSettings(grace_seconds=0.1)) as api:
        operation = await api.ingested(ubl_invoice())
        waiting = asyncio.ensure_future(
            api.operations.WaitOperation(
                operations_pb2.WaitOperationRequest(name=operation.name), metadata=OWNER
            )
        )
        while not api.metrics.calls_in_flight._value.get():
            await asyncio.sleep(0.001)
        await api.server.stop()
        with pytest.raises(grpc.aio.AioRpcError):
            await waiting
        assert api.metrics.calls_in_flight._value.get() == 0


async def _reflected(api: Api) -> set[str]:
    channel: Any = api.channel
    stub: Any = reflection_pb2_grpc.ServerReflectionStub(channel)
    call = stub.ServerReflectionInfo(
        iter([reflection_pb2.ServerReflectionRequest(list_services="")])
    )
    return {
        service.name async for answer in call for service in answer.list_services_response.service
    }


async def test_reflection_is_off_unless_it_is_configured(api: Api) -> None:
    # One message and one answer, whatever the method's shape: a stream may be ended before its request is sent, and
    # then its client hears of that alone.
    channel: Any = api.channel
    reflect = channel.unary_unary("/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo")
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await reflect(b"")
    assert caught.value.code() is grpc.StatusCode.UNIMPLEMENTED


async def test_reflection_tells_of_the_services_where_it_is_configured() -> None:
    async with running_api(server=ServerSettings(reflection=True, grace_seconds=0)) as api:
        assert await _reflected(api) >= SERVICES - {""}
        request = query_service_pb2.ListInvoicesRequest(parent=TENANT)
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await api.query.ListInvoices(request)
        assert caught.value.code() is grpc.StatusCode.UNAUTHENTICATED


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "10.0.0.1", "example.org"])
def test_server_without_tls_listens_on_loopback_only(host: str) -> None:
    with pytest.raises(ValidationError, match="loopback"):
        ServerSettings(host=host)
