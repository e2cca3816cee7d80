"""Looks for the strokes of single letters in the picture of a page: the costly way, for words that leave a doubt."""

# PyMuPDF says that it is typed, and is in part.
# mypy: allow-untyped-calls

import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import pymupdf
from pymupdf import mupdf

from invoice_reading.pages.geometry import Rectangle
from invoice_reading.pages.likeness import (
    LEAST_CONTRAST,
    LEAST_CONTRAST_OF_LARGE,
    LEAST_LIKENESS,
    LEAST_LIKENESS_AMONG_OTHERS,
    likeness,
)
from invoice_reading.pages.painting import (
    PixelGrid,
    as_people_see_it,
    no_strokes,
    painter,
    samples,
    without_text,
)
from invoice_reading.pages.words import DrawnWord

# Origins of one letter, told twice by MuPDF, lie closer together than this many points; so do copies for bold letters.
_CLOSE = 0.25
_MARGIN = 2  # pixels around a letter that belong to its ground
_MOST_LEVELS = 32  # of a letter, across and down: a large one is looked at in steps
_SAME_PLACE = 0.6  # of the larger one of two letters
_MIDDLES_APART = (
    8  # pixels: letters of a text that lie further apart than these are not in one place
)
_MOST_IN_ONE_PLACE = 100  # letters: nobody reads any of more than these
# What one page may cost. Letters beyond it are not looked at, and with that not seen.
_MOST_CHARACTERS = 5_000
_MOST_PIXELS = 64_000_000

_Place = tuple[int, int]


class _Letter(NamedTuple):
    """A character of a word, by their numbers."""

    word: int
    character: int


class _Painted(NamedTuple):
    """A letter as it is painted: who asked for it, and the pixels that it takes up."""

    letters: list[_Letter]
    part: PixelGrid


class _Found(NamedTuple):
    """How much a letter is like what is seen in its place, and when it was painted."""

    likeness: float
    turn: int
    part: PixelGrid


def seen_characters(
    page: pymupdf.Page, words: Sequence[DrawnWord], grid: PixelGrid
) -> list[list[bool]]:
    """Returns for each character of each word whether its strokes are in the picture of the page.

    One that paints nothing of its own, such as the second letter of a ligature, is seen where the one before it is, or,
    at the beginning, the first that paints. Where none of a word paints, nothing of it is seen.
    """
    picture = as_people_see_it(page, grid)
    ground = without_text(page, grid)
    search = _Search(words, grid, picture, ground)
    mupdf.fz_run_page(page.this, search, mupdf.FzMatrix(), mupdf.FzCookie())
    mupdf.fz_close_device(search)
    found = search.likeness()
    return [
        _seen([found.get(_Letter(at, of)) for of in range(len(word.characters))])
        for at, word in enumerate(words)
    ]


def _seen(letters: list[float | None]) -> list[bool]:
    known = _filled(letters)
    if 2 * sum([found >= LEAST_LIKENESS for found in known]) <= len(known):
        return [False] * len(known)
    return [found >= LEAST_LIKENESS_AMONG_OTHERS for found in known]


def _filled(letters: list[float | None]) -> list[float]:
    last = next((found for found in letters if found is not None), 0.0)
    filled = []
    for found in letters:
        last = last if found is None else found
        filled.append(last)
    return filled


