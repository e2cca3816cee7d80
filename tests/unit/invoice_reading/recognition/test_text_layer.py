"""What a scanner left as text is compared with what OCR read, and never read itself."""

import pytest

from invoice_reading.annotation import AnnotationReason, FieldStatus, PageRegion
from invoice_reading.certainty import wants_person
from invoice_reading.check.document import CheckedDocument
from invoice_reading.check.hidden_text import HiddenText
from invoice_reading.extract.extract import extract
from invoice_reading.extract.text_layer_fields import doubted_by_text_layer
from invoice_reading.page import Box, Layer, Page, Word

PRINT = (
    "Invoice number: NP-2026-0417",
    "Invoice date: 17 April 2026",
    "Total amount GBP 240.00",
)


def words(lines: tuple[str, ...], layer: Layer, first: int, down: int = 0) -> tuple[Word, ...]:
    """Returns the words of lines that stand below each other; those of the text layer are hidden."""
    found: list[Word] = []
    for row, line in enumerate(lines):
        left = 100_000
        for text in line.split():
            right = left + 12_000 * len(text)
            top = 100_000 + 40_000 * row + down
            found.append(
                Word(
                    first + len(found),
                    text,
                    Box(left, top, right, top + 15_000),
                    hidden=layer is Layer.TEXT,
                    layer=layer,
                    confidence=0.99 if layer is Layer.OCR else None,
                )
            )
            left = right + 6_000
    return tuple(found)


def scan(layer: tuple[str, ...], down: int = 0) -> Page:
    left = words(layer, Layer.TEXT, 0, down)
    return Page(1, 595, 842, (*left, *words(PRINT, Layer.OCR, len(left))), image_share=1.0)


def outcome(page: Page) -> str:
    read = extract((page,)).content
    (finding,) = HiddenText().check(CheckedDocument(content=read, pages=(page,)))
    return finding.outcome.value


def test_layer_that_says_the_same_changes_nothing_and_is_no_hidden_text() -> None:
    page = scan(PRINT)
    found = extract((page,))
    assert doubted_by_text_layer(found, (page,)) == found
    assert outcome(page) == "PASSED"


def test_misread_letters_of_a_layer_are_no_hidden_text() -> None:
    page = scan((PRINT[0].replace("number", "nurnber"), *PRINT[1:]))
    assert outcome(page) == "PASSED"


@pytest.mark.parametrize(
    ("path", "line", "other", "candidates"),
    [
        ("totals.amount_with_vat", 2, "Total amount GBP 840.00", ["240", "840"]),
        ("totals.amount_with_vat", 2, "Total amount GBP -240.00", ["240", "-240"]),
        ("invoice_number", 0, "Invoice number: NP-2026-0411", ["NP-2026-0417", "NP-2026-0411"]),
        ("issue_date", 1, "Invoice date: 11 April 2026", ["2026-04-17", "2026-04-11"]),
    ],
)
def test_field_of_which_the_layer_says_otherwise_keeps_its_value_and_wants_a_person(
    path: str, line: int, other: str, candidates: list[str]
) -> None:
    page = scan((*PRINT[:line], other, *PRINT[line + 1 :]))
    read = extract((page,))
    found = doubted_by_text_layer(read, (page,))
    assert found.content == read.content
    annotation = found.annotations[path]
    assert annotation.status is FieldStatus.PRESENT
    assert AnnotationReason.TEXT_LAYER_DISAGREES in annotation.reasons
    assert wants_person(path, annotation)
    told = [candidate.value.removesuffix(".00") for candidate in annotation.candidates]
    assert told == candidates
    layers = [
        region.layer
        for candidate in annotation.candidates
        for region in candidate.evidence
        if isinstance(region, PageRegion)
    ]
    assert layers == [Layer.OCR, Layer.TEXT]
    untouched = {other for other in found.annotations if other != path}
    assert all(found.annotations[each] == read.annotations[each] for each in untouched)


def test_text_where_nothing_is_printed_is_hidden_text_and_doubts_no_field() -> None:
    page = scan(("Total amount GBP 9840.00",), down=500_000)
    read = extract((page,))
    assert doubted_by_text_layer(read, (page,)) == read
    assert outcome(page) == "FAILED"


def test_text_over_print_that_says_something_else_altogether_is_hidden_text() -> None:
    assert outcome(scan(("Kontonummer: 44332211",))) == "FAILED"


def test_faint_words_of_a_picture_are_hidden_text() -> None:
    faint = Word(0, "9,999.00", Box(1, 1, 9, 9), hidden=True, layer=Layer.OCR, confidence=0.99)
    page = Page(1, 595, 842, (faint, *words(PRINT, Layer.OCR, 1)), image_share=1.0)
    assert outcome(page) == "FAILED"
