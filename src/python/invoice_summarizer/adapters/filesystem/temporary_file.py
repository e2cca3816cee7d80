"""A file that grows until it is given its final name, or is gone."""

import hashlib
import os
import threading
from contextlib import AbstractContextManager, suppress
from pathlib import Path
from uuid import uuid4


class TemporaryFile:
    """Its methods may be called from different threads; `discard` waits for a write that another thread is in.

    That matters where a task is cancelled: its last write may still run in a worker thread.
    """

    def __init__(self, folder: Path) -> None:
        make_durable_folder(folder)
        self._path = folder / uuid4().hex
        private = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode=0o600)
        self._file = os.fdopen(private, "wb")
        self._digest = hashlib.sha256()
        self._lock = threading.Lock()

    def write(self, data: bytes) -> None:
        with self._lock:
            if not self._file.closed:
                self._file.write(data)
                self._digest.update(data)

    @property
    def sha256(self) -> str:
        """The hash, in hexadecimal digits, of what was written."""
        with self._lock:
            return self._digest.hexdigest()

    def become(self, path: Path, naming: AbstractContextManager[None]) -> None:
        """The bytes are durably at the path, in place of what was there; the rename itself happens within `naming`."""
        with self._lock:
            if self._file.closed:
                return
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            make_durable_folder(path.parent)
            with naming:
                self._path.rename(path)
            sync_folder(path.parent)

    def discard(self) -> None:
        """Nothing is left of the file, unless it has become another."""
        with self._lock:
            # What a full disk did not take is not wanted any more.
            with suppress(OSError):
                self._file.close()
            self._path.unlink(missing_ok=True)


def make_durable_folder(folder: Path) -> None:
    """The folder and those above it are there, also after a crash; what is made is the owner's alone."""
    if folder.is_dir():
        return
    make_durable_folder(folder.parent)
    folder.mkdir(exist_ok=True, mode=0o700)
    sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """What was made, renamed or removed in the folder is so after a crash as well."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
