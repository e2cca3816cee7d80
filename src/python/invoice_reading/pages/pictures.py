"""Pictures as documents: PNG, JPEG, WebP, and TIFF of many pages, whose pixels are all there and not too many."""

# PyMuPDF says that it is typed, and is in part.
# mypy: allow-untyped-calls

from contextlib import suppress

import pymupdf
from pymupdf import mupdf

from invoice_reading.errors import (
    DocumentUnreadable,
    PictureDamaged,
    PictureLimit,
    PictureLimitExceeded,
)
from invoice_reading.limits import PdfLimits
from invoice_reading.media_type import PICTURES, MediaType, sniff
from invoice_reading.page import Page, PdfPages
from invoice_reading.pages.webp import png_of_webp

_LONG_SIDE_POINTS = 842  # that of A4: the resolution that a photo names says nothing of the paper
_TRIED_AT = 0.1  # of the size, when it is painted to see whether it can be
# What MuPDF says where it fills up what a cut-off file lacks.
_CUT_OFF = ("premature end", "truncated", "corrupt", "ran out of", "unexpected end")


def is_picture(data: bytes) -> bool:
    return _type(data) in PICTURES


def open_picture(data: bytes, limits: PdfLimits) -> pymupdf.Document:
    """Returns the picture, of whose pages none has too many pixels; only of WebP anything is unpacked yet.

    Raises PictureAnimated, PictureDamaged, PictureLimitExceeded and MemoryError.
    """
    kind = _type(data)
    assert kind is not None
    if kind is MediaType.WEBP:
        data, kind = png_of_webp(data, limits), MediaType.PNG
    try:
        document = pymupdf.open(stream=data, filetype=kind.removeprefix("image/"))
        pages = document.page_count
    except (mupdf.FzErrorBase, RuntimeError, ValueError) as error:
        raise _refusal(error) from None
    if pages > limits.pages:
        raise PictureLimitExceeded(PictureLimit.PAGES)
    if pages == 0:
        raise PictureDamaged
    return document


def picture_pages(document: pymupdf.Document, limits: PdfLimits) -> PdfPages:
    """Returns the pages, which have no words. Raises PictureDamaged, PictureLimitExceeded and MemoryError."""
    return PdfPages(
        tuple(_page(document, index, limits) for index in range(document.page_count)),
        document.page_count,
    )


def pixel_size(page: pymupdf.Page, limits: PdfLimits) -> tuple[int, int]:
    """Returns the width and height of the picture as it is stored. Raises PictureLimitExceeded."""
    infos = page.get_image_info()
    if not infos:
        raise PictureDamaged
    width, height = int(infos[0]["width"]), int(infos[0]["height"])
    if width * height > limits.picture_pixels:
        raise PictureLimitExceeded(PictureLimit.PIXELS)
    return width, height


def points_per_unit(page: pymupdf.Page) -> float:
    """Returns by what the size of a picture is multiplied, which says nothing of the paper, so that it is that of A4."""
    longest: float = max(page.rect.width, page.rect.height, 1)
    return _LONG_SIDE_POINTS / longest


def _page(document: pymupdf.Document, index: int, limits: PdfLimits) -> Page:
    try:
        page = document.load_page(index)
        pixel_size(page, limits)
        pymupdf.TOOLS.reset_mupdf_warnings()
        scale = _TRIED_AT * min(1.0, points_per_unit(page))
        mupdf.fz_new_pixmap_from_page(
            page.this, mupdf.FzMatrix(scale, 0, 0, scale, 0, 0), mupdf.fz_device_gray(), 0
        )
        said = pymupdf.TOOLS.mupdf_warnings()
    except (mupdf.FzErrorBase, RuntimeError, ValueError) as error:
        raise _refusal(error) from None
    if any(words in said for words in _CUT_OFF):
        raise PictureDamaged
    per_unit = points_per_unit(page)
    return Page(
        number=index + 1,
        width_points=page.rect.width * per_unit,
        height_points=page.rect.height * per_unit,
        words=(),
        image_share=1.0,
    )


def _refusal(error: Exception) -> Exception:
    for cause in (error, error.__cause__):
        if isinstance(cause, mupdf.FzErrorSystem):
            return MemoryError()
        if isinstance(cause, mupdf.FzErrorLimit):
            return PictureLimitExceeded(PictureLimit.PIXELS)
    return PictureDamaged()


def _type(data: bytes) -> MediaType | None:
    with suppress(DocumentUnreadable):
        return sniff(data[:1024])
    return None
