import asyncio
import hashlib
import os
import resource
import shutil
import tracemalloc
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from invoice_summarizer.adapters.filesystem.object_store import (
    LISTED_AT_ONCE,
    FilesystemObjectStore,
)
from invoice_summarizer.domain.errors import Unavailable
from invoice_summarizer.ports.object_store import ListedObject, ObjectCorrupt, ObjectTooLarge

DATA = b"a document"
SHA256 = hashlib.sha256(DATA).hexdigest()
LIMIT = 1_000


async def whole() -> AsyncIterator[bytes]:
    yield DATA


def files_below(folder: Path) -> list[Path]:
    """Returns all but the file by which puts and deletes exclude each other."""
    return [path for path in folder.rglob("*") if path.is_file() and path.name != ".lock"]


async def test_object_lies_under_its_tenant_and_hash(tmp_path: Path) -> None:
    await FilesystemObjectStore(tmp_path).put("acme", whole(), limit_bytes=LIMIT)
    assert files_below(tmp_path) == [tmp_path / "acme" / SHA256[:2] / SHA256]


async def test_changed_bytes_are_not_handed_out_and_can_be_put_again(tmp_path: Path) -> None:
    store = FilesystemObjectStore(tmp_path)
    await store.put("acme", whole(), limit_bytes=LIMIT)
    (tmp_path / "acme" / SHA256[:2] / SHA256).write_bytes(b"another document")
    with pytest.raises(ObjectCorrupt):
        await store.get("acme", SHA256)
    with pytest.raises(ObjectCorrupt):
        await anext(store.chunks("acme", SHA256, chunk_bytes=1))
    await store.put("acme", whole(), limit_bytes=LIMIT)
    assert await store.get("acme", SHA256) == DATA


@pytest.mark.parametrize("is_there", [False, True])
async def test_folder_that_is_lost_or_not_mounted_is_no_loss_of_its_documents(
    tmp_path: Path, is_there: bool
) -> None:
    store = FilesystemObjectStore(tmp_path / "objects")
    await store.put("acme", whole(), limit_bytes=LIMIT)
    shutil.rmtree(tmp_path / "objects")
    if is_there:
        (tmp_path / "objects").mkdir()
    with pytest.raises(Unavailable):
        await store.get("acme", SHA256)
    with pytest.raises(Unavailable):
        await anext(store.chunks("acme", SHA256, chunk_bytes=1))


async def test_cancelled_put_leaves_no_file(tmp_path: Path) -> None:
    begun = asyncio.Event()

    async def hanging() -> AsyncIterator[bytes]:
        yield bytes(2 << 20)
        begun.set()
        await asyncio.Event().wait()

    put = FilesystemObjectStore(tmp_path).put("acme", hanging(), limit_bytes=4 << 20)
    task = asyncio.create_task(put)
    await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert files_below(tmp_path) == []


async def test_put_past_the_limit_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(ObjectTooLarge):
        await FilesystemObjectStore(tmp_path).put("acme", whole(), limit_bytes=1)
    assert files_below(tmp_path) == []


@pytest.mark.parametrize(
    "tenant",
    ["", ".", "..", "../other", "a/b", "/etc", "a\x00", ".temporary", "Acme", "a.b", "a" * 64],
)
async def test_tenant_cannot_lead_elsewhere(tmp_path: Path, tenant: str) -> None:
    store = FilesystemObjectStore(tmp_path / "root")
    with pytest.raises(ValueError, match="tenant"):
        await store.put(tenant, whole(), limit_bytes=LIMIT)
    with pytest.raises(ValueError, match="tenant"):
        await store.get(tenant, SHA256)
    assert files_below(tmp_path) == []


async def listed(store: FilesystemObjectStore, before: datetime) -> list[ListedObject]:
    return [each async for each in store.list(before)]


async def test_listing_takes_away_what_interrupted_puts_left(tmp_path: Path) -> None:
    now = datetime.now(UTC)
    store = FilesystemObjectStore(tmp_path)
    await store.put("acme", whole(), limit_bytes=LIMIT)
    for name, age in (("old", timedelta(hours=2)), ("new", timedelta(minutes=30))):
        path = tmp_path / ".temporary" / name
        path.write_bytes(b"half")
        os.utime(path, times=((now - age).timestamp(),) * 2)
    assert await listed(store, now - timedelta(hours=1)) == []
    assert {path.name for path in files_below(tmp_path)} == {"new", SHA256}


