"""SCAN-01: does something else on the pages say each number that OCR read, and by which money moves?

A misread digit looks like any other. It shows where the number stands in a sum that closes, stands a second time, has
check digits, or is a day that follows from another one and a number of days.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from en16931.field_path import Leaf, value_at
from en16931.finding import Finding, Outcome, Severity
from en16931.rules.rule import finding_of
from invoice_reading.annotation import FieldAnnotation, FieldStatus, PageRegion
from invoice_reading.certainty import is_decisive
from invoice_reading.check.closed_amounts import closed_amounts
from invoice_reading.check.document import CheckedDocument
from invoice_reading.check.pack import OWN
from invoice_reading.extract.marked_rows import MarkedRow, marked_rows
from invoice_reading.extract.tokens import fold
from invoice_reading.iban import iban_outcome
from invoice_reading.page import Layer

RULE_ID = "SCAN-01"
_SHORTEST = 4  # letters and digits: fewer stand a second time by chance
_MOST_ROWS = 2000  # a longer document is not looked through
_LETTERS = ("currency_code", "type_code")  # of short closed lists, which a misread letter leaves
_SELLER = "seller.name"
_NAMES = (_SELLER, "payee.name")
_ACCOUNT = ".account_identifier"
_BANK = ".service_provider_identifier"
_DATES = ("issue_date", "payment_due_date")
_DAYS = r"(?:days?|tag(?:e|en)?|jours?|giorni|d[ií]as|dagen|dni|dage|dagar|jrs?|gg|working days)\b"
_LEAST_DECIMALS = -2
# A letter and a digit that look alike are misread wherever they stand, when only the other kind beside them could tell.
_LOOKS_LIKE_A_DIGIT, _LOOKS_LIKE_A_LETTER = "OQDILSBZG", "015826"
_UNCLEAR = re.compile(
    rf"[^\W\d_][{_LOOKS_LIKE_A_LETTER}]|[{_LOOKS_LIKE_A_LETTER}][^\W\d_]|\d[{_LOOKS_LIKE_A_DIGIT}]|[{_LOOKS_LIKE_A_DIGIT}]\d",
    re.IGNORECASE,
)


class ReadTwice:
    """A `Rule` on the document: one finding, where OCR read a number by which money moves; NOT_DECIDABLE names those
    of which nothing else tells that they were read right.
    """

    rule_id = RULE_ID
    pack = OWN
    severity = Severity.INFORMATION
    text = "what OCR read and money moves by is told by something else as well"
    fields: tuple[str, ...] = ()

    def check(self, document: CheckedDocument) -> Iterator[Finding]:
        asked = [
            path
            for path, annotation in document.annotations.items()
            if is_decisive(path) and _is_recognised(annotation)
        ]
        if not asked:
            return
        told = _Told(document)
        untold = tuple(path for path in asked if not told.again(path))
        yield finding_of(self, Outcome.NOT_DECIDABLE if untold else Outcome.PASSED, untold)


def _is_recognised(annotation: FieldAnnotation) -> bool:
    return annotation.status is FieldStatus.PRESENT and any(
        isinstance(place, PageRegion) and place.layer is Layer.OCR for place in annotation.evidence
    )


@dataclass(frozen=True)
class _Told:
    """What the document tells besides the words that a value cites."""

    document: CheckedDocument

    def again(self, path: str) -> bool:
        """Returns whether something else tells that the value was read right."""
        value = value_at(self.document.content, path)
        if path in _LETTERS:
            return True
        if isinstance(value, Decimal):
            # Marks that are lost in all amounts leave every sum closed.
            exponent = value.as_tuple().exponent
            has_cents = isinstance(exponent, int) and exponent <= _LEAST_DECIMALS
            return path in self._closed and (has_cents or path.endswith(".rate"))
        if isinstance(value, date):
            return path in _DATES and self._is_day_told(path, value)
        if path.endswith(_ACCOUNT):
            return iban_outcome(str(value)) is Outcome.PASSED
        if path.endswith(_BANK):
            return self._is_paid_by_iban
        if path in _NAMES:
            return self._is_paid_by_iban or self._stands_again(path, str(value))
        text = str(value) if isinstance(value, Leaf) else ""
        return _UNCLEAR.search(text) is None and self._stands_again(path, text)

    @cached_property
    def _rows(self) -> Sequence[MarkedRow]:
        return marked_rows(self.document.pages)[:_MOST_ROWS]

    @cached_property
    def _closed(self) -> frozenset[str]:
        return closed_amounts(self.document.content)

    @cached_property
    def _is_paid_by_iban(self) -> bool:
        """Returns whether there is an account and check digits prove each: money goes there, whatever a name says."""
        payment = self.document.content.payment_instructions
        transfers = payment.credit_transfers if payment is not None else ()
        return bool(transfers) and all(
            iban_outcome(each.account_identifier or "") is Outcome.PASSED for each in transfers
        )

    def _stands_again(self, path: str, value: str) -> bool:
        """Returns whether the text stands in other words as well, as no part of a longer number or name."""
        sought = fold(value)
        if sum(sign.isalnum() for sign in sought) < _SHORTEST:
            return False
        own = _words(self.document.annotations, path)
        pattern = re.compile(rf"(?<![^\W_]){re.escape(sought)}(?![^\W_])")
        return any(
            pattern.search(fold(row.row.text))
            for row in self._rows
            if not any((row.page, word.index) in own for word in row.row.words)
        )

    def _is_day_told(self, path: str, value: date) -> bool:
        return (
            self._is_day_printed_again(path, value)
            or self._is_day_in_number(value)
            or self._are_days_counted()
        )

    def _is_day_printed_again(self, path: str, value: date) -> bool:
        own = _words(self.document.annotations, path)
        return any(
            value in (found.day_first, found.month_first)
            and not any((row.page, word) in own for word in _words_of(row, found.begin, found.end))
            for row in self._rows
            for found in row.dates
        )

    def _is_day_in_number(self, value: date) -> bool:
        """Returns whether the number of the invoice holds the day: RE-20260305/17, CS260305-0015."""
        digits = re.findall(r"\d+", self.document.content.invoice_number or "")
        return any(run[:8] == f"{value:%Y%m%d}" or run == f"{value:%y%m%d}" for run in digits)

    def _are_days_counted(self) -> bool:
        """Returns whether the pages print how many days lie between the date of issue and the due date."""
        issued, due = (value_at(self.document.content, path) for path in _DATES)
        if not isinstance(issued, date) or not isinstance(due, date) or due <= issued:
            return False
        counted = re.compile(rf"(?<!\d){(due - issued).days}\s?{_DAYS}")
        return any(counted.search(fold(row.row.text)) for row in self._rows)


def _words(annotations: Mapping[str, FieldAnnotation], path: str) -> frozenset[tuple[int, int]]:
    return frozenset(
        (place.page, span.word)
        for place in annotations[path].evidence
        if isinstance(place, PageRegion)
        for span in place.words
    )


def _words_of(row: MarkedRow, begin: int, end: int) -> Iterator[int]:
    for span in row.row.region(begin, end).words:
        yield span.word
