"""What a line is of: the words in the room of its column, over all rows of its cell, without identifiers."""

from invoice_reading.extract.amount_captions import amount_groups
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
