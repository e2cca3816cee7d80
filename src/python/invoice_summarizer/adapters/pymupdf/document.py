"""Reads a PDF with MuPDF.

This file and `attachments` are the only ones that import PyMuPDF, and only the reading process imports them.
"""

# PyMuPDF says that it is typed, and is in part.
# mypy: allow-untyped-calls

import math
from collections.abc import Callable
from functools import cache

import pymupdf
from pymupdf import mupdf

from invoice_summarizer.adapters.pymupdf.attachments import attachments
from invoice_summarizer.adapters.pymupdf.blending import may_blend
from invoice_summarizer.adapters.pymupdf.geometry import Rectangle, box_on_page
from invoice_summarizer.adapters.pymupdf.paint_log import paint_log
from invoice_summarizer.adapters.pymupdf.protocol import (
    Content,
    PageRecord,
    WordRecord,
)
from invoice_summarizer.adapters.pymupdf.visibility import GreyPicture
from invoice_summarizer.adapters.pymupdf.words import drawn_words
from invoice_summarizer.ports.pdf_reader import (
    ExceededLimit,
    PdfDamaged,
    PdfEncrypted,
    PdfLimitExceeded,
    PdfLimits,
    PdfTooManyPages,
    PdfWithoutPages,
)

_HEADER_WITHIN = 1024  # where readers look for "%PDF-" (ISO 32000-1, annex H.3.4.1)
_TRAILER_WITHIN = 2048
# Ligatures come as letters; text as painted, not as its /ActualText claims.
_TEXT_FLAGS = pymupdf.TEXT_PRESERVE_WHITESPACE | pymupdf.TEXT_IGNORE_ACTUALTEXT
_MOST_PIXELS = 16_000_000


def silence() -> None:
    """MuPDF writes nothing of its own to the standard streams."""
    pymupdf.TOOLS.mupdf_display_errors(False)
    pymupdf.TOOLS.mupdf_display_warnings(False)


def smallest_document() -> bytes:
    """Returns a PDF of one page with a word, a picture over it and a file, made on the spot."""
    document = pymupdf.open()
    page = document.new_page(width=72, height=72)
    page.insert_text((9, 36), "word\u00e9")
    page.insert_image(page.rect, pixmap=pymupdf.Pixmap(pymupdf.csGRAY, pymupdf.IRect(0, 0, 1, 1)))
    document.embfile_add("file", b"file")
    data: bytes = document.tobytes()
    document.close()
    return data


def open_document(data: bytes, limits: PdfLimits) -> pymupdf.Document:
    """Returns the document once it is known to be readable and of a size to read.

    Raises PdfReadError and MemoryError.
    """
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


def read_document(document: pymupdf.Document, limits: PdfLimits) -> Content:
    """Returns the pages that can be read and the files inside. Raises PdfReadError and MemoryError."""
    pages: list[PageRecord] = []
    words = 0
    blends = cache(lambda: may_blend(document))
    for index in range(document.page_count):
        try:
            page = _page_record(document, index, blends)
        except mupdf.FzErrorSystem:
            raise MemoryError from None
        except (mupdf.FzErrorBase, RuntimeError, ValueError):
            continue  # broken for itself: the count of pages tells that it is missing
        words += len(page.words)
        if words > limits.words:
            raise PdfLimitExceeded(ExceededLimit.WORDS)
        pages.append(page)
    if not pages:
        raise PdfDamaged
    return Content(pages, document.page_count, attachments(document, limits.attachment_bytes))


def release(document: pymupdf.Document) -> None:
    """Gives back what the document holds, MuPDF's cache of fonts and pictures included."""
    document.close()
    pymupdf.TOOLS.store_shrink(100)


def _page_record(document: pymupdf.Document, index: int, blends: Callable[[], bool]) -> PageRecord:
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
    return PageRecord(
        number=index + 1,
        width_points=extent.right,
        height_points=extent.bottom,
        image_share=log.largest_picture_share(extent),
        words=[
            WordRecord(
                word.text,
                box_on_page(word.place, extent),
                word.ink.invisible
                or word.place.area == 0
                or not extent.holds_middle_of(word.place)
                or word.place in covered
                or (picture is not None and not picture.shows(word.place, word.ink)),
            )
            for word in words
        ],
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
