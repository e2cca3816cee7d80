"""JSON of which there can be much, and into which nothing in the database looks.

It is compressed, after its length and that of what follows, so that values can stand one after the other.
"""

import zlib
from collections.abc import Iterator

HEADER_BYTES = 8
_HALF = HEADER_BYTES // 2
_FASTEST = 1


def packed(encoded: bytes) -> bytes:
    compressed = zlib.compress(encoded, _FASTEST)
    lengths = (len(encoded).to_bytes(_HALF, "big"), len(compressed).to_bytes(_HALF, "big"))
    return b"".join((*lengths, compressed))


def unpacked(values: bytes) -> Iterator[bytes]:
    """Yields the JSON of each of the values, which stand one after the other."""
    for begin, end in _places(values):
        yield zlib.decompress(memoryview(values)[begin + HEADER_BYTES : end])


def size_of(values: bytes) -> int:
    """Returns how large the values are, unpacked; of a single one, its header is enough."""
    return sum(_number(values, begin) for begin, _ in _places(values))


def _places(values: bytes) -> Iterator[tuple[int, int]]:
    begin = 0
    while begin < len(values):
        end = begin + HEADER_BYTES + _number(values, begin + _HALF)
        yield begin, end
        begin = end


def _number(values: bytes, begin: int) -> int:
    return int.from_bytes(values[begin : begin + _HALF], "big")
