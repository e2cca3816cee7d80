"""Pages behind an invoice that are none of it: terms of business, delivery notes, timesheets, letters."""

from collections.abc import Sequence

from invoice_reading.completeness import AttachedPage
from invoice_reading.extract.document_type import title_places
from invoice_reading.extract.lexicon import Label
from invoice_reading.extract.marked_rows import MarkedRow
from invoice_reading.extract.phrases import attached_phrases
from invoice_reading.extract.tokens import fold

_HEAD_ROWS = 8  # in which the title of a page stands
_MOST_TITLE_WORDS = 9
_FEWEST_WORDS_UNDER_TITLE = 60
_FEWEST_WORDS = 200
_SENTENCE_WORDS = 5  # in one column of a row
_SENTENCE_SHARE = 0.6
_SENTENCE_SHARE_UNTITLED = 0.8
_MOST_CAPTION_WORDS = 3  # beside an amount that stands in a table, and in no sentence


def attached_page(before: Sequence[MarkedRow], rows: Sequence[MarkedRow]) -> AttachedPage | None:
    """Returns what the page of the rows is beside its invoice, None where it may be a page of the invoice itself.

    Rows that the page before bears too are heads and feet, which say nothing of this one. A page of an invoice has amounts outside of sentences, or it states a number, an account or a
    date; a page that is set aside by its look alone has none of these, and one whose title says what it is has no
    amounts.
    """
    running = {fold(row.row.text) for row in before}
    own = [row for row in rows if fold(row.row.text) not in running]
    if not own or any(map(_has_amount, own)):
        return None
    if any(place.begin == 0 for place in title_places(own)):
        return None
    words = sum(_words(row) for row in own)
    sentences = sum(_words_in_sentences(row) for row in own)
    kind = _titled(own)
    if kind in (AttachedPage.TERMS, AttachedPage.LETTER):
        is_text = words >= _FEWEST_WORDS_UNDER_TITLE and sentences >= words * _SENTENCE_SHARE
        says_more = kind is AttachedPage.LETTER and any(map(_states_something, own))
        return kind if is_text and not says_more else None
    if kind is not None:
        return kind
    if words < _FEWEST_WORDS or sentences < words * _SENTENCE_SHARE_UNTITLED:
        return None
    return None if any(map(_states_something, own)) else AttachedPage.TERMS


def _titled(rows: Sequence[MarkedRow]) -> AttachedPage | None:
    for row in rows[:_HEAD_ROWS]:
        for phrase in attached_phrases().search(row.row.text, row.tokens):
            starts = any(begin == phrase.begin for begin, _ in row.row.segments())
            if starts and _words(row) <= _MOST_TITLE_WORDS:
                return phrase.meanings[0]
    return None


def _words(row: MarkedRow) -> int:
    return sum(1 for token in row.tokens if token.text.isalpha())


def _words_in_sentences(row: MarkedRow) -> int:
    counts = [_words_between(row, begin, end) for begin, end in row.row.segments()]
    return sum(count for count in counts if count >= _SENTENCE_WORDS)


def _words_between(row: MarkedRow, begin: int, end: int) -> int:
    return sum(1 for token in row.tokens if begin <= token.begin < end and token.text.isalpha())


def _has_amount(row: MarkedRow) -> bool:
    for number in row.numbers:
        if number.is_money:
            begin, end = next(
                (begin, end) for begin, end in row.row.segments() if begin <= number.begin < end
            )
            if _words_between(row, begin, end) <= _MOST_CAPTION_WORDS:
                return True
    return False


def _states_something(row: MarkedRow) -> bool:
    told = {Label.INVOICE_NUMBER, Label.IBAN, Label.DUE_DATE}
    return bool(row.dates) or any(not told.isdisjoint(label.meanings) for label in row.labels)
