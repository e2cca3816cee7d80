"""The contract of ObjectStore."""

import asyncio
import hashlib
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from invoice_summarizer.adapters.faulty.faults import Faults
from invoice_summarizer.adapters.faulty.object_store import FaultyObjectStore
from invoice_summarizer.adapters.filesystem.object_store import FilesystemObjectStore
from invoice_summarizer.adapters.memory.object_store import MemoryObjectStore
from invoice_summarizer.adapters.s3.object_store import S3Place
from invoice_summarizer.ports.object_store import ObjectNotFound, ObjectStore, ObjectTooLarge
from lost_objects import lose_objects
from s3_fixture import Bucket, endpoint, opened_store

DATA = b"a document"
SHA256 = hashlib.sha256(DATA).hexdigest()
LIMIT = 64 << 20


async def chunks_of(*chunks: bytes) -> AsyncIterator[bytes]:
    for chunk in chunks:
        yield chunk


@pytest.fixture(params=["memory", "filesystem", "faulty", "s3"])
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[ObjectStore]:
    match request.param:
        case "memory":
            yield MemoryObjectStore()
        case "faulty":
            yield FaultyObjectStore(MemoryObjectStore(), Faults())
        case "filesystem":
            yield FilesystemObjectStore(tmp_path / "objects")
        case "s3":
            bucket: Bucket = request.getfixturevalue("bucket")
            async with opened_store(S3Place(bucket=bucket.name), endpoint(bucket.url)) as s3_store:
                yield s3_store


async def test_bytes_come_back(store: ObjectStore) -> None:
    stored = await store.put("acme", chunks_of(b"a ", b"", b"document"), limit_bytes=LIMIT)
    assert (stored.sha256, stored.size_bytes) == (SHA256, len(DATA))
    assert await store.get("acme", SHA256) == DATA


async def test_no_bytes_are_an_object_too(store: ObjectStore) -> None:
    stored = await store.put("acme", chunks_of(), limit_bytes=LIMIT)
    assert await store.get("acme", stored.sha256) == b""


async def test_bytes_larger_than_a_write_come_back(store: ObjectStore) -> None:
    chunks = [bytes([number]) * 700_000 for number in range(5)]
    stored = await store.put("acme", chunks_of(*chunks), limit_bytes=LIMIT)
    assert await store.get("acme", stored.sha256) == b"".join(chunks)


async def test_bytes_come_in_chunks_and_the_rest_last(store: ObjectStore) -> None:
    for data in (b"", b"12", b"123", b"1234", b"1234567"):
        stored = await store.put("acme", chunks_of(data), limit_bytes=LIMIT)
        chunks = [c async for c in store.chunks("acme", stored.sha256, chunk_bytes=3)]
        assert chunks == [data[begin : begin + 3] for begin in range(0, len(data), 3)]


async def test_chunks_go_on_though_the_object_is_deleted_meanwhile(store: ObjectStore) -> None:
    stored = await store.put("acme", chunks_of(b"x" * 9), limit_bytes=LIMIT)
    chunks = store.chunks("acme", stored.sha256, chunk_bytes=3)
    first = await anext(chunks)
    assert await lose_objects(store) == 1
    assert [first, *[c async for c in chunks]] == [b"xxx"] * 3


async def test_same_bytes_again_are_harmless(store: ObjectStore) -> None:
    puts = [store.put("acme", chunks_of(DATA), limit_bytes=LIMIT) for _ in range(5)]
    assert {stored.sha256 for stored in await asyncio.gather(*puts)} == {SHA256}
    assert await store.get("acme", SHA256) == DATA


async def test_object_of_another_tenant_is_not_found(store: ObjectStore) -> None:
    await store.put("other", chunks_of(DATA), limit_bytes=LIMIT)
    with pytest.raises(ObjectNotFound):
        await store.get("acme", SHA256)
    assert await store.get("other", SHA256) == DATA


