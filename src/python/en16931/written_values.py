"""A number and a date as people write them within a text, where there is one way to read them.

`1.234` and `03/04/2026` have two readings, so that they have none here.
"""

import re
from datetime import date
from decimal import Decimal

_PLAIN = re.compile(r"(?P<whole>[0-9]{1,12})(?:[.,](?P<part>[0-9]{1,2}))?")
# A point or a comma between thousands is certain only where the other one stands before the decimals.
_GROUPED = re.compile(
    r"(?P<whole>[0-9]{1,3}(?:(?:[ '\u2019\u00a0\u202f][0-9]{3})+|(?:\.[0-9]{3})+(?=,)|(?:,[0-9]{3})+(?=\.)))"
    r"(?:[.,](?P<part>[0-9]{1,2}))?"
)
_ISO_DATE = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})")
_DOTTED_DATE = re.compile(r"(?P<day>[0-9]{1,2})\. ?(?P<month>[0-9]{1,2})\. ?(?P<year>[0-9]{4})")
_SLASHED_DATE = re.compile(
    r"(?P<first>[0-9]{1,2})(?P<sign>[/-])(?P<second>[0-9]{1,2})(?P=sign)(?P<year>[0-9]{4})"
)
_NO_DIGIT = re.compile(r"[^0-9]")


def written_number(text: str) -> Decimal | None:
    """Returns the number: `14`, `2,5`, `2.25`, `1.234,50`, `1'234.50`; None where the text is none, or no certain one.

    At most two decimals are read.
    """
    match = _PLAIN.fullmatch(text) or _GROUPED.fullmatch(text)
    if match is None:
        return None
    whole = _NO_DIGIT.sub("", match["whole"])
    return Decimal(f"{whole}.{match['part']}") if match["part"] else Decimal(whole)


def written_date(text: str) -> date | None:
    """Returns the day: `2026-03-05`, `5.3.2026`, `05. 03. 2026`; None where the text is none, or no certain one.

    Between slashes or hyphens the day is the number that can be no month: `15/03/2026`, `03/15/2026`.
    """
    match = _ISO_DATE.fullmatch(text) or _DOTTED_DATE.fullmatch(text)
    if match is not None:
        return _calendar_day(match["year"], match["month"], match["day"])
    slashed = _SLASHED_DATE.fullmatch(text)
    if slashed is None:
        return None
    year, first, second = slashed["year"], slashed["first"], slashed["second"]
    days = {_calendar_day(year, first, second), _calendar_day(year, second, first)} - {None}
    return days.pop() if len(days) == 1 else None


def _calendar_day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
