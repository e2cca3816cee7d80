"""Documents by seed and number; faults; scans."""

from typing import Any

import pymupdf
import pytest
from invoice_generator.generate import Wanted, generate
from invoice_generator.layouts.catalogue import LAYOUTS, held_out_layouts, training_layouts
from invoice_generator.scanning.scan import scanned

# The types of PyMuPDF are not whole.
_pymupdf: Any = pymupdf


@pytest.mark.parametrize("number", range(4))
def test_same_seed_and_number_give_the_same_bytes(number: int) -> None:
    first, again = generate(3, number), generate(3, number)
    assert first.data == again.data
    assert first.truth == again.truth
    assert generate(4, number).data != first.data


@pytest.mark.parametrize("number", range(3))
def test_scan_of_the_same_document_is_the_same_bytes(number: int) -> None:
    first = scanned(generate(3, number), 3, number)
    assert first.data == scanned(generate(3, number), 3, number).data


def test_layouts_are_trained_on_or_held_out() -> None:
    assert set(training_layouts()) | set(held_out_layouts()) == set(LAYOUTS)
    assert not set(training_layouts()) & set(held_out_layouts())
    assert held_out_layouts()


def test_long_table_goes_over_pages_and_carries_its_sum() -> None:
    generated = generate(5, 0, Wanted(layout="window-letter", kind="invoice", lines=120))
    truth = generated.truth
    assert truth.printed_lines == 120 and len(truth.pages) > 2
    out = [row for row in truth.rows if row.kind == "carry_out"]
    into = [row for row in truth.rows if row.kind == "carry_in"]
    assert len(out) == len(into) > 1
    for before, after in zip(out, into, strict=True):
        assert after.page == before.page + 1
        assert truth.words[before.words[-1]].text == truth.words[after.words[-1]].text


@pytest.mark.parametrize(
    ("fault", "printed"),
    [("dropped_row", 59), ("repeated_row", 61), ("merged_rows", 59), ("wrong_total", 60)],
)
def test_fault_changes_the_page_and_not_what_is_true(fault: str, printed: int) -> None:
    wanted = Wanted(layout="window-letter", kind="invoice", lines=60)
    right = generate(6, 1, wanted)
    wrong = generate(6, 1, Wanted("window-letter", None, "invoice", 60, fault))
    assert wrong.truth.printed_lines == printed
    assert wrong.document == right.document
    assert wrong.data != right.data
    assert wrong.manifest_record()["fault"] == fault


def test_wrong_carry_brings_forward_another_sum() -> None:
    wanted = Wanted("window-letter", None, "invoice", 120, "wrong_carry")
    truth = generate(6, 1, wanted).truth
    out = next(row for row in truth.rows if row.kind == "carry_out")
    into = next(row for row in truth.rows if row.kind == "carry_in")
    assert truth.words[out.words[-1]].text != truth.words[into.words[-1]].text


@pytest.mark.parametrize("number", range(6))
def test_ink_of_a_scan_lies_in_the_boxes_of_its_words(number: int) -> None:
    """Where words are said to be is darker than the strips between lines of the same page."""
    generated = scanned(generate(7, number), 7, number)
    with _pymupdf.open(stream=generated.data, filetype=generated.suffix[1:]) as document:
        page = document[0]
        width, _ = generated.truth.pages[0]
        dark = 0
        words = [
            w
            for w in generated.truth.words
            if w.page == 0 and w.role.startswith(("lines", "label"))
        ]
        scale = page.rect.width / width * 2
        pixels = page.get_pixmap(matrix=_pymupdf.Matrix(2, 2), colorspace=_pymupdf.csGRAY)
        samples = bytes(pixels.samples)
        for word in words:
            x0, y0, x1, y1 = (int(side * scale) for side in word.box)
            rows = [samples[y * pixels.stride + x0 : y * pixels.stride + x1] for y in range(y0, y1)]
            shades = b"".join(rows)
            dark += min(shades) < max(shades) - 60
        assert dark > 0.97 * len(words)
