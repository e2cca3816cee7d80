"""What a server does when it has as many calls as it takes: no tenant, and no stranger, keeps others out."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import grpc
import grpc.aio
import pytest
from grpc_health.v1 import health_pb2, health_pb2_grpc

from invoice_summarizer.rpc.public_handlers import WATCHERS_LIMIT
from invoice_summarizer.settings import ServerSettings
from invoices.v1 import ingest_service_pb2, query_service_pb2
from refusal import Refusal, refusal_of
from rpc_fixture import (
    OTHER_TENANT,
    OWNER,
    STRANGER,
    TENANT,
    Api,
    Metadata,
    held_calls,
    invoice_name,
    running_api,
    under_way,
    upload,
)
from small_invoice import ubl_invoice

Code = grpc.StatusCode
NOBODY: Metadata = ()


class SlowUploads:
    """Uploads that send their header, and the rest of it when `go_on` says so."""

    def __init__(self, api: Api, number: int, metadata: Metadata = OWNER) -> None:
        self._rest = asyncio.Event()
        parent = OTHER_TENANT if metadata == STRANGER else TENANT
        self.calls = [
            api.ingest.UploadInvoice(self._messages(parent, each), metadata=metadata)
            for each in range(number)
        ]

    async def _messages(
        self, parent: str, number: int
    ) -> AsyncIterator[ingest_service_pb2.UploadInvoiceRequest]:
        header, chunk = upload(ubl_invoice(f"R-{number}"), parent=parent)
        yield header
        await self._rest.wait()
        yield chunk

    async def go_on(self) -> list[Any]:
        """Returns what the uploads are answered."""
        self._rest.set()
        return await asyncio.gather(*self.calls, return_exceptions=True)


def refused(api: Api) -> dict[tuple[str, str], float]:
    """Returns how many calls the metric says were refused, by reason and by whose limit it was."""
    return {
        (sample.labels["reason"], sample.labels["whose"]): sample.value
        for family in api.metrics.refused_calls.collect()
        for sample in family.samples
        if sample.name.endswith("_total")
    }


async def listed(api: Api, metadata: Metadata = OWNER) -> None:
    parent = OTHER_TENANT if metadata == STRANGER else TENANT
    await api.query.ListInvoices(
        query_service_pb2.ListInvoicesRequest(parent=parent), metadata=metadata
    )


async def healthy(api: Api) -> bool:
    health: Any = health_pb2_grpc.HealthStub(api.channel)
    answer = await health.Check(health_pb2.HealthCheckRequest())
    return bool(answer.status == health_pb2.HealthCheckResponse.SERVING)


async def answered(api: Api, metadata: Metadata) -> None:
    """A read, an upload and a wait for its operation are answered."""
    parent = OTHER_TENANT if metadata == STRANGER else TENANT
    data = ubl_invoice("of the other")
    operation = await api.ingest.UploadInvoice(upload(data, parent=parent), metadata=metadata)
    await api.done(operation.name, metadata=metadata)
    assert await api.invoice(invoice_name(operation), metadata=metadata)


async def test_200_slow_uploads_of_one_tenant_leave_all_others_answered() -> None:
    settings = ServerSettings(grace_seconds=0)
    places = settings.max_concurrent_uploads * settings.tenant_percent // 100
    async with running_api(server=settings) as api:
        slow = SlowUploads(api, 200)
        await under_way(api, places)
        while sum(refused(api).values()) < 200 - places:
            await asyncio.sleep(0.001)
        assert refused(api) == {("TOO_MANY_UPLOADS", "tenant"): 200 - places}
        await answered(api, STRANGER)
        assert await healthy(api)
        await listed(api, OWNER)
        ended = await slow.go_on()
        assert sum(not isinstance(each, Exception) for each in ended) == places
        await under_way(api, 0)
        await answered(api, OWNER)


async def refusal_of_list(api: Api, metadata: Metadata = OWNER) -> Refusal:
    return await refusal_of(listed(api, metadata))


@pytest.mark.parametrize(
    ("held", "caller", "metadata"),
    [
        ([OWNER] * 3, OWNER, {"limit": "3", "whose": "tenant"}),
        ([OWNER] * 3 + [STRANGER], STRANGER, {"limit": "4", "whose": "server"}),
    ],
)
async def test_call_beyond_a_limit_is_told_which_and_when_to_try_again(
    held: list[Metadata], caller: Metadata, metadata: dict[str, str]
) -> None:
    settings = ServerSettings(max_concurrent_calls=4, tenant_percent=99, grace_seconds=0)
    async with running_api(worker=False, server=settings) as api:
        async with held_calls(api, *held):
            refusal = await refusal_of_list(api, caller)
            assert (refusal.code, refusal.reason) == (Code.RESOURCE_EXHAUSTED, "TOO_MANY_CALLS")
            assert (refusal.metadata, refusal.retry_seconds) == (metadata, 1)
            assert refusal.request_id == refusal.trailing_request_id != ""
            assert await healthy(api)
            assert refused(api) == {("TOO_MANY_CALLS", metadata["whose"]): 1}
        await listed(api, caller)


async def test_upload_beyond_a_limit_is_told_which_and_when_to_try_again() -> None:
    settings = ServerSettings(max_concurrent_uploads=2, tenant_percent=50, grace_seconds=0)
    async with running_api(worker=False, server=settings) as api:
        slow = SlowUploads(api, 1)
        await under_way(api, 1)
        refusal = await api.refused_upload(upload(ubl_invoice()))
        assert (refusal.code, refusal.reason) == (Code.RESOURCE_EXHAUSTED, "TOO_MANY_UPLOADS")
        assert refusal.metadata == {"limit": "1", "whose": "tenant"}
        assert refusal.retry_seconds == 1
        [operation] = await slow.go_on()
        assert operation.name
        await api.ingest.UploadInvoice(upload(ubl_invoice()), metadata=OWNER)


async def test_first_call_after_a_rush_is_admitted() -> None:
    settings = ServerSettings(max_concurrent_calls=2, tenant_percent=50, grace_seconds=0)
    async with running_api(worker=False, server=settings) as api:
        for _ in range(20):
            rush = await asyncio.gather(*(listed(api) for _ in range(10)), return_exceptions=True)
            assert None in rush
            await listed(api)
        assert refused(api)


async def test_calls_one_after_another_need_one_place() -> None:
    settings = ServerSettings(max_concurrent_calls=2, tenant_percent=50, grace_seconds=0)
    async with running_api(worker=False, server=settings) as api:
        for _ in range(100):
            await listed(api)
        with pytest.raises(grpc.aio.AioRpcError):
            await api.invoice(f"{TENANT}/invoices/none")
        async with held_calls(api, OWNER):
            pass
        await listed(api)


async def test_whoever_is_not_known_is_refused_at_once_and_takes_no_place() -> None:
    """Nothing of these calls comes but their metadata."""
    settings = ServerSettings(max_concurrent_calls=2, tenant_percent=50, grace_seconds=0)
    async with running_api(worker=False, server=settings) as api:
        for method in ("QueryService/GetInvoice", "IngestService/UploadInvoice"):
            multi: Any = api.channel.stream_unary(f"/invoices.v1.{method}")
            for _ in range(5):
                refusal = await refusal_of(multi(_nothing()))
                assert refusal.reason == "CREDENTIALS_MISSING"
        await listed(api)
        assert refused(api) == {}


async def test_call_whose_message_never_comes_has_the_deadline_of_others() -> None:
    settings = ServerSettings(default_deadline_seconds=0.1, grace_seconds=0)
    async with running_api(worker=False, server=settings) as api:
        multi: Any = api.channel.stream_unary("/invoices.v1.QueryService/GetInvoice")
        refusal = await refusal_of(multi(_nothing(), metadata=OWNER))
        assert (refusal.code, refusal.reason) == (Code.DEADLINE_EXCEEDED, "DEADLINE_EXCEEDED")


async def test_upload_that_stands_still_is_ended_and_leaves_nothing() -> None:
    settings = ServerSettings(upload_patience_seconds=0.05, grace_seconds=0)
    async with running_api(worker=False, server=settings) as api:
        refusal = await refusal_of(SlowUploads(api, 1).calls[0])
        assert (refusal.code, refusal.reason) == (Code.DEADLINE_EXCEEDED, "STREAM_TOO_SLOW")
        assert refusal.metadata == {"limit": "1024", "whose": "stream"}
        assert (api.row_count, api.object_count) == (0, 0)
        await under_way(api, 0)
        assert refused(api) == {("STREAM_TOO_SLOW", "stream"): 1}


async def test_upload_that_breaks_off_before_its_header_is_counted_as_cancelled(api: Api) -> None:
    multi: Any = api.channel.stream_unary("/invoices.v1.IngestService/UploadInvoice")
    call = multi(_nothing(), metadata=OWNER)
    await under_way(api, 1)
    call.cancel()
    await under_way(api, 0)
    counted = api.metrics.calls.labels("invoices.v1.IngestService", "UploadInvoice", "CANCELLED")
    assert counted._value.get() == 1


async def test_upload_of_a_byte_at_a_time_is_ended() -> None:
    async def bytewise() -> AsyncIterator[ingest_service_pb2.UploadInvoiceRequest]:
        header, *chunks = upload(*(bytes([each]) for each in ubl_invoice()))
        yield header
        for chunk in chunks:
            await asyncio.sleep(0.01)
            yield chunk

    settings = ServerSettings(
        upload_patience_seconds=0.1, upload_bytes_per_second=10_000_000, grace_seconds=0
    )
    async with running_api(worker=False, server=settings) as api:
        with pytest.raises(grpc.aio.AioRpcError):
            await api.ingest.UploadInvoice(bytewise(), metadata=OWNER)
        await under_way(api, 0)
        assert refused(api) == {("STREAM_TOO_SLOW", "stream"): 1}
        assert (api.row_count, api.object_count) == (0, 0)


async def test_health_has_a_limit_of_watchers_and_none_of_checks(idle_api: Api) -> None:
    health: Any = health_pb2_grpc.HealthStub(idle_api.channel)
    watches = [health.Watch(health_pb2.HealthCheckRequest()) for _ in range(WATCHERS_LIMIT)]
    for watch in watches:
        await watch.read()
    refusal = await refusal_of(health.Watch(health_pb2.HealthCheckRequest()).read())
    assert (refusal.reason, refusal.retry_seconds) == ("TOO_MANY_CALLS", 1)
    assert await healthy(idle_api)
    for watch in watches:
        watch.cancel()


async def _nothing() -> AsyncIterator[bytes]:
    await asyncio.Event().wait()
    yield b""
