"""Values that stand on a page and that nobody could read: a label with a text behind or under it that is no value.

Whoever pays by a page needs its due date, its buyer and its account: where a page prints them, that none was read is
not the same as that there is none.
"""

import re
from collections.abc import Iterator, Sequence

from invoice_reading.annotation import AnnotationReason, PageRegion
from invoice_reading.extract.column_text import ColumnText, segments
from invoice_reading.extract.dates import DayOrder
from invoice_reading.extract.discount_terms import due_date_confidence
from invoice_reading.extract.field_values import FieldValues
from invoice_reading.extract.label_values import LabelPlace, room_beside
from invoice_reading.extract.lexicon import Label
from invoice_reading.extract.marked_rows import MarkedRow, below, overlaps
from invoice_reading.extract.parties import NOBODY

_DUE_DATE, _BUYER = "payment_due_date", "buyer.name"
_DIGIT = r"[0-9OolISBZ]"  # as OCR and people mistake them
# A day, a month and a year in any order, whether or not there is such a day. An amount goes on behind its groups.
_LIKE_DATE = re.compile(
    rf"(?<![\w.,])(?:{_DIGIT}{{1,2}}[ ]?[./-][ ]?{_DIGIT}{{1,2}}[ ]?[./-][ ]?{_DIGIT}{{2,4}}"
    rf"|{_DIGIT}{{4}}[./-]{_DIGIT}{{1,2}}[./-]{_DIGIT}{{1,2}}"
    rf"|{_DIGIT}{{1,2}}(?:st|nd|rd|th|er)?[ .\u2002/-]{{1,2}}(?:of |de )?[^\W\d_]{{3,12}}[ .,\u2002/-]{{1,2}}(?:del? )?{_DIGIT}{{4}}"
    rf"|[^\W\d_]{{3,12}}\.? {_DIGIT}{{1,2}}(?:st|nd|rd|th)?,? {_DIGIT}{{4}})(?![\w]|[.,]\d)"
)
_LIKE_ACCOUNT = re.compile(r"[\s:.]*([A-Z]{2} ?[0-9]{2}(?:[ \u2002]?[A-Z0-9]+)*)")
_LETTER = re.compile(r"[^\W\d_]")


def add_unread(
    into: FieldValues,
    all_rows: Sequence[MarkedRow],
    places: Sequence[LabelPlace],
    order: DayOrder | None,
) -> None:
    """Records due date and buyer, on which nothing is recorded yet, as ILLEGIBLE where they stand and were not read."""
    for path, region in (
        (_DUE_DATE, unread_due_date(all_rows, places, order)),
        (_BUYER, unread_buyer(all_rows, places)),
    ):
        if path not in into.annotations:
            into.illegible(path, region, AnnotationReason.NOT_READ)


def unread_due_date(
    all_rows: Sequence[MarkedRow], places: Sequence[LabelPlace], order: DayOrder | None
) -> PageRegion | None:
    """Returns the first text like a date behind or under a label of due dates, but the last day of a discount.

    It may be none of the calendar, or other words may stand before it that nobody knows.
    """
    for place in places:
        if not place.means(Label.DUE_DATE) or not place.free:
            continue
        for row, begin, end in _room(all_rows, place):
            like = _LIKE_DATE.search(row.row.text, begin, end)
            if like is not None and not _is_of_discount(row, like.start(), order):
                return row.row.region(*like.span())
    return None


def _is_of_discount(row: MarkedRow, begin: int, order: DayOrder | None) -> bool:
    return any(
        found.begin <= begin < found.end and due_date_confidence(row, found, order, True) is None
        for found in row.dates
    )


def unread_buyer(all_rows: Sequence[MarkedRow], places: Sequence[LabelPlace]) -> PageRegion | None:
    """Returns the first text behind or under a label of the buyer that is all of its column.

    A number there is the customer's, what tills print for nobody is nobody, and another label begins another field.
    """
    for place in places:
        label = place.found
        if not (place.means(Label.BUYER) and place.free and place.row.on_first_page):
            continue
        column = next(part for part in segments(place.row) if part.begin <= label.begin < part.end)
        rest = place.row.row.text[label.end : column.end]
        if column.begin != label.begin or not (rest.lstrip()[:1] == ":" or not rest.strip(" .*)")):
            continue
        for row, begin, end in _room(all_rows, place):
            for part in segments(row):
                value = _within(part, begin, end)
                if value is not None and _is_party_text(value):
                    return value.region
    return None


def unread_account(places: Sequence[LabelPlace]) -> PageRegion | None:
    """Returns the first beginning of an IBAN behind a label of IBANs: country and check digits, cut off or not."""
    for place in places:
        if place.means(Label.IBAN):
            like = _LIKE_ACCOUNT.match(place.row.row.text, place.found.end)
            if like is not None:
                return place.row.row.region(*like.span(1))
    return None


def _room(all_rows: Sequence[MarkedRow], place: LabelPlace) -> Iterator[tuple[MarkedRow, int, int]]:
    """Yields the characters behind the label, and those of the nearest row that has something under it."""
    yield place.row, *room_beside(place)
    row = place.row.row
    left, right = row.left(place.found.begin), row.right(place.found.end)
    for lower in below(all_rows, place.row):
        for begin, end in lower.row.segments():
            if overlaps(lower.row, begin, end, left, right):
                yield lower, begin, end
                return


def _within(part: ColumnText, begin: int, end: int) -> ColumnText | None:
    """Returns the part of the column within the characters, without the marks before it."""
    low, high = max(part.begin, begin), min(part.end, end)
    text = part.row.row.text
    while low < high and not text[low].isalnum():
        low += 1
    return ColumnText(part.row, low, high) if low < high else None


def _is_party_text(value: ColumnText) -> bool:
    is_field = any(
        label.begin <= value.begin + 1
        for label in value.row.labels
        if value.begin <= label.begin < value.end
    )
    return len(_LETTER.findall(value.text)) >= 2 and not is_field and not NOBODY.match(value.text)
