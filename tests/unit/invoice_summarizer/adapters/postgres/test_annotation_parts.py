"""Annotations are kept in parts by line, and a page of lines has those of its lines."""

import pytest

from invoice_reading.annotation import FieldAnnotation, FieldStatus
from invoice_summarizer.adapters.postgres.annotation_parts import (
    LINES_EACH,
    annotations_in,
    parts_of,
    place_of,
)
from invoice_summarizer.adapters.postgres.json_records import encode
from invoice_summarizer.adapters.postgres.packed_json import packed, size_of

LINES = 3 * LINES_EACH


def known(text: str) -> FieldAnnotation:
    return FieldAnnotation(status=FieldStatus.PRESENT, raw_text=text)


ANNOTATIONS = {
    "invoice_number": known("R-1"),
    **{f"lines[{number}].net_amount": known(str(number)) for number in range(LINES)},
}
PARTS = [packed(encode(part)) for part in parts_of(ANNOTATIONS, LINES)]


def test_all_come_back() -> None:
    assert annotations_in(b"".join(PARTS)) == ANNOTATIONS
    assert [*parts_of({}, 0)] == []


def test_size_is_that_of_what_is_packed() -> None:
    assert size_of(b"".join(PARTS)) == sum(
        len(encode(part)) for part in parts_of(ANNOTATIONS, LINES)
    )
    assert sum(map(len, PARTS)) < size_of(b"".join(PARTS)) / 3


@pytest.mark.parametrize(
    ("first", "last"), [(0, 0), (0, 99), (99, 100), (100, 199), (250, 299), (0, 299), (299, 5_000)]
)
def test_page_of_lines_needs_the_parts_of_its_lines_and_no_others(first: int, last: int) -> None:
    before, last_part = place_of(first, last)
    found = annotations_in(b"".join(PARTS[before:last_part]))
    wanted = range(first, min(last + 1, LINES))
    assert {f"lines[{number}].net_amount" for number in wanted} <= found.keys()
    assert len(found) <= len(wanted) + 2 * LINES_EACH
    assert "invoice_number" not in found


@pytest.mark.parametrize("path", ["lines[300].note", "lines[999999999].note", "lines[7.note"])
def test_path_of_a_line_that_is_not_there_makes_no_parts(path: str) -> None:
    parts = [*parts_of({path: known("a")}, LINES)]
    assert parts == [{path: known("a")}]
