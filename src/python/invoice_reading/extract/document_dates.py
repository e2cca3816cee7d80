"""The dates of the document: each date belongs to the label beside or above it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from invoice_reading.annotation import AnnotationReason, FieldStatus
from invoice_reading.extract.confidence import GUESSED, IMPLIED, LABELLED
from invoice_reading.extract.dates import DateText, DayOrder
from invoice_reading.extract.discount_terms import due_date_confidence
from invoice_reading.extract.field_values import FieldValue, FieldValues
from invoice_reading.extract.label_values import (
    LabelPlace,
    dates_below,
    dates_beside,
)
from invoice_reading.extract.lexicon import Label, Word
from invoice_reading.extract.marked_rows import MarkedRow, is_recognised
from invoice_reading.extract.phrases import words_of

_DASHES = ("-", "–", "—")
_TIME_FOLLOWS = re.compile(r"[ \t\u2002]*\d{1,2}:\d\d")
_MEANINGS = (Label.ISSUE_DATE, Label.DUE_DATE, Label.OTHER_DATE, Label.ANY_DATE)


@dataclass(slots=True)
class _Owned:
    """Dates by what their label says, each with the confidence that its place gives."""

    by_label: dict[Label, list[tuple[DateText, float]]] = field(default_factory=dict)
    owners: set[tuple[int, int, int]] = field(default_factory=set)

    def add(self, label: Label, found: DateText, confidence: float) -> None:
        self.by_label.setdefault(label, []).append((found, confidence))
        self.owners.add(_key(found))


def add_dates(
    into: FieldValues,
    all_rows: Sequence[MarkedRow],
    places: Sequence[LabelPlace],
    number_rows: frozenset[int],
    order: DayOrder | None,
) -> None:
    """Records `issue_date` and `payment_due_date`; a date that two orders read differently stays ambiguous.

    `number_rows` are the rows that state the invoice number: a general date beside it ("of", "vom") is the date of issue.
    """
    owned = _owned(all_rows, places, number_rows, order)
    issued = owned.by_label.get(Label.ISSUE_DATE, [])
    if not issued:
        issued = owned.by_label.get(Label.ANY_DATE, [])[:1] or _only_date(all_rows, owned)
    _record(into, "issue_date", issued, order)
    _record(into, "payment_due_date", owned.by_label.get(Label.DUE_DATE, []), order)


def labelled_dates(
    all_rows: Sequence[MarkedRow],
    places: Sequence[LabelPlace],
    number_rows: frozenset[int],
    order: DayOrder | None,
) -> dict[Label, list[DateText]]:
    """Returns the dates that labels own, by what the label says of them; `number_rows` as in `add_dates`."""
    owned = _owned(all_rows, places, number_rows, order)
    return {label: [found for found, _ in of_label] for label, of_label in owned.by_label.items()}


def _owned(
    all_rows: Sequence[MarkedRow],
    places: Sequence[LabelPlace],
    number_rows: frozenset[int],
    order: DayOrder | None,
) -> _Owned:
    owned = _Owned()
    waiting: list[tuple[LabelPlace, Label]] = []
    for place in places:
        label = next((label for label in _MEANINGS if place.means(label)), None)
        if label is None:
            continue
        joined = False
        # "No. 17 of 5 March" on one row, or the date alone on the next.
        near_number = place.row.index in number_rows or (
            place.free and place.row.index - 1 in number_rows
        )
        if label is Label.ANY_DATE and near_number and place.row.on_first_page:
            label = Label.ISSUE_DATE
        elif label is Label.ANY_DATE and _is_joined_to(place, Label.INVOICE_NUMBER, "/|"):
            label, joined = Label.ISSUE_DATE, True
        elif label is Label.OTHER_DATE and _is_joined_to(place, Label.ISSUE_DATE, "/|=&+"):
            label = Label.ISSUE_DATE  # "Invoice date / date of supply": one day for both
        elif label is Label.ANY_DATE and not place.free:
            if is_recognised(place.row):
                continue  # OCR loses the gaps by which labels are told from words of a sentence
            label = Label.OTHER_DATE
        beside = list(dates_beside(place))
        for found in beside:
            owned.add(*_meaning(place, label, found, order))
            until = _end_of_period(found, place.row)
            if until is not None:
                owned.add(Label.OTHER_DATE, until, LABELLED)
        if not beside and (place.free or joined):
            waiting.append((place, label))
    for place, label in waiting:
        for found in dates_below(all_rows, place):
            if _key(found) not in owned.owners:
                owned.by_label.setdefault(label, []).append((found, IMPLIED + 0.05))
    if Label.DUE_DATE not in owned.by_label:
        for found in _days_of_debit(all_rows, owned):
            owned.add(Label.DUE_DATE, found, IMPLIED)
    return owned


def _end_of_period(found: DateText, row: MarkedRow) -> DateText | None:
    """Returns the date that a dash joins to the given one."""
    following = next((other for other in row.dates if other.begin >= found.end), None)
    if following is None:
        return None
    between = row.row.text[found.end : following.begin].strip()
    return following if between in _DASHES else None


def _days_of_debit(all_rows: Sequence[MarkedRow], owned: _Owned) -> list[DateText]:
    """Returns the day of which a sentence says that money is taken from the buyer's account, where it is the only one.

    "The amount will be collected from your account GB13 ... on 01/04/2025": other words may stand before the day.
    """
    for row in all_rows:
        words = {token.text for token in row.tokens}
        if not (words & words_of(Word.DEBIT) and words & words_of(Word.YOUR)):
            continue
        following = all_rows[row.index + 1 : row.index + 2] if not row.dates else ()
        days = [
            found
            for each in (row, *following)
            if each.page == row.page and each.row.top - row.row.bottom <= row.row.height
            for found in each.dates
            if not found.compact
        ]
        if len(days) == 1 and _key(days[0]) not in owned.owners:
            return days
    return []


def _meaning(
    place: LabelPlace, label: Label, found: DateText, order: DayOrder | None
) -> tuple[Label, DateText, float]:
    """Returns what a date beside a label is: in the words of a discount, due dates and other dates change places."""
    if label in (Label.DUE_DATE, Label.OTHER_DATE):
        confidence = due_date_confidence(place.row, found, order, label is Label.DUE_DATE)
        if confidence is None:
            return Label.OTHER_DATE, found, LABELLED
        return Label.DUE_DATE, found, confidence
    return label, found, LABELLED if label is not Label.ANY_DATE else IMPLIED


def _is_joined_to(place: LabelPlace, label: Label, marks: str) -> bool:
    """Returns whether the label is the second half of a caption such as "Invoice number/Date"."""
    text = place.row.row.text
    return any(
        label in other.meanings
        and other.end < place.found.begin
        and text[other.end : place.found.begin].strip() in tuple(marks)
        for other in place.row.labels
    )


def _only_date(all_rows: Sequence[MarkedRow], owned: _Owned) -> list[tuple[DateText, float]]:
    """Returns the date that no label owns, where there is exactly one on the first page."""
    free = [
        date_text
        for row in all_rows
        if row.on_first_page
        for date_text in row.dates
        if not date_text.compact
        and _key(date_text) not in owned.owners
        and (not row.numbers or _TIME_FOLLOWS.match(date_text.row.text, date_text.end))
    ]
    return (
        [(free[0], GUESSED)]
        if len({(date_text.day_first, date_text.month_first) for date_text in free}) == 1
        else []
    )


def _record(
    into: FieldValues, path: str, found: Sequence[tuple[DateText, float]], order: DayOrder | None
) -> None:
    if not found:
        return
    readings = [(date_text, date_text.value(order), confidence) for date_text, confidence in found]
    clear = [
        FieldValue(value, (date_text.row.region(date_text.begin, date_text.end),), confidence)
        for date_text, value, confidence in readings
        if value is not None
    ]
    if not clear:
        into.undecided(
            path,
            FieldStatus.AMBIGUOUS,
            _both(found[0][0]),
            (AnnotationReason.DAY_MONTH_ORDER_UNKNOWN,),
        )
        return
    best = max(clear, key=lambda candidate: candidate.confidence)
    strongest = {candidate.value for candidate in clear if candidate.confidence == best.confidence}
    if len(strongest) > 1:
        into.undecided(path, FieldStatus.AMBIGUOUS, clear, (AnnotationReason.SEVERAL_DATES,))
        return
    into.present(path, best, clear)


def _both(found: DateText) -> list[FieldValue]:
    region = (found.row.region(found.begin, found.end),)
    return [
        FieldValue(value, region, 0.5)
        for value in (found.day_first, found.month_first)
        if value is not None
    ]


def _key(found: DateText) -> tuple[int, int, int]:
    return (id(found.row), found.begin, found.end)
