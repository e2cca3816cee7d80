"""A Redis that is away, slow or emptied: whoever asks waits for next to nothing, and Redis is used again when it is back."""

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from invoice_summarizer.adapters.redis.cache import KEY_BYTES, CacheKeys, CacheResult, RedisCache
from invoice_summarizer.adapters.redis.connections import (
    RedisAway,
    RedisConnections,
    RedisPlace,
    WrongRedisUrl,
)
from invoice_summarizer.adapters.redis.tenant_places import RedisTenantPlaces, TenantLimits
from invoice_summarizer.ports.cache import Cached
from invoice_summarizer.processes.key_files import renewed_authority
from mounted_files import MountedFiles
from redis_fixture import RedisServer, running_redis
from tls_identity import Authority, identity


@pytest.fixture
def own_redis() -> Iterator[RedisServer]:
    """A Redis that the test may kill."""
    with running_redis() as server:
        yield server


async def _load() -> bytes:
    return b"entry"


async def _answers_again(connections: RedisConnections) -> None:
    async with asyncio.timeout(20):
        while True:
            try:
                await connections.ask(connections.client.ping)
                return
            except RedisAway:
                await asyncio.sleep(0.1)


@pytest.mark.parametrize("how", ["killed", "halted"])
async def test_redis_that_is_away_is_done_without_and_used_when_it_is_back(
    own_redis: RedisServer, how: str
) -> None:
    told: list[bool] = []
    results: list[CacheResult] = []
    connections = RedisConnections(RedisPlace(url=own_redis.url, answer_seconds=0.5), told.append)
    cache = RedisCache(
        connections,
        CacheKeys.of(bytes(KEY_BYTES)),
        seconds=60,
        counted=lambda _, result: results.append(result),
    )
    places = RedisTenantPlaces(connections, TenantLimits(calls=1, uploads=1))
    assert await cache.read(Cached.PAGE, ("name",), _load) == b"entry"
    place = await places.take("acme", is_upload=False)
    (own_redis.kill if how == "killed" else own_redis.halt)()
    results.clear()
    for number in range(30):
        assert await cache.read(Cached.PAGE, (str(number),), _load) == b"entry"
        places.leave(await places.take("acme", is_upload=True))
    assert set(results) == {CacheResult.AWAY}
    assert told == [True, False]
    (own_redis.start if how == "killed" else own_redis.go_on)()
    await _answers_again(connections)
    assert told == [True, False, True]
    assert await cache.read(Cached.PAGE, ("name",), _load) == b"entry"
    assert results[-1] is (CacheResult.MISS if how == "killed" else CacheResult.HIT)
    places.leave(place)
    await connections.aclose()


async def test_redis_is_left_alone_after_five_failures_and_nobody_waits(
    own_redis: RedisServer,
) -> None:
    connections = RedisConnections(RedisPlace(url=own_redis.url, answer_seconds=0.1))
    own_redis.halt()
    asked = 0

    async def ping() -> object:
        nonlocal asked
        asked += 1
        return await connections.client.ping()

    for _ in range(50):
        with pytest.raises(RedisAway):
            await connections.ask(ping)
    assert asked == 5
    own_redis.go_on()
    await _answers_again(connections)
    await connections.aclose()


async def test_call_that_is_cancelled_leaves_the_connection_usable(own_redis: RedisServer) -> None:
    connections = RedisConnections(RedisPlace(url=own_redis.url, answer_seconds=10, connections=1))
    await connections.ask(lambda: connections.client.set("key", "mine"))
    own_redis.halt()
    asking = asyncio.create_task(connections.ask(lambda: connections.client.get("other")))
    await asyncio.sleep(0.05)
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    own_redis.go_on()
    assert await connections.ask(lambda: connections.client.get("key")) == b"mine"
    await connections.aclose()


