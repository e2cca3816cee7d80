"""Dates among the words of the pages: in digits and with names of months, in every order, each with its label."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from en16931.field_path import leaves
from en16931.model import InvoiceContent
from invoice_reading.agreement.comparison import Printed
from invoice_reading.agreement.printed_document import PrintedDocument
from invoice_reading.extract.dates import DateText, DayOrder, dates
from invoice_reading.extract.document_dates import labelled_dates
from invoice_reading.extract.layout import Row
from invoice_reading.extract.lexicon import Label
from invoice_reading.extract.marked_rows import MarkedRow
from invoice_reading.extract.month_names import month_numbers
from invoice_reading.extract.tokens import Token
from invoice_reading.page import Page

_FILLERS = frozenset("st nd rd th er e de del di of den le the".split())
_CENTURY = 2000
_NO_PAGE = Page(number=1, width_points=0, height_points=0, words=())


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A date of a row, with each day that it can mean; `label` is what the words beside it say, None without any."""

    text: DateText
    readings: frozenset[date]
    label: Label | None

    @property
    def printed(self) -> Printed:
        region = self.text.row.region(self.text.begin, self.text.end)
        return Printed(region, min(self.readings))


@dataclass(frozen=True, slots=True)
class PrintedDates:
    """The dates of the pages. Beside a label they are in `labelled`, of which compact ones (20260305) are only there."""

    all: Sequence[PrintedDate]
    order: DayOrder | None
    rows: Sequence[MarkedRow]

    def of(self, *labels: Label) -> list[PrintedDate]:
        return [each for each in self.all if each.label in labels]

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
        for row in self.rows:
            tokens = [token for token in row.tokens if token.text not in _FILLERS]
            for at in range(len(tokens) - 2):
                three = tokens[at : at + 3]
                if _states(three, day):
                    yield Printed(row.row.region(three[0].begin, three[2].end), day)


def printed_dates(printed: PrintedDocument) -> PrintedDates:
    """Returns the dates of the pages; without proof or habit, 03/04/2026 can mean both days."""
    order = printed.reading.context.order
    labels: dict[tuple[int, int], Label] = {}
    for label, found in labelled_dates(printed.rows, printed.places, order).items():
        for text in found:
            labels.setdefault((id(text.row), text.begin), label)
    return PrintedDates(
        [
            PrintedDate(text, _readings(text, order), labels.get((id(text.row), text.begin)))
            for row in printed.rows
            for text in row.dates
        ],
        order,
        printed.rows,
    )


def stated_dates(content: InvoiceContent) -> Mapping[date, int]:
    """Returns every day that the XML states, in its fields and in its texts, with how many fields state it."""
    found: dict[date, int] = defaultdict(int)
    for path, value in leaves(content):
        if isinstance(value, date):
            found[value] += 1
        elif isinstance(value, str) and not path.startswith("supporting_documents"):
            for text in dates(Row(_NO_PAGE, (), value, (), 0.0, 0.0, 1.0)):
                for day in _readings(text, None):
                    found[day] += 1
    return found


def _readings(text: DateText, order: DayOrder | None) -> frozenset[date]:
    day = text.value(order)
    both = (day,) if day is not None else (text.day_first, text.month_first)
    return frozenset(each for each in both if each is not None)


def _states(three: Sequence[Token], day: date) -> bool:
    texts = [token.text for token in three]
    for order in ((0, 1, 2), (1, 0, 2), (2, 1, 0)):
        number, month, year = (texts[index] for index in order)
        if (
            number.isdecimal()
            and int(number) == day.day
            and _is_month(month, day.month)
            and year in (str(day.year), f"{day.year - _CENTURY:02d}")
        ):
            # Two numbers and a short year prove nothing.
            return not (month.isdecimal() and len(year) == 2)
    return False


def _is_month(text: str, month: int) -> bool:
    return int(text) == month if text.isdecimal() else month_numbers().get(text) == month
