"""The last day of a cash discount is not read as the due date."""

from datetime import date

import pytest

from invoice_reading.certainty import is_unsure
from invoice_reading.extract.extract import extract
from invoice_reading.extraction import Extraction
from page_builder import page, text

PATH = "payment_due_date"
NET = date(2026, 3, 30)


def read(*lines: str) -> Extraction:
    return extract([page(*(text(40, 40 + 15 * at, line) for at, line in enumerate(lines)))])


@pytest.mark.parametrize(
    "terms",
    [
        "Bei Zahlung bis zum 15.03.2026 gewähren wir 2 % Skonto",
        "2 % Skonto bei Zahlung bis 15.03.2026",
        "Zahlung bis 15.03.2026 abzüglich 2,00 % Skonto",
        "3 % discount if you pay by 15 March 2026",
        "Pay by 15 March 2026 for a 3 % discount, otherwise by 30 March 2026",
    ],
)
def test_last_day_of_a_discount_is_no_due_date(terms: str) -> None:
    assert read(terms).content.payment_due_date is None


@pytest.mark.parametrize(
    "terms",
    [
        "Zahlbar bis zum 30.03.2026, bei Zahlung bis zum 15.03.2026 3 % Skonto",
        "Fällig am 30.03.2026, Skonto 2 % bis 15.03.2026",
        "Zahlungsbedingungen: 14 Tage 2 % Skonto, 30 Tage netto, fällig am 30.03.2026",
        "Zahlbar bis 30.03.2026 ohne Abzug",
        "Payable by 30 March 2026. Late payments bear interest of 8 %",
        "Sconto 2% se pagato entro il 15/03/2026, scadenza netta 30/03/2026",
        "2% de descuento hasta 15/03/2026, vencimiento 30/03/2026",
        "Desconto 2% até 15/03/2026, vencimento 30/03/2026",
        "Skonto 2% do 15.03.2026, termin płatności 30.03.2026",
        "2% korting bij betaling voor 15-03-2026, vervaldatum 30-03-2026",
    ],
)
def test_due_date_beside_a_discount_is_read(terms: str) -> None:
    found = read(terms)
    assert found.content.payment_due_date == NET
    assert not is_unsure(PATH, found.annotations[PATH])


def test_due_date_in_the_line_after_the_discount_is_read() -> None:
    found = read("Zahlbar bis 15.03.2026 mit 2 % Skonto,", "bis zum 30.03.2026 netto")
    assert found.content.payment_due_date == NET


@pytest.mark.parametrize(
    "terms",
    [
        "Zahlbar bis 15.03.2026 mit 2 % Skonto, bis zum 30.03.2026 netto",
        "Wir gewähren 2 % Skonto, wenn bis zum 30.03.2026 bezahlt wird",
    ],
)
def test_date_that_a_discount_leaves_open_is_unsure(terms: str) -> None:
    found = read(terms)
    assert found.content.payment_due_date == NET
    assert is_unsure(PATH, found.annotations[PATH])
