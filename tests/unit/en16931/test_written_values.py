"""Numbers and dates within a text are read only where there is one way to read them."""

from datetime import date
from decimal import Decimal

import pytest

from en16931.written_values import written_date, written_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("14", "14"),
        ("2,5", "2.5"),
        ("2.25", "2.25"),
        ("1.234,50", "1234.50"),
        ("1,234.50", "1234.50"),
        ("1'234.50", "1234.50"),
        ("1 234,50", "1234.50"),
        ("1\u202f234", "1234"),
        ("12.345.678,90", "12345678.90"),
    ],
)
def test_number_is_read(text: str, number: str) -> None:
    assert written_number(text) == Decimal(number)


@pytest.mark.parametrize(
    "text",
    ["", "1.234", "1,234", "2.255", "-5", "5%", "1..2", "1.234.5", "1,234,50", "٣", "²", "1e3"],
)
def test_number_of_several_readings_or_none_is_not_read(text: str) -> None:
    assert written_number(text) is None


@pytest.mark.parametrize("text", ["2026-03-05", "5.3.2026", "05.03.2026", "05. 03. 2026"])
def test_date_is_read(text: str) -> None:
    assert written_date(text) == date(2026, 3, 5)


@pytest.mark.parametrize("text", ["15/03/2026", "03/15/2026", "15-3-2026"])
def test_day_that_can_be_no_month_is_the_day(text: str) -> None:
    assert written_date(text) == date(2026, 3, 15)


def test_day_that_is_the_month_is_certain() -> None:
    assert written_date("03/03/2026") == date(2026, 3, 3)


@pytest.mark.parametrize(
    "text",
    [
        "15/03-2026",
        "15/15/2026",
        "31/02/2026",
        "",
        "05/03/2026",
        "31.02.2026",
        "5.3.26",
        "2026-3-5",
        "5 March 2026",
        "0000-01-01",
    ],
)
def test_date_of_several_readings_or_none_is_not_read(text: str) -> None:
    assert written_date(text) is None
