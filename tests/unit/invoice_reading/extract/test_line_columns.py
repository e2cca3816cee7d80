"""The heading of the lines is a row that names what a line is and what it costs; its names are columns."""

import pytest

from invoice_reading.extract.lexicon import Column
from invoice_reading.extract.line_columns import (
    Heading,
    heading_at,
    is_other_heading,
    may_be_heading,
)
from invoice_reading.extract.marked_rows import MarkedRow, marked_rows
from page_builder import Printed, page, right, table, text

EDGES = (40, 300, 400, 540)


def rows_of(*lines: tuple[str, ...]) -> tuple[MarkedRow, ...]:
    return marked_rows([page(table(40, EDGES, lines))])


def kinds(heading: Heading | None) -> list[Column]:
    assert heading is not None
    return [column.kind for column in heading.columns]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (
            ("Description", "Qty", "Unit price", "Amount"),
            [Column.DESCRIPTION, Column.QUANTITY, Column.UNIT_PRICE, Column.AMOUNT],
        ),
        (
            ("Bezeichnung", "Menge", "MwSt %", "Gesamtpreis"),
            [Column.DESCRIPTION, Column.QUANTITY, Column.VAT_RATE, Column.AMOUNT],
        ),
        (
            ("Désignation", "Qté", "Montant TVA", "Total TTC"),
            [Column.DESCRIPTION, Column.QUANTITY, Column.TAX_AMOUNT, Column.GROSS_AMOUNT],
        ),
        (
            ("Description", "Qty", "Amount", "Total"),
            [Column.DESCRIPTION, Column.QUANTITY, Column.OTHER, Column.AMOUNT],
        ),
        (
            ("Description", "Qty", "Units", "Total"),
            [Column.DESCRIPTION, Column.QUANTITY, Column.OTHER, Column.AMOUNT],
        ),
    ],
)
def test_names_of_any_language_are_columns_and_one_of_each_kind_counts(
    names: tuple[str, ...], expected: list[Column]
) -> None:
    assert kinds(heading_at(rows_of(names), 0)) == expected


@pytest.mark.parametrize(
    "names",
    [
        ("Description", "Qty", "Unit price"),
        ("Price", "VAT", "Amount"),
        ("Description",),
        ("Description", "Qty", "Total", "12.00"),
        ("Description", "Qty", "Total", "05.03.2026"),
        ("We send the description and the quantity of the goods", "", "", "Amount"),
    ],
)
def test_row_without_what_a_line_is_or_costs_is_no_heading(names: tuple[str, ...]) -> None:
    assert heading_at(rows_of(names), 0) is None


def stacked(*second: Printed) -> tuple[MarkedRow, ...]:
    names = [text(40, 40, "Description"), right(300, 40, "Qty"), right(540, 40, "Amount")]
    return marked_rows([page(names, *second)])


def test_names_set_over_each_other_are_one_heading() -> None:
    all_rows = stacked(right(400, 40, "Unit"), right(400, 53, "price"))
    heading = heading_at(all_rows, 0)
    assert kinds(heading) == [
        Column.DESCRIPTION,
        Column.QUANTITY,
        Column.UNIT_PRICE,
        Column.AMOUNT,
    ]
    assert heading is not None
    assert (heading.first, heading.last) == (0, 1)


def test_row_of_a_line_or_further_below_is_no_part_of_the_heading() -> None:
    for below in (right(300, 53, "4"), right(400, 80, "price"), text(40, 53, "Colour: red")):
        heading = heading_at(stacked(below), 0)
        assert heading is not None
        assert (heading.first, heading.last) == (0, 0)


def test_number_stands_in_the_nearest_column_or_in_none() -> None:
    all_rows = rows_of(
        ("Description", "Qty", "Unit price", "Amount"), ("Rose", "4", "1.50", "6.00")
    )
    heading = heading_at(all_rows, 0)
    assert heading is not None
    columns = [heading.column_of(all_rows[1], number) for number in all_rows[1].numbers]
    assert [column.kind if column else None for column in columns] == [
        Column.QUANTITY,
        Column.UNIT_PRICE,
        Column.AMOUNT,
    ]
    [apart] = marked_rows([page(right(200, 200, "9.00"))])
    assert heading.column_of(apart, apart.numbers[0]) is None


def test_room_of_a_column_reaches_from_the_name_before_it_to_the_next() -> None:
    heading = heading_at(rows_of(("Description", "Qty", "Unit price", "Amount")), 0)
    assert heading is not None
    description, quantity, price, amount = heading.columns
    assert heading.zone(Column.DESCRIPTION) == (0.0, quantity.left)
    assert heading.zone(Column.QUANTITY) == (description.right, price.left)
    room = heading.zone(Column.AMOUNT)
    assert room is not None
    assert room[0] == price.right
    assert room[1] > 595
    assert heading.zone(Column.DISCOUNT) is None


@pytest.mark.parametrize(
    ("names", "is_heading"),
    [
        (("Date", "Qty"), True),
        (("Colour", "Qty"), False),
        (("Date", "Qty", "12.00"), False),
    ],
)
def test_heading_of_another_table_names_two_columns(
    names: tuple[str, ...], is_heading: bool
) -> None:
    [row] = rows_of(names)
    assert is_other_heading(row) is is_heading


def test_heading_is_mostly_names() -> None:
    [names] = rows_of(("Description", "Qty", "Amount"))
    [sentence] = rows_of(("The quantity is as good as the amount that you have",))
    assert may_be_heading(names)
    assert not may_be_heading(sentence)