async def test_errors_tell_nothing_of_what_was_asked(own_redis: RedisServer) -> None:
    connections = RedisConnections(RedisPlace(url=own_redis.url))
    with pytest.raises(RedisAway) as raised:
        await connections.ask(lambda: connections.client.set("key", "content", ex=-1))
    assert str(raised.value) == "ResponseError"
    assert raised.value.__cause__ is None
    await connections.aclose()


async def test_wrong_password_is_an_absence(own_redis: RedisServer) -> None:
    connections = RedisConnections(
        RedisPlace(url=f"redis://:wrong@localhost:{own_redis.port}/0", answer_seconds=10)
    )
    with pytest.raises(RedisAway):
        await connections.ask(connections.client.ping)
    await connections.aclose()


@pytest.mark.parametrize("url", ["", "localhost:6379", "http://localhost", "redis://host:port"])
def test_url_that_names_no_redis_is_refused_without_being_told(url: str) -> None:
    with pytest.raises(WrongRedisUrl) as raised:
        RedisConnections(RedisPlace(url=url))
    assert str(raised.value).startswith("must be redis://")


async def test_tls_is_held_to_its_authority(tmp_path: Path) -> None:
    names = {}
    for name in ("localhost", "other"):
        pair = identity(name)
        names[name] = tmp_path / f"{name}.pem"
        names[name].write_bytes(pair.certificate)
        (tmp_path / f"{name}.key").write_bytes(pair.key)
    options = (
        *("--tls-cert-file", str(names["localhost"])),
        *("--tls-key-file", str(tmp_path / "localhost.key")),
        *("--tls-ca-cert-file", str(names["localhost"]), "--tls-auth-clients", "no"),
    )
    with running_redis(*options, tls=True) as server:
        trusting = RedisConnections(_tls_place(server, names["localhost"]))
        await _answers_again(trusting)
        await trusting.aclose()
        doubting = RedisConnections(_tls_place(server, names["other"]))
        with pytest.raises(RedisAway):
            await doubting.ask(doubting.client.ping)
        await doubting.aclose()


def _tls_place(server: RedisServer, authority: Path) -> RedisPlace:
    renewed = renewed_authority("AUTHORITY_FILE", authority)
    return RedisPlace(url=server.url, authority=renewed, answer_seconds=10)


async def test_connection_that_is_made_again_trusts_the_authority_that_is_there_then(
    tmp_path: Path,
) -> None:
    authority = Authority()
    renewed = Authority()
    own = authority.identity("localhost")
    files = {
        "tls.crt": own.certificate,
        "tls.key": own.key,
        "ca.crt": "# Größte\n".encode() + authority.certificate,
    }
    mounted = MountedFiles(tmp_path / "tls", files)
    options = (
        *("--tls-cert-file", str(mounted["tls.crt"]), "--tls-key-file", str(mounted["tls.key"])),
        *("--tls-ca-cert-file", str(mounted["ca.crt"]), "--tls-auth-clients", "no"),
    )

    async def is_answered(connections: RedisConnections) -> bool:
        await connections.client.connection_pool.disconnect()
        try:
            return bool(await connections.ask(connections.client.ping))
        except RedisAway:
            return False

    async def eventually(connections: RedisConnections, wanted: bool) -> None:
        ends = time.monotonic() + 30
        while await is_answered(connections) is not wanted:
            assert time.monotonic() < ends
            await asyncio.sleep(0.1)

    with running_redis(*options, tls=True) as server:
        connections = RedisConnections(_tls_place(server, mounted["ca.crt"]))
        assert await is_answered(connections)
        for broken in (b"", b"no PEM"):
            mounted.replace({**files, "ca.crt": broken})
            ends = time.monotonic() + 1.5
            while time.monotonic() < ends:
                assert await is_answered(connections)
        mounted.replace({**files, "ca.crt": renewed.certificate})
        await eventually(connections, wanted=False)
        mounted.replace({**files, "ca.crt": authority.certificate})
        await eventually(connections, wanted=True)
        await connections.aclose()
