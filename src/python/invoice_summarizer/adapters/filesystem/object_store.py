"""The object store on a file system: `{root}/{tenant}/{first two digits of the hash}/{hash}`."""

import asyncio
import hashlib
import re
from collections.abc import AsyncIterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from invoice_summarizer.adapters.filesystem.temporary_file import TemporaryFile, sync_folder
from invoice_summarizer.domain.errors import Unavailable
from invoice_summarizer.ports.clock import Clock, utc_now
from invoice_summarizer.ports.object_store import (
    ObjectCorrupt,
    ObjectNotFound,
    ObjectTooLarge,
    StoredObject,
)

_TENANT = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,127}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_WRITE_BYTES = 1 << 20
_TEMPORARY = ".temporary"  # no tenant's name begins with a dot


class FilesystemObjectStore:
    """Files are written under another name, made durable and renamed, so that a name stands for whole objects only.

    A put that is cancelled while it renames may have stored its object, which is harmless: it is whole. All I/O runs
    in worker threads. Raises Unavailable where the file system fails.
    """

    def __init__(self, root: Path, *, clock: Clock = utc_now) -> None:
        self._root = root
        self._clock = clock

    async def put(
        self, tenant: str, chunks: AsyncIterable[bytes], *, limit_bytes: int
    ) -> StoredObject:
        folder = self._tenant_folder(tenant)
        with _unavailable_where_it_fails():
            file = await asyncio.to_thread(TemporaryFile, self._root / _TEMPORARY)
        try:
            digest, size, waiting = hashlib.sha256(), 0, bytearray()
            async for chunk in chunks:
                size += len(chunk)
                if size > limit_bytes:
                    raise ObjectTooLarge(f"the document is larger than {limit_bytes} bytes")
                digest.update(chunk)
                waiting += chunk
                if len(waiting) >= _WRITE_BYTES:
                    with _unavailable_where_it_fails():
                        await asyncio.to_thread(file.write, bytes(waiting))
                    waiting.clear()
            sha256 = digest.hexdigest()
            with _unavailable_where_it_fails():
                await asyncio.to_thread(file.write, bytes(waiting))
                await asyncio.to_thread(file.become, _place(folder, sha256))
            return StoredObject(sha256, size)
        finally:
            file.discard()

    async def get(self, tenant: str, sha256: str) -> bytes:
        path = self._existing(tenant, sha256)
        with _unavailable_where_it_fails():
            return await asyncio.to_thread(_verified, path, sha256)

    async def delete(self, tenant: str, sha256: str) -> None:
        folder = self._tenant_folder(tenant)
        if _SHA256.fullmatch(sha256):
            with _unavailable_where_it_fails():
                await asyncio.to_thread(_remove, _place(folder, sha256))

    async def sweep_temporary(self, older_than: timedelta) -> int:
        """Removes what puts left that were interrupted by a crash; returns how many files that were.

        `older_than` has to exceed the time that any put takes.
        """
        before = (self._clock() - older_than).timestamp()
        with _unavailable_where_it_fails():
            return await asyncio.to_thread(_sweep, self._root / _TEMPORARY, before)

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
    return folder / sha256[:2] / sha256


def _verified(path: Path, sha256: str) -> bytes:
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise _not_found() from None
    if hashlib.sha256(data).hexdigest() != sha256:
        raise ObjectCorrupt("the stored bytes do not have their hash")
    return data


def _remove(path: Path) -> None:
    try:
        path.unlink()
    except FileNotFoundError:
        return
    sync_folder(path.parent)


def _sweep(folder: Path, before: float) -> int:
    swept = 0
    for path in folder.iterdir() if folder.is_dir() else ():
        try:
            if path.stat().st_mtime < before:
                path.unlink()
                swept += 1
        except FileNotFoundError:
            continue  # its put has ended just now
    return swept


@contextmanager
def _unavailable_where_it_fails() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise Unavailable(f"the object store fails: {error.strerror}") from error


def _not_found() -> ObjectNotFound:
    return ObjectNotFound("no object of that hash")
