"""The object store on a file system: `{root}/{tenant}/{first two digits of the hash}/{hash}`."""

import asyncio
import hashlib
import os
import re
from collections.abc import AsyncGenerator, AsyncIterable, AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from aip.resource_name import ID_PATTERN
from invoice_summarizer.adapters.filesystem.removal_lock import RemovalLock
from invoice_summarizer.adapters.filesystem.temporary_file import TemporaryFile
from invoice_summarizer.domain.errors import Unavailable
from invoice_summarizer.ports.object_store import (
    ListedObject,
    ObjectCorrupt,
    ObjectNotFound,
    ObjectTooLarge,
    StoredObject,
)

_TENANT = re.compile(ID_PATTERN)
_SHA256 = re.compile(r"[0-9a-f]{64}")
_FIRST_DIGITS = 2
_WRITE_BYTES = 1 << 20
LISTED_AT_ONCE = 500
# No tenant's name begins with a dot.
_TEMPORARY = ".temporary"
_LOCK = ".lock"


class FilesystemObjectStore:
    """Files are written under another name, made durable and renamed, so that a name stands for whole objects only.

    A put that is cancelled while it renames may have stored its object, which is harmless: it is whole. A name is
    removed where it lies, and no put can give it a new file in that moment, so that no get misses an object that
    stays. Listing holds LISTED_AT_ONCE objects at most. All I/O runs in worker threads. Raises Unavailable where the
    file system fails.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._lock = RemovalLock(root / _LOCK)

    async def put(
        self, tenant: str, chunks: AsyncIterable[bytes], *, limit_bytes: int
    ) -> StoredObject:
        folder = self._tenant_folder(tenant)
        with _unavailable_where_it_fails():
            # Not in a thread: a put that is cancelled while it waits for one would not know the file to discard.
            file = TemporaryFile(self._root / _TEMPORARY)
        try:
            size, waiting = 0, bytearray()
            async for chunk in chunks:
                size += len(chunk)
                if size > limit_bytes:
                    raise ObjectTooLarge(f"the document is larger than {limit_bytes} bytes")
                waiting += chunk
                if len(waiting) >= _WRITE_BYTES:
                    with _unavailable_where_it_fails():
                        await asyncio.to_thread(file.write, bytes(waiting))
                    waiting.clear()
            with _unavailable_where_it_fails():
                await asyncio.to_thread(file.write, bytes(waiting))
                sha256 = file.sha256
                await asyncio.to_thread(file.become, _place(folder, sha256), self._lock.naming())
            return StoredObject(sha256, size)
        finally:
            file.discard()

    async def get(self, tenant: str, sha256: str) -> bytes:
        path = self._existing(tenant, sha256)
        with _unavailable_where_it_fails(), self._unavailable_where_it_is_lost():
            return await asyncio.to_thread(_verified, path, sha256)

    async def chunks(
        self, tenant: str, sha256: str, *, chunk_bytes: int
    ) -> AsyncGenerator[bytes, None]:
        path = self._existing(tenant, sha256)
        with _unavailable_where_it_fails(), self._unavailable_where_it_is_lost():
            file = await asyncio.to_thread(_opened_verified, path, sha256)
        with file:
            while True:
                with _unavailable_where_it_fails():
                    chunk = await asyncio.to_thread(file.read, chunk_bytes)
                if not chunk:
                    return
                yield chunk

    async def list(self, before: datetime) -> AsyncIterator[ListedObject]:
        age = before.timestamp()
        with _unavailable_where_it_fails():
            await asyncio.to_thread(_sweep_temporary, self._root / _TEMPORARY, age)
        placed = _placed_before(self._root, age)
        while True:
            with _unavailable_where_it_fails():
                listed = await asyncio.to_thread(lambda: [*islice(placed, LISTED_AT_ONCE)])
            if not listed:
                return
            for each in listed:
                yield each

    async def delete(self, listed: ListedObject) -> bool:
        path = _place(self._tenant_folder(listed.tenant), listed.sha256)
        with _unavailable_where_it_fails():
            return await asyncio.to_thread(_remove_generation, path, listed.generation, self._lock)

    @contextmanager
    def _unavailable_where_it_is_lost(self) -> Iterator[None]:
        """A folder without the lock, which the first put makes, is not the one: a file system is not mounted, say."""
        try:
            yield
        except ObjectNotFound:
            if not (self._root / _LOCK).exists():
                raise Unavailable("the object store is empty or not there") from None
            raise

    def _existing(self, tenant: str, sha256: str) -> Path:
        folder = self._tenant_folder(tenant)
        if not _SHA256.fullmatch(sha256):
            raise _not_found()
        return _place(folder, sha256)

    def _tenant_folder(self, tenant: str) -> Path:
        if not _TENANT.fullmatch(tenant):
            raise ValueError("the tenant's name cannot name a folder")
        return self._root / tenant


def _place(folder: Path, sha256: str) -> Path:
    return folder / sha256[:_FIRST_DIGITS] / sha256


def _verified(path: Path, sha256: str) -> bytes:
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise _not_found() from None
    _verify(hashlib.sha256(data).hexdigest(), sha256)
    return data


def _opened_verified(path: Path, sha256: str) -> BinaryIO:
    """Returns the file at its beginning. It stays what was verified: a put makes another file, and nobody writes to this."""
    try:
        file = path.open("rb")
    except FileNotFoundError:
        raise _not_found() from None
    try:
        _verify(hashlib.file_digest(file, "sha256").hexdigest(), sha256)
        file.seek(0)
    except BaseException:
        file.close()
        raise
    return file


def _verify(found: str, sha256: str) -> None:
    if found != sha256:
        raise ObjectCorrupt("the stored bytes do not have their hash")


def _placed_before(root: Path, before: float) -> Iterator[ListedObject]:
    """Yields in the order of the file system: only what it reads at once is held."""
    for tenant in _entries(root):
        if not _TENANT.fullmatch(tenant.name):
            continue
        for folder in _entries(tenant):
            for file in _entries(folder):
                if not _SHA256.fullmatch(file.name) or file.name[:_FIRST_DIGITS] != folder.name:
                    continue
                state = _state(file)
                if state is not None and state.st_mtime < before:
                    yield ListedObject(tenant.name, file.name, _generation(state))


def _entries(folder: Path | os.DirEntry[str]) -> Iterator[os.DirEntry[str]]:
    """Yields nothing where it is no folder, or is not there."""
    try:
        entries = os.scandir(folder)
    except (FileNotFoundError, NotADirectoryError):
        return
    with entries:
        yield from entries


def _state(entry: os.DirEntry[str] | Path) -> os.stat_result | None:
    """Returns None where the file has gone: to another sweep, or to what its put has made of it."""
    try:
        return entry.stat()
    except FileNotFoundError:
        return None


def _generation(state: os.stat_result) -> str:
    # A put is a new file under the old name: another inode, and a later time.
    return f"{state.st_ino}-{state.st_mtime_ns}"


def _remove_generation(path: Path, generation: str, lock: RemovalLock) -> bool:
    # Not made durable: what comes back after a crash is swept again.
    with lock.removing():
        try:
            file = path.open("rb")
        except FileNotFoundError:
            return False
        # Asked of the open file: what a network file system remembers of a name may be old.
        with file:
            if _generation(os.fstat(file.fileno())) != generation:
                return False
            path.unlink()
        return True


def _sweep_temporary(folder: Path, before: float) -> None:
    for entry in _entries(folder):
        state = _state(entry)
        if state is not None and state.st_mtime < before:
            Path(entry).unlink(missing_ok=True)


@contextmanager
def _unavailable_where_it_fails() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise Unavailable(f"the object store fails: {error.strerror}") from error


def _not_found() -> ObjectNotFound:
    return ObjectNotFound("no object of that hash")
