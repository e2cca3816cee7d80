"""Amounts and quantities among the words of the pages, in whatever notation; they are searched by their size."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from invoice_reading.annotation import PageRegion
from invoice_reading.extract.layout import Row
from invoice_reading.extract.marked_rows import MarkedRow
from invoice_reading.extract.numbers import (
    DecimalMark,
    NumberText,
    numbers,
    own_mark,
    parse_digits,
)
from invoice_reading.page import Page

_LONGEST_WORD = 120
_MOST_ROWS = 40  # that are remembered of one amount: thousands of lines may cost the same
_FOR_CENTS = re.compile(r"[.,][-–—]{1,2}(?!\w)")  # "1'500.–"
# "***1.234,56***", "1.234,56CR", "1.500,--": what forms and cheques put around a number.
_DRESSED = re.compile(
    r"[*=#_\-+(]*(?P<digits>\d[\d.,'’]*?\d|\d)(?P<dash>[.,][-–—]{1,2})?(?:[*=#_\-–)]*|-?(?:CR|DR|[SH]))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class PrintedAmount:
    """A number of the pages: its size in one of its readings, and where it stands. `is_money` of what reads as an amount."""

    size: Decimal
    row: Row
    begin: int
    end: int
    is_money: bool
    currency: str | None = None
    percent: bool = False
    negative: bool = False

    @property
    def region(self) -> PageRegion:
        return self.row.region(self.begin, self.end)


class PrintedAmounts:
    """The numbers of the pages by their size; one such as "1.234 €" has two."""

    def __init__(self, pages: Sequence[Page], all_rows: Sequence[MarkedRow]) -> None:
        self._by_size: dict[Decimal, list[PrintedAmount]] = defaultdict(list)
        self._by_row: dict[int, list[PrintedAmount]] = defaultdict(list)
        # By the size, and whether it is the last of its row, as the amount of a line is: a price stands in many more.
        self._rows_with: dict[tuple[Decimal, bool], list[int]] = defaultdict(list)
        for marked in all_rows:
            for amount in _of_row(marked.row, numbers(marked.row)):
                self._by_size[amount.size].append(amount)
                self._by_row[marked.index].append(amount)
            money = [amount for amount in self._by_row.get(marked.index, ()) if amount.is_money]
            last = money[-1].begin if money else None
            for size in dict.fromkeys(amount.size for amount in money):
                ends = any(amount.size == size and amount.begin == last for amount in money)
                rows = self._rows_with[size, ends]
                if len(rows) < _MOST_ROWS:
                    rows.append(marked.index)
        for row in _words_alone(pages):
            for amount in (*_of_row(row, numbers(row)), *_dressed(row)):
                self._by_size[amount.size].append(amount)

    def money(self, value: Decimal) -> PrintedAmount | None:
        """Returns the first amount of money of that size; percentages and bare digits are none."""
        return next((amount for amount in self.all(value) if amount.is_money), None)

    def all(self, value: Decimal) -> Sequence[PrintedAmount]:
        return self._by_size.get(abs(value), ()) if value.is_finite() else ()

    def rows_with(self, value: Decimal) -> Sequence[int]:
        """Returns the indices of the rows that print an amount of money of that size."""
        if not value.is_finite():
            return ()
        found = (self._rows_with.get((abs(value), ends), ()) for ends in (True, False))
        return sorted(index for indices in found for index in indices)

    def of_row(self, row: MarkedRow) -> Sequence[PrintedAmount]:
        """Returns the numbers of the row in every reading, from left to right."""
        return self._by_row.get(row.index, ())


def _words_alone(pages: Sequence[Page]) -> Iterator[Row]:
    """Yields every visible word as a row of its own.

    A word alone counts since a row may join a count and the amount after it ("2 500,00"), and has no word that is
    written upwards.
    """
    for page in pages:
        for word in page.words:
            if word.text.strip() and not word.hidden and len(word.text) <= _LONGEST_WORD:
                yield Row(page, (word,), word.text, (0,), 0.0, 0.0, 1.0)


def _of_row(row: Row, found: Sequence[NumberText]) -> Iterator[PrintedAmount]:
    for number in found:
        values = {number.value(mark) for mark in DecimalMark}
        for value in sorted(abs(value) for value in values if value is not None):
            yield PrintedAmount(
                size=value,
                row=row,
                begin=number.begin,
                end=number.end,
                is_money=_is_amount(number) or _FOR_CENTS.match(row.text, number.end) is not None,
                currency=number.currency,
                percent=number.percent,
                negative=number.negative,
            )


def _is_amount(number: NumberText) -> bool:
    """Returns whether it has decimals or a currency: bare digits may be a group of an IBAN."""
    decimals = own_mark(number.digits) is not None and number.decimals > 0
    return not number.percent and (decimals or number.currency is not None)


def _dressed(row: Row) -> Iterator[PrintedAmount]:
    match = _DRESSED.fullmatch(row.text)
    if match is None or match[0] == match["digits"]:
        return
    for mark in DecimalMark:
        value = parse_digits(match["digits"], mark)
        has_decimals = own_mark(match["digits"]) is not None
        if value is not None and (has_decimals or match["dash"]):
            yield PrintedAmount(value, row, *match.span("digits"), is_money=True)
