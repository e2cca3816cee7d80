"""Tables of lines: headings, columns, pages, subtotals and carried-over sums."""

from decimal import Decimal

from invoice_summarizer.domain.extraction.extract import extract
from page_builder import page, right, table, text

HEADING = ("Pos", "Bezeichnung", "Menge", "Einzelpreis", "Betrag")
EDGES = [40.0, 80.0, 330.0, 430.0, 550.0]


def lines(first: int, last: int) -> list[tuple[str, ...]]:
    return [(str(at), f"Artikel {at}", "2", "10,00", "20,00") for at in range(first, last + 1)]


def test_line_has_its_values_by_column() -> None:
    read = extract(
        [
            page(
                table(
                    200,
                    EDGES,
                    [HEADING, ("1", "Ventil DN 50", "3,5", "12,00", "42,00")],
                    left_columns=2,
                )
            )
        ]
    )
    [line] = read.content.lines
    assert line.item is not None and line.price is not None
    assert line.item.name == "Ventil DN 50"
    assert line.invoiced_quantity == Decimal("3.5")
    assert line.price.net_price == Decimal("12.00")
    assert line.net_amount == Decimal("42.00")
    assert read.rows_seen == 1


def test_description_goes_on_in_the_next_row() -> None:
    read = extract(
        [
            page(
                table(
                    200,
                    EDGES,
                    [HEADING, ("1", "Webdesign", "10", "95,00", "950,00")],
                    left_columns=2,
                ),
                text(80, 229, "mit zwei Korrekturschleifen"),
            )
        ]
    )
    [line] = read.content.lines
    assert line.item is not None
    assert line.item.name == "Webdesign mit zwei Korrekturschleifen"


def test_table_goes_on_over_pages_and_carried_sums_are_no_lines() -> None:
    first = page(
        text(40, 40, "Rechnung", 18),
        table(200, EDGES, [HEADING, *lines(1, 20)], left_columns=2),
        text(80, 560, "Übertrag"),
        right(550, 560, "400,00"),
    )
    second = page(
        text(80, 60, "Übertrag"),
        right(550, 60, "400,00"),
        table(80, EDGES, lines(21, 25), left_columns=2),
        table(
            300,
            [330, 550],
            [("Nettobetrag", "500,00"), ("19% MwSt", "95,00"), ("Rechnungsbetrag", "595,00")],
        ),
        number=2,
    )
    read = extract([first, second])
    assert len(read.content.lines) == 25
    assert sum((line.net_amount or 0) for line in read.content.lines) == 500
    assert read.annotations["lines[24].net_amount"].evidence[0].page == 2  # type: ignore[union-attr]


def test_subtotals_and_charges_after_them_are_no_lines() -> None:
    read = extract(
        [
            page(
                table(
                    200,
                    [40, 300, 400, 550],
                    [
                        ("Description", "Quantity", "Unit Price", "Amount"),
                        ("Chair", "1.00", "70.00", "$70.00"),
                        ("", "", "Subtotal", "$70.00"),
                        ("Lamp", "2.00", "15.00", "$30.00"),
                        ("", "", "Subtotal", "$30.00"),
                        ("Freight", "", "", "$5.00"),
                        ("", "", "Total", "$105.00"),
                    ],
                )
            )
        ]
    )
    assert [line.net_amount for line in read.content.lines] == [70, 30]


def test_stacked_heading_is_read_as_one() -> None:
    read = extract(
        [
            page(
                text(40, 200, "Description"),
                right(330, 200, "Quantité"),
                right(430, 195, "Prix"),
                right(430, 206, "unitaire"),
                right(550, 200, "Prix HT"),
                table(222, [40, 330, 430, 550], [("Huile d'olive", "10", "19,80", "198,00")]),
            )
        ]
    )
    [line] = read.content.lines
    assert line.price is not None
    assert line.price.net_price == Decimal("19.80")


def test_gross_column_is_not_taken_for_the_net_amount() -> None:
    read = extract(
        [
            page(
                text(40, 180, "Factuur"),
                [
                    text(40, 200, "Artikel"),
                    right(330, 200, "Aantal"),
                    right(550, 200, "Prijs incl. BTW"),
                ],
                [text(40, 216, "Lamp"), right(330, 216, "1"), right(550, 216, "€ 121,00")],
            )
        ]
    )
    [line] = read.content.lines
    assert line.net_amount is None
    assert line.extras is not None and line.extras.gross_amount == Decimal("121.00")


def test_rows_that_multiply_are_counted_where_no_heading_is_found() -> None:
    read = extract(
        [
            page(
                table(
                    200,
                    [40, 330, 430, 550],
                    [("Chair", "2", "35.00", "70.00"), ("Lamp", "3", "10.00", "30.00")],
                )
            )
        ]
    )
    assert read.content.lines == ()
    assert read.rows_seen == 2
