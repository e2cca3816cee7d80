"""JSON of which there can be much, and into which nothing in the database looks: compressed, after its length."""

import zlib
from collections.abc import Iterable

LENGTH_BYTES = 4
_FASTEST = 1


def packed(encoded: bytes) -> bytes:
    return len(encoded).to_bytes(LENGTH_BYTES, "big") + zlib.compress(encoded, _FASTEST)


def unpacked(value: bytes) -> bytes:
    return zlib.decompress(value[LENGTH_BYTES:])


def size_of(values: Iterable[bytes]) -> int:
    """Returns how large the values are that were packed; of each, its first LENGTH_BYTES are enough."""
    return sum(int.from_bytes(value[:LENGTH_BYTES], "big") for value in values)
