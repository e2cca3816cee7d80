"""Tables of lines: headings, columns, pages, subtotals and carried-over sums."""

from decimal import Decimal

import pytest

from invoice_reading.annotation import PageRegion
from invoice_reading.extract.confidence import CHECKED
from invoice_reading.extract.extract import extract
from page_builder import Printed, column, page, right, table, text

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


def _name(*below: Printed, first: str) -> str | None:
    """Returns the name of the item of a line whose cell has these rows below its first."""
    rows = [HEADING, ("1", first, "2", "10,00", "20,00")]
    read = extract([page(table(200, EDGES, rows, left_columns=2), below)])
    [line] = read.content.lines
    return line.item.name if line.item is not None else None


@pytest.mark.parametrize(
    ("first", "below"),
    [
        ("GTIN: 4012345001235", ["Trennblätter A4"]),
        ("GTIN:", ["4012345001235", "Unsere Art.-", "Nr.: TB100A4", "Trennblätter", "A4"]),
        ("Trennblätter A4", ["GTIN: 4012345001235", "Art.-Nr.: TB100A4"]),
        ("Trennblätter", ["Artikelnummer: TB100 4", "A4"]),
        ("GTIN: 4012345001235 Trennblätter A4", []),
        ("EAN: 4012345001235, Art.-Nr.: TB100A4", ["Trennblätter A4"]),
    ],
)
def test_identifiers_in_the_cell_are_no_part_of_the_name(first: str, below: list[str]) -> None:
    assert _name(*column(80, 229, below), first=first) == "Trennblätter A4"


def test_evidence_of_a_name_is_its_own_words_only() -> None:
    rows = [HEADING, ("1", "GTIN: 4012345001235", "2", "10,00", "20,00")]
    read = extract(
        [page(table(200, EDGES, rows, left_columns=2), text(80, 229, "Trennblätter A4"))]
    )
    [evidence] = read.annotations["lines[0].item.name"].evidence
    assert isinstance(evidence, PageRegion)
    assert evidence.text == "Trennblätter A4"


def test_identifier_is_the_name_where_the_cell_has_nothing_else() -> None:
    assert _name(first="GTIN: 4012345001235") == "GTIN: 4012345001235"


def test_caption_without_an_identifier_is_part_of_the_name() -> None:
    assert _name(first="Material: Eiche") == "Material: Eiche"


def test_measures_are_part_of_the_name_and_amounts_end_it() -> None:
    below = column(80, 229, ["12 x 1,0 l", "Bruttopreis: 9,9000", "Kiste"])
    assert _name(*below, first="Mineralwasser") == "Mineralwasser 12 x 1,0 l"


def test_other_labels_below_the_last_line_end_its_name() -> None:
    below = column(80, 229, ["A4", "Bestellnummer: 4711", "Danke"])
    assert _name(*below, first="Trennblätter") == "Trennblätter A4"


def test_product_of_long_numbers_is_compared_exactly() -> None:
    quantity, price = "9" * 10, "9" * 10 + ",99"
    amount = f"{Decimal(quantity) * Decimal(price.replace(',', '.')):f}".replace(".", ",")
    long = "9" * 20
    read = extract(
        [
            page(
                table(
                    200,
                    [40.0, 80.0, 300.0, 430.0, 590.0],
                    [
                        HEADING,
                        ("1", "Ventil", quantity, price, amount),
                        ("2", "Rohr", long, f"{long},99", "20,00"),
                    ],
                    left_columns=2,
                )
            )
        ]
    )
    assert read.content.lines[0].net_amount == Decimal(amount.replace(",", "."))
    assert read.annotations["lines[0].net_amount"].confidence == CHECKED


@pytest.mark.parametrize(
    ("cells", "quantity", "price"),
    [
        (("Room", "Rs 1939", "1", "Rs 1939"), "1", "1939"),
        (("Room", "EUR 12", "3", "36,00"), "3", "12"),
        (("Room", "$ 12.00", "3.00", "$ 36.00"), "3.00", "12.00"),
        (("Room", "EUR 12", "", "EUR 12"), None, None),
    ],
)
def test_number_with_a_currency_is_no_quantity(
    cells: tuple[str, ...], quantity: str | None, price: str | None
) -> None:
    heading = ("Description", "Quantity", "Unit Price", "Amount")
    read = extract([page(table(200, [40, 300, 400, 550], [heading, cells]))])
    [line] = read.content.lines
    assert line.invoiced_quantity == (None if quantity is None else Decimal(quantity))
    net_price = line.price.net_price if line.price is not None else None
    assert net_price == (None if price is None else Decimal(price))


