"""Lists and sums that are kept in Redis: of what was committed before, none misses anything, and Redis learns nothing."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace

import pytest

from invoice_summarizer.adapters.cached.invoice_reader import CachedInvoiceReader
from invoice_summarizer.adapters.redis.cache import (
    KEY_BYTES,
    LARGEST_ENTRY_BYTES,
    CacheKeys,
    CacheResult,
    RedisCache,
)
from invoice_summarizer.adapters.redis.connections import RedisConnections, RedisPlace
from invoice_summarizer.ports.cache import Cached
from invoice_summarizer.ports.invoice_reader import GroupKey, InvoiceReader
from invoice_summarizer.rpc.query_servicer import NEWEST_FIRST
from redis_fixture import RedisServer, running_redis
from storage_fixture import Storage
from storage_samples import add_invoice, delete_invoice, put_reading, read_invoice, received_invoice

TENANT = "acme"


@dataclass(frozen=True, slots=True)
class Replica:
    reader: InvoiceReader
    cache: RedisCache
    results: Counter[CacheResult]


class Replicas:
    """Readers of one cache, each with connections of its own."""

    def __init__(self, server: RedisServer, reader: InvoiceReader) -> None:
        self._server = server
        self._reader = reader
        self._connections: list[RedisConnections] = []

    def replica(self, key: bytes = bytes(KEY_BYTES)) -> Replica:
        connections = RedisConnections(RedisPlace(url=self._server.url, answer_seconds=10))
        self._connections.append(connections)
        results = Counter[CacheResult]()
        cache = RedisCache(
            connections,
            CacheKeys.of(key),
            seconds=60,
            counted=lambda _, result: results.update([result]),
        )
        return Replica(CachedInvoiceReader(self._reader, cache, form="v1"), cache, results)

    async def aclose(self) -> None:
        for each in self._connections:
            await each.aclose()


@pytest.fixture
async def replicas(redis_server: RedisServer, postgres_storage: Storage) -> AsyncIterator[Replicas]:
    created = Replicas(redis_server, postgres_storage.reader)
    yield created
    await created.aclose()


async def number_listed(reader: InvoiceReader, tenant: str = TENANT) -> int:
    page = await reader.page(tenant, filter=None, order=NEWEST_FIRST, after=None, limit=50)
    return page.total_size


async def number_added_up(reader: InvoiceReader) -> int:
    sums = await reader.aggregate(
        TENANT, filter=None, group_by=frozenset({GroupKey.CURRENCY}), limit=10
    )
    return sum(group.count for group in sums.groups)


async def test_what_one_replica_has_read_the_other_does_not_read_again(
    replicas: Replicas, postgres_storage: Storage
) -> None:
    async with postgres_storage.transactions.begin(TENANT) as transaction:
        await add_invoice(transaction, read_invoice(1))
    one, other = replicas.replica(), replicas.replica()
    for replica in (one, other):
        page = await replica.reader.page(
            TENANT, filter=None, order=NEWEST_FIRST, after=None, limit=50
        )
        uncached = await postgres_storage.reader.page(
            TENANT, filter=None, order=NEWEST_FIRST, after=None, limit=50
        )
        assert page == uncached
        group_by = frozenset(GroupKey)
        assert await replica.reader.aggregate(
            TENANT, filter=None, group_by=group_by, limit=10
        ) == await postgres_storage.reader.aggregate(
            TENANT, filter=None, group_by=group_by, limit=10
        )
    assert (one.results, other.results) == ({CacheResult.MISS: 2}, {CacheResult.HIT: 2})


async def test_every_change_is_seen_at_once(replicas: Replicas, postgres_storage: Storage) -> None:
    one, other = replicas.replica(), replicas.replica()
    transactions = postgres_storage.transactions

    async def now() -> tuple[int, int]:
        seen = {
            (await number_listed(each.reader), await number_added_up(each.reader))
            for each in (one, other)
        }
        [only] = seen
        return only

    assert await now() == (0, 0)
    received = received_invoice(1)
    async with transactions.begin(TENANT) as transaction:
        await add_invoice(transaction, received)
    assert await now() == (1, 0)
    read = replace(read_invoice(1), version=received.version + 1)
    async with transactions.begin(TENANT) as transaction:
        await put_reading(transaction, read)
    assert await now() == (1, 1)
    async with transactions.begin(TENANT) as transaction:
        await delete_invoice(transaction, read.id)
    assert await now() == (0, 0)
    async with transactions.begin("other") as transaction:
        await add_invoice(transaction, read_invoice(1, "other"))
    before = one.results[CacheResult.MISS]
    assert await now() == (0, 0)
    assert one.results[CacheResult.MISS] == before, "others' changes change nothing here"
    assert await number_listed(one.reader, "other") == 1


async def test_transaction_that_is_rolled_back_changes_nothing(
    replicas: Replicas, postgres_storage: Storage
) -> None:
    replica = replicas.replica()
    before = await replica.reader.revision(TENANT)
    with pytest.raises(ZeroDivisionError):
        async with postgres_storage.transactions.begin(TENANT) as transaction:
            await add_invoice(transaction, read_invoice(1))
            raise ZeroDivisionError
    assert await replica.reader.revision(TENANT) == before


async def test_nobody_misses_what_was_committed_before_however_many_write(
    replicas: Replicas, postgres_storage: Storage
) -> None:
    committed = 0
    stop = asyncio.Event()

    async def write(first: int) -> None:
        nonlocal committed
        for number in range(first, first + 25):
            async with postgres_storage.transactions.begin(TENANT) as transaction:
                await add_invoice(transaction, received_invoice(number))
            committed += 1
            at_least = committed
            assert await number_listed(replica.reader) >= at_least

    async def read(reader: InvoiceReader) -> None:
        while not stop.is_set():
            at_least = committed
            assert await number_listed(reader) >= at_least

    replica = replicas.replica()
    readers = [asyncio.create_task(read(replicas.replica().reader)) for _ in range(2)]
    await asyncio.gather(*(write(100 * writer) for writer in range(3)))
    stop.set()
    await asyncio.gather(*readers)
    assert await number_listed(replica.reader) == 75


async def test_redis_learns_nothing(
    replicas: Replicas, postgres_storage: Storage, redis_server: RedisServer
) -> None:
    invoice = read_invoice(1)
    async with postgres_storage.transactions.begin(TENANT) as transaction:
        await add_invoice(transaction, invoice)
    await number_listed(replicas.replica().reader)
    await number_added_up(replicas.replica().reader)
    with redis_server.client() as client:
        entries = [(key, client.get(key)) for key in client.scan_iter()]
        assert all(0 < client.ttl(key) <= 60 for key, _ in entries)
    assert len(entries) == 2, "and nobody is loading any more"
    everything = b"".join(key + value for key, value in entries).lower()
    content = invoice.content
    assert content.seller and content.seller.name and content.invoice_number
    for secret in (TENANT, invoice.id, content.seller.name, content.invoice_number, "eur"):
        assert secret.encode().lower() not in everything


async def test_entry_of_another_key_or_name_is_none(
    replicas: Replicas, redis_server: RedisServer
) -> None:
    one = replicas.replica()

    async def load() -> bytes:
        return b"entry"

    for name in ("a", "b"):
        await one.cache.read(Cached.PAGE, (name,), load)
    with redis_server.client() as client:
        [first, second] = client.scan_iter()
        client.set(first, client.get(second))
        client.set(second, b"no entry at all")
    for name in ("a", "b"):
        assert await one.cache.read(Cached.PAGE, (name,), load) == b"entry"
    assert one.results == {CacheResult.MISS: 2, CacheResult.UNREADABLE: 2}
    for name in ("a", "b"):
        assert await one.cache.read(Cached.PAGE, (name,), load) == b"entry"
    assert one.results[CacheResult.HIT] == 2, "they were written anew"
    other = replicas.replica(key=bytes(range(KEY_BYTES)))
    await other.cache.read(Cached.PAGE, ("a",), load)
    assert other.results == {CacheResult.MISS: 1}


async def test_what_is_too_large_is_not_kept(replicas: Replicas, redis_server: RedisServer) -> None:
    loads, all_load = 0, asyncio.Event()

    async def load() -> bytes:
        nonlocal loads
        loads += 1
        if loads == 6:
            all_load.set()
        if loads > 1:  # those who waited for the first load beside each other
            async with asyncio.timeout(60):
                await all_load.wait()
        return bytes(LARGEST_ENTRY_BYTES + 1)

    cache = replicas.replica().cache
    reads = [cache.read(Cached.PICTURE, ("large",), load) for _ in range(6)]
    assert {len(entry) for entry in await asyncio.gather(*reads)} == {LARGEST_ENTRY_BYTES + 1}
    with redis_server.client() as client:
        assert {client.get(key) for key in client.scan_iter()} <= {b""}


async def test_full_redis_keeps_nothing_and_fails_nobody() -> None:
    with running_redis("--maxmemory", "2mb", "--maxmemory-policy", "noeviction") as server:
        connections = RedisConnections(RedisPlace(url=server.url, answer_seconds=10))
        cache = RedisCache(
            connections, CacheKeys.of(bytes(KEY_BYTES)), seconds=60, counted=lambda *_: None
        )

        async def load() -> bytes:
            return bytes(200_000)

        for number in range(40):
            assert await cache.read(Cached.PAGE, (str(number),), load) == bytes(200_000)
        await connections.aclose()


async def test_entry_that_another_version_has_kept_is_worked_out_again(
    replicas: Replicas, postgres_storage: Storage
) -> None:
    class Other:
        async def read(self, kind: Cached, name: tuple[str, ...], load: object) -> bytes:
            return b"\x81\xa5other\x01"

    reader = CachedInvoiceReader(postgres_storage.reader, Other(), form="v1")
    async with postgres_storage.transactions.begin(TENANT) as transaction:
        await add_invoice(transaction, read_invoice(1))
    assert (await number_listed(reader), await number_added_up(reader)) == (1, 1)
