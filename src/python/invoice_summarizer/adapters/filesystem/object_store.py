"""The object store on a file system: `{root}/{tenant}/{first two digits of the hash}/{hash}`."""

import asyncio
import hashlib
import os
import re
from collections.abc import AsyncIterable, AsyncIterator, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from aip.resource_name import ID_PATTERN
from invoice_summarizer.adapters.filesystem.temporary_file import TemporaryFile, sync_folder
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
_WRITE_BYTES = 1 << 20
_TAKEN = ".swept"
_TEMPORARY = ".temporary"  # no tenant's name begins with a dot


class FilesystemObjectStore:
    """Files are written under another name, made durable and renamed, so that a name stands for whole objects only.

    A put that is cancelled while it renames may have stored its object, which is harmless: it is whole. All I/O runs
    in worker threads. Raises Unavailable where the file system fails.
    """

    def __init__(self, root: Path) -> None:
        self._root = root

    async def put(
        self, tenant: str, chunks: AsyncIterable[bytes], *, limit_bytes: int
    ) -> StoredObject:
        folder = self._tenant_folder(tenant)
        with _unavailable_where_it_fails():
            # Not in a thread: a put that is cancelled while it waits for one would not know the file to discard.
            file = TemporaryFile(self._root / _TEMPORARY)
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

    async def list(self, before: datetime) -> AsyncIterator[ListedObject]:
        age = before.timestamp()
        with _unavailable_where_it_fails():
            await asyncio.to_thread(_sweep_temporary, self._root / _TEMPORARY, age)
            await asyncio.to_thread(_put_back, self._root)
            listed = await asyncio.to_thread(_placed_before, self._root, age)
        for each in listed:
            yield each

    async def delete(self, listed: ListedObject) -> bool:
        path = _place(self._tenant_folder(listed.tenant), listed.sha256)
        with _unavailable_where_it_fails():
            return await asyncio.to_thread(_remove_generation, path, listed.generation)

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


def _placed_before(root: Path, before: float) -> list[ListedObject]:
    return [
        ListedObject(path.parts[-3], path.name, _generation(state))
        for path in sorted(root.glob("[!.]*/??/*"))
        if _TENANT.fullmatch(path.parts[-3])
        and _SHA256.fullmatch(path.name)
        and (state := _state(path)) is not None
        and state.st_mtime < before
    ]


def _state(path: Path) -> os.stat_result | None:
    """Returns None where another sweep has the file by now."""
    try:
        return path.stat()
    except FileNotFoundError:
        return None


def _generation(state: os.stat_result) -> str:
    # A put is a new file under the old name: another inode, and a later time.
    return f"{state.st_ino}-{state.st_mtime_ns}"


def _remove_generation(path: Path, generation: str) -> bool:
    """Takes the object away first and looks at its generation then, so that no put can come in between.

    The name it has meanwhile is this sweep's alone: another one must not remove under it what was put again.
    """
    taken = path.with_name(f".{path.name}.{uuid4().hex}{_TAKEN}")
    try:
        path.rename(taken)
        if _generation(taken.stat()) != generation:
            _give_back(taken, path)
            return False
        taken.unlink()
    except FileNotFoundError:
        return False  # another sweep took it, or took this one for killed and gave it back
    sync_folder(path.parent)
    return True


def _put_back(root: Path) -> None:
    """Gives a name again to what a sweep had taken away when it was killed."""
    for taken in root.glob(f"[!.]*/??/.*{_TAKEN}"):
        with suppress(FileNotFoundError):  # it was no killed sweep, and has ended just now
            _give_back(taken, taken.with_name(taken.name.split(".")[1]))


def _give_back(taken: Path, path: Path) -> None:
    # A rename would replace what was put again in the meantime by an older file, which the next sweep removes.
    with suppress(FileExistsError):
        os.link(taken, path)
    taken.unlink()


def _sweep_temporary(folder: Path, before: float) -> None:
    for path in folder.iterdir() if folder.is_dir() else ():
        try:
            if path.stat().st_mtime < before:
                path.unlink()
        except FileNotFoundError:
            continue  # its put has ended just now


@contextmanager
def _unavailable_where_it_fails() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise Unavailable(f"the object store fails: {error.strerror}") from error


def _not_found() -> ObjectNotFound:
    return ObjectNotFound("no object of that hash")
