"""Rows with all that stands in them: tokens, labels, dates and numbers, found once and used by every field."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from invoice_reading.extract.dates import DateText, dates
from invoice_reading.extract.layout import Row, rows
from invoice_reading.extract.lexicon import Label
from invoice_reading.extract.numbers import NumberText, numbers
from invoice_reading.extract.phrases import Found, label_phrases
from invoice_reading.extract.tokens import Token, tokens
from invoice_reading.page import Layer, Page

_BELOW_ROWS = 5  # how many rows under a label are looked at
_OPENERS = "\t\u2002:;,·•|(-–/"


@dataclass(frozen=True, slots=True)
class MarkedRow:
    """A row and what was found in it, each from left to right. `index` is its place in the document."""

    index: int
    row: Row
    tokens: tuple[Token, ...]
    labels: tuple[Found[Label], ...]
    dates: tuple[DateText, ...]
    numbers: tuple[NumberText, ...]
    on_first_page: bool  # of the invoice

    @property
    def page(self) -> int:
        return self.row.page.number

    def opens_phrase(self, begin: int) -> bool:
        """Returns whether a phrase begins at the character: nothing of the same sentence stands before it."""
        before = self.row.text[:begin].rstrip(" ")
        if not before:
            return True
        # "Vertrags-Datum" is one word: a hyphen opens a phrase only where it stands free.
        if before[-1] in "-–/" and begin == len(before):
            return False
        return before[-1] in _OPENERS


def marked_rows(pages: Sequence[Page], first_page: int = 1) -> tuple[MarkedRow, ...]:
    """Returns the rows of all pages in order, each with its tokens, labels, dates and numbers.

    `first_page` is the number of the page at which the invoice begins, where a file holds several.
    """
    found: list[MarkedRow] = []
    for page in pages:
        for row in rows(page):
            of = tokens(row.text)
            dated = dates(row)
            taken = [
                (date_text.begin, date_text.end) for date_text in dated if not date_text.compact
            ]
            labels = label_phrases().search(row.text, of)
            found.append(
                MarkedRow(
                    len(found),
                    row,
                    of,
                    labels,
                    dated,
                    numbers(row, taken),
                    on_first_page=page.number == first_page,
                )
            )
    return tuple(found)


def joined_rows(by_page: Iterable[Sequence[MarkedRow]], first_page: int) -> tuple[MarkedRow, ...]:
    """Returns what `marked_rows` does of the pages whose rows are given, page by page, without looking at them again."""
    rows = (row for rows in by_page for row in rows)
    return tuple(
        replace(row, index=at, on_first_page=row.page == first_page) for at, row in enumerate(rows)
    )


def is_recognised(row: MarkedRow) -> bool:
    """Returns whether OCR read a word of the row."""
    return any(word.layer is Layer.OCR for word in row.row.words)


def below(all_rows: Sequence[MarkedRow], at: MarkedRow, reach: float = 3.2) -> Iterator[MarkedRow]:
    """Yields the rows under a row on its page, within `reach` times its height, at most five."""
    limit = at.row.bottom + reach * at.row.height
    for row in all_rows[at.index + 1 : at.index + 1 + _BELOW_ROWS]:
        if row.page != at.page or row.row.top > limit:
            return
        yield row


def overlaps(row: Row, begin: int, end: int, left: float, right: float, slack: float = 2.0) -> bool:
    """Returns whether the characters [begin, end) stand over or under the horizontal range [left, right]."""
    return row.left(begin) < right + slack and row.right(end) > left - slack