class _Search(mupdf.FzDevice2):  # type: ignore[misc]
    """A device that text is painted on, by itself, to be held against the picture of the page."""

    def __init__(
        self, words: Sequence[DrawnWord], grid: PixelGrid, picture: bytes, ground: bytes
    ) -> None:
        super().__init__()
        self.use_virtual_fill_text()
        self.use_virtual_stroke_text()
        self.use_virtual_clip_text()
        self.use_virtual_clip_stroke_text()
        self._found: dict[_Letter, _Found] = {}
        self._turn = 0
        self._words, self._grid = words, grid
        self._picture, self._ground = picture, ground
        self._pixels_left = _MOST_PIXELS
        self._sought: dict[_Place, list[_Letter]] = {}
        letters = [
            _Letter(at, of) for at, word in enumerate(words) for of in range(len(word.characters))
        ]
        self._note(letters[_MOST_CHARACTERS:], 0.0, grid)
        for letter in letters[:_MOST_CHARACTERS]:
            for place in _places(words[letter.word].characters[letter.character]["origin"]):
                self._sought.setdefault(place, []).append(letter)

    def likeness(self) -> dict[_Letter, float]:
        """Returns it of each letter that was painted, the best of the times that it was; 0 where another is in its place."""
        places: dict[_Place, list[_Letter]] = {}
        for letter, found in self._found.items():
            places.setdefault(_middle(found.part), []).append(letter)
        return {
            letter: 0.0 if self._is_another_one_there(letter, found, places) else found.likeness
            for letter, found in self._found.items()
        }

    def _is_another_one_there(
        self, letter: _Letter, found: _Found, places: dict[_Place, list[_Letter]]
    ) -> bool:
        across, down = _middle(found.part)
        near = [
            other
            for x in (across - 1, across, across + 1)
            for y in (down - 1, down, down + 1)
            for other in places.get((x, y), ())
        ]
        return len(near) > _MOST_IN_ONE_PLACE or any(
            other.word != letter.word
            and self._character(other) != self._character(letter)
            and self._found[other][:2] > found[:2]
            and _are_in_one_place(found.part, self._found[other].part)
            for other in near
        )

    def _character(self, letter: _Letter) -> str:
        return self._words[letter.word].characters[letter.character]["c"]

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
        painted = [letter for letter in self._painted(text, ctm) if not self._all_seen(letter)]
        if not painted:
            return
        parts = [letter.part for letter in painted]
        left, top = min(part.left for part in parts), min(part.top for part in parts)
        right = max(part.left + part.width for part in parts)
        bottom = max(part.top + part.height for part in parts)
        grid = PixelGrid(left, top, right - left, bottom - top, self._grid.scale)
        self._pixels_left -= grid.width * grid.height
        if self._pixels_left < 0:
            for letters, part in painted:
                self._note(letters, 0.0, part)
            return
        pixels = no_strokes(grid)
        device = painter(pixels, grid)
        paint(device.m_internal)
        mupdf.fz_close_device(device)
        cover = samples(pixels)
        for letters, part in painted:
            large = self._words[letters[0].word].ink.large
            found = likeness(
                _levels(cover, grid, part),
                self._difference(part, ground or self._ground),
                LEAST_CONTRAST_OF_LARGE if large else LEAST_CONTRAST,
            )
            self._note(letters, found, part)

    def _note(self, letters: Iterable[_Letter], found: float, part: PixelGrid) -> None:
        for letter in letters:
            before = self._found.get(letter)
            if before is None or found >= before.likeness:
                self._found[letter] = _Found(found, self._turn, part)

    def _all_seen(self, painted: _Painted) -> bool:
        known = [self._found.get(letter) for letter in painted.letters]
        return all(found is not None and found.likeness == 1 for found in known)

    def _difference(self, part: PixelGrid, ground: bytes) -> list[int]:
        picture = _levels(self._picture, self._grid, part)
        behind = _levels(ground, self._grid, part)
        return [level - without for level, without in zip(picture, behind, strict=True)]

    def _painted(self, text: Any, ctm: Any) -> Iterator[_Painted]:
        """Yields the letters of a text that are looked for and paint anything."""
        to_page = mupdf.FzMatrix(ctm)
        span = text.head
        while span:
            items = mupdf.FzTextSpan(span)
            for at in range(span.len):
                item = items.items(at)
                if item.gid < 0:
                    continue
                form = mupdf.FzMatrix(
                    span.trm.a, span.trm.b, span.trm.c, span.trm.d, item.x, item.y
                )
                form = mupdf.fz_concat(form, to_page)
                letters = [
                    letter
                    for letter in self._sought.get(_place((form.e, form.f)), ())
                    if self._is_letter(letter, item.ucs)
                ]
                if not letters:
                    continue
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

    def _is_letter(self, letter: _Letter, code: int) -> bool:
        character = self._character(letter)
        if ord(character) == code or not 0 <= code <= sys.maxunicode:
            return ord(character) == code
        return unicodedata.normalize("NFKC", chr(code)).startswith(character)


def _fill(device: Any, text: Any, ctm: Any, params: Any) -> None:
    grey = mupdf.fz_device_gray().m_internal
    mupdf.ll_fz_fill_text(device, text, ctm, grey, (0.0,), 1.0, params)


def _place(origin: tuple[float, float]) -> _Place:
    return round(origin[0] / _CLOSE), round(origin[1] / _CLOSE)


def _places(origin: tuple[float, float]) -> Iterator[_Place]:
    """Yields the place of an origin and those around it, so that a little difference never parts two of them."""
    across, down = _place(origin)
    for x in (across - 1, across, across + 1):
        for y in (down - 1, down, down + 1):
            yield x, y


def _middle(part: PixelGrid) -> _Place:
    return (
        (part.left + part.width // 2) // _MIDDLES_APART,
        (part.top + part.height // 2) // _MIDDLES_APART,
    )


def _are_in_one_place(one: PixelGrid, other: PixelGrid) -> bool:
    """Says whether two letters take up much the same pixels, as a letter and its accent do not."""
    width = min(one.left + one.width, other.left + other.width) - max(one.left, other.left)
    height = min(one.top + one.height, other.top + other.height) - max(one.top, other.top)
    larger = max(one.width * one.height, other.width * other.height)
    return width > 0 and height > 0 and width * height >= _SAME_PLACE * larger


def _levels(pixels: bytes, grid: PixelGrid, part: PixelGrid) -> bytes:
    """Returns the levels of a part, row by row, in steps where it is large."""
    across = part.width // _MOST_LEVELS + 1
    down = part.height // _MOST_LEVELS + 1
    return b"".join(pixels[row : row + part.width : across] for row in grid.rows(part)[::down])
