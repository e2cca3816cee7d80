"""Frames around places of a page that has been painted."""

# PyMuPDF says that it is typed, and is in part.
# mypy: allow-untyped-calls

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from pymupdf import mupdf

from invoice_reading.page import MILLIONTHS, Box

_LINE_POINTS, _GAP_POINTS = 1.2, 2.0  # a frame stands a little apart from what it is around
_LINE_COLOUR, _GROUND_COLOUR = (0.8, 0.0, 0.35), (1.0, 0.75, 0.0)
_GROUND_OPACITY = 0.2
_POINTS_PER_INCH = 72


def add_frames(painted: Any, boxes: Sequence[Box], dots_per_inch: int) -> None:
    """The picture, an FzPixmap in RGB, has a frame around each box."""
    scale = dots_per_inch / _POINTS_PER_INCH
    stroke = mupdf.fz_new_stroke_state()
    stroke.m_internal.linewidth = _LINE_POINTS * scale
    device = mupdf.fz_new_draw_device(mupdf.FzMatrix(), painted)
    as_it_is, rgb, plain = mupdf.FzMatrix(), mupdf.fz_device_rgb(), mupdf.FzColorParams()
    with _colour(_LINE_COLOUR) as line, _colour(_GROUND_COLOUR) as ground:
        for box in boxes:
            path = _rectangle(painted, box, _GAP_POINTS * scale)
            mupdf.fz_fill_path(device, path, 0, as_it_is, rgb, ground, _GROUND_OPACITY, plain)
            mupdf.fz_stroke_path(device, path, stroke, as_it_is, rgb, line, 1.0, plain)
        mupdf.fz_close_device(device)


def _rectangle(painted: Any, box: Box, gap: float) -> Any:
    left, top = painted.x(), painted.y()
    across, down = painted.w() / MILLIONTHS, painted.h() / MILLIONTHS
    path = mupdf.fz_new_path()
    mupdf.fz_rectto(
        path,
        left + box.left * across - gap,
        top + box.top * down - gap,
        left + box.right * across + gap,
        top + box.bottom * down + gap,
    )
    return path


@contextmanager
def _colour(parts: Sequence[float]) -> Iterator[Any]:
    """Yields the colour as the library takes it."""
    floats = mupdf.new_floats(len(parts))
    try:
        for index, part in enumerate(parts):
            mupdf.floats_setitem(floats, index, part)
        yield floats
    finally:
        mupdf.delete_floats(floats)
