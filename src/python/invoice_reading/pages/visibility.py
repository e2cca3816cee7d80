"""Which words of a page people can see: those whose own strokes are in the picture of the page."""

# PyMuPDF says that it is typed, and is in part.
# mypy: allow-untyped-calls

from collections.abc import Iterator, Sequence

import pymupdf

from invoice_reading.pages.geometry import Rectangle
from invoice_reading.pages.overprint import overprinted
from invoice_reading.pages.painting import (
    as_people_see_it,
    pixel_grid,
    text_alone,
    without_text,
)
from invoice_reading.pages.seen_letters import seen_characters
from invoice_reading.pages.strokes import Sight, strokes
from invoice_reading.pages.words import DrawnWord

# Pixels a point on a page as narrow as A4: enough for a full stop, and for the shape of a letter.
_FINE = 1.5
_FINEST = 3.0


def told_apart(
    page: pymupdf.Page, extent: Rectangle, unit: float, words: Sequence[DrawnWord]
) -> Iterator[tuple[DrawnWord, bool]]:
    """Yields the words in their order, each with whether people see it; one that is seen in part comes in parts.

    Strokes that make a difference to the picture of the page are seen. Only words of which some do, and words that are
    written over each other, are looked at letter by letter; of the latter all letters are seen, or the word is not.
    `unit` is as in `drawn_words`.
    """
    sights = _sights(page, extent, unit, words)
    over = _overprinted(words, sights)
    asked = [
        word
        for word, sight, is_over in zip(words, sights, over, strict=True)
        if sight is Sight.DOUBTFUL or is_over
    ]
    seen = iter(
        seen_characters(page, asked, pixel_grid(_around(asked, extent), _FINEST / unit))
        if asked
        else ()
    )
    for word, sight, is_over in zip(words, sights, over, strict=True):
        if is_over:
            yield word, all(next(seen))
        elif sight is Sight.DOUBTFUL:
            yield from word.parts(next(seen))
        else:
            yield word, sight is Sight.SEEN


def _overprinted(words: Sequence[DrawnWord], sights: Sequence[Sight]) -> list[bool]:
    """Says it of all words; those that are hidden are written over nothing."""
    found = iter(
        overprinted(
            [word for word, sight in zip(words, sights, strict=True) if sight is not Sight.HIDDEN]
        )
    )
    return [sight is not Sight.HIDDEN and next(found) for sight in sights]


def _sights(
    page: pymupdf.Page, extent: Rectangle, unit: float, words: Sequence[DrawnWord]
) -> list[Sight]:
    painted = [word for word in words if _may_be_seen(word, extent)]
    # Not painted where no word needs it: the text under a scan is all invisible, and its pictures are large.
    if not painted:
        return [Sight.HIDDEN] * len(words)
    grid = pixel_grid(_around(painted, extent), _FINE / unit)
    found = strokes(
        grid, as_people_see_it(page, grid), without_text(page, grid), text_alone(page, grid)
    )
    sights = iter(found.sights([word.place for word in painted]))
    return [
        _told(word, extent, next(sights)) if _may_be_seen(word, extent) else Sight.HIDDEN
        for word in words
    ]


def _told(word: DrawnWord, extent: Rectangle, sight: Sight) -> Sight:
    """Returns the sight of a word; what is painted through letters, or goes beyond the page, has to be looked at."""
    return Sight.DOUBTFUL if word.ink.clips or not extent.holds(word.place) else sight


def _may_be_seen(word: DrawnWord, extent: Rectangle) -> bool:
    return not word.ink.invisible and word.place.overlap(extent).area > 0


def _around(words: Sequence[DrawnWord], extent: Rectangle) -> Rectangle:
    """Returns the part of the page that the words take up."""
    lefts, tops, rights, bottoms = zip(*[word.place for word in words], strict=True)
    return Rectangle(min(lefts), min(tops), max(rights), max(bottoms)).overlap(extent)
