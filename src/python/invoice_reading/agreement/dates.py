"""The days of the invoice: when it was written, when it is due, when was delivered."""

from collections.abc import Iterator, Mapping
from datetime import date

from en16931.model import InvoiceContent
from invoice_reading.agreement.comparison import Comparison, Group, Printed, Verdict
from invoice_reading.agreement.printed_dates import (
    PrintedDate,
    PrintedDates,
    printed_dates,
    stated_dates,
)
from invoice_reading.agreement.printed_document import PrintedDocument
from invoice_reading.extract.lexicon import Label
from invoice_reading.extract.marked_rows import MarkedRow

_ISSUE = (Label.ISSUE_DATE,)
_DUE = (Label.DUE_DATE,)
# The begins of words in the labels of dates.
_DUE_WORDS = "fallig falligkeit zahl echeance due pay regle verval scaden vencim betal".split()
_DELIVERY_WORDS = (
    "liefer leistung deliver supply service livr prestation lever consegn entrega ship ausfuhr"
).split()
_PERIOD_WORDS = ("zeitraum period periode leistung service abrechnung prestation liefer").split()


def compare_dates(content: InvoiceContent, printed: PrintedDocument) -> Iterator[Comparison]:
    """Yields the verdict on each date: another beside its label is one, and so is one that only the pages state."""
    on_pages, stated = printed_dates(printed), stated_dates(content)
    delivery = content.delivery
    period = delivery.invoicing_period if delivery is not None else None
    asked: list[tuple[str, date | None, tuple[Label, ...], list[str]]] = [
        ("issue_date", content.issue_date, _ISSUE, []),
        ("payment_due_date", content.payment_due_date, _DUE, _DUE_WORDS),
    ]
    if delivery is not None:
        path = "delivery.actual_delivery_date"
        asked.append((path, delivery.actual_delivery_date, (), _DELIVERY_WORDS))
    if period is not None:
        path = "delivery.invoicing_period"
        asked.append((f"{path}.start_date", period.start_date, (), _PERIOD_WORDS))
        asked.append((f"{path}.end_date", period.end_date, (), _PERIOD_WORDS))
    for path, day, labels, words in asked:
        if day is not None:
            verdict, where = _verdict(day, labels, words, on_pages, stated, printed)
            yield Comparison(Group.DATES, path, verdict, where)


def _verdict(
    day: date,
    labels: tuple[Label, ...],
    words: list[str],
    on_pages: PrintedDates,
    stated: Mapping[date, int],
    printed: PrintedDocument,
) -> tuple[Verdict, Printed | None]:
    labelled = on_pages.of(*labels)
    unknown = [
        each
        for each in on_pages.all
        if not each.readings & stated.keys() and (each.label is not None or not each.text.compact)
    ]
    for each in labelled:
        if day in each.readings:
            return Verdict.AGREES, each.printed
    other = next((each for each in unknown if each in labelled), None)
    if other is not None:
        return Verdict.DISAGREES, other.printed
    other = next((each for each in unknown if _is_called(each, words, printed)), None)
    places = on_pages.places(day)
    if len(places) >= min(stated[day], 2) or (places and other is None):
        return Verdict.AGREES, places[0]
    if other is None and labels == _ISSUE:
        other = next((each for each in unknown if each.label in (None, Label.ANY_DATE)), None)
    if other is not None:
        return Verdict.DISAGREES, other.printed
    return (Verdict.AGREES, places[0]) if places else (Verdict.NOT_PRINTED, None)


def _is_called(date_text: PrintedDate, words: list[str], printed: PrintedDocument) -> bool:
    """Returns whether words of its row, or of the rows over it in its column, call the date so."""
    row = next(row for row in printed.rows if row.row is date_text.text.row)
    if _says(row, words, 0, date_text.text.begin):
        return True
    left, right = row.row.left(date_text.text.begin), row.row.right(date_text.text.end)
    for upper in reversed(printed.rows[max(row.index - 3, 0) : row.index]):
        if upper.page != row.page:
            break
        for begin, end in upper.row.segments():
            over = upper.row.left(begin) < right and upper.row.right(end) > left
            if over and _says(upper, words, begin, end):
                return True
    return False


def _says(row: MarkedRow, words: list[str], begin: int, end: int) -> bool:
    return any(
        token.text.startswith(tuple(words)) for token in row.tokens if begin <= token.begin < end
    )
