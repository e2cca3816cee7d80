"""Counters of pages, as invoices print them: "Page 1 of 2", "Seite 2/3", "Strona 1 z 4", "1/3"."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from invoice_reading.extract.lexicon import Word
from invoice_reading.extract.marked_rows import MarkedRow
from invoice_reading.extract.phrases import words_of
from invoice_reading.extract.tokens import Token

_MARGIN_SHARE = 0.12  # of the page's height, at the top and at the foot
_MOST_PAGES = 9999
_SLASHES = frozenset(("/", " / ", "-", " - ", "|", " | "))


@dataclass(frozen=True, slots=True)
class PageCounter:
    """What a page says of its place: `page` counts from 1, `pages` is None where only that is printed."""

    page: int
    pages: int | None


def page_counters(rows: Sequence[MarkedRow]) -> frozenset[PageCounter]:
    """Returns every counter on the rows of one page: a file that was put together may bear its own and those of its parts.

    A counter without a word, and one without the number of pages, count only where they are all of their column; without
    a word they stand in the margin.
    """
    return frozenset(counter for row in rows for counter in _in_row(row))


def _in_row(row: MarkedRow) -> Iterator[PageCounter]:
    if not any(token.text.isdecimal() for token in row.tokens):
        return
    for begin, end in row.row.segments():
        inside = [token for token in row.tokens if begin <= token.begin < end]
        for at, token in enumerate(inside):
            if token.text in words_of(Word.PAGE):
                counter = _behind_word(row, inside[at + 1 :], is_alone=at == 0)
                if counter is not None:
                    yield counter
        if inside and _is_in_margin(row):
            counter = _of_pages(row.row.text, inside)
            if counter is not None and inside[-1].end >= end - 1:
                yield counter


def _behind_word(row: MarkedRow, behind: Sequence[Token], *, is_alone: bool) -> PageCounter | None:
    counter = _of_pages(row.row.text, behind[:3]) or _of_pages(row.row.text, behind[:2])
    if counter is not None:
        return counter
    if is_alone and len(behind) == 1 and (page := _count(behind[0])) is not None:
        return PageCounter(page, None)
    return None


def _of_pages(text: str, of: Sequence[Token]) -> PageCounter | None:
    """Returns the counter that the tokens are, with nothing before it and behind it: "1 of 2", "1/2"."""
    if len(of) == 3 and of[1].text in words_of(Word.PAGE_OF):
        page, pages = _count(of[0]), _count(of[2])
    elif len(of) == 2 and text[of[0].end : of[1].begin] in _SLASHES:
        page, pages = _count(of[0]), _count(of[1])
    else:
        return None
    if page is None or pages is None or page > pages:
        return None
    return PageCounter(page, pages)


def _count(token: Token) -> int | None:
    if not token.text.isascii() or not token.text.isdecimal() or len(token.text) > 4:
        return None
    count = int(token.text)
    return count if 0 < count <= _MOST_PAGES else None


def _is_in_margin(row: MarkedRow) -> bool:
    height = row.row.page.height_points
    return row.row.bottom < height * _MARGIN_SHARE or row.row.top > height * (1 - _MARGIN_SHARE)
