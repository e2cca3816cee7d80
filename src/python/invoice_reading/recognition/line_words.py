"""Words of a page out of the lines that were found in its picture: sorted by lines, with boxes and scores."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import isfinite
from statistics import median

from invoice_reading.page import MILLIONTHS, Box, Layer, Page, Word
from invoice_reading.recognition.picture import FoundLine, FoundWord, Point

_LONG_LINE = 4.0  # times its height: shorter ones say little of the slope
# Levels of 256 by which ink has to differ from its ground. The faintest of the labelled scans, receipts on thermal paper
# among them, differ by 86; the engine reads what differs by 12 with a score of 1.
_LEAST_CONTRAST = 32
_BARS = re.compile(r"([|\u00a6\uff5c])")
_STEEPEST = 0.2  # 11 degrees: beyond it the picture is turned, not skewed


def with_found_lines(page: Page, pixels: tuple[int, int], lines: Sequence[FoundLine]) -> Page:
    """Returns the page with the words of the lines behind those that it had, from the top down and from left to right.

    The lines stand in a picture of the page as it is read, of so many `pixels` across and down. A word is what stands between white space, as far as the engine saw it; its confidence is the score of its line.
    One that differs so little from its ground that nobody sees it is hidden: the engine reads it all the same.
    `skew` is that of most lines, in the measure of the page.
    """
    skew = _skew(lines)
    words: list[Word] = list(page.words)
    for line in _sorted(lines, skew):
        for found in (part for word in _words(line) for part in _without_bars(word)):
            words.append(
                Word(
                    index=len(words),
                    text=found.text,
                    box=_box(found.corners, pixels),
                    hidden=found.contrast < _LEAST_CONTRAST,
                    layer=Layer.OCR,
                    confidence=round(min(max(line.score, 0.0), 1.0), 4),
                )
            )
    return replace(page, words=tuple(words), skew=skew)


def _skew(lines: Sequence[FoundLine]) -> float:
    """Returns how far lines fall from left to right, as a part of their length; 0 where they do not agree on it."""
    slopes = [
        (right[1] - left[1]) / (right[0] - left[0])
        for left, right, height in map(_baseline, lines)
        if right[0] - left[0] > _LONG_LINE * height
    ]
    if len(slopes) < 3:
        return 0.0
    middle = median(slopes)
    return round(middle, 5) if isfinite(middle) and abs(middle) <= _STEEPEST else 0.0


def _baseline(line: FoundLine) -> tuple[Point, Point, float]:
    top_left, top_right, bottom_right, bottom_left = line.corners
    left = ((top_left[0] + bottom_left[0]) / 2, (top_left[1] + bottom_left[1]) / 2)
    right = ((top_right[0] + bottom_right[0]) / 2, (top_right[1] + bottom_right[1]) / 2)
    return left, right, abs(bottom_left[1] - top_left[1])


def _sorted(lines: Sequence[FoundLine], skew: float) -> list[FoundLine]:
    """Returns the lines in rows: one that begins before the middle of the row is passed belongs to it."""

    def middle(line: FoundLine) -> float:
        left, right, _ = _baseline(line)
        return (left[1] + right[1]) / 2 - skew * (left[0] + right[0]) / 2

    rows: list[list[FoundLine]] = []
    for line in sorted(lines, key=middle):
        first = rows[-1][0] if rows else None
        if first is not None and middle(line) - middle(first) < 0.5 * _baseline(first)[2]:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [line for row in rows for line in sorted(row, key=lambda each: _baseline(each)[0][0])]


def _words(line: FoundLine) -> Iterator[FoundWord]:
    """Yields the words of the line; where the engine's do not give its text, they are its parts between white space."""
    told = "".join(word.text for word in line.words)
    if line.words and told == "".join(line.text.split()):
        yield from _joined(line)
        return
    length = max(len(line.text), 1)
    at = 0
    for text in line.text.split():
        begin = line.text.index(text, at)
        at = begin + len(text)
        yield FoundWord(text, _part(line, begin / length, at / length), line.contrast)


def _joined(line: FoundLine) -> Iterator[FoundWord]:
    """Yields the engine's words, put together where the text of the line has no white space between them."""
    pieces = iter(line.words)
    for text in line.text.split():
        taken: list[FoundWord] = []
        while sum(len(piece.text) for piece in taken) < len(text):
            piece = next(pieces, None)
            if piece is None:
                break
            taken.append(piece)
        if taken:
            first, last = taken[0].corners, taken[-1].corners
            faintest = min(piece.contrast for piece in taken)
            yield FoundWord(text, (first[0], last[1], last[2], first[3]), faintest)


def _without_bars(word: FoundWord) -> Iterator[FoundWord]:
    """Yields the parts of a word between upright bars, which footers have between their phrases, and the bars."""
    length = len(word.text)
    at = 0
    for text in _BARS.split(word.text):
        if text:
            yield FoundWord(
                text, _part(word, at / length, (at + len(text)) / length), word.contrast
            )
        at += len(text)


def _part(
    line: FoundLine | FoundWord, begin: float, end: float
) -> tuple[Point, Point, Point, Point]:
    top_left, top_right, bottom_right, bottom_left = line.corners
    return (
        _between(top_left, top_right, begin),
        _between(top_left, top_right, end),
        _between(bottom_left, bottom_right, end),
        _between(bottom_left, bottom_right, begin),
    )


def _between(one: Point, other: Point, share: float) -> Point:
    return (one[0] + (other[0] - one[0]) * share, one[1] + (other[1] - one[1]) * share)


def _box(corners: Sequence[Point], pixels: tuple[int, int]) -> Box:
    width, height = pixels
    across = [x / width for x, _ in corners]
    down = [y / height for _, y in corners]
    return Box(_share(min(across)), _share(min(down)), _share(max(across)), _share(max(down)))


def _share(of_page: float) -> int:
    return round(min(max(of_page, 0.0), 1.0) * MILLIONTHS)
