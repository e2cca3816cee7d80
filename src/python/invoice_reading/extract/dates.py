"""Dates as invoices print them, in digits and with names of months; a day that could be a month stays open."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

from invoice_reading.extract.layout import Row
from invoice_reading.extract.month_names import month_numbers
from invoice_reading.extract.tokens import fold


class DayOrder(StrEnum):
    DAY_FIRST = "DAY_FIRST"
    MONTH_FIRST = "MONTH_FIRST"


@dataclass(frozen=True, slots=True)
class DateText:
    """A date printed at the characters [begin, end) of a row.

    `day_first` and `month_first` are its readings under each order: equal where the order does not matter, None where
    a reading is no date. `compact` dates (20260815) count only beside a label, for other digits look like them.
    """

    row: Row
    begin: int
    end: int
    day_first: date | None
    month_first: date | None
    compact: bool = False

    def value(self, order: DayOrder | None) -> date | None:
        """Returns the date, read in the order of the document where the text alone does not tell; None if unclear."""
        if self.day_first is None or self.month_first is None or self.day_first == self.month_first:
            return self.day_first or self.month_first
        if order is None:
            return None
        return self.day_first if order is DayOrder.DAY_FIRST else self.month_first


def dates(row: Row) -> tuple[DateText, ...]:
    """Returns the dates of the row from left to right."""
    return tuple(
        DateText(row, match.start(), match.end(), *readings, match["compact"] is not None)
        for match in _pattern().finditer(row.text)
        for readings in (_readings(match),)
        if readings != (None, None)
    )


def parse_date(text: str, order: DayOrder | None) -> date | None:
    """Returns the date that the whole text states; None where it states none, or the order decides and is unknown."""
    match = _pattern().fullmatch(text.strip())
    if match is None:
        return None
    day_first, month_first = _readings(match)
    if day_first is None or month_first is None or day_first == month_first:
        return day_first or month_first
    return None if order is None else day_first if order is DayOrder.DAY_FIRST else month_first


def proven_order(found: Iterable[DateText]) -> DayOrder | None:
    """Returns the order that dates such as 25/03/2026 prove; None where none does or they contradict each other."""
    orders = {
        DayOrder.DAY_FIRST if date_text.month_first is None else DayOrder.MONTH_FIRST
        for date_text in found
        if (date_text.day_first is None) != (date_text.month_first is None)
    }
    return orders.pop() if len(orders) == 1 else None


def _readings(match: re.Match[str]) -> tuple[date | None, date | None]:
    part = match.groupdict()
    if part["compact"]:
        text = part["compact"]
        same = _date(text[:4], int(text[4:6]), text[6:])
    elif part["year_first"]:
        same = _date(part["year_first"], int(part["month_middle"]), part["day_last"])
    elif part["name_after"]:
        same = _date(part["year_after"], _month(part["name_after"]), part["day_before"])
    elif part["name_first"]:
        same = _date(part["year_last"], _month(part["name_first"]), part["day_second"])
    else:
        first, second, year = part["first"], part["second"], part["year"]
        day_first = _date(year, int(second), first)
        # Full stops separate day, month and year in that order wherever they are used.
        return day_first, day_first if part["mark"] == "." else _date(year, int(first), second)
    return same, same


def _month(name: str) -> int:
    return month_numbers().get(fold(name).rstrip("."), 0)


def _date(year: str, month: int, day: str) -> date | None:
    number = int(year) + (2000 if len(year) == 2 else 0)
    try:
        return date(number, month, int(day)) if 1900 <= number <= 2199 else None
    except ValueError:
        return None


@cache
def _pattern() -> re.Pattern[str]:
    # Any short word may stand for a month here; `_month` refuses what is none. This keeps accents out of the pattern.
    name = r"[^\W\d_]{3,12}"
    gap = r"[ \u2002\u00a0]?"
    return re.compile(
        rf"(?<![\w.,/\-])(?:"
        rf"(?P<year_first>(?:19|20)\d\d)(?P<ymark>[-./])(?P<month_middle>\d{{1,2}})(?P=ymark)(?P<day_last>\d{{1,2}})"
        rf"|(?P<first>\d{{1,2}})(?P<mark>[./\-]){gap}(?P<second>\d{{1,2}})(?P=mark){gap}(?P<year>(?:19|20)\d\d|\d\d)"
        rf"|(?P<day_before>\d{{1,2}})(?:\.|st|nd|rd|th|er|e)?[ \u2002\u00a0\-/.]{{1,2}}(?:of |de )?"
        rf"(?P<name_after>{name})\.?,?[ \u2002\u00a0\-/.]{{1,2}}(?:del? )?(?P<year_after>(?:19|20)\d\d|\d\d)"
        rf"|(?P<name_first>{name})\.?[ \u2002\u00a0\-]{{1,2}}(?P<day_second>\d{{1,2}})(?:st|nd|rd|th)?(?: ?,)?"
        rf"[ \u2002\u00a0\-]{{1,2}}(?P<year_last>(?:19|20)\d\d)"
        rf"|(?P<compact>(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))"
        # A time of day may follow at once, since OCR loses spaces: "2018-01-0522:55:25".
        rf")(?:(?=\d\d:\d\d)|(?![\w/]|[.,\-]\d))"
    )
