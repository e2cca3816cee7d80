"""What lies where in the bucket, and which versions a sweep removes."""

import hashlib
import tracemalloc
from base64 import b64encode
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from invoice_summarizer.adapters.s3.object_store import S3ObjectStore, S3Place
from invoice_summarizer.ports.object_store import ListedObject, ObjectCorrupt, ObjectNotFound
from s3_fixture import Bucket, endpoint, opened_store
from s3_front import FrontRequest, pass_on, s3_front

DATA = b"a document"
SHA256 = hashlib.sha256(DATA).hexdigest()
KEY = f"acme/{SHA256[:2]}/{SHA256}"
LIMIT = 64 << 20
LATER = datetime(9999, 1, 1, tzinfo=UTC)


async def whole(data: bytes = DATA) -> AsyncIterator[bytes]:
    yield data


async def put(store: S3ObjectStore, data: bytes = DATA, tenant: str = "acme") -> None:
    await store.put(tenant, whole(data), limit_bytes=LIMIT)


async def listed(store: S3ObjectStore, before: datetime = LATER) -> list[ListedObject]:
    return [each async for each in store.list(before)]


@pytest.fixture
async def store(bucket: Bucket) -> AsyncIterator[S3ObjectStore]:
    async with opened_store(S3Place(bucket=bucket.name), endpoint(bucket.url)) as opened:
        yield opened


async def test_object_lies_under_its_tenant_and_hash(store: S3ObjectStore, bucket: Bucket) -> None:
    await put(store)
    assert bucket.object_keys() == {KEY}


async def test_s3_is_told_the_hash_and_the_length_of_what_it_gets(bucket: Bucket) -> None:
    told: list[tuple[str | None, str | None]] = []

    def note(request: FrontRequest) -> None:
        told.append((request.headers["x-amz-checksum-sha256"], request.headers["Content-Length"]))
        pass_on(request)

    with s3_front(bucket.url) as front:
        front.fail("PUT", note)
        async with opened_store(S3Place(bucket=bucket.name), endpoint(front.url)) as store:
            await put(store)
    assert told == [(b64encode(hashlib.sha256(DATA).digest()).decode(), str(len(DATA)))]


async def test_two_prefixes_in_a_bucket_are_two_stores(
    store: S3ObjectStore, bucket: Bucket
) -> None:
    place = S3Place(bucket=bucket.name, prefix="eu/invoices/")
    async with opened_store(place, endpoint(bucket.url)) as other:
        await put(store, b"one")
        await put(other)
        assert f"eu/invoices/{KEY}" in bucket.object_keys()
        assert [each.sha256 for each in await listed(other)] == [SHA256]
        assert SHA256 not in [each.sha256 for each in await listed(store)]
        with pytest.raises(ObjectNotFound):
            await store.get("acme", SHA256)
        assert await other.get("acme", SHA256) == DATA


@pytest.mark.parametrize(
    "key",
    [
        "notes.txt",
        f"Acme/{SHA256[:2]}/{SHA256}",
        f"acme/00/{SHA256}",
        f"acme/{SHA256[:2]}/{SHA256}.part",
        f"copies/{KEY}",
    ],
)
async def test_key_that_is_no_objects_is_not_listed(
    store: S3ObjectStore, bucket: Bucket, key: str
) -> None:
    await put(store)
    bucket.client.put_object(Bucket=bucket.name, Key=key, Body=DATA)
    assert [(each.tenant, each.sha256) for each in await listed(store)] == [("acme", SHA256)]


@pytest.mark.parametrize("changed", [b"another document", DATA[:-1], DATA + b"!", b""])
async def test_changed_bytes_are_not_handed_out_and_can_be_put_again(
    store: S3ObjectStore, bucket: Bucket, changed: bytes
) -> None:
    await put(store)
    bucket.client.put_object(Bucket=bucket.name, Key=KEY, Body=changed)
    with pytest.raises(ObjectCorrupt):
        await store.get("acme", SHA256)
    with pytest.raises(ObjectCorrupt):
        await anext(store.chunks("acme", SHA256, chunk_bytes=1))
    await put(store)
    assert await store.get("acme", SHA256) == DATA


@pytest.mark.parametrize(
    "tenant",
    ["", ".", "..", "../other", "a/b", "/etc", "a\x00", ".objects", "Acme", "a.b", "a" * 64],
)
async def test_tenant_cannot_lead_elsewhere(
    store: S3ObjectStore, bucket: Bucket, tenant: str
) -> None:
    with pytest.raises(ValueError, match="tenant"):
        await put(store, tenant=tenant)
    with pytest.raises(ValueError, match="tenant"):
        await store.get(tenant, SHA256)
    assert bucket.versions() == []


