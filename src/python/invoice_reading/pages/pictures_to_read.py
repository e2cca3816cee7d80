"""Pages as pictures for a recogniser: the pixels of a scan, no more of them than it makes use of."""

# PyMuPDF says that it is typed, and is in part.
# mypy: allow-untyped-calls

from collections.abc import Iterable, Iterator

import pymupdf
from pymupdf import mupdf

from invoice_reading.limits import PdfLimits
from invoice_reading.pages.document import opened
from invoice_reading.pages.pictures import pixel_size
from invoice_reading.pages.upright import load_upright
from invoice_reading.recognition.picture import Picture

_DOTS_PER_INCH = 200
_POINTS_PER_INCH = 72
_LONGEST_SIDE = (
    3508  # pixels of A4 at 300 dots per inch: some scans have twice as many, and no more in them
)


def pictures_to_read(data: bytes, numbers: Iterable[int], limits: PdfLimits) -> Iterator[Picture]:
    """Yields the pages of these numbers as they are shown, pages of a PDF at 200 dots per inch, none above 3508 pixels.

    A page that cannot be painted, or has a picture of more pixels than the limits allow, is left out. Raises DocumentUnreadable and MemoryError.
    """
    with opened(data, limits) as document:
        for number in numbers:
            try:
                page = load_upright(document, number - 1)
                picture = _picture(page, number, _scale(document, page, limits))
            except mupdf.FzErrorSystem:
                raise MemoryError from None
            except (mupdf.FzErrorBase, RuntimeError, ValueError):
                continue
            yield picture


def _scale(document: pymupdf.Document, page: pymupdf.Page, limits: PdfLimits) -> float:
    longest: float = max(page.rect.width, page.rect.height)
    if document.is_pdf:
        if any(
            info["width"] * info["height"] > limits.picture_pixels for info in page.get_image_info()
        ):
            raise ValueError("a picture of the page has too many pixels")
        wanted = _DOTS_PER_INCH / _POINTS_PER_INCH
    else:
        wanted = max(pixel_size(page, limits)) / longest
    return min(wanted, _LONGEST_SIDE / longest)


def _picture(page: pymupdf.Page, number: int, scale: float) -> Picture:
    # Painted at once, as in `document`: display lists of damaged pages free memory twice.
    painted = mupdf.fz_new_pixmap_from_page(
        page.this, mupdf.FzMatrix(scale, 0, 0, scale, 0, 0), mupdf.fz_device_rgb(), 0
    )
    pixmap = pymupdf.Pixmap("raw", painted)
    return Picture(number, pixmap.width, pixmap.height, pixmap.samples)
