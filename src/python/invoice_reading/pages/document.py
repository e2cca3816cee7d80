"""Opens a PDF or a picture with MuPDF and reads its pages.

Only the files of this folder import PyMuPDF, and only the reading process imports them.
"""

# PyMuPDF says that it is typed, and is in part.
# mypy: allow-untyped-calls

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

import pymupdf
from pymupdf import mupdf

from invoice_reading.errors import (
    PdfDamaged,
    PdfEncrypted,
    PdfLimit,
    PdfLimitExceeded,
    PdfTooManyPages,
    PdfWithoutPages,
)
from invoice_reading.limits import PdfLimits
from invoice_reading.page import Page, PdfPages, Word
from invoice_reading.pages.attachments import attachments
from invoice_reading.pages.container import container
from invoice_reading.pages.drawings import drawings
from invoice_reading.pages.geometry import Rectangle, box_on_page
from invoice_reading.pages.overprint import repeated
from invoice_reading.pages.pictures import is_picture, open_picture, picture_pages
from invoice_reading.pages.unpainted import (
    claimed_blocks,
    claimed_words,
    has_layers,
    hidden_fields,
    text_blocks,
    words_of_hidden_layers,
)
from invoice_reading.pages.upright import turn_upright
from invoice_reading.pages.visibility import told_apart
from invoice_reading.pages.words import DrawnWord, drawn_words, with_claimed_dashes

_HEADER_WITHIN = 1024  # where readers look for "%PDF-" (ISO 32000-1, annex H.3.4.1)
_TRAILER_WITHIN = 2048
_A4_WIDTH = 595


def silence() -> None:
    """MuPDF writes nothing of its own to the standard streams."""
    pymupdf.TOOLS.mupdf_display_errors(False)
    pymupdf.TOOLS.mupdf_display_warnings(False)


@contextmanager
def opened(data: bytes, limits: PdfLimits) -> Iterator[pymupdf.Document]:
    """Yields the document once it is known to be readable and of a size to read; then nothing of it is held.

    What is given back at the end includes MuPDF's cache of fonts and pictures. Raises DocumentUnreadable and MemoryError.
    """
    document = open_picture(data, limits) if is_picture(data) else _open(data, limits)
    try:
        yield document
    finally:
        document.close()
        pymupdf.TOOLS.store_shrink(100)


def _open(data: bytes, limits: PdfLimits) -> pymupdf.Document:
    if b"%PDF-" not in data[:_HEADER_WITHIN]:
        raise PdfDamaged
    try:
        document = pymupdf.open(stream=data, filetype="pdf")
    except pymupdf.FileDataError as error:
        if isinstance(error.__cause__, mupdf.FzErrorSystem):
            raise MemoryError from None
        raise PdfDamaged from None
    if document.needs_pass:
        raise PdfEncrypted
    if document.is_repaired and b"%%EOF" not in data[-_TRAILER_WITHIN:]:
        # Cut off: what could be saved may lack the pages with the total.
        raise PdfDamaged
    try:
        pages = document.page_count
    except (mupdf.FzErrorBase, RuntimeError):
        raise PdfDamaged from None
    if pages > limits.pages:
        raise PdfTooManyPages
    if pages == 0:
        raise PdfDamaged if document.is_repaired else PdfWithoutPages
    return document


def read_pages(document: pymupdf.Document, limits: PdfLimits) -> PdfPages:
    """Returns the pages that can be read and the files inside, as the stage `pages` promises them."""
    if not document.is_pdf:
        return picture_pages(document, limits)
    pages: list[Page] = []
    words = 0
    for index in range(document.page_count):
        try:
            page = _page(document, index)
        except mupdf.FzErrorSystem:
            raise MemoryError from None
        except (mupdf.FzErrorBase, RuntimeError, ValueError):
            continue  # broken for itself: the count of pages tells that it is missing
        words += len(page.words)
        if words > limits.words:
            raise PdfLimitExceeded(PdfLimit.WORDS)
        pages.append(page)
    if not pages:
        raise PdfDamaged
    return PdfPages(
        tuple(pages),
        document.page_count,
        attachments(document, limits.attachment_bytes),
        container(document),
    )


def _page(document: pymupdf.Document, index: int) -> Page:
    page = document.load_page(index)
    blocks = text_blocks(page)
    turn_upright(page, blocks)
    extent = Rectangle(0, 0, page.rect.width, page.rect.height)
    unit = _unit(extent)
    drawn = drawings(page, extent)
    if drawn.has_actual_text:
        blocks = with_claimed_dashes(blocks, claimed_blocks(page))
    words = _upright(page, drawn_words(blocks, unit))
    unpainted = list(hidden_fields(page))
    if drawn.has_actual_text:
        unpainted += _upright(page, claimed_words(page, words))
    if has_layers(document):
        unpainted += words_of_hidden_layers(page, words)
    told = _once([*told_apart(page, extent, unit, words), *((word, False) for word in unpainted)])
    return Page(
        number=index + 1,
        width_points=extent.right,
        height_points=extent.bottom,
        image_share=drawn.picture_share,
        words=tuple(
            Word(at, word.text, box_on_page(word.place, extent), hidden=not is_seen)
            for at, (word, is_seen) in enumerate(told)
        ),
    )


def _once(told: Sequence[tuple[DrawnWord, bool]]) -> list[tuple[DrawnWord, bool]]:
    """Returns the words without those that are seen and drawn again in the same place, as fonts without bold are."""
    seen = [word for word, is_seen in told if is_seen]
    again = {id(word) for word, is_again in zip(seen, repeated(seen), strict=True) if is_again}
    return [(word, is_seen) for word, is_seen in told if id(word) not in again]


def _unit(extent: Rectangle) -> float:
    """Returns how large the page is beside A4, since viewers show pages as wide as their window; a slip is not magnified much."""
    return max(0.5, min(extent.right, extent.bottom) / _A4_WIDTH)


def _upright(page: pymupdf.Page, words: Iterable[DrawnWord]) -> list[DrawnWord]:
    """Returns the words of the page as it is stored as they stand on the page as it is shown."""
    if not page.rotation:
        return list(words)
    turn = page.rotation_matrix
    matrix = (turn.a, turn.b, turn.c, turn.d, turn.e, turn.f)
    return [word.turned(matrix) for word in words]
