"""Rows of a page: words that stand side by side, as one text whose every character leads back to its word."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import isfinite

from invoice_reading.annotation import PageRegion, WordSpan
from invoice_reading.extract.page_region import region_of
from invoice_reading.page import MILLIONTHS, Page, Word

TIGHT = " "  # an ordinary space: may stand inside a number
LOOSE = "\u2002"  # a wide space: the same phrase, another value
COLUMN = "\t"  # a gap that no sentence has: another column

_A4_POINTS = (595.0, 842.0)
# A row of more words than this is no row of an invoice; the cut keeps work per row bounded on hostile pages.
_MAX_ROW_WORDS = 256
# In a font whose characters are all as wide, a space is one of them: wider than a space of other fonts.
_ALIKE = 1.03
_ONE_SPACE = 1.3  # characters
_MAX_WORD_CHARACTERS = 120  # no field of an invoice is one longer word


@dataclass(frozen=True, slots=True)
class Row:
    """Words of one page from left to right; geometry in points, origin at the top left.

    `text` joins the words by TIGHT, LOOSE or COLUMN, and `starts` holds the offset of each word in it.
    """

    page: Page
    words: tuple[Word, ...]
    text: str
    starts: tuple[int, ...]
    top: float
    bottom: float
    points_per_millionth: float
    shift: float = 0.0  # what is added to places from the left, where the page is skewed

    @property
    def height(self) -> float:
        return self.bottom - self.top

    def left(self, offset: int) -> float:
        """Returns where the character at the offset begins, in points from the left edge of the page."""
        at = self._word_at(offset)
        word = self.words[at]
        inside = min(max(offset - self.starts[at], 0), len(word.text))
        width = word.box.right - word.box.left
        shift = width * inside / max(len(word.text), 1)
        return (word.box.left + shift) * self.points_per_millionth + self.shift

    def right(self, offset: int) -> float:
        """Returns where the character before the offset ends."""
        return self.left(offset - 1) + self._character_width(offset - 1)

    def region(self, begin: int, end: int) -> PageRegion:
        """Returns the evidence for the characters [begin, end): the words, their common box, the text as printed."""
        first = self._word_at(begin)
        last = self._word_at(max(end - 1, begin))
        spans: list[WordSpan] = []
        for at in range(first, last + 1):
            word = self.words[at]
            low = max(begin - self.starts[at], 0)
            high = min(end - self.starts[at], len(word.text))
            if high > low:
                spans.append(WordSpan(word.index, low, high))
        return region_of(self.page, spans)

    def segments(self) -> Iterator[tuple[int, int]]:
        """Yields the character ranges between COLUMN gaps."""
        begin = 0
        while begin < len(self.text):
            end = self.text.find(COLUMN, begin)
            if end < 0:
                end = len(self.text)
            if end > begin:
                yield begin, end
            begin = end + 1

    def _word_at(self, offset: int) -> int:
        return max(bisect_right(self.starts, offset) - 1, 0)

    def _character_width(self, offset: int) -> float:
        word = self.words[self._word_at(offset)]
        width = word.box.right - word.box.left
        return width / max(len(word.text), 1) * self.points_per_millionth


def rows(page: Page) -> tuple[Row, ...]:
    """Returns the rows of the page from top to bottom; hidden, rotated, boxless and endless words are in none.

    Rows of a page that is skewed stand where they would on one that is not.

    Sorting dominates the cost, whatever the page holds.
    """
    across, down = _points_per_millionth(page)
    placed = sorted(
        (
            (
                _middle(word, down) - page.skew * _centre(word, across),
                (word.box.bottom - word.box.top) * down,
                word,
            )
            for word in page.words
            if _is_readable(word, across, down)
        ),
        key=lambda item: (item[0], item[2].box.left),
    )
    found: list[Row] = []
    current: list[Word] = []
    centre = height = 0.0
    for middle, tall, word in placed:
        reach = 0.45 * min(tall, height)
        if current and (middle - centre > reach or len(current) >= _MAX_ROW_WORDS):
            found.append(_row(page, current, across, down))
            current = []
        current.append(word)
        # The running mean lets slightly uneven baselines join and keeps a slope from chaining rows together.
        weight = len(current)
        centre = middle if weight == 1 else centre + (middle - centre) / weight
        height = tall if weight == 1 else max(height, tall)
    if current:
        found.append(_row(page, current, across, down))
    return tuple(found)


def _middle(word: Word, down: float) -> float:
    return (word.box.top + word.box.bottom) / 2 * down


def _centre(word: Word, across: float) -> float:
    return (word.box.left + word.box.right) / 2 * across


def _row(page: Page, words: Sequence[Word], across: float, down: float) -> Row:
    ordered = sorted(words, key=lambda word: word.box.left)
    skew = page.skew
    top = min(word.box.top * down - skew * _centre(word, across) for word in ordered)
    bottom = max(word.box.bottom * down - skew * _centre(word, across) for word in ordered)
    pieces: list[str] = []
    starts: list[int] = []
    length = 0
    previous: Word | None = None
    only_width = _only_width(ordered)
    for word in ordered:
        if previous is not None:
            tall = (
                min(word.box.bottom - word.box.top, previous.box.bottom - previous.box.top) * down
            )
            gap = word.box.left - previous.box.right
            is_space = only_width is not None and gap <= _ONE_SPACE * only_width
            pieces.append(TIGHT if is_space else _separator(gap * across, tall))
            length += 1
        starts.append(length)
        pieces.append(word.text)
        length += len(word.text)
        previous = word
    return Row(
        page,
        tuple(ordered),
        "".join(pieces),
        tuple(starts),
        top,
        bottom,
        across,
        shift=skew * _middle(ordered[0], down),
    )


def _only_width(words: Sequence[Word]) -> float | None:
    """Returns the width of the row's characters where all are as wide; None where they differ, or digits alone agree."""
    if all(word.text.isdecimal() for word in words):
        return None  # digits are as wide as each other in other fonts, too
    widths = [(word.box.right - word.box.left) / len(word.text) for word in words]
    return max(widths) if max(widths) <= _ALIKE * min(widths) else None


def _separator(gap: float, height: float) -> str:
    if gap > 0.75 * height:
        return COLUMN
    return LOOSE if gap > 0.42 * height else TIGHT


def _is_readable(word: Word, across: float, down: float) -> bool:
    box = word.box
    if word.hidden or not 0 < len(word.text) <= _MAX_WORD_CHARACTERS:
        return False
    if box.right <= box.left or box.bottom <= box.top:
        return False
    if box.left < -MILLIONTHS or box.top < -MILLIONTHS:
        return False
    if box.right > 2 * MILLIONTHS or box.bottom > 2 * MILLIONTHS:
        return False
    width, height = (box.right - box.left) * across, (box.bottom - box.top) * down
    return len(word.text) < 3 or width >= 0.16 * height * len(word.text)  # else written upwards


def _points_per_millionth(page: Page) -> tuple[float, float]:
    width, height = page.width_points, page.height_points
    if not (isfinite(width) and isfinite(height) and 0 < width < 1e6 and 0 < height < 1e6):
        width, height = _A4_POINTS
    return width / MILLIONTHS, height / MILLIONTHS
