"""What became of the pages that are pictures: which form that gives the document, and what a person is told of it."""

from collections.abc import Iterator
from dataclasses import dataclass

from invoice_reading.page import Layer, Page, PdfPages
from invoice_reading.reading import DocumentForm
from invoice_reading.recognition.wanted import wanted_pages
from invoice_reading.review_reason import ReviewCode, ReviewReason


@dataclass(frozen=True, slots=True)
class PagesOutcome:
    """`pages_read` counts no page whose picture nobody read."""

    form: DocumentForm
    pages_read: int
    reasons: tuple[ReviewReason, ...] = ()


def pages_outcome(document: PdfPages, *, recognised: bool) -> PagesOutcome:
    """Returns what pages are without an e-invoice inside; `recognised` says whether pictures were read at all."""
    pictures = wanted_pages(document)
    recognised_words = any(_is_recognised(page) for page in document.pages)
    if not pictures and not recognised_words and _has_words(document):
        return PagesOutcome(DocumentForm.PDF_TEXT, len(document.pages))
    unread = 0 if recognised else len(pictures)
    return PagesOutcome(
        DocumentForm.SCAN, len(document.pages) - unread, tuple(_reasons(document, recognised))
    )


def _reasons(document: PdfPages, recognised: bool) -> Iterator[ReviewReason]:
    if not recognised:
        yield ReviewReason(ReviewCode.OCR_UNAVAILABLE)
    elif not _has_words(document):
        yield ReviewReason(ReviewCode.NOTHING_READ)


def _has_words(document: PdfPages) -> bool:
    return any(not word.hidden for page in document.pages for word in page.words)


def _is_recognised(page: Page) -> bool:
    return any(word.layer is Layer.OCR for word in page.words)
