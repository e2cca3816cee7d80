"""A folder that has one folder for each tenant, from which it may take documents.

Every part of a path below that is opened by its name in the folder before it, and never through a symbolic link: what a
tenant can write there leads nowhere else, whatever it is changed to meanwhile.
"""

import asyncio
import errno
import os
import stat
from collections.abc import AsyncGenerator, Generator, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from urllib.parse import quote_from_bytes, unquote_to_bytes, urlsplit

from invoice_summarizer.domain.errors import Unavailable
from invoice_summarizer.ports.import_source import (
    ImportNotConfigured,
    ImportNotFound,
    ImportRefused,
    ImportTooLarge,
)

_OF_THE_NAME = frozenset(
    {
        errno.EACCES,
        errno.EISDIR,
        errno.ELOOP,
        errno.ENAMETOOLONG,
        errno.ENOENT,
        errno.ENOTDIR,
        errno.ENXIO,
    }
)
_AT_ONCE = 1_000  # URIs that are found before they are handed on
_DEEPEST = 64  # folders that are open at once
_LONGEST_PATH_BYTES = 4096  # PATH_MAX: what is longer, other programs cannot name either
_MOST_NAMES = 1_000_000  # of one folder, which are held in memory
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC  # a pipe is not waited for


class FilesystemImportFolder:
    """An ImportSource of `file:///FOLDER/TENANT/...`; without a folder it refuses everything.

    It lists what is nested up to 64 deep, in folders of up to `most_names` documents and folders each.
    """

    def __init__(self, folder: Path | None, *, most_names: int = _MOST_NAMES) -> None:
        self._folder = None if folder is None else folder.absolute()
        self._most_names = most_names

    def require(self, tenant: str, uri: str) -> None:
        self._inside(tenant, uri)

    async def uris(self, tenant: str, prefix: str) -> AsyncGenerator[str, None]:
        parts = self._inside(tenant, prefix)
        found = self._found(parts)
        try:
            while batch := await asyncio.to_thread(lambda: [*islice(found, _AT_ONCE)]):
                for each in batch:
                    yield each
        finally:
            found.close()

    async def read(self, tenant: str, uri: str, *, limit_bytes: int) -> bytes:
        parts = self._inside(tenant, uri)
        return await asyncio.to_thread(self._read, parts, limit_bytes)

    def _inside(self, tenant: str, uri: str) -> Sequence[bytes]:
        """Returns the parts of the path behind the folder, that of the tenant first. Raises ImportRefused."""
        if self._folder is None:
            raise ImportNotConfigured
        path = _path_of(uri)
        root = os.fsencode(self._folder).rstrip(b"/") + b"/"
        parts = path.removeprefix(root).rstrip(b"/").split(b"/")
        if (
            not path.startswith(root)
            or parts[0] != os.fsencode(tenant)
            or any(part in (b"", b".", b"..") or b"\0" in part for part in parts)
        ):
            raise ImportRefused(
                "documents are taken from the tenant's own folder alone", field="uri_prefix"
            )
        return parts

    @contextmanager
    def _opened_parent(self, parts: Sequence[bytes]) -> Iterator[int]:
        """Yields the folder that the last part is in."""
        assert self._folder is not None
        try:
            opened = os.open(self._folder, _FOLDER)
        except OSError:
            raise Unavailable("the import folder is not there") from None
        try:
            for part in parts[:-1]:
                inner = os.open(part, _FOLDER | os.O_NOFOLLOW, dir_fd=opened)
                os.close(opened)
                opened = inner
            yield opened
        finally:
            os.close(opened)

    def _found(self, parts: Sequence[bytes]) -> Generator[str, None, None]:
        try:
            with self._opened_parent(parts) as parent:
                mode = os.stat(parts[-1], dir_fd=parent, follow_symlinks=False).st_mode
                if stat.S_ISREG(mode):
                    yield self._uri(b"/".join(parts))
                elif stat.S_ISDIR(mode):
                    yield from self._within(parts, parent)
                else:
                    raise _not_found()
        except OSError as error:
            raise _told(error) from None

    def _within(self, parts: Sequence[bytes], parent: int) -> Iterator[str]:
        """Yields the documents of the folder before those of the folders in it."""
        path = b"/".join(parts)
        if len(parts) > _DEEPEST or len(path) > _LONGEST_PATH_BYTES:
            raise ImportTooLarge("folders are nested too deep there", field="uri_prefix")
        opened = os.open(parts[-1], _FOLDER | os.O_NOFOLLOW, dir_fd=parent)
        try:
            files, folders = self._listed(opened)
            for name in files:
                yield self._uri(b"/".join((path, name)))
            for name in folders:
                try:
                    yield from self._within((*parts, name), opened)
                except OSError as error:
                    if error.errno not in _OF_THE_NAME:  # it may have just been removed
                        raise
        finally:
            os.close(opened)

    def _listed(self, folder: int) -> tuple[Sequence[bytes], Sequence[bytes]]:
        """Returns the names of the documents in the folder, and those of the folders, in their order."""
        files: list[bytes] = []
        folders: list[bytes] = []
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.startswith("."):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    folders.append(os.fsencode(entry.name))
                elif entry.is_file(follow_symlinks=False):
                    files.append(os.fsencode(entry.name))
                if len(files) + len(folders) > self._most_names:
                    raise ImportTooLarge("one folder there has too many", field="uri_prefix")
        return sorted(files), sorted(folders)

    def _uri(self, path: bytes) -> str:
        assert self._folder is not None
        whole = os.path.join(os.fsencode(self._folder), path)
        return f"file://{quote_from_bytes(whole)}"

    def _read(self, parts: Sequence[bytes], limit_bytes: int) -> bytes:
        try:
            with self._opened_parent(parts) as parent:
                opened = os.open(parts[-1], _FILE, dir_fd=parent)
            try:
                if not stat.S_ISREG(os.fstat(opened).st_mode):
                    raise _not_found()
                with open(opened, "rb", closefd=False) as file:
                    return file.read(limit_bytes + 1)
            finally:
                os.close(opened)
        except OSError as error:
            raise _told(error) from None


def _path_of(uri: str) -> bytes:
    """Raises ImportRefused."""
    try:
        parsed = urlsplit(uri)
    except ValueError:
        parsed = None
    if (
        parsed is None
        or parsed.scheme != "file"
        or parsed.netloc
        or parsed.query
        or parsed.fragment
    ):
        raise ImportRefused("must have the form file:///FOLDER/TENANT/...", field="uri_prefix")
    return unquote_to_bytes(parsed.path)


def _told(error: OSError) -> ImportNotFound | Unavailable:
    """Returns what the error says: of what lies there, or of the file system, which may answer the next moment."""
    if error.errno in _OF_THE_NAME:
        return _not_found()
    return Unavailable("the import folder cannot be read now")


def _not_found() -> ImportNotFound:
    return ImportNotFound("no document or folder is there that can be read")
