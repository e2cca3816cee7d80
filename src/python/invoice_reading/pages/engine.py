"""MuPDF as the engine of the stage `pages`, and as what paints a page for people."""

# PyMuPDF says that it is typed, and is in part.
# mypy: allow-untyped-calls

from collections.abc import Callable, Sequence

import pymupdf
from pymupdf import mupdf

from invoice_reading.errors import PageNotFound, PdfDamaged, PdfLimit, PdfLimitExceeded
from invoice_reading.limits import PdfLimits
from invoice_reading.page import Box, PdfPages
from invoice_reading.pages.document import opened, read_pages
from invoice_reading.pages.frames import add_frames
from invoice_reading.pages.pictures import pixel_size, points_per_unit
from invoice_reading.pages.upright import load_upright

_POINTS_PER_INCH = 72


class MuPdfEngine:
    """A PdfEngine. `on_pages` learns how many pages a document has before they are read."""

    def __init__(self, on_pages: Callable[[int], None] = lambda pages: None) -> None:
        self._on_pages = on_pages

    def __call__(self, data: bytes, limits: PdfLimits) -> PdfPages:
        with opened(data, limits) as document:
            self._on_pages(document.page_count)
            return read_pages(document, limits)


def page_picture(
    data: bytes,
    number: int,
    dots_per_inch: int,
    limits: PdfLimits,
    boxes: Sequence[Box] = (),
) -> bytes:
    """Returns the page, counted from 1, as a PNG in colour, upright as it is read, with a frame around each box.

    A picture counts as a page whose long side is that of A4.

    Raises PageNotFound, PdfLimitExceeded where it would have more pixels than the limits allow, PdfDamaged where this
    page is broken, other kinds of DocumentUnreadable as reading does, and MemoryError.
    """
    with opened(data, limits) as document:
        if not 1 <= number <= document.page_count:
            raise PageNotFound(document.page_count)
        try:
            page = load_upright(document, number - 1)
            scale = dots_per_inch / _POINTS_PER_INCH
            if not document.is_pdf:
                pixel_size(page, limits)
                scale *= points_per_unit(page)
            if page.rect.width * page.rect.height * scale**2 > limits.pixels:
                raise PdfLimitExceeded(PdfLimit.PIXELS)
            # Painted at once, as in `document`: display lists of damaged pages free memory twice.
            painted = mupdf.fz_new_pixmap_from_page(
                page.this, mupdf.FzMatrix(scale, 0, 0, scale, 0, 0), mupdf.fz_device_rgb(), 0
            )
            if boxes:
                add_frames(painted, boxes, dots_per_inch)
            png: bytes = pymupdf.Pixmap("raw", painted).tobytes("png")
        except mupdf.FzErrorSystem:
            raise MemoryError from None
        except (mupdf.FzErrorBase, RuntimeError, ValueError):
            raise PdfDamaged from None
        return png
