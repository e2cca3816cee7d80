"""A part of a page painted in grey: as people see it, without its text, and its text alone.

A function that a device of MuPDF lacks is passed over (mupdf/fitz/device.h), so that a device for painting from which
some are taken paints the same page in the same order without them.
"""

# PyMuPDF says that it is typed, and is in part.
# mypy: allow-untyped-calls

import math
from typing import NamedTuple

import pymupdf
from pymupdf import mupdf

from invoice_reading.pages.geometry import Rectangle

_TEXT = ("fill_text", "stroke_text")
_ALL_BUT_TEXT = ("fill_path", "stroke_path", "fill_shade", "fill_image", "fill_image_mask")
# What cuts off or fades what is painted between its begin and its end. All of it goes, so that none is left open.
_CUTTING = (
    *("clip_path", "clip_stroke_path", "clip_text", "clip_stroke_text", "clip_image_mask"),
    *("pop_clip", "begin_mask", "end_mask", "begin_group", "end_group"),
)
_WHITE = 255
_MOST_PIXELS = 8_000_000


class PixelGrid(NamedTuple):
    """Pixels from the one at (`left`, `top`) of a page that is painted at `scale` pixels a point."""

    left: int
    top: int
    width: int
    height: int
    scale: float

    def overlap(self, place: Rectangle, margin: int = 0) -> "PixelGrid":
        """Returns the pixels that the place touches and `margin` more on each side; none may be left."""
        left = max(self.left, math.floor(place.left * self.scale) - margin)
        top = max(self.top, math.floor(place.top * self.scale) - margin)
        right = min(self.left + self.width, math.ceil(place.right * self.scale) + margin)
        bottom = min(self.top + self.height, math.ceil(place.bottom * self.scale) + margin)
        return PixelGrid(left, top, max(0, right - left), max(0, bottom - top), self.scale)

    def rows(self, part: "PixelGrid") -> range:
        """Returns where each row of a part of this grid begins, counted in pixels of this one."""
        first = (part.top - self.top) * self.width + part.left - self.left
        return (
            range(first, first + part.height * self.width, self.width) if part.width else range(0)
        )


def pixel_grid(area: Rectangle, scale: float) -> PixelGrid:
    """Returns the pixels of the area of a page; of a smaller scale where they would be too many."""
    scale = min(scale, math.sqrt(_MOST_PIXELS / max(1.0, area.area)))
    left, top = math.floor(area.left * scale), math.floor(area.top * scale)
    right, bottom = math.ceil(area.right * scale), math.ceil(area.bottom * scale)
    return PixelGrid(left, top, max(1, right - left), max(1, bottom - top), scale)


def as_people_see_it(page: pymupdf.Page, grid: PixelGrid) -> bytes:
    """Returns a byte a pixel, from black to white."""
    return _painted(page, _paper(grid), grid, without=())


def without_text(page: pymupdf.Page, grid: PixelGrid) -> bytes:
    """Returns the same as `as_people_see_it` for a page that nothing is written on.

    Text that other paint is cut out by is still there.
    """
    return _painted(page, _paper(grid), grid, without=_TEXT)


def text_alone(page: pymupdf.Page, grid: PixelGrid) -> bytes:
    """Returns how far text covers each pixel, 0 to 255, whatever its colour is and what it is cut off or covered by."""
    return _painted(page, no_strokes(grid), grid, without=(*_ALL_BUT_TEXT, *_CUTTING))


def no_strokes(grid: PixelGrid) -> mupdf.FzPixmap:
    """Returns pixels that know nothing but how far they are covered: not at all."""
    pixels = mupdf.fz_new_pixmap_with_bbox(
        mupdf.FzColorspace(), _corners(grid), mupdf.FzSeparations(), 1
    )
    mupdf.fz_clear_pixmap(pixels)
    return pixels


def painter(pixels: mupdf.FzPixmap, grid: PixelGrid) -> mupdf.FzDevice:
    return mupdf.fz_new_draw_device(mupdf.FzMatrix(grid.scale, 0, 0, grid.scale, 0, 0), pixels)


def samples(pixels: mupdf.FzPixmap) -> bytes:
    data: bytes = pymupdf.Pixmap("raw", pixels).samples
    return data


def _paper(grid: PixelGrid) -> mupdf.FzPixmap:
    pixels = mupdf.fz_new_pixmap_with_bbox(
        mupdf.fz_device_gray(), _corners(grid), mupdf.FzSeparations(), 0
    )
    mupdf.fz_clear_pixmap_with_value(pixels, _WHITE)
    return pixels


def _corners(grid: PixelGrid) -> mupdf.FzIrect:
    return mupdf.FzIrect(grid.left, grid.top, grid.left + grid.width, grid.top + grid.height)


def _painted(
    page: pymupdf.Page, pixels: mupdf.FzPixmap, grid: PixelGrid, without: tuple[str, ...]
) -> bytes:
    device = painter(pixels, grid)
    for function in without:
        setattr(device.m_internal, function, None)
    # At once: the display list that `Page.get_pixmap` goes by frees memory twice on some damaged pages.
    mupdf.fz_run_page(page.this, device, mupdf.FzMatrix(), mupdf.FzCookie())
    mupdf.fz_close_device(device)
    return samples(pixels)
