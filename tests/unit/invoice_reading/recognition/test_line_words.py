"""Words out of the lines that an engine finds: where they stand, in which order, and how a page is skewed."""

import pytest

from invoice_reading.extract.layout import rows
from invoice_reading.page import Box, Layer, Page, Word
from invoice_reading.recognition.line_words import with_found_lines
from invoice_reading.recognition.picture import FoundLine, FoundWord, Quadrilateral

PIXELS = (1000, 1000)
PAGE = Page(1, 500, 500, ())


def corners(left: float, top: float, right: float, bottom: float, fall: float = 0) -> Quadrilateral:
    """Returns a rectangle whose right side is `fall` lower than its left."""
    return ((left, top), (right, top + fall), (right, bottom + fall), (left, bottom))


def line(text: str, at: Quadrilateral, *words: FoundWord, score: float = 0.99) -> FoundLine:
    return FoundLine(text, score, at, words)


def test_words_of_the_engine_have_their_own_boxes() -> None:
    found = line(
        "Total 12.00",
        corners(100, 100, 300, 120),
        FoundWord("Total", corners(100, 100, 180, 120)),
        FoundWord("12.00", corners(220, 100, 300, 120)),
        score=0.87,
    )
    words = with_found_lines(PAGE, PIXELS, [found]).words
    assert [(word.index, word.text, word.box) for word in words] == [
        (0, "Total", Box(100_000, 100_000, 180_000, 120_000)),
        (1, "12.00", Box(220_000, 100_000, 300_000, 120_000)),
    ]
    assert {(word.layer, word.confidence) for word in words} == {(Layer.OCR, 0.87)}


@pytest.mark.parametrize("told", [(), (FoundWord("Tota", corners(100, 100, 180, 120)),)])
def test_line_whose_words_are_not_told_is_divided_at_its_white_space(
    told: tuple[FoundWord, ...],
) -> None:
    found = line("ab  cd", corners(100, 100, 160, 120), *told)
    words = with_found_lines(PAGE, PIXELS, [found]).words
    assert [(word.text, word.box.left, word.box.right) for word in words] == [
        ("ab", 100_000, 120_000),
        ("cd", 140_000, 160_000),
    ]


def test_pieces_without_white_space_between_them_are_one_word() -> None:
    pieces = [
        FoundWord(text, corners(left, 100, left + 20, 120))
        for text, left in (("Date:", 100), ("2026", 120), ("08", 140))
    ]
    words = with_found_lines(
        PAGE, PIXELS, [line("Date:2026 08", corners(100, 100, 160, 120), *pieces)]
    )
    assert [(word.text, word.box.left, word.box.right) for word in words.words] == [
        ("Date:2026", 100_000, 140_000),
        ("08", 140_000, 160_000),
    ]


def test_lines_come_from_the_top_and_from_the_left() -> None:
    found = [
        line("d", corners(500, 205, 600, 225)),
        line("b", corners(500, 103, 600, 123)),
        line("c", corners(100, 200, 200, 220)),
        line("a", corners(100, 100, 200, 120)),
    ]
    assert [word.text for word in with_found_lines(PAGE, PIXELS, found).words] == [*"abcd"]


def test_words_come_behind_those_that_the_page_has() -> None:
    page = Page(1, 500, 500, (Word(0, "7", Box(0, 0, 10, 10)),))
    words = with_found_lines(page, PIXELS, [line("x", corners(1, 1, 9, 9))]).words
    assert [(word.index, word.text, word.layer) for word in words] == [
        (0, "7", Layer.TEXT),
        (1, "x", Layer.OCR),
    ]


@pytest.mark.parametrize(("contrast", "hidden"), [(12, True), (31, True), (32, False)])
def test_words_that_hardly_differ_from_their_ground_are_hidden(contrast: int, hidden: bool) -> None:
    whole = FoundLine("9.00", 0.99, corners(1, 1, 9, 9), contrast=contrast)
    told = line("9.00", corners(1, 1, 9, 9), FoundWord("9.00", corners(1, 1, 9, 9), contrast))
    for found in (whole, told):
        (word,) = with_found_lines(PAGE, PIXELS, [found]).words
        assert word.hidden is hidden


def test_box_never_leaves_the_page() -> None:
    (word,) = with_found_lines(PAGE, PIXELS, [line("x", corners(-5, 990, 1010, 1020))]).words
    assert word.box == Box(0, 990_000, 1_000_000, 1_000_000)


@pytest.mark.parametrize("slope", [-0.12, -0.02, 0.0, 0.02, 0.12])
def test_rows_of_a_skewed_page_hold_what_stands_side_by_side(slope: float) -> None:
    found = [
        line(
            text,
            corners(left, top + slope * left, left + 150, top + slope * left + 20, slope * 150),
        )
        for top, texts in ((100, ("a", "b", "c")), (140, ("d", "e", "f")), (180, ("g", "h", "i")))
        for text, left in zip(texts, (50, 400, 800), strict=True)
    ]
    page = with_found_lines(PAGE, PIXELS, found)
    assert page.skew == pytest.approx(slope, abs=1e-4)
    assert [row.text.split("\t") for row in rows(page)] == [[*"abc"], [*"def"], [*"ghi"]]


def test_short_lines_say_nothing_of_the_skew() -> None:
    found = [line("x", corners(0, at, 30, at + 20, 10)) for at in (0, 100, 200, 300)]
    assert with_found_lines(PAGE, PIXELS, found).skew == 0.0


def test_upright_bars_part_what_was_run_together() -> None:
    found = line("Bank|IBAN 10|", corners(0, 100, 130, 120))
    words = with_found_lines(PAGE, PIXELS, [found]).words
    assert [(word.text, word.box.left, word.box.right) for word in words] == [
        ("Bank", 0, 40_000),
        ("|", 40_000, 50_000),
        ("IBAN", 50_000, 90_000),
        ("10", 100_000, 120_000),
        ("|", 120_000, 130_000),
    ]