def test_breakdown_of_vat_under_the_lines_is_no_line() -> None:
    vat_edges = [40.0, 330.0, 430.0, 550.0]
    read = extract(
        [
            page(
                table(200, EDGES, [HEADING, *lines(1, 2)], left_columns=2),
                table(
                    260,
                    vat_edges,
                    [
                        ("Art (Kategorie)", "Warenwert", "Basisbetrag", "Steuer"),
                        ("innergemeinschaftliche", "40,00", "0", "0,00"),
                    ],
                ),
            )
        ]
    )
    assert len(read.content.lines) == read.rows_seen == 2


@pytest.mark.parametrize(
    ("row", "quantity", "price", "base"),
    [
        (("1", "Schraube", "100", "20,98", "100", "20,98"), "100", "20.98", "100"),
        (("10", "Schraube", "1.000", "16,93", "100", "169,30"), "1000", "16.93", "100"),
        (("2", "Ventil", "4", "12,00", "1", "48,00"), "4", "12.00", None),
    ],
)
def test_position_is_no_quantity_where_a_price_is_of_several(
    row: tuple[str, ...], quantity: str, price: str, base: str | None
) -> None:
    """The column of prices has no heading that says so."""
    heading = ("Pos", "Bezeichnung", "Menge", "P.", "Je", "Betrag")
    read = extract([page(table(200, [40, 80, 300, 380, 440, 550], [heading, row], left_columns=2))])
    [line] = read.content.lines
    assert line.price is not None
    assert line.invoiced_quantity == Decimal(quantity)
    assert line.price.net_price == Decimal(price)
    assert line.price.base_quantity == (Decimal(base) if base else None)


@pytest.mark.parametrize("numbered", ["Pos", "Artikel"])
def test_numbered_row_may_have_a_whole_amount(numbered: str) -> None:
    rows = [
        (numbered, "Leistung", "Betrag"),
        ("1", "Rechnung R-81677 vom 02.08.2023", "3936,52"),
        ("2", "Rechnung R-12509 vom 15.07.2023", "3250"),
        ("3", "Rechnung R-21068 vom 08.12.2023", "266,6"),
    ]
    read = extract([page(table(200, [40, 80, 550], rows, left_columns=2))])
    assert [line.net_amount for line in read.content.lines] == [
        Decimal("3936.52"),
        Decimal("3250"),
        Decimal("266.6"),
    ]


def test_letters_of_an_article_number_are_no_caption() -> None:
    """HT is "hors taxe" in French: an amount behind it would end the table."""
    rows = [
        ("Art.-Nr.", "Bezeichnung", "Menge", "Betrag"),
        ("HT-1692", "LED-Panel", "1", "33,12"),
        ("HT-1693", "Ventil", "2", "40,00"),
    ]
    read = extract([page(table(200, [40, 120, 430, 550], rows, left_columns=2))])
    assert [line.net_amount for line in read.content.lines] == [Decimal("33.12"), Decimal("40.00")]


def test_number_in_the_description_is_no_quantity_beside_one_in_its_column() -> None:
    """12 times 10.06 is the amount with VAT by chance."""
    heading = ("Bezeichnung", "Menge", "Preis", "Bruttobetrag")
    row = ("Schlauch, 12 mm", "10", "10,06", "120,72")
    read = extract([page(table(200, [40, 330, 430, 550], [heading, row]))])
    [line] = read.content.lines
    assert line.invoiced_quantity == Decimal("10")


def test_number_is_of_the_nearest_column_of_two_that_want_it() -> None:
    """Over the bases of prices stands a word that is not known."""
    heading = ("Bezeichnung", "Menge", "Preis", "Je", "MwSt %", "Betrag")
    row = ("Schlauch", "10", "10,00", "1", "19", "100,00")
    read = extract([page(table(200, [40, 280, 350, 420, 480, 550], [heading, row]))])
    [line] = read.content.lines
    assert line.vat is not None
    assert line.vat.rate == Decimal("19")


def test_code_that_is_wider_than_the_heading_over_it_is_no_word_of_the_description() -> None:
    printed = [
        text(60, 200, "Menge"),
        text(99, 200, "Ref."),
        text(151, 200, "Bezeichnung"),
        right(550, 200, "Betrag"),
        text(60, 215, "6"),
        text(99, 215, "RS-723000-1"),
        text(162, 215, "Kupferdraht"),
        right(550, 215, "106,88"),
    ]
    [line] = extract([page(*printed)]).content.lines
    assert line.item is not None
    assert line.item.name == "Kupferdraht"
