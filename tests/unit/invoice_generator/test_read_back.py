"""What the truth says stands on the pages, and everything that stands there is in the truth."""

import re
from collections import Counter
from functools import cache
from typing import Any

import pymupdf
import pytest
from invoice_generator.generate import Generated, Wanted, generate
from invoice_generator.languages.catalogue import LANGUAGES
from invoice_generator.layouts.catalogue import LAYOUTS

# The types of PyMuPDF are not whole.
_pymupdf: Any = pymupdf
# Every layout, in two or three languages each.
_NUMBERS = range(0, len(LAYOUTS) * len(LANGUAGES), 3)


@cache
def _document(number: int) -> Generated:
    lines = (1, 4, 9, 33, 70)[number % 5]
    return generate(18, number, Wanted(lines=lines))


def _page_words(generated: Generated) -> list[tuple[int, float, float, float, float, str]]:
    with _pymupdf.open(stream=generated.data, filetype="pdf") as document:
        return [(page.number, *word[:5]) for page in document for word in page.get_text("words")]


@pytest.mark.parametrize("number", _NUMBERS)
def test_words_of_the_pages_are_those_of_the_truth_at_their_boxes(number: int) -> None:
    generated = _document(number)
    there = _page_words(generated)
    truth = [(word.page, *word.box, word.text) for word in generated.truth.words]
    assert Counter((w[0], w[5]) for w in there) == Counter((w[0], w[5]) for w in truth)
    at = {(w[0], round(w[1]), round(w[2]), w[5]) for w in there}
    near = [(dx, dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)]
    lost = [
        w
        for w in truth
        if not any((w[0], round(w[1]) + dx, round(w[2]) + dy, w[5]) in at for dx, dy in near)
    ]
    assert lost == []


@pytest.mark.parametrize("number", _NUMBERS)
def test_words_lie_within_the_page_and_not_on_each_other(number: int) -> None:
    truth = _document(number).truth
    width, height = truth.pages[0]
    assert [w for w in truth.words if not (0 <= w.box[0] < w.box[2] <= width)] == []
    assert [w for w in truth.words if not (0 <= w.box[1] < w.box[3] <= height)] == []
    over = []
    for page in range(len(truth.pages)):
        words = sorted((w for w in truth.words if w.page == page), key=lambda w: w.box[0])
        for index, word in enumerate(words):
            middle = (word.box[1] + word.box[3]) / 2
            for other in words[index + 1 :]:
                if other.box[0] > word.box[2] - 0.5:
                    break
                if other.box[1] < middle < other.box[3]:
                    over.append((word.text, word.role, other.text, other.role))
    assert over == []


@pytest.mark.parametrize("number", _NUMBERS)
def test_numbers_and_names_of_fields_stand_in_their_words(number: int) -> None:
    truth = _document(number).truth
    for role, places in truth.places().items():
        for place in places:
            printed = "".join(truth.words[index].text for index in place)
            value = truth.values[role]
            if role.endswith(("_name", "number", "vat_id", "iban", "bic", ".description")):
                assert re.sub(r"\s", "", value) == printed
            if role.endswith((".net", ".price", "amount", "total")):
                digits = re.sub(r"\D", "", value).lstrip("0")
                assert re.sub(r"\D", "", printed.replace("--", "00")).lstrip("0") == digits


def test_every_layout_and_language_is_read_back() -> None:
    assert {_document(number).layout for number in _NUMBERS} == set(LAYOUTS)
    assert {_document(number).document.language for number in _NUMBERS} == set(LANGUAGES)


def test_every_row_of_the_table_is_in_the_truth_once() -> None:
    for number in _NUMBERS[:40]:
        generated = _document(number)
        rows = [row.line for row in generated.truth.rows if row.kind == "line"]
        assert rows == list(range(len(generated.document.lines)))
