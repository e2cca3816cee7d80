"""What a line is of: the words in the room of its column, over all rows of its cell, without identifiers."""

from invoice_reading.extract.amount_captions import amount_groups
from invoice_reading.extract.extract import extract
from invoice_reading.extract.lexicon import Column
from invoice_reading.extract.line_columns import heading_at
from invoice_reading.extract.line_description import line_description
from invoice_reading.extract.marked_rows import marked_rows
from page_builder import Printed, column, page, right, text

NAMES = ("Description", "Qty", "Amount")


def described(*printed: Printed | list[Printed], names: tuple[str, ...] = NAMES) -> list[str]:
    """The words of the first line below the heading; its quantity and its amount are the numbers of its row."""
    heading_row = [text(40, 40, names[0]), right(300, 40, names[1]), right(540, 40, names[2])]
    all_rows = marked_rows([page(heading_row, *printed)])
    heading = heading_at(all_rows, 0)
    assert heading is not None
    row = all_rows[1]
    groups = {each.index: amount_groups(each) for each in all_rows}
    numbers = dict(zip((Column.QUANTITY, Column.AMOUNT), row.numbers[-2:], strict=True))
    return [region.text for region in line_description(all_rows, heading, row, numbers, groups)]


def line(*words: str) -> list[Printed]:
    return [*column(40, 70, words), right(300, 70, "4"), right(540, 70, "6.00")]


def test_description_is_the_words_of_its_column() -> None:
    assert described(line("Red rose")) == ["Red rose"]


def test_rows_that_go_on_below_belong_to_it() -> None:
    assert described(line("Red rose", "with thorns", "and 12 leaves")) == [
        "Red rose",
        "with thorns",
        "and 12 leaves",
    ]


def test_row_with_an_amount_or_further_below_ends_it() -> None:
    assert described(line("Red rose"), text(40, 83, "Tulip"), right(540, 83, "7.00")) == [
        "Red rose"
    ]
    assert described(line("Red rose", "in place of 9 €")) == ["Red rose"]
    assert described(line("Red rose"), text(40, 110, "Thank you")) == ["Red rose"]


def test_label_of_something_else_ends_it() -> None:
    assert described(line("Red rose", "with thorns", "IBAN of the gardener")) == [
        "Red rose",
        "with thorns",
    ]


def test_identifiers_of_the_article_are_left_out_with_their_captions() -> None:
    assert described(line("Red rose", "GTIN: 4012345001235", "with thorns")) == [
        "Red rose",
        "with thorns",
    ]
    assert described(line("GTIN: 4012345001235")) == ["GTIN: 4012345001235"]


def test_words_of_other_columns_are_not_in_it() -> None:
    assert described(line("Red rose"), text(310, 70, "pieces")) == ["Red rose"]


def test_without_a_description_the_article_is_it_and_without_both_there_is_none() -> None:
    assert described(
        line("A rose"), text(150, 40, "Price"), names=("Article no", "Qty", "Amount")
    ) == ["A rose"]
    assert described(line("A rose"), text(150, 40, "Price"), names=("VAT", "Qty", "Amount")) == []


def test_cell_has_twelve_rows_at_most() -> None:
    words = [f"word {letter}" for letter in "abcdefghijklmnop"]
    assert described(line(*words)) == words[:12]


HEADING = [text(40, 40, "Description"), right(300, 40, "Qty"), right(540, 40, "Amount")]


def names(*printed: Printed | list[Printed]) -> list[str | None]:
    lines = extract([page(HEADING, *printed)]).content.lines
    return [line.item.name if line.item else None for line in lines]


def numbers_at(top: float, amount: str) -> list[Printed]:
    return [right(300, top, "4"), right(540, top, amount)]


def test_words_above_and_below_the_numbers_belong_to_the_line_that_they_stand_at() -> None:
    assert names(
        *[text(40, top, words) for top, words in ((60, "Red rose"), (72, "with thorns"))],
        text(40, 84, "grown in Kent"),
        numbers_at(72, "6.00"),
        text(40, 102, "Tulip"),
        text(40, 114, "in a pot"),
        numbers_at(108, "7.00"),
    ) == ["Red rose with thorns grown in Kent", "Tulip in a pot"]


def test_words_whose_numbers_stand_at_their_end_go_on_with_a_small_letter() -> None:
    assert names(
        text(40, 60, "Red rose"),
        text(40, 72, "with thorns"),
        numbers_at(72, "6.00"),
        text(40, 92, "Tulip"),
        text(40, 104, "in a pot"),
        numbers_at(104, "7.00"),
    ) == ["Red rose with thorns", "Tulip in a pot"]


def test_heading_of_a_section_is_no_part_of_the_first_line_under_it() -> None:
    rows = [[text(40, top, f"Flower {top}"), *numbers_at(top, "6.00")] for top in (72, 84, 116)]
    assert names(text(40, 60, "Garden"), *rows, text(40, 104, "Balcony")) == [
        "Flower 72",
        "Flower 84",
        "Flower 116",
    ]
