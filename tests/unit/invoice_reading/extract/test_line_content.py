"""Columns whose headings do not say enough: rates or amounts of tax, net or gross amounts, codes or words, price bases."""

from collections.abc import Sequence
from decimal import Decimal

import pytest

from en16931.model import InvoiceContent, InvoiceLine
from invoice_reading.extract.extract import extract
from page_builder import page, table

_PERCENT_OF_TAX = "Mehrwertsteuer 19 %"


def content(
    heading: tuple[str, ...],
    rows: Sequence[tuple[str, ...]],
    totals: tuple[str, str, str],
    tax: str = _PERCENT_OF_TAX,
) -> InvoiceContent:
    edges = [40.0, 220.0, 290.0, 360.0, 430.0, 500.0, 560.0][: len(heading)]
    sums = list(zip(("Nettobetrag", tax, "Gesamtbetrag brutto"), totals, strict=True))
    return extract(
        [page(table(200, edges, [heading, *rows]), table(400, [300, 560], sums))]
    ).content


def only(lines: tuple[InvoiceLine, ...]) -> InvoiceLine:
    [line] = lines
    return line


SEAT = ("Sitzbank", "2", "250,00")
HEADING = ("Bezeichnung", "Menge", "Einzelpreis")
TOTALS = ("500,00", "95,00", "595,00")


@pytest.mark.parametrize("name", ["Steuer", "MwSt", "USt"])
def test_tax_of_a_line_is_no_rate(name: str) -> None:
    line = only(content((*HEADING, name, "Betrag"), [(*SEAT, "95,00", "500,00")], TOTALS).lines)
    assert line.vat is None or line.vat.rate is None
    assert line.extras is not None and line.extras.tax_amount == Decimal("95.00")


@pytest.mark.parametrize("rate", ["19,00", "19", "19 %"])
def test_rate_that_is_printed_elsewhere_is_one(rate: str) -> None:
    line = only(content((*HEADING, "MwSt", "Betrag"), [(*SEAT, rate, "500,00")], TOTALS).lines)
    assert line.vat is not None and line.vat.rate == Decimal("19")


def test_rate_that_gives_the_tax_is_one_though_it_stands_nowhere_else() -> None:
    read = content(
        (*HEADING, "MwSt", "Betrag"), [(*SEAT, "19,00", "500,00")], TOTALS, tax="Steuerbetrag"
    )
    line = only(read.lines)
    assert line.vat is not None and line.vat.rate == Decimal("19.00")


def test_code_of_a_rate_is_no_rate() -> None:
    line = only(content((*HEADING, "MwSt", "Betrag"), [(*SEAT, "2", "500,00")], TOTALS).lines)
    assert line.vat is None or line.vat.rate is None


def test_number_that_is_neither_the_tax_nor_a_rate_is_left_out() -> None:
    line = only(content((*HEADING, "MwSt", "Betrag"), [(*SEAT, "12,34", "500,00")], TOTALS).lines)
    assert line.vat is None or line.vat.rate is None
    assert line.extras is None or line.extras.tax_amount is None


def test_amounts_that_add_up_to_the_total_with_tax_are_gross() -> None:
    rows = [("Sitzbank", "2", "119,00", "238,00"), ("Lehne", "1", "357,00", "357,00")]
    lines = content((*HEADING, "Summe"), rows, TOTALS).lines
    assert [line.net_amount for line in lines] == [None, None]
    assert [line.price for line in lines] == [None, None]
    extras = [line.extras for line in lines]
    assert [part and part.gross_amount for part in extras] == [Decimal("238.00"), Decimal("357.00")]


def test_amounts_that_add_up_to_the_net_total_stay_net() -> None:
    line = only(content((*HEADING, "Summe"), [(*SEAT, "500,00")], TOTALS).lines)
    assert line.net_amount == Decimal("500.00")


@pytest.mark.parametrize("amount", ["500,00", "595,00", "511,00"])
def test_amount_under_no_name_counts_for_what_the_sums_say(amount: str) -> None:
    row = ("Sitzbank", "2", "250,00", "19 %", amount)
    line = only(content((*HEADING, "USt", "Kennung"), [row], TOTALS).lines)
    gross = line.extras.gross_amount if line.extras else None
    right = {"500,00": (Decimal("500.00"), None), "595,00": (None, Decimal("595.00"))}
    assert (line.net_amount, gross) == right.get(amount, (None, None))


def test_price_of_several_units_comes_with_its_base() -> None:
    row = ("Kabel", "1.500", "20,00", "1.000", "30,00")
    line = only(content((*HEADING, "PE", "Betrag"), [row], ("30,00", "5,70", "35,70")).lines)
    assert line.price is not None
    assert (line.price.net_price, line.price.base_quantity) == (Decimal("20.00"), Decimal("1000"))


def test_price_of_several_units_without_its_base_is_left_out() -> None:
    line = only(
        content(
            (*HEADING, "Betrag"), [("Kabel", "150", "20,00", "30,00")], ("30,00", "5,70", "35,70")
        ).lines
    )
    assert line.net_amount == Decimal("30.00")
    assert line.price is None


def test_base_of_one_price_is_no_price_of_several() -> None:
    line = only(content((*HEADING, "PE", "Betrag"), [(*SEAT, "1", "500,00")], TOTALS).lines)
    assert line.price is not None
    assert (line.price.net_price, line.price.base_quantity) == (Decimal("250.00"), None)


@pytest.mark.parametrize("names", [("Artikel", "Bezeichnung"), ("Produkt", "Text")])
def test_codes_beside_words_are_not_what_is_sold(names: tuple[str, str]) -> None:
    sums = [("Nettobetrag", "500,00"), (_PERCENT_OF_TAX, "95,00"), ("Gesamtbetrag", "595,00")]
    edges = [40.0, 140.0, 340.0, 450.0, 560.0]
    rows = [(*names, "Menge", "Preis", "Betrag"), ("SB-2040", *SEAT, "500,00")]
    lines = extract([page(table(200, edges, rows, left_columns=2), table(400, [300, 560], sums))])
    item = only(lines.content.lines).item
    assert item is not None and item.name == "Sitzbank"
