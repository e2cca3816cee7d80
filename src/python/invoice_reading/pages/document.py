"""Opens a PDF with MuPDF and reads its pages.

Only the files of this folder import PyMuPDF, and only the reading process imports them.
"""

# PyMuPDF says that it is typed, and is in part.
# mypy: allow-untyped-calls

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache

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
from invoice_reading.pages.blending import may_blend
from invoice_reading.pages.geometry import Rectangle, box_on_page
from invoice_reading.pages.paint_log import paint_log
from invoice_reading.pages.visibility import GreyPicture
from invoice_reading.pages.words import drawn_words

_HEADER_WITHIN = 1024  # where readers look for "%PDF-" (ISO 32000-1, annex H.3.4.1)
_TRAILER_WITHIN = 2048
# Ligatures come as letters; text as painted, not as its /ActualText claims.
_TEXT_FLAGS = pymupdf.TEXT_PRESERVE_WHITESPACE | pymupdf.TEXT_IGNORE_ACTUALTEXT
_MOST_PIXELS = 16_000_000  # of the picture in which visibility is measured


def silence() -> None:
    """MuPDF writes nothing of its own to the standard streams."""
    pymupdf.TOOLS.mupdf_display_errors(False)
    pymupdf.TOOLS.mupdf_display_warnings(False)


@contextmanager
def opened(data: bytes, limits: PdfLimits) -> Iterator[pymupdf.Document]:
    """Yields the document once it is known to be readable and of a size to read; then nothing of it is held.

    What is given back at the end includes MuPDF's cache of fonts and pictures. Raises DocumentUnreadable and MemoryError.
    """
    document = _open(data, limits)
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
    pages: list[Page] = []
    words = 0
    blends = cache(lambda: may_blend(document))
    for index in range(document.page_count):
        try:
            page = _page(document, index, blends)
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
        tuple(pages), document.page_count, attachments(document, limits.attachment_bytes)
    )


def _page(document: pymupdf.Document, index: int, blends: Callable[[], bool]) -> Page:
    page = document.load_page(index)
    extent = Rectangle(0, 0, page.rect.width, page.rect.height)
    upright = tuple(page.rotation_matrix)
    log = paint_log((kind, Rectangle(*place).turned(upright)) for kind, place in page.get_bboxlog())
    found = page.get_text("rawdict", flags=_TEXT_FLAGS, clip=pymupdf.INFINITE_RECT())
    words = [word.turned(upright) for word in drawn_words(found["blocks"])]
    covered = {word.place for word in words if log.paints_picture_over(word.place)}
    if covered and (
        blends() or any(image["has-mask"] for image in page.get_image_info(xrefs=True))
    ):
        covered = set()  # may show through
    # Not painted where no word needs it: the text under a scan is all invisible, and its pictures are large.
    picture = None if all(word.ink.invisible for word in words) else _grey_picture(page, extent)
    return Page(
        number=index + 1,
        width_points=extent.right,
        height_points=extent.bottom,
        image_share=log.largest_picture_share(extent),
        words=tuple(
            Word(
                at,
                word.text,
                box_on_page(word.place, extent),
                word.ink.invisible
                or word.place.area == 0
                or not extent.holds_middle_of(word.place)
                or word.place in covered
                or (picture is not None and not picture.shows(word.place, word.ink)),
            )
            for at, word in enumerate(words)
        ),
    )


def _grey_picture(page: pymupdf.Page, extent: Rectangle) -> GreyPicture:
    """Returns the page at a pixel a point, or smaller where it is a poster."""
    scale = min(1.0, math.sqrt(_MOST_PIXELS / max(1.0, extent.area)))
    # Painted at once: the display list that `Page.get_pixmap` goes by frees memory twice on some damaged pages.
    painted = mupdf.fz_new_pixmap_from_page(
        page.this, mupdf.FzMatrix(scale, 0, 0, scale, 0, 0), mupdf.fz_device_gray(), 0
    )
    pixels = pymupdf.Pixmap("raw", painted)
    return GreyPicture(pixels.samples, pixels.width, pixels.height, pixels.stride, scale)
