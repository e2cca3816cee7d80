"""Dates in digits and words, and the order of day and month."""

from datetime import date

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from invoice_reading.extract.dates import DayOrder, dates, parse_date, proven_order
from invoice_reading.extract.layout import rows
from page_builder import page, text

DAY_FIRST, MONTH_FIRST = DayOrder.DAY_FIRST, DayOrder.MONTH_FIRST
DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2079, 12, 31))


@given(
    DAYS, st.sampled_from(["en_US", "en_GB", "de", "fr", "nl"]), st.sampled_from(["long", "medium"])
)
def test_date_written_in_any_language_reads_back(day: date, locale: str, width: str) -> None:
    order = MONTH_FIRST if locale == "en_US" else DAY_FIRST
    assert parse_date(format_date(day, format=width, locale=locale), order) == day


@given(DAYS)
def test_date_in_digits_reads_back_in_its_order(day: date) -> None:
    assert parse_date(day.strftime("%d/%m/%Y"), DAY_FIRST) == day
    assert parse_date(day.strftime("%m/%d/%Y"), MONTH_FIRST) == day
    assert parse_date(day.strftime("%d.%m.%Y"), None) == day
    assert parse_date(day.isoformat(), None) == day


def test_day_that_could_be_a_month_stays_open() -> None:
    assert parse_date("03/07/2026", None) is None
    assert parse_date("03/07/2026", DAY_FIRST) == date(2026, 7, 3)
    assert parse_date("03/07/2026", MONTH_FIRST) == date(2026, 3, 7)


def test_same_day_and_month_needs_no_order() -> None:
    assert parse_date("07/07/2026", None) == date(2026, 7, 7)


@pytest.mark.parametrize(
    ("line", "order"),
    [
        ("25/03/2026", DAY_FIRST),
        ("03/25/2026", MONTH_FIRST),
        ("03/04/2026", None),
        ("25/03/2026 03/25/2026", None),
    ],
)
def test_order_is_proven_by_dates_that_read_one_way_only(line: str, order: DayOrder | None) -> None:
    [row] = rows(page(text(40, 40, line)))
    assert proven_order(dates(row)) is order


@pytest.mark.parametrize(
    "noise", ["31.02.2026", "2013-471102", "1.2.3.4", "12 Schrauben 40", "99/99/2026"]
)
def test_what_is_no_day_of_the_calendar_is_no_date(noise: str) -> None:
    [row] = rows(page(text(40, 40, noise)))
    assert dates(row) == ()


def test_compact_date_is_marked_as_such() -> None:
    [row] = rows(page(text(40, 40, "Date : 20260815")))
    [found] = dates(row)
    assert found.compact
    assert found.value(None) == date(2026, 8, 15)
