"""Keeps files from taking a name while it is looked at for removal, among all processes that share the folder."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class RemovalLock:
    """Whoever gives files their names shares the lock; who removes one has it alone. Both hold it for moments only.

    The system ends the hold of a process that dies. The file system has to know `flock`, as every local one and NFS 4
    do; one that does not raises OSError, and nothing is stored.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    @contextmanager
    def naming(self) -> Iterator[None]:
        """Until the block ends nothing is removed."""
        with self._held(fcntl.LOCK_SH):
            yield

    @contextmanager
    def removing(self) -> Iterator[None]:
        """Until the block ends no file gets a name, and nobody else removes one."""
        with self._held(fcntl.LOCK_EX):
            yield

    @contextmanager
    def _held(self, kind: int) -> Iterator[None]:
        # Opened each time: a lock belongs to an opening of the file, so that threads exclude each other too.
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, mode=0o600)
        try:
            fcntl.flock(descriptor, kind)
            yield
        finally:
            os.close(descriptor)
