"""Annotations as they are stored: in parts by line, so that a page of lines needs those of its lines alone.

The first part has the annotations of all that is no line; each further one has those of LINES_EACH lines. A part is packed
JSON, which is a twentieth of it.
"""

from collections.abc import Iterator, Mapping

from en16931.field_path import line_index
from invoice_reading.annotation import FieldAnnotation
from invoice_summarizer.adapters.postgres.json_records import annotations_of
from invoice_summarizer.adapters.postgres.packed_json import unpacked

LINES_EACH = 100


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
    """Returns the number of the part before those that have these lines, and of the last of them, counted from 1."""
    return 1 + first_line // LINES_EACH, 2 + last_line // LINES_EACH


def annotations_in(parts: bytes) -> dict[str, FieldAnnotation]:
    """Returns what is in the packed parts, which stand one after the other."""
    annotations: dict[str, FieldAnnotation] = {}
    for encoded in unpacked(parts):
        annotations.update(annotations_of(encoded))
    return annotations
