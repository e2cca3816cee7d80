"""Places of tenants in all servers together: of Redis, whose servers are each an adapter of their own here."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest

from invoice_summarizer.adapters.redis import tenant_places
from invoice_summarizer.adapters.redis.connections import RedisConnections, RedisPlace
from invoice_summarizer.adapters.redis.tenant_places import RedisTenantPlaces, TenantLimits
from invoice_summarizer.ports.tenant_places import Counted, NoPlaceLeft, TenantPlaces
from redis_fixture import RedisServer

LIMITS = TenantLimits(calls=4, uploads=2)
TENANT = "acme"


class Servers:
    def __init__(self, redis_server: RedisServer, stack: AsyncExitStack) -> None:
        self._redis_server = redis_server
        self._stack = stack

    async def started(self) -> RedisTenantPlaces:
        connections = RedisConnections(RedisPlace(url=self._redis_server.url, answer_seconds=10))
        self._stack.push_async_callback(connections.aclose)
        places = RedisTenantPlaces(connections, LIMITS)
        await self._stack.enter_async_context(places.kept())
        return places


@pytest.fixture
async def servers(redis_server: RedisServer) -> AsyncIterator[Servers]:
    async with AsyncExitStack() as stack:
        yield Servers(redis_server, stack)


async def taken(*places: TenantPlaces, number: int, is_upload: bool = False) -> list[str]:
    """Takes so many places, of each server in turn."""
    return [
        await places[each % len(places)].take(TENANT, is_upload=is_upload) for each in range(number)
    ]


async def refused(places: TenantPlaces, *, is_upload: bool = False) -> NoPlaceLeft:
    with pytest.raises(NoPlaceLeft) as raised:
        await places.take(TENANT, is_upload=is_upload)
    return raised.value


async def free(places: TenantPlaces) -> str:
    """Returns a place that becomes free within a second."""
    async with asyncio.timeout(1):
        while True:
            try:
                return await places.take(TENANT, is_upload=False)
            except NoPlaceLeft:
                await asyncio.sleep(0.01)


async def test_limit_holds_over_all_servers(servers: Servers) -> None:
    one, other = await servers.started(), await servers.started()
    await taken(one, other, number=LIMITS.calls)
    for server in (one, other):
        error = await refused(server)
        assert (error.counted, error.limit) == (Counted.CALLS, LIMITS.calls)
    await one.take("other tenant", is_upload=False)


async def test_uploads_have_a_limit_of_their_own_and_are_calls(servers: Servers) -> None:
    one, other = await servers.started(), await servers.started()
    await taken(one, other, number=LIMITS.uploads, is_upload=True)
    error = await refused(other, is_upload=True)
    assert (error.counted, error.limit) == (Counted.UPLOADS, LIMITS.uploads)
    await taken(one, other, number=LIMITS.calls - LIMITS.uploads)
    assert (await refused(one)).counted is Counted.CALLS


async def test_place_that_is_left_is_free_for_every_server(servers: Servers) -> None:
    one, other = await servers.started(), await servers.started()
    first, *_ = await taken(one, number=LIMITS.calls)
    one.leave(first)
    await free(other)
    await refused(one)


async def test_refused_call_takes_no_place(servers: Servers) -> None:
    places = await servers.started()
    await taken(places, number=LIMITS.uploads, is_upload=True)
    for _ in range(LIMITS.calls):
        await refused(places, is_upload=True)
    await taken(places, number=LIMITS.calls - LIMITS.uploads)


async def test_places_of_a_server_that_is_gone_come_back(
    servers: Servers, redis_server: RedisServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tenant_places, "_LEASE_MILLISECONDS", 2_000)
    monkeypatch.setattr(tenant_places, "_RENEW_SECONDS", 0.2)
    gone = RedisTenantPlaces(
        RedisConnections(RedisPlace(url=redis_server.url, answer_seconds=10)), LIMITS
    )  # nobody renews what it takes
    await taken(gone, number=LIMITS.calls)
    there = await servers.started()
    await refused(there)
    await asyncio.sleep(2.5)
    await taken(there, number=LIMITS.calls)
    await asyncio.sleep(3)  # more than a lease
    assert (await refused(await servers.started())).counted is Counted.CALLS


async def test_emptied_redis_gives_places_and_calls_that_end_take_none_away(
    servers: Servers, redis_server: RedisServer
) -> None:
    places = await servers.started()
    before = await taken(places, number=LIMITS.calls)
    with redis_server.client() as client:
        client.flushall()
    await taken(places, number=LIMITS.calls)
    for place in before:
        places.leave(place)
    await asyncio.sleep(0.1)
    await refused(places)


async def test_burst_of_calls_is_counted_to_the_last(
    redis_server: RedisServer,
) -> None:
    """More at once than there are connections: they wait for one another, and Redis is not taken to be away."""
    told: list[bool] = []
    connections = RedisConnections(RedisPlace(url=redis_server.url, answer_seconds=10), told.append)
    places = RedisTenantPlaces(connections, TenantLimits(calls=50, uploads=1))
    found = await asyncio.gather(
        *(places.take(TENANT, is_upload=False) for _ in range(200)), return_exceptions=True
    )
    assert sum(isinstance(each, NoPlaceLeft) for each in found) == 150
    assert told == [True]
    await connections.aclose()
