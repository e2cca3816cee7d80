"""Which letters of a word people see: the costly way, for words that leave a doubt."""

# PyMuPDF says that it is typed, and is in part.
# mypy: allow-untyped-calls

from collections.abc import Mapping, Sequence

import pymupdf
from pymupdf import mupdf

from invoice_reading.pages.glyphs import Found, GlyphSearch
from invoice_reading.pages.likeness import LEAST_LIKENESS, LEAST_LIKENESS_AMONG_OTHERS
from invoice_reading.pages.painting import PixelGrid, as_people_see_it, without_text
from invoice_reading.pages.sought_letters import Letter, SoughtLetters
from invoice_reading.pages.words import DrawnWord

_SAME_PLACE = 0.6  # of the larger one of two letters
_MIDDLES_APART = (
    8  # pixels: letters of a text that lie further apart than these are not in one place
)
_MOST_IN_ONE_PLACE = 100  # letters: nobody reads any of more than these


def seen_characters(
    page: pymupdf.Page, words: Sequence[DrawnWord], grid: PixelGrid
) -> list[list[bool]]:
    """Returns for each character of each word whether its strokes are in the picture of the page.

    One that paints nothing of its own, such as the second letter of a ligature, is seen where the one before it is, or,
    at the beginning, the first that paints. Where none of a word paints, nothing of it is seen. Nor is what a page has
    too much of to be looked at: what that costs is bounded for each page.
    """
    sought = SoughtLetters(words)
    search = GlyphSearch(sought, grid, as_people_see_it(page, grid), without_text(page, grid))
    mupdf.fz_run_page(page.this, search, mupdf.FzMatrix(), mupdf.FzCookie())
    mupdf.fz_close_device(search)
    unseen = dict.fromkeys(search.passed_over | sought.crowded, 0.0)
    likeness = unseen | _likeness(sought, search.found)
    return [
        _seen([likeness.get(Letter(at, of)) for of in range(len(word.characters))])
        for at, word in enumerate(words)
    ]


def _likeness(sought: SoughtLetters, found: Mapping[Letter, Found]) -> dict[Letter, float]:
    """Returns it of each letter that was painted; 0 where another is in its place, or too many are."""
    places: dict[tuple[int, int], list[Letter]] = {}
    for letter, best in found.items():
        places.setdefault(_middle(best.part), []).append(letter)
    return {
        letter: (0.0 if _is_another_one_there(letter, sought, found, places) else best.likeness)
        for letter, best in found.items()
    }


def _is_another_one_there(
    letter: Letter,
    sought: SoughtLetters,
    found: Mapping[Letter, Found],
    places: Mapping[tuple[int, int], list[Letter]],
) -> bool:
    best = found[letter]
    across, down = _middle(best.part)
    near = [
        places[place]
        for place in (
            (x, y) for x in (across - 1, across, across + 1) for y in (down - 1, down, down + 1)
        )
        if place in places
    ]
    if sum(map(len, near)) > _MOST_IN_ONE_PLACE:
        return True
    return any(
        other.word != letter.word
        and found[other][:2] > best[:2]
        and sought.character(other) != sought.character(letter)
        and _are_in_one_place(best.part, found[other].part)
        for others in near
        for other in others
    )


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


def _middle(part: PixelGrid) -> tuple[int, int]:
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
