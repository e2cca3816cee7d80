"""The stage `recognise`: pages without usable words are painted, and their pictures read."""

from dataclasses import replace

from invoice_reading.page import Page, PdfPages
from invoice_reading.recognition.line_words import with_found_lines
from invoice_reading.recognition.orientation import upright_lines
from invoice_reading.recognition.picture import Painter, TextEngine
from invoice_reading.recognition.wanted import wanted_pages
from invoice_reading.upright import turned_page


class PageRecogniser:
    """A Recogniser of up to `pages` pages; what it does not read is left out, so that the count of pages tells it."""

    def __init__(self, engine: TextEngine, painter: Painter, pages: int) -> None:
        self._engine = engine
        self._painter = painter
        self._pages = pages

    def __call__(self, data: bytes, pages: PdfPages) -> PdfPages:
        wanted = wanted_pages(pages)
        taken = wanted[: self._pages]
        by_number: dict[int, Page] = {page.number: page for page in pages.pages}
        unread = set(wanted)
        for picture in self._painter(data, taken):
            page = by_number[picture.page]
            turn, lines = upright_lines(self._engine, picture)
            by_number[picture.page] = with_found_lines(
                turned_page(page, turn), picture.size(turn), lines
            )
            unread.discard(picture.page)
        return replace(
            pages,
            pages=tuple(page for page in by_number.values() if page.number not in unread),
        )
