"""The days of the invoice: when it was written, when it is due, when was delivered."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from en16931.field_path import value_at
from en16931.model import InvoiceContent
from invoice_reading.agreement.comparison import Comparison, Group, Printed, Verdict
from invoice_reading.agreement.invoice_number import number_rows
from invoice_reading.agreement.printed_dates import (
    PrintedDate,
    PrintedDates,
    printed_dates,
    stated_dates,
)
from invoice_reading.agreement.printed_document import PrintedDocument
from invoice_reading.agreement.printed_terms import compare_terms
from invoice_reading.extract.lexicon import Label
from invoice_reading.extract.marked_rows import MarkedRow

_HEADING_ROWS = 3  # over a date, in which its column may have its heading
_PERIOD = "delivery.invoicing_period"
_PERIOD_WORDS = tuple(
    "zeitraum leistung liefer abrechnung berechnung period service start end".split()
)


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of day: what pages call it, and other fields whose days they call so as well.

    `words` are the begins of words: of the label of the day, and of texts beside a day that has no label that is known.
    """

    path: str
    labels: frozenset[Label]
    words: tuple[str, ...]
    like: tuple[str, ...]


_KINDS = (
    _Kind(
        "issue_date", frozenset({Label.ISSUE_DATE}), (), ("preceding_invoices", "vat_point_date")
    ),
    _Kind(
        "payment_due_date",
        frozenset({Label.DUE_DATE}),
        tuple("fallig zahl echeance due pay regle verval scaden vencim betal uberweis".split()),
        ("extras.instalments",),
    ),
    _Kind(
        "delivery.actual_delivery_date",
        frozenset(),
        tuple("liefer leistung deliver supply service livr prestation lever ship vente".split()),
        (_PERIOD, "lines"),
    ),
    _Kind(
        f"{_PERIOD}.start_date",
        frozenset(),
        _PERIOD_WORDS,
        ("delivery", "lines"),
    ),
    _Kind(
        f"{_PERIOD}.end_date",
        frozenset(),
        _PERIOD_WORDS,
        ("delivery", "lines"),
    ),
)


def compare_dates(content: InvoiceContent, printed: PrintedDocument) -> Iterator[Comparison]:
    """Yields the verdict on each date: another beside its label is one, and so is one that only the pages state."""
    on_pages = printed_dates(printed, number_rows(content, printed))
    stated = stated_dates(content)
    for kind in _KINDS:
        day = _day(content, kind.path)
        if day is not None:
            verdict, where = _verdict(kind, day, on_pages, stated)
            if verdict is Verdict.NOT_PRINTED and Label.DUE_DATE in kind.labels:
                verdict, where = compare_terms(day, content.issue_date, printed)
            yield Comparison(Group.DATES, kind.path, verdict, where)


def _day(content: InvoiceContent, path: str) -> date | None:
    value = value_at(content, path)
    return value if isinstance(value, date) else None


def _verdict(
    kind: _Kind, day: date, on_pages: PrintedDates, stated: list[tuple[str, date]]
) -> tuple[Verdict, Printed | None]:
    labelled = [each for each in on_pages.all if _is_labelled(each, kind)]
    for each in labelled:
        if day in each.readings:
            return Verdict.AGREES, each.printed
    other = _beyond(labelled, [other for path, other in stated if _is_like(path, kind)])
    if other is not None:
        return Verdict.DISAGREES, other.printed
    unknown = _unknown(on_pages, stated)
    other = next((each for each in unknown if _may_be(each, kind, on_pages)), None)
    places = on_pages.places(day)
    is_said_of_others = any(path != kind.path and other == day for path, other in stated)
    if places and (other is None or not is_said_of_others):
        return Verdict.AGREES, places[0]
    if other is not None:
        return Verdict.DISAGREES, other.printed
    return Verdict.NOT_PRINTED, None


def _is_like(path: str, kind: _Kind) -> bool:
    return path.startswith(kind.like) and path != kind.path


def _beyond(labelled: list[PrintedDate], alike: list[date]) -> PrintedDate | None:
    """Returns the first date that is printed more often under such a label than other fields state its day."""
    left = Counter(alike)
    for each in labelled:
        known = next((day for day in each.readings if left[day]), None)
        if known is None:
            return each
        left[known] -= 1
    return None


def _is_labelled(each: PrintedDate, kind: _Kind) -> bool:
    if each.label in kind.labels:
        return True
    if kind.labels or not any(word.startswith(kind.words) for word in each.called):
        return False
    return not (kind.path.endswith("start_date") and each.ends_range)


def _unknown(on_pages: PrintedDates, stated: list[tuple[str, date]]) -> list[PrintedDate]:
    """Returns the dates of the pages that the XML states nowhere; compact ones without a label may be other numbers."""
    days = {day for _, day in stated}
    return [
        each
        for each in on_pages.all
        if not each.readings & days and (each.label is not None or not each.text.compact)
    ]


def _may_be(each: PrintedDate, kind: _Kind, on_pages: PrintedDates) -> bool:
    """Returns whether the date may be of the kind: every invoice has a date of issue, others are called so."""
    if each.called:
        return False
    if Label.ISSUE_DATE in kind.labels:
        return each.label in (None, Label.ANY_DATE)
    return each.label in (None, Label.ANY_DATE, Label.OTHER_DATE) and _is_called(
        each, kind.words, on_pages
    )


def _is_called(each: PrintedDate, words: tuple[str, ...], on_pages: PrintedDates) -> bool:
    """Returns whether words before it in its row, or over it in its column, call the date so."""
    row, rows = on_pages.printed.marked_row(each.text.row), on_pages.printed.rows
    if _says(row, words, 0, each.text.begin):
        return True
    left, right = row.row.left(each.text.begin), row.row.right(each.text.end)
    for upper in reversed(rows[max(row.index - _HEADING_ROWS, 0) : row.index]):
        if upper.page != row.page:
            return False
        for begin, end in upper.row.segments():
            is_over = upper.row.left(begin) < right and upper.row.right(end) > left
            if is_over and _says(upper, words, begin, end):
                return True
    return False


def _says(row: MarkedRow, words: tuple[str, ...], begin: int, end: int) -> bool:
    return any(token.text.startswith(words) for token in row.tokens if begin <= token.begin < end)
