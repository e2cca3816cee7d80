"""The stage `recognise`: what the words of pages do not say is taken from the lines in their pictures."""

from collections.abc import Sequence
from dataclasses import replace

from invoice_reading.page import Layer, Page, PdfPages, Word
from invoice_reading.recognition.garbled import is_garbled
from invoice_reading.recognition.line_words import with_found_lines
from invoice_reading.recognition.picture import PictureReader
from invoice_reading.recognition.wanted import wanted_pages
from invoice_reading.recognition.word_places import WordPlaces
from invoice_reading.upright import turned_page


class PageRecogniser:
    """A Recogniser of up to `pages` pages; what it does not read is left out, so that the count of pages tells it."""

    def __init__(self, read: PictureReader, pages: int) -> None:
        self._read = read
        self._pages = pages

    def __call__(self, data: bytes, pages: PdfPages, wanted: Sequence[int]) -> PdfPages:
        by_number: dict[int, Page] = {page.number: page for page in pages.pages}
        unread = set(wanted) & set(wanted_pages(pages))  # the others have words that can be used
        for picture in self._read(data, wanted[: self._pages]):
            page = turned_page(_without_garbage(by_number[picture.page]), picture.turn)
            found = with_found_lines(page, (picture.width, picture.height), picture.lines)
            by_number[picture.page] = _without_repetition(found)
            unread.discard(picture.page)
        return replace(
            pages,
            pages=tuple(page for page in by_number.values() if page.number not in unread),
        )


def _without_garbage(page: Page) -> Page:
    """Returns the page without the words whose characters are not those that people see; hidden ones are kept."""
    if not is_garbled(page):
        return page
    return replace(page, words=_numbered([word for word in page.words if word.hidden]))


def _without_repetition(page: Page) -> Page:
    """Returns the page, where OCR read what its text says, with the text alone."""
    text = [word for word in page.words if word.layer is Layer.TEXT and not word.hidden]
    if not text:
        return page
    places = WordPlaces(text)
    return replace(
        page,
        words=_numbered(
            [
                word
                for word in page.words
                if word.layer is Layer.TEXT or not any(places.on(word.box))
            ]
        ),
    )


def _numbered(words: Sequence[Word]) -> tuple[Word, ...]:
    return tuple(replace(word, index=at) for at, word in enumerate(words))
