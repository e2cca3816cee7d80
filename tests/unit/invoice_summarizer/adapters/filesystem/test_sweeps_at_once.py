"""What a sweep removes while others put, get and sweep in the same folder, each held at the step where it hurts."""

import asyncio
import fcntl
import hashlib
import os
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from invoice_summarizer.adapters.filesystem import object_store
from invoice_summarizer.adapters.filesystem.object_store import FilesystemObjectStore

DATA = b"a document"
SHA256 = hashlib.sha256(DATA).hexdigest()
SECONDS = 30
HOUR = timedelta(hours=1)


async def put(store: FilesystemObjectStore) -> Path:
    async def whole() -> AsyncIterator[bytes]:
        yield DATA

    await store.put("acme", whole(), limit_bytes=1_000)
    return Path(SHA256[:2]) / SHA256


def put_long_ago(path: Path) -> None:
    time = (datetime.now(UTC) - 2 * HOUR).timestamp()
    os.utime(path, times=(time, time))


async def nothing_happens() -> None:
    pass


async def sweep(
    store: FilesystemObjectStore,
    before: datetime,
    meanwhile: Callable[[], Awaitable[None]] = nothing_happens,
) -> int:
    """Deletes what was put before that time; `meanwhile` happens between listing and deleting."""
    listed = [each async for each in store.list(before)]
    if listed:
        await meanwhile()
    return sum([await store.delete(each) for each in listed])


async def test_object_put_again_is_there_while_a_sweep_looks_at_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = FilesystemObjectStore(tmp_path)
    path = tmp_path / "acme" / await put(store)
    put_long_ago(path)
    generation = object_store._generation
    seen: list[bytes] = []

    def looked_at(state: os.stat_result) -> str:
        seen.append(path.read_bytes())
        return generation(state)

    async def put_again() -> None:
        await put(store)
        monkeypatch.setattr(object_store, "_generation", looked_at)

    assert await sweep(store, datetime.now(UTC) - HOUR, put_again) == 0
    assert seen == [DATA]


async def test_object_put_again_just_before_it_is_removed_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sweep has found the old file under the name, and is about to remove whatever lies there."""
    store = FilesystemObjectStore(tmp_path)
    path = tmp_path / "acme" / await put(store)
    put_long_ago(path)
    removing, naming = threading.Event(), threading.Event()
    unlink, flock = Path.unlink, fcntl.flock

    def held_unlink(removed: Path, missing_ok: bool = False) -> None:
        if removed == path:
            removing.set()
            assert naming.wait(SECONDS), "the put would not have waited"
        unlink(removed, missing_ok)

    def told_flock(descriptor: int, kind: int) -> None:
        if kind == fcntl.LOCK_SH:
            naming.set()
        flock(descriptor, kind)

    monkeypatch.setattr(Path, "unlink", held_unlink)
    monkeypatch.setattr(fcntl, "flock", told_flock)
    sweeping = asyncio.create_task(sweep(store, datetime.now(UTC) - HOUR))
    assert await asyncio.to_thread(removing.wait, SECONDS)
    await put(store)
    assert await sweeping == 1
    assert await store.get("acme", SHA256) == DATA


async def test_two_sweeps_remove_an_object_once(tmp_path: Path) -> None:
    first, second = FilesystemObjectStore(tmp_path), FilesystemObjectStore(tmp_path)
    put_long_ago(tmp_path / "acme" / await put(first))
    before = datetime.now(UTC) - HOUR
    [listed] = [each async for each in first.list(before)]
    gone = await asyncio.gather(*(store.delete(listed) for store in (first, second)))
    assert sorted(gone) == [False, True]


async def test_file_that_went_while_it_was_looked_at_stops_no_sweep(tmp_path: Path) -> None:
    folder = tmp_path / "acme" / SHA256[:2]
    folder.mkdir(parents=True)
    # Listed, and not there when it is opened: what a file is that another sweep removes in between.
    (folder / SHA256).symlink_to(tmp_path / "gone")
    await sweep(FilesystemObjectStore(tmp_path), datetime.now(UTC) + HOUR)
