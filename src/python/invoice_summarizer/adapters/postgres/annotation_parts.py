"""Annotations as they are stored: in parts by line, so that a page of lines needs those of its lines alone.

The first part has the annotations of all that is no line; each further one has those of LINES_EACH lines. A part is JSON,
compressed, which makes a twentieth of it, after its length.
"""

import zlib
from collections.abc import Iterable, Iterator, Mapping

from en16931.field_path import line_index
from invoice_reading.annotation import FieldAnnotation
from invoice_summarizer.adapters.postgres.json_records import annotations_of

LINES_EACH = 100
_LENGTH_BYTES = 4
_FASTEST = 1


def parts_of(
    annotations: Mapping[str, FieldAnnotation], lines: int
) -> Iterator[dict[str, FieldAnnotation]]:
    """Yields the parts for an invoice of so many lines; annotations of lines that it does not have are in the first."""
    by_part: dict[int, dict[str, FieldAnnotation]] = {}
    for path, annotation in annotations.items():
        index = line_index(path)
        part = 0 if index is None or index >= lines else 1 + index // LINES_EACH
        by_part.setdefault(part, {})[path] = annotation
    for part in range(1 + max(by_part, default=-1)):
        yield by_part.pop(part, {})


def place_of(first_line: int, last_line: int) -> tuple[int, int]:
    """Returns the first and the last of the parts that have these lines, counted from 1 as PostgreSQL does."""
    return 2 + first_line // LINES_EACH, 2 + last_line // LINES_EACH


def packed(encoded: bytes) -> bytes:
    return len(encoded).to_bytes(_LENGTH_BYTES, "big") + zlib.compress(encoded, _FASTEST)


def size_of(parts: Iterable[bytes]) -> int:
    """Returns how large the parts are that were packed."""
    return sum(int.from_bytes(part[:_LENGTH_BYTES], "big") for part in parts)


def unpacked(parts: Iterable[bytes]) -> dict[str, FieldAnnotation]:
    annotations: dict[str, FieldAnnotation] = {}
    for part in parts:
        annotations.update(annotations_of(zlib.decompress(part[_LENGTH_BYTES:])))
    return annotations
