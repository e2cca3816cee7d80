"""What every Cache keeps."""

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest

from invoice_summarizer.adapters.memory.cache import MemoryCache
from invoice_summarizer.adapters.redis.cache import KEY_BYTES, CacheKeys, RedisCache
from invoice_summarizer.adapters.redis.connections import RedisConnections, RedisPlace
from invoice_summarizer.ports.cache import Cache, Cached
from redis_fixture import RedisServer

NAME = ("acme", "a list")


@pytest.fixture
def memory_cache() -> Cache:
    return MemoryCache()


@pytest.fixture
async def redis_cache(redis_server: RedisServer) -> AsyncIterator[Cache]:
    connections = RedisConnections(RedisPlace(url=redis_server.url, answer_seconds=10))
    keys = CacheKeys.of(bytes(KEY_BYTES))
    yield RedisCache(connections, keys, seconds=60, counted=lambda kind, result: None)
    await connections.aclose()


@pytest.fixture(params=["memory", "redis"])
def cache(request: pytest.FixtureRequest) -> Cache:
    found: Cache = request.getfixturevalue(f"{request.param}_cache")
    return found


class Loaded:
    """Counts how often it loads, and loads when it may."""

    def __init__(self, entry: bytes = b"entry") -> None:
        self.entry = entry
        self.times = 0
        self.may = asyncio.Event()
        self.may.set()

    async def __call__(self) -> bytes:
        self.times += 1
        await self.may.wait()
        return self.entry


async def never() -> bytes:
    raise AssertionError("is kept already")


@pytest.mark.parametrize("entry", [b"", b"entry", bytes(range(256)) * 4096])
async def test_what_was_loaded_is_kept(cache: Cache, entry: bytes) -> None:
    assert await cache.read(Cached.PAGE, NAME, Loaded(entry)) == entry
    assert await cache.read(Cached.PAGE, NAME, never) == entry


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        (Cached.AGGREGATE, NAME),
        (Cached.PAGE, ("acme", "another list")),
        (Cached.PAGE, ("acmea ", "list")),
        (Cached.PAGE, ("acme",)),
        (Cached.PAGE, (*NAME, "")),
    ],
)
async def test_other_names_and_kinds_are_kept_apart(
    cache: Cache, kind: Cached, name: tuple[str, ...]
) -> None:
    await cache.read(Cached.PAGE, NAME, Loaded(b"one"))
    assert await cache.read(kind, name, Loaded(b"another")) == b"another"
    assert await cache.read(Cached.PAGE, NAME, never) == b"one"


async def test_of_many_at_once_one_loads(cache: Cache) -> None:
    load = Loaded()
    load.may.clear()
    reads = [asyncio.create_task(cache.read(Cached.PAGE, NAME, load)) for _ in range(100)]
    while not load.times:
        await asyncio.sleep(0.001)
    await asyncio.sleep(0.05)
    load.may.set()
    assert await asyncio.gather(*reads) == [b"entry"] * 100
    assert load.times == 1


async def test_others_do_not_wait_for_who_loads_something_else(cache: Cache) -> None:
    slow = Loaded()
    slow.may.clear()
    waiting = asyncio.create_task(cache.read(Cached.PAGE, NAME, slow))
    while not slow.times:
        await asyncio.sleep(0.001)
    assert await cache.read(Cached.PAGE, ("other",), Loaded(b"other")) == b"other"
    slow.may.set()
    assert await waiting == b"entry"


async def _fails() -> bytes:
    raise ValueError("of the loading")


async def _cancelled() -> bytes:
    raise asyncio.CancelledError


@pytest.mark.parametrize(
    ("load", "error"), [(_fails, ValueError), (_cancelled, asyncio.CancelledError)]
)
async def test_error_of_loading_comes_through_and_the_next_one_loads(
    cache: Cache, load: Callable[[], "asyncio.Future[bytes]"], error: type[BaseException]
) -> None:
    with pytest.raises(error):
        await cache.read(Cached.PAGE, NAME, load)
    async with asyncio.timeout(2):
        assert await cache.read(Cached.PAGE, NAME, Loaded()) == b"entry"
