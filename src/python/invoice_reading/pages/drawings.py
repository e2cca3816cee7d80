"""What is on a page besides its words: how large its pictures are, and whether text claims to be another."""

# PyMuPDF says that it is typed, and is in part.
# mypy: allow-untyped-calls

from typing import Any, NamedTuple

import pymupdf
from pymupdf import mupdf

from invoice_reading.pages.geometry import Rectangle


class Drawings(NamedTuple):
    picture_share: float  # the largest part of the page that one picture covers, 0 to 1
    has_actual_text: bool  # ISO 32000-1, 14.9.4


def drawings(page: pymupdf.Page, extent: Rectangle) -> Drawings:
    log = _Log()
    mupdf.fz_run_page(page.this, log, mupdf.FzMatrix(), mupdf.FzCookie())
    mupdf.fz_close_device(log)
    areas = [place.overlap(extent).area for place in log.pictures]
    share = min(1.0, max(areas, default=0.0) / extent.area) if extent.area else 0.0
    return Drawings(share, log.has_actual_text)


class _Log(mupdf.FzDevice2):  # type: ignore[misc]
    def __init__(self) -> None:
        super().__init__()
        self.use_virtual_fill_image()
        self.use_virtual_begin_metatext()
        self.pictures: list[Rectangle] = []
        self.has_actual_text = False

    def fill_image(self, ctx: Any, image: Any, ctm: Any, alpha: float, params: Any) -> None:
        place = mupdf.fz_transform_rect(mupdf.FzRect(0, 0, 1, 1), mupdf.FzMatrix(ctm))
        self.pictures.append(Rectangle(place.x0, place.y0, place.x1, place.y1))

    def begin_metatext(self, ctx: Any, kind: int, text: Any) -> None:
        if kind == mupdf.FZ_METATEXT_ACTUALTEXT:
            self.has_actual_text = True