async def test_listing_goes_on_over_all_pages_and_asks_for_no_more_than_is_taken(
    bucket: Bucket,
) -> None:
    with s3_front(bucket.url) as front:
        front.versions_at_once = 2
        async with opened_store(S3Place(bucket=bucket.name), endpoint(front.url)) as store:
            puts = [(f"tenant-{number % 3}", b"%d" % number) for number in range(7)]
            for tenant, data in puts:
                await put(store, data, tenant)
            front.requests.clear()
            listing = store.list(LATER)
            found = [await anext(listing)]
            assert len(front.requests) == 1
            found += [each async for each in listing]
    assert sorted((each.tenant, each.sha256) for each in found) == sorted(
        (tenant, hashlib.sha256(data).hexdigest()) for tenant, data in puts
    )
    assert len(front.requests) > 3


async def test_object_put_again_is_listed_by_its_last_put_and_goes_with_all_its_versions(
    store: S3ObjectStore, bucket: Bucket
) -> None:
    for _ in range(3):
        await put(store)
    await put(store, b"another")
    [object_] = [each for each in await listed(store) if each.sha256 == SHA256]
    latest = next(version for key, version in bucket.versions() if key == KEY)
    assert object_.generation == latest
    assert await store.delete(object_)
    assert KEY not in bucket.object_keys()
    with pytest.raises(ObjectNotFound):
        await store.get("acme", SHA256)
    assert await store.get("acme", hashlib.sha256(b"another").hexdigest()) == b"another"


async def test_key_that_begins_like_the_one_that_is_deleted_is_left_alone(bucket: Bucket) -> None:
    with s3_front(bucket.url) as front:
        async with opened_store(S3Place(bucket=bucket.name), endpoint(front.url)) as store:
            await put(store)
            bucket.client.put_object(Bucket=bucket.name, Key=f"{KEY}.copy", Body=DATA)
            [object_] = await listed(store)
            assert await store.delete(object_)
    assert bucket.object_keys() == {f"{KEY}.copy"}
    assert len([each for each in front.requests if each.startswith("DELETE")]) == 1


async def test_object_put_again_just_before_it_is_removed_stays(bucket: Bucket) -> None:
    """The sweep has seen that the version it listed is the latest, and is about to remove it."""

    def put_first(request: FrontRequest) -> None:
        bucket.client.put_object(Bucket=bucket.name, Key=KEY, Body=DATA)
        pass_on(request)

    with s3_front(bucket.url) as front:
        async with opened_store(S3Place(bucket=bucket.name), endpoint(front.url)) as store:
            await put(store)
            [object_] = await listed(store)
            front.fail("DELETE", put_first)
            assert await store.delete(object_)
            assert await store.get("acme", SHA256) == DATA
            assert not await store.delete(object_)
            assert await store.get("acme", SHA256) == DATA


async def test_object_that_was_put_after_the_time_is_not_listed(store: S3ObjectStore) -> None:
    await put(store)
    hour = timedelta(hours=1)
    assert await listed(store, datetime.now(UTC) - hour) == []
    assert len(await listed(store, datetime.now(UTC) + hour)) == 1


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ({"encryption": "AES256"}, {"ServerSideEncryption": "AES256"}),
        (
            {"encryption": "aws:kms", "kms_key": "our-key"},
            {"ServerSideEncryption": "aws:kms", "SSEKMSKeyId": "our-key"},
        ),
    ],
)
async def test_s3_is_told_how_to_encrypt(
    bucket: Bucket, place: dict[str, str], told: dict[str, str]
) -> None:
    encrypted = S3Place(bucket=bucket.name, **place)  # type: ignore[arg-type]
    async with opened_store(encrypted, endpoint(bucket.url)) as store:
        await put(store)
    head = bucket.client.head_object(Bucket=bucket.name, Key=KEY)
    assert {name: head[name] for name in told} == told  # type: ignore[literal-required]


async def test_object_is_never_held_whole(store: S3ObjectStore) -> None:
    mebibyte = 1 << 20

    async def large() -> AsyncIterator[bytes]:
        for number in range(32):
            yield bytes([number]) * mebibyte

    await put(store)  # what is loaded once is loaded
    tracemalloc.start()
    try:
        stored = await store.put("acme", large(), limit_bytes=32 * mebibyte)
        size = 0
        async for chunk in store.chunks("acme", stored.sha256, chunk_bytes=mebibyte // 2):
            size += len(chunk)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert size == 32 * mebibyte
    assert most < 8 * mebibyte
