"""Dates among the words of the pages: in digits and with names of months, in every order, each with its label."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from en16931.field_path import leaves
from en16931.model import InvoiceContent
from invoice_reading.agreement.comparison import Printed
from invoice_reading.agreement.printed_document import PrintedDocument
from invoice_reading.extract.dates import DateText, DayOrder, dates
from invoice_reading.extract.document_dates import labelled_dates
from invoice_reading.extract.label_values import dates_below, dates_beside
from invoice_reading.extract.layout import Row
from invoice_reading.extract.lexicon import Label
from invoice_reading.extract.marked_rows import MarkedRow
from invoice_reading.extract.month_names import month_numbers
from invoice_reading.extract.tokens import Token
from invoice_reading.page import Page

_FILLERS = frozenset("st nd rd th er e de del di of den le the".split())
_CENTURY = 2000
_LONGEST_TO = 8  # characters between the days of a range: " jusqu'au "
_DAY_FIRST, _YEAR_FIRST, _MONTH_FIRST = (0, 1, 2), (2, 1, 0), (1, 0, 2)
_NO_PAGE = Page(number=1, width_points=0, height_points=0, words=())


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A date of a row, with each day that it can mean.

    `label` is what the words beside it or over it say, None without any, and `called` those words where they name a day
    that is neither of issue nor due; `ends_range` says that it is the second day of "1.3.2026 - 31.3.2026".
    """

    text: DateText
    readings: frozenset[date]
    label: Label | None
    called: tuple[str, ...]
    ends_range: bool

    @property
    def printed(self) -> Printed:
        region = self.text.row.region(self.text.begin, self.text.end)
        return Printed(region, min(self.readings))


@dataclass(frozen=True, slots=True)
class PrintedDates:
    all: Sequence[PrintedDate]
    printed: PrintedDocument

    def places(self, day: date) -> list[Printed]:
        """Returns where the day stands, each place once."""
        found = [
            Printed(each.text.row.region(each.text.begin, each.text.end), day)
            for each in self.all
            if day in each.readings
        ]
        return found or [*self._in_words(day)]

    def _in_words(self, day: date) -> Iterator[Printed]:
        """Yields where day, month and year stand side by side in a notation that no pattern knows."""
        for row in self.printed.rows:
            tokens = [token for token in row.tokens if token.text not in _FILLERS]
            for at in range(len(tokens) - 2):
                three = tokens[at : at + 3]
                if _states(three, day):
                    yield Printed(row.row.region(three[0].begin, three[2].end), day)


def printed_dates(printed: PrintedDocument, number_rows: frozenset[int]) -> PrintedDates:
    """Returns the dates of the pages; without proof or habit, 03/04/2026 can mean both days.

    `number_rows` are the rows that state the invoice number: the date beside it is the date of issue.
    """
    order = printed.reading.context.order
    labels: dict[tuple[int, int], Label] = {}
    owned = labelled_dates(printed.rows, printed.places, number_rows, order)
    for label, found in owned.items():
        for text in found:
            labels.setdefault(_key(text), label)
    called = _called(printed)
    return PrintedDates(
        [
            PrintedDate(
                text,
                _readings(text, order),
                labels.get(_key(text)),
                called.get(_key(text), ()),
                _ends_range(row, text),
            )
            for row in printed.rows
            for text in row.dates
        ],
        printed,
    )


def stated_dates(content: InvoiceContent) -> list[tuple[str, date]]:
    """Returns every day that the XML states with the path of its field, also those in its texts."""
    found: list[tuple[str, date]] = []
    for path, value in leaves(content):
        if isinstance(value, date):
            found.append((path, value))
        elif isinstance(value, str) and not path.startswith("supporting_documents"):
            for text in dates(Row(_NO_PAGE, (), value, (), 0.0, 0.0, 1.0)):
                found += [(path, day) for day in _readings(text, None)]
    return found


def _called(printed: PrintedDocument) -> dict[tuple[int, int], tuple[str, ...]]:
    """Returns the words of the label of other days by the date that it stands beside or over; a range has it twice."""
    found: dict[tuple[int, int], tuple[str, ...]] = {}
    for place in printed.places:
        if not place.means(Label.OTHER_DATE):
            continue
        words = tuple(
            token.text
            for token in place.row.tokens
            if place.found.begin <= token.begin < place.found.end
        )
        beside = list(dates_beside(place))
        for text in beside or dates_below(printed.rows, place):
            found.setdefault(_key(text), words)
            row = printed.marked_row(text.row)
            following = next((each for each in row.dates if each.begin >= text.end), None)
            if following is not None and _ends_range(row, following):
                found.setdefault(_key(following), words)
    return found


def _ends_range(row: MarkedRow, text: DateText) -> bool:
    """Returns whether another date stands close before this one."""
    first = next((each for each in reversed(row.dates) if each.end <= text.begin), None)
    between = row.row.text[first.end : text.begin] if first is not None else ";"
    return len(between) <= _LONGEST_TO and not any(sign in between for sign in ";,\t")


def _key(text: DateText) -> tuple[int, int]:
    return id(text.row), text.begin


def _readings(text: DateText, order: DayOrder | None) -> frozenset[date]:
    day = text.value(order)
    both = (day,) if day is not None else (text.day_first, text.month_first)
    return frozenset(each for each in both if each is not None)


def _states(three: Sequence[Token], day: date) -> bool:
    texts = [token.text for token in three]
    for order in (_DAY_FIRST, _YEAR_FIRST, _MONTH_FIRST):
        number, month, year = (texts[index] for index in order)
        if not number.isdecimal() or int(number) != day.day or not _is_month(month, day.month):
            continue
        if month.isdecimal():
            # Numbers prove something only in full, and not where they might be in another order.
            return order is not _MONTH_FIRST and year == str(day.year)
        return year in (str(day.year), f"{day.year - _CENTURY:02d}")
    return False


def _is_month(text: str, month: int) -> bool:
    return int(text) == month if text.isdecimal() else month_numbers().get(text) == month
