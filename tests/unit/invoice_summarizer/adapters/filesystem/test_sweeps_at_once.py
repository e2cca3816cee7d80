"""Two sweeps of one folder, each held at the step where the other one hurts."""

import asyncio
import hashlib
import os
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

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


async def test_object_put_again_between_two_sweeps_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first is about to remove the old file when the second takes the new one away to look at it."""
    first, second = FilesystemObjectStore(tmp_path), FilesystemObjectStore(tmp_path)
    put_long_ago(tmp_path / "acme" / await put(first))
    removing, removed, second_took = threading.Event(), threading.Event(), threading.Event()
    rename, unlink = Path.rename, Path.unlink

    def held_rename(path: Path, target: Path) -> Path:
        renamed = rename(path, target)
        if removing.is_set() and target.name.endswith(".swept"):
            second_took.set()
            assert removed.wait(SECONDS)
        return renamed

    def held_unlink(path: Path, missing_ok: bool = False) -> None:
        if not path.name.endswith(".swept") or removing.is_set():
            return unlink(path, missing_ok)
        removing.set()
        assert second_took.wait(SECONDS)
        try:
            unlink(path, missing_ok)
        finally:
            removed.set()

    monkeypatch.setattr(Path, "rename", held_rename)
    monkeypatch.setattr(Path, "unlink", held_unlink)
    before = datetime.now(UTC) - HOUR
    sweeps: list[asyncio.Task[int]] = []

    async def put_again() -> None:
        sweeps.append(asyncio.create_task(sweep(first, before)))
        assert await asyncio.to_thread(removing.wait, SECONDS)
        await put(second)

    assert await sweep(second, before, put_again) == 0
    assert await sweeps[0] == 1
    assert await second.get("acme", SHA256) == DATA
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == [SHA256]


async def test_object_that_another_sweep_gave_back_is_left_to_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second takes the first for killed between its two steps."""
    store = FilesystemObjectStore(tmp_path)
    path = tmp_path / "acme" / await put(store)
    put_long_ago(path)
    rename = Path.rename

    def given_back(source: Path, target: Path) -> Path:
        renamed = rename(source, target)
        if target.name.endswith(".swept"):
            rename(target, source)
        return renamed

    monkeypatch.setattr(Path, "rename", given_back)
    assert await sweep(store, datetime.now(UTC) - HOUR) == 0
    assert await store.get("acme", SHA256) == DATA


async def test_giving_back_replaces_no_newer_object(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The document comes again just before what a killed sweep had taken gets its name again."""
    store = FilesystemObjectStore(tmp_path)
    path = tmp_path / "acme" / await put(store)
    put_long_ago(path)
    path.rename(path.with_name(f".{SHA256}.0.swept"))
    link, rename = os.link, Path.rename

    def come_again(target: Path) -> None:
        if target == path:
            path.write_bytes(DATA)

    def late_link(source: Path, target: Path) -> None:
        come_again(target)
        link(source, target)

    def late_rename(source: Path, target: Path) -> Path:
        come_again(target)
        return rename(source, target)

    monkeypatch.setattr(os, "link", late_link)
    monkeypatch.setattr(Path, "rename", late_rename)
    assert await sweep(store, datetime.now(UTC) - HOUR) == 0
    assert await store.get("acme", SHA256) == DATA


@pytest.mark.parametrize("name", [SHA256, f".{SHA256}.0.swept"])
async def test_file_that_went_while_it_was_looked_at_stops_no_sweep(
    tmp_path: Path, name: str
) -> None:
    folder = tmp_path / "acme" / SHA256[:2]
    folder.mkdir(parents=True)
    # Listed, and not there when it is opened: what a file is that another sweep removes in between.
    (folder / name).symlink_to(tmp_path / "gone")
    await sweep(FilesystemObjectStore(tmp_path), datetime.now(UTC) + HOUR)
