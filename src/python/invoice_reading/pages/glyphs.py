"""Paints the glyphs of a page one by one, and holds each against the picture of the page."""

# PyMuPDF says that it is typed, and is in part.
# mypy: allow-untyped-calls

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from pymupdf import mupdf

from invoice_reading.pages.geometry import Rectangle, turned_point
from invoice_reading.pages.likeness import LEAST_CONTRAST, LEAST_CONTRAST_OF_LARGE, likeness
from invoice_reading.pages.painting import PixelGrid, no_strokes, painter, samples
from invoice_reading.pages.sought_letters import Letter, SoughtLetters

_MARGIN = 2  # pixels around a letter that belong to its ground
_MOST_LEVELS = 32  # of a letter, across and down: a large one is looked at in steps
# What one page may cost. Glyphs beyond it are not looked at, and with that not seen.
_MOST_GLYPHS = 5_000
_MOST_PIXELS = 64_000_000


class Found(NamedTuple):
    """How much a letter is like what is seen in its place, and when it was painted."""

    likeness: float
    turn: int
    part: PixelGrid


class _Painted(NamedTuple):
    """A glyph as it is painted: the letters that it may be, and the pixels that it takes up."""

    letters: list[Letter]
    part: PixelGrid


class GlyphSearch(mupdf.FzDevice2):  # type: ignore[misc]
    """A device that text is painted on, by itself, to be held against the picture of the page.

    `found` is the best of the times that a letter was painted. `passed_over` are letters of glyphs that were too many.
    """

    def __init__(
        self, sought: SoughtLetters, grid: PixelGrid, picture: bytes, ground: bytes
    ) -> None:
        super().__init__()
        self.use_virtual_fill_text()
        self.use_virtual_stroke_text()
        self.use_virtual_clip_text()
        self.use_virtual_clip_stroke_text()
        self.found: dict[Letter, Found] = {}
        self.passed_over: set[Letter] = set()
        self._turn = 0
        self._sought, self._grid = sought, grid
        self._picture, self._ground = picture, ground
        self._glyphs_left, self._pixels_left = _MOST_GLYPHS, _MOST_PIXELS

    def fill_text(
        self, ctx: Any, text: Any, ctm: Any, space: Any, color: Any, alpha: float, params: Any
    ) -> None:
        self._look(text, ctm, lambda to: _fill(to, text, ctm, params))

    def stroke_text(
        self,
        ctx: Any,
        text: Any,
        stroke: Any,
        ctm: Any,
        space: Any,
        color: Any,
        alpha: float,
        params: Any,
    ) -> None:
        self._look(
            text,
            ctm,
            lambda to: mupdf.ll_fz_stroke_text(to, text, stroke, ctm, space, color, 1.0, params),
        )

    def clip_text(self, ctx: Any, text: Any, ctm: Any, scissor: Any) -> None:
        self._look_through(text, ctm)

    def clip_stroke_text(self, ctx: Any, text: Any, stroke: Any, ctm: Any, scissor: Any) -> None:
        self._look_through(text, ctm)

    def _look_through(self, text: Any, ctm: Any) -> None:
        # What is painted through letters is in both pictures, so that their difference knows nothing of it.
        params = mupdf.FzColorParams()
        self._look(
            text,
            ctm,
            lambda to: _fill(to, text, ctm, params.internal()),
            ground=bytes(len(self._picture)),
        )

    def _look(
        self, text: Any, ctm: Any, paint: Callable[[Any], None], ground: bytes | None = None
    ) -> None:
        self._turn += 1
        painted = list(self._painted(text, ctm))
        if not painted:
            return
        grid = _around([glyph.part for glyph in painted], self._grid.scale)
        self._pixels_left -= grid.width * grid.height
        if self._pixels_left < 0:
            self._glyphs_left = 0
            for letters, _ in painted:
                self.passed_over.update(letters)
            return
        pixels = no_strokes(grid)
        device = painter(pixels, grid)
        paint(device.m_internal)
        mupdf.fz_close_device(device)
        cover = samples(pixels)
        for letters, part in painted:
            large = self._sought.is_large(letters[0])
            found = likeness(
                _levels(cover, grid, part),
                self._difference(part, ground or self._ground),
                LEAST_CONTRAST_OF_LARGE if large else LEAST_CONTRAST,
            )
            self._note(letters, found, part)

    def _note(self, letters: Iterable[Letter], found: float, part: PixelGrid) -> None:
        for letter in letters:
            before = self.found.get(letter)
            if before is None or found >= before.likeness:
                self.found[letter] = Found(found, self._turn, part)

    def _are_all_seen(self, letters: list[Letter]) -> bool:
        known = [self.found.get(letter) for letter in letters]
        return all(found is not None and found.likeness == 1 for found in known)

    def _difference(self, part: PixelGrid, ground: bytes) -> list[int]:
        picture = _levels(self._picture, self._grid, part)
        behind = _levels(ground, self._grid, part)
        return [level - without for level, without in zip(picture, behind, strict=True)]

    def _painted(self, text: Any, ctm: Any) -> Iterator[_Painted]:
        """Yields the glyphs of a text that paint anything of the letters that are looked for."""
        to_page = mupdf.FzMatrix(ctm)
        matrix = (to_page.a, to_page.b, to_page.c, to_page.d, to_page.e, to_page.f)
        span = text.head
        while span:
            items = mupdf.FzTextSpan(span)
            for at in range(span.len):
                item = items.items(at)
                if item.gid < 0:
                    continue
                origin = item.x, item.y
                letters = self._sought.painted_by(item.ucs, turned_point(origin, matrix))
                if not letters or self._are_all_seen(letters):
                    continue
                if not self._glyphs_left:
                    self.passed_over.update(letters)
                    continue
                self._glyphs_left -= 1
                form = mupdf.fz_concat(
                    mupdf.FzMatrix(span.trm.a, span.trm.b, span.trm.c, span.trm.d, *origin), to_page
                )
                bounds = mupdf.fz_bound_glyph(items.font(), item.gid, form)
                place = Rectangle(bounds.x0, bounds.y0, bounds.x1, bounds.y1)
                if place.area == 0:
                    continue  # blank
                part = self._grid.overlap(place, _MARGIN)
                if part.width and part.height:
                    yield _Painted(letters, part)
                else:
                    self._note(letters, 0.0, part)
            span = span.next


def _fill(device: Any, text: Any, ctm: Any, params: Any) -> None:
    grey = mupdf.fz_device_gray().m_internal
    mupdf.ll_fz_fill_text(device, text, ctm, grey, (0.0,), 1.0, params)


def _around(parts: list[PixelGrid], scale: float) -> PixelGrid:
    left, top = min(part.left for part in parts), min(part.top for part in parts)
    right = max(part.left + part.width for part in parts)
    bottom = max(part.top + part.height for part in parts)
    return PixelGrid(left, top, right - left, bottom - top, scale)


def _levels(pixels: bytes, grid: PixelGrid, part: PixelGrid) -> bytes:
    """Returns the levels of a part, row by row, in steps where it is large."""
    across = part.width // _MOST_LEVELS + 1
    down = part.height // _MOST_LEVELS + 1
    return b"".join(pixels[row : row + part.width : across] for row in grid.rows(part)[::down])