async def test_failing_file_system_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "root").write_text("not a folder")
    with pytest.raises(Unavailable):
        await FilesystemObjectStore(tmp_path / "root").put("acme", whole(), limit_bytes=LIMIT)


async def test_file_system_that_is_full_is_unavailable_and_keeps_nothing_of_it(
    tmp_path: Path, largest_file: Callable[[int], None]
) -> None:
    store = FilesystemObjectStore(tmp_path)
    await store.put("acme", whole(), limit_bytes=LIMIT)
    largest_file(len(DATA) - 1)
    with pytest.raises(Unavailable, match="the object store fails"):
        await store.put("acme", _other_document(), limit_bytes=LIMIT)
    assert files_below(tmp_path) == [tmp_path / "acme" / SHA256[:2] / SHA256]
    largest_file(resource.RLIM_INFINITY)
    await store.put("acme", _other_document(), limit_bytes=LIMIT)
    assert len(files_below(tmp_path)) == 2


async def _other_document() -> AsyncIterator[bytes]:
    yield DATA[::-1]


@pytest.fixture
def largest_file() -> Iterator[Callable[[int], None]]:
    """Yields what bounds files of this process, as a disk that is full bounds them; there is no bound afterwards."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)

    def bound(size: int) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))

    yield bound
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


async def test_folder_that_is_no_tenants_is_not_listed(tmp_path: Path) -> None:
    foreign = tmp_path / "lost+found" / SHA256[:2]
    foreign.mkdir(parents=True)
    (foreign / SHA256).write_bytes(DATA)
    store = FilesystemObjectStore(tmp_path)
    await store.put("acme", whole(), limit_bytes=LIMIT)
    listed = [each async for each in store.list(datetime.now(UTC) + timedelta(hours=1))]
    assert [each.tenant for each in listed] == ["acme"]


@pytest.mark.parametrize("place", [("ab", "notes.txt"), ("ab", "ab.part"), ("00", SHA256)])
async def test_file_that_is_no_object_in_its_place_is_not_listed(
    tmp_path: Path, place: tuple[str, str]
) -> None:
    store = FilesystemObjectStore(tmp_path)
    await store.put("acme", whole(), limit_bytes=LIMIT)
    folder, name = place
    (tmp_path / "acme" / folder).mkdir(exist_ok=True)
    (tmp_path / "acme" / folder / name).write_bytes(DATA)
    later = datetime.now(UTC) + timedelta(hours=1)
    assert len([each async for each in store.list(later)]) == 1


async def test_listing_holds_a_bounded_number_of_objects(tmp_path: Path) -> None:
    """What has gone by the time that the first is handed out is not listed, beyond those that were looked up with it."""
    for number in range(3 * LISTED_AT_ONCE):
        sha256 = hashlib.sha256(b"%d" % number).hexdigest()
        folder = tmp_path / "acme" / sha256[:2]
        folder.mkdir(parents=True, exist_ok=True)
        (folder / sha256).touch()
    listing = FilesystemObjectStore(tmp_path).list(datetime.now(UTC) + timedelta(hours=1))
    held = [await anext(listing)]
    shutil.rmtree(tmp_path / "acme")
    held += [each async for each in listing]
    assert len(held) == LISTED_AT_ONCE


async def test_listing_goes_on_over_all_folders(tmp_path: Path) -> None:
    put = set()
    for number in range(LISTED_AT_ONCE + 1):
        sha256 = hashlib.sha256(b"%d" % number).hexdigest()
        folder = tmp_path / f"tenant-{number % 3}" / sha256[:2]
        folder.mkdir(parents=True, exist_ok=True)
        (folder / sha256).touch()
        put.add((f"tenant-{number % 3}", sha256))
    found = await listed(FilesystemObjectStore(tmp_path), datetime.now(UTC) + timedelta(hours=1))
    assert len(found) == len(put)
    assert {(each.tenant, each.sha256) for each in found} == put


async def test_object_in_chunks_is_never_held_whole(tmp_path: Path) -> None:
    store, mebibyte = FilesystemObjectStore(tmp_path), 1 << 20

    async def large() -> AsyncIterator[bytes]:
        for number in range(32):
            yield bytes([number]) * mebibyte

    stored = await store.put("acme", large(), limit_bytes=32 * mebibyte)
    size = 0
    tracemalloc.start()
    try:
        async for chunk in store.chunks("acme", stored.sha256, chunk_bytes=mebibyte // 2):
            size += len(chunk)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert size == 32 * mebibyte
    assert most < 3 * mebibyte
