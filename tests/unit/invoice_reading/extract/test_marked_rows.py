"""Rows with all that stands in them, and what stands above what."""

import pytest

from invoice_reading.extract.lexicon import Label
from invoice_reading.extract.marked_rows import below, marked_rows, overlaps
from page_builder import column, page, right, text


def test_rows_of_all_pages_are_numbered_through() -> None:
    first = page(text(40, 80, "second"), text(40, 40, "first"))
    second = page(text(40, 40, "third"), number=2)
    found = marked_rows([first, second])
    assert [(row.index, row.page, row.row.text) for row in found] == [
        (0, 1, "first"),
        (1, 1, "second"),
        (2, 2, "third"),
    ]


def test_row_has_its_labels_dates_numbers_and_tokens() -> None:
    [row] = marked_rows([page(text(40, 40, "Fällig am 05.03.2026: 12,50 €"))])
    assert [label.meanings for label in row.labels] == [(Label.DUE_DATE,)]
    assert [row.row.text[day.begin : day.end] for day in row.dates] == ["05.03.2026"]
    assert [number.digits for number in row.numbers] == ["12,50"]
    assert [token.text for token in row.tokens][:2] == ["fallig", "am"]


def test_digits_of_a_date_are_no_numbers_unless_they_could_be_one() -> None:
    [row] = marked_rows([page(text(40, 40, "5. März 2026"))])
    assert (len(row.dates), row.numbers) == (1, ())
    [row] = marked_rows([page(text(40, 40, "20260305"))])
    assert (len(row.dates), [number.digits for number in row.numbers]) == (1, ["20260305"])


@pytest.mark.parametrize(
    ("line", "opens"),
    [
        ("Date", True),
        ("Number: Date", True),
        ("Number / Date", True),
        ("Number - Date", True),
        ("(Date", True),
        ("Number/Date", False),
        ("Vertrags-Date", False),
        ("the Date", False),
    ],
)
def test_phrase_opens_where_nothing_of_its_sentence_stands_before_it(
    line: str, opens: bool
) -> None:
    [row] = marked_rows([page(text(40, 40, line))])
    assert row.opens_phrase(row.row.text.index("Date")) is opens


def test_phrase_opens_a_column() -> None:
    [row] = marked_rows([page(text(40, 40, "Number"), text(200, 40, "Date"))])
    assert row.opens_phrase(row.row.text.index("Date"))


def test_rows_below_are_near_on_the_same_page_and_five_at_most() -> None:
    found = marked_rows(
        [
            page(column(40, 40, [*"abcdefgh"], pitch=13), text(40, 400, "far")),
            page(text(40, 40, "next page"), number=2),
        ]
    )
    assert [row.row.text for row in below(found, found[0], reach=100)] == [*"bcdef"]
    assert [row.row.text for row in below(found, found[0], reach=2)] == [*"bc"]
    assert [row.row.text for row in below(found, found[6])] == ["h"]
    assert [*below(found, found[8], reach=1000)] == []


def test_characters_overlap_the_range_above_them_with_some_slack() -> None:
    [row] = marked_rows([page(right(100, 40, "12.50"))])
    assert overlaps(row.row, 0, 5, 60, 90)
    assert overlaps(row.row, 0, 5, 101, 150)
    assert not overlaps(row.row, 0, 5, 103, 150)
    assert overlaps(row.row, 0, 5, 40, 74)
    assert not overlaps(row.row, 0, 5, 40, 72)
    assert overlaps(row.row, 0, 5, 103, 150, slack=5)
