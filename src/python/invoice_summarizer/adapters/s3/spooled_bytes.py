"""Bytes on their way to S3 or from it, while their hash is not known yet or not verified."""

import hashlib
import io
from tempfile import SpooledTemporaryFile
from threading import Lock

_IN_MEMORY_BYTES = 1 << 20


class SpooledBytes:
    """Up to a mebibyte lies in memory; more lies in a file without a name, which ends with the process at last.

    Once it is closed, a thread that writes or reads on gets ValueError, so that closing it ends what the thread does.
    """

    def __init__(self) -> None:
        self._file = SpooledTemporaryFile(max_size=_IN_MEMORY_BYTES)
        self._digest = hashlib.sha256()
        self._lock = Lock()
        self._size_bytes = 0

    @property
    def size_bytes(self) -> int:
        return self._size_bytes

    @property
    def sha256(self) -> bytes:
        """The hash of what was written."""
        return self._digest.digest()

    def write(self, data: bytes) -> None:
        with self._lock:
            self._file.write(data)
            self._digest.update(data)
            self._size_bytes += len(data)

    def read(self, size: int = -1) -> bytes:
        with self._lock:
            return self._file.read(size)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        with self._lock:
            return self._file.seek(offset, whence)

    def tell(self) -> int:
        with self._lock:
            return self._file.tell()

    def close(self) -> None:
        with self._lock:
            self._file.close()
