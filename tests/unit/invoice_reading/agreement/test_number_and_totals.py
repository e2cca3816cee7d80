"""Number and totals of the XML are printed on the page, in whatever notation."""

from dataclasses import replace
from decimal import Decimal

import pytest

from en16931.model import DocumentTotals, InvoiceContent
from invoice_reading.agreement.compare import compare
from invoice_reading.agreement.comparison import Verdict
from invoice_reading.page import Box, Page, Word
from page_builder import column, text
from page_builder import hidden as hidden_text
from page_builder import page as laid_out

CONTENT = InvoiceContent(
    invoice_number="R-4711/26",
    totals=DocumentTotals(amount_with_vat=Decimal("1190.5"), amount_due=Decimal("1190.50")),
)


def agreement(*pages: Page, content: InvoiceContent = CONTENT) -> dict[str, Verdict]:
    return {found.path: found.verdict for found in compare(content, pages)}


def numbered(number: str) -> InvoiceContent:
    return InvoiceContent(invoice_number=number)


@pytest.mark.parametrize("number", ["R-4711/26", "Nr.:R-4711/26", "#r-4711/26.", "R - 4711 /26"])
@pytest.mark.parametrize("total", ["1.190,50", "1,190.50", "1 190,50 €", "€1190.50", "EUR 1.190,5"])
def test_page_agrees_however_it_prints_the_values(number: str, total: str) -> None:
    printed = laid_out(text(50, 50, f"Rechnung {number}"), text(50, 90, f"Total {total}"))
    assert set(agreement(printed).values()) == {Verdict.AGREES}


def test_amount_after_a_count_is_printed() -> None:
    found = agreement(laid_out(text(50, 50, "Total of 3 190,50")), content=totalling("190.50"))
    assert found == {"totals.amount_with_vat": Verdict.AGREES}


def test_value_that_is_written_upwards_is_printed() -> None:
    upwards = replace(laid_out(), words=(Word(0, "R-4711/26", Box(10, 10, 20, 900_000)),))
    assert agreement(upwards)["invoice_number"] is Verdict.AGREES


def totalling(total: str) -> InvoiceContent:
    return InvoiceContent(totals=DocumentTotals(amount_with_vat=Decimal(total)))


@pytest.mark.parametrize(
    "printed",
    [
        "IBAN DE08 7009 0010 0012 3456",
        "900 100.00",
        "Tel. 09 00 00",
        "1,900.00",
        "90000",
        "900.001",
        "9 00.00",
        "IBAN DE08 0900 7000",
        "900.00%",
    ],
)
def test_digits_of_other_words_are_no_amount(printed: str) -> None:
    found = agreement(laid_out(text(50, 50, printed)), content=totalling("900.00"))
    assert found == {"totals.amount_with_vat": Verdict.DISAGREES}


@pytest.mark.parametrize("printed", ["17", "R-7", "7.11.2026", "7,00", "2026/7", "70"])
def test_identifier_within_a_word_is_not_printed(printed: str) -> None:
    found = agreement(laid_out(text(50, 50, f"Invoice {printed}")), content=numbered("7"))
    assert found == {"invoice_number": Verdict.DISAGREES}


@pytest.mark.parametrize(
    "lines",
    [
        ["Invoice R-2026-17", "Date 12 January 2026"],
        ["Invoice number R2026-17", "2026"],
        ["Rechnung vom 12. Januar 2026"],
        ["Invoice R-17", "Our terms of 2026 apply"],
    ],
)
def test_year_of_a_date_or_a_part_of_a_number_is_not_the_number(lines: list[str]) -> None:
    found = agreement(laid_out(column(50, 50, lines)), content=numbered("2026"))
    assert found == {"invoice_number": Verdict.DISAGREES}


@pytest.mark.parametrize("line", ["Invoice number: 2026", "Rechnung 2026", "No. 2026"])
def test_short_number_beside_its_label_is_printed(line: str) -> None:
    printed = laid_out(column(50, 50, [line, "Date 12 January 2026"]))
    assert agreement(printed, content=numbered("2026")) == {"invoice_number": Verdict.AGREES}


def test_identifier_over_two_columns_is_not_printed() -> None:
    found = agreement(
        laid_out(text(50, 50, "R-47"), text(300, 50, "11")), content=numbered("R-4711")
    )
    assert found == {"invoice_number": Verdict.DISAGREES}


def test_page_that_prints_another_total_does_not_agree() -> None:
    found = agreement(laid_out(text(50, 50, "R-4711/26"), text(50, 90, "1.290,50")))
    assert found["invoice_number"] is Verdict.AGREES
    assert found["totals.amount_with_vat"] is found["totals.amount_due"] is Verdict.DISAGREES


def test_hidden_words_do_not_count_as_printed() -> None:
    found = agreement(laid_out(text(50, 50, "R-4711/26 total"), hidden_text(50, 90, "1190,50")))
    assert found["totals.amount_due"] is Verdict.DISAGREES


def test_page_without_words_decides_nothing() -> None:
    assert set(agreement(laid_out()).values()) == {Verdict.NOT_DECIDABLE}
    assert agreement(laid_out(text(50, 50, "x")), content=InvoiceContent()) == {}