@pytest.mark.parametrize("sha256", [SHA256, "", "..", "../other", "x" * 64, SHA256.upper(), "\x00"])
async def test_what_is_not_there_is_not_found(store: ObjectStore, sha256: str) -> None:
    await store.put("other", chunks_of(DATA), limit_bytes=LIMIT)
    with pytest.raises(ObjectNotFound):
        await store.get("acme", sha256)
    with pytest.raises(ObjectNotFound):
        await anext(store.chunks("acme", sha256, chunk_bytes=1))


async def test_swept_object_is_gone_and_can_come_again(store: ObjectStore) -> None:
    await store.put("acme", chunks_of(DATA), limit_bytes=LIMIT)
    assert await lose_objects(store) == 1
    with pytest.raises(ObjectNotFound):
        await store.get("acme", SHA256)
    await store.put("acme", chunks_of(DATA), limit_bytes=LIMIT)
    assert await store.get("acme", SHA256) == DATA


async def test_as_many_bytes_as_the_limit_are_stored(store: ObjectStore) -> None:
    await store.put("acme", chunks_of(DATA), limit_bytes=len(DATA))
    assert await store.get("acme", SHA256) == DATA


async def test_one_byte_more_than_the_limit_stores_nothing(store: ObjectStore) -> None:
    await store.put("other", chunks_of(DATA), limit_bytes=LIMIT)
    with pytest.raises(ObjectTooLarge):
        await store.put("acme", chunks_of(DATA), limit_bytes=len(DATA) - 1)
    with pytest.raises(ObjectNotFound):
        await store.get("acme", SHA256)


async def test_bytes_past_the_limit_are_not_awaited(store: ObjectStore) -> None:
    async def endless() -> AsyncIterator[bytes]:
        while True:
            yield bytes(1_000)

    with pytest.raises(ObjectTooLarge):
        await store.put("acme", endless(), limit_bytes=10_000)


async def test_failing_upload_stores_nothing(store: ObjectStore) -> None:
    async def failing() -> AsyncIterator[bytes]:
        yield DATA
        raise ConnectionError

    await store.put("other", chunks_of(DATA), limit_bytes=LIMIT)
    with pytest.raises(ConnectionError):
        await store.put("acme", failing(), limit_bytes=LIMIT)
    with pytest.raises(ObjectNotFound):
        await store.get("acme", SHA256)


async def test_objects_of_before_are_listed_tenant_by_tenant(store: ObjectStore) -> None:
    put = {
        (tenant, (await store.put(tenant, chunks_of(data), limit_bytes=LIMIT)).sha256)
        for tenant, data in (("acme", b"one"), ("other", b"one"), ("acme", b"two"))
    }
    hour = timedelta(hours=1)
    assert [each async for each in store.list(datetime.now(UTC) - hour)] == []
    listed = [each async for each in store.list(datetime.now(UTC) + hour)]
    assert {(each.tenant, each.sha256) for each in listed} == put
    assert len(listed) == len(put)
    assert listed[0].tenant != listed[-1].tenant, "the two of one tenant are together"


async def test_deleted_object_is_gone_and_no_other(store: ObjectStore) -> None:
    for tenant in ("acme", "other"):
        await store.put(tenant, chunks_of(DATA), limit_bytes=LIMIT)
    [mine, _] = [each async for each in store.list(datetime.now(UTC) + timedelta(hours=1))]
    assert await store.delete(mine)
    assert not await store.delete(mine)
    with pytest.raises(ObjectNotFound):
        await store.get("acme", SHA256)
    assert await store.get("other", SHA256) == DATA


async def test_object_that_is_put_again_after_it_was_listed_stays(store: ObjectStore) -> None:
    await store.put("acme", chunks_of(DATA), limit_bytes=LIMIT)
    [listed] = [each async for each in store.list(datetime.now(UTC) + timedelta(hours=1))]
    await store.put("acme", chunks_of(DATA), limit_bytes=LIMIT)
    assert not await store.delete(listed)
    assert await store.get("acme", SHA256) == DATA
