"""Which words of a page people can see: those whose own strokes are in the picture of the page."""

# PyMuPDF says that it is typed, and is in part.
# mypy: allow-untyped-calls

from collections.abc import Iterator, Sequence

import pymupdf

from invoice_reading.pages.geometry import Rectangle
from invoice_reading.pages.glyphs import seen_characters
from invoice_reading.pages.painting import (
    as_people_see_it,
    pixel_grid,
    text_alone,
    without_text,
)
from invoice_reading.pages.strokes import strokes
from invoice_reading.pages.words import DrawnWord

# Pixels a point on a page as narrow as A4: enough for a full stop, and for the shape of a letter.
_FINE = 1.5
_FINEST = 3.0


def told_apart(
    page: pymupdf.Page, extent: Rectangle, unit: float, words: Sequence[DrawnWord]
) -> Iterator[tuple[DrawnWord, bool]]:
    """Yields the words in their order, each with whether people see it; one that is seen in part comes in parts.

    Strokes that make a difference to the picture of the page are seen. Only words for which that is in doubt are looked
    at letter by letter. `unit` is as in `drawn_words`.
    """
    doubtful = _doubtful(page, extent, unit, words)
    asked = [word for word, is_doubtful in zip(words, doubtful, strict=True) if is_doubtful]
    seen = iter(
        seen_characters(page, asked, pixel_grid(_around(asked, extent), _FINEST / unit))
        if asked
        else ()
    )
    for word, is_doubtful in zip(words, doubtful, strict=True):
        if is_doubtful:
            yield from word.parts(next(seen))
        else:
            yield word, _may_be_seen(word, extent)


def _doubtful(
    page: pymupdf.Page, extent: Rectangle, unit: float, words: Sequence[DrawnWord]
) -> list[bool]:
    """Says of each word whether it may be seen and is not known to be."""
    painted = [word for word in words if _may_be_seen(word, extent)]
    # Not painted where no word needs it: the text under a scan is all invisible, and its pictures are large.
    if not painted:
        return [False] * len(words)
    grid = pixel_grid(_around(painted, extent), _FINE / unit)
    found = strokes(
        grid, as_people_see_it(page, grid), without_text(page, grid), text_alone(page, grid)
    )
    doubtful = iter(found.doubtful([word.place for word in painted]))
    return [
        _may_be_seen(word, extent)
        and (next(doubtful) or word.ink.clips or not extent.holds(word.place))
        for word in words
    ]


def _may_be_seen(word: DrawnWord, extent: Rectangle) -> bool:
    return not word.ink.invisible and word.place.overlap(extent).area > 0


def _around(words: Sequence[DrawnWord], extent: Rectangle) -> Rectangle:
    """Returns the part of the page that the words take up."""
    lefts, tops, rights, bottoms = zip(*[word.place for word in words], strict=True)
    return Rectangle(min(lefts), min(tops), max(rights), max(bottoms)).overlap(extent)
