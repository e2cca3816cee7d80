"""PDFs to pictures and pictures to PDFs."""

from collections.abc import Sequence
from typing import Any

import pymupdf

# The types of PyMuPDF are not whole.
_pymupdf: Any = pymupdf


def pictures_of(pdf: bytes, dpi: int) -> list[tuple[int, int, bytes]]:
    """Returns width, height and grey bytes of each page."""
    with _pymupdf.open(stream=pdf, filetype="pdf") as document:
        pictures = []
        for page in document:
            pixels = page.get_pixmap(dpi=dpi, colorspace=pymupdf.csGRAY)
            pictures.append((pixels.width, pixels.height, bytes(pixels.samples)))
        return pictures


def pdf_of_pictures(pictures: Sequence[tuple[int, int, bytes]], dpi: int) -> bytes:
    """Returns a PDF with a picture a page, given their widths, heights and encoded bytes, without any text."""
    with _pymupdf.open() as document:
        for width, height, data in pictures:
            page = document.new_page(width=width * 72 / dpi, height=height * 72 / dpi)
            page.insert_image(page.rect, stream=data)
        document.set_metadata({"producer": "", "creator": "", "creationDate": "", "modDate": ""})
        return bytes(document.tobytes(garbage=3, no_new_id=True))
