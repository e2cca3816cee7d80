"""Dates in the words of a cash discount: its last day is not the day on which the invoice is due."""

import re

from invoice_reading.extract.confidence import IMPLIED, LABELLED
from invoice_reading.extract.dates import DateText, DayOrder
from invoice_reading.extract.lexicon import CaptionWord
from invoice_reading.extract.marked_rows import MarkedRow
from invoice_reading.extract.phrases import caption_phrases

_CLAUSE_END = re.compile(r"[,;.](?= )")


def due_date_confidence(
    row: MarkedRow, found: DateText, order: DayOrder | None, labelled: bool
) -> float | None:
    """Returns how sure it is that the date is the one on which all is due; None of one that is not.

    `labelled` says that a label of due dates stands before it. In a text that states a discount, the last of several
    dates is the due date, and a date in the clause of the discount is not.
    """
    segment = next((begin, end) for begin, end in row.row.segments() if begin <= found.begin < end)
    if not _states_discount(row, *segment):
        return LABELLED if labelled else None
    days = {
        day
        for other in row.dates
        if segment[0] <= other.begin < segment[1] and (day := other.value(order)) is not None
    }
    if len(days) > 1:
        if found.value(order) != max(days):
            return None
        return LABELLED if labelled else IMPLIED
    if not labelled or _states_discount(row, *_clause(row, found, *segment)):
        return None
    return LABELLED if _says(row, CaptionWord.NET, *segment) else IMPLIED


def _clause(row: MarkedRow, found: DateText, begin: int, end: int) -> tuple[int, int]:
    ends = [match.start() for match in _CLAUSE_END.finditer(row.row.text, begin, end)]
    before = [at for at in ends if at < found.begin]
    after = [at for at in ends if at >= found.end]
    return (before[-1] + 1 if before else begin), (after[0] if after else end)


def _states_discount(row: MarkedRow, begin: int, end: int) -> bool:
    percent = any(number.percent for number in row.numbers if begin <= number.begin < end)
    return percent and _says(row, CaptionWord.ALLOWANCE, begin, end)


def _says(row: MarkedRow, word: CaptionWord, begin: int, end: int) -> bool:
    return any(
        word in phrase.meanings and begin <= phrase.begin < end
        for phrase in caption_phrases().search(row.row.text, row.tokens)
    )
