"""Rows, their text, and the way back from characters to words."""

from hypothesis import given
from hypothesis import strategies as st

from invoice_reading.annotation import WordSpan
from invoice_reading.extract.layout import COLUMN, LOOSE, rows
from invoice_reading.page import Box, Page, Word
from page_builder import hidden, page, right, text


def test_words_side_by_side_form_one_row_with_columns() -> None:
    [row] = rows(page(text(40, 40, "Invoice number"), right(300, 41, "A-1")))
    assert row.text == f"Invoice number{COLUMN}A-1"


def test_rows_come_from_top_to_bottom_whatever_the_order_of_words() -> None:
    found = rows(page(text(40, 80, "second"), text(40, 40, "first")))
    assert [row.text for row in found] == ["first", "second"]


def test_hidden_words_are_in_no_row() -> None:
    [row] = rows(page(text(40, 40, "Total"), hidden(200, 40, "999.00")))
    assert row.text == "Total"


def test_words_written_upwards_are_in_no_row() -> None:
    sideways = Word(0, "COPYRIGHT", Box(10_000, 100_000, 20_000, 300_000))
    assert rows(Page(1, 595, 842, (sideways,))) == ()


def test_region_names_the_words_and_the_characters_in_them() -> None:
    [row] = rows(page(text(40, 40, "Date:20260815 end")))
    begin = row.text.index("2026")
    region = row.region(begin, begin + 8)
    assert region.text == "20260815"
    assert region.words == (WordSpan(0, 5, 13),)


def test_region_covers_the_boxes_of_its_words() -> None:
    built = page(text(40, 40, "DE02 1203 0000"))
    [row] = rows(built)
    region = row.region(0, len(row.text))
    assert region.box == built.words[0].box.union(built.words[2].box)
    assert [span.word for span in region.words] == [0, 1, 2]


def test_one_row_never_holds_the_words_of_a_hostile_page() -> None:
    words = tuple(
        Word(at, "1,00", Box(at * 10, 500_000, at * 10 + 30_000, 510_000)) for at in range(5_000)
    )
    found = rows(Page(1, 595, 842, words))
    assert max(len(row.words) for row in found) <= 256
    assert sum(len(row.words) for row in found) == len(words)


@given(
    st.lists(
        st.tuples(
            *[st.integers(min_value=-(2**62), max_value=2**62)] * 4, st.text(min_size=1, max_size=5)
        ),
        max_size=30,
    ),
    st.floats(),
    st.floats(),
)
def test_any_boxes_give_rows_without_failure(
    placed: list[tuple[int, int, int, int, str]], width: float, height: float
) -> None:
    words = tuple(
        Word(at, content, Box(left, top, wide, tall))
        for at, (left, top, wide, tall, content) in enumerate(placed)
    )
    found = rows(Page(1, width, height, words))
    assert sum(len(row.words) for row in found) <= len(words)


def test_gap_of_other_type_parts_two_values() -> None:
    placed = [("Fil", 0, 25_000), ("cuivre", 40_000, 95_000), ("1", 300_000, 306_000)]
    words = tuple(
        Word(at, word, Box(left, 100_000, right, 112_000))
        for at, (word, left, right) in enumerate([*placed, ("138,59", 316_000, 350_000)])
    )
    [row] = rows(Page(1, 595, 842, words))
    assert row.text.endswith(f"1{LOOSE}138,59")


def monospaced(*words: tuple[str, int]) -> Page:
    """A row of words at characters of a font in which each is 6 points wide and 11 tall."""
    of = (
        Word(
            at,
            content,
            Box(
                6 * begin * 1_000_000 // 595,
                50_000,
                6 * (begin + len(content)) * 1_000_000 // 595,
                63_000,
            ),
        )
        for at, (content, begin) in enumerate(words)
    )
    return Page(1, 595, 842, tuple(of))


def test_space_as_wide_as_the_characters_is_a_space() -> None:
    [row] = rows(monospaced(("Razem", 0), ("4", 10), ("936,96", 12)))
    assert row.text == f"Razem{COLUMN}4 936,96"


def test_digits_alone_do_not_tell_that_all_characters_are_as_wide() -> None:
    [row] = rows(monospaced(("4", 10), ("936", 12)))
    assert row.text == f"4{LOOSE}936"
