"""Words that are written over others: other words, of which people can read one at most, and the same again, as bold."""

from collections.abc import Iterator, Sequence

from invoice_reading.pages.geometry import Rectangle
from invoice_reading.pages.words import DrawnWord

# Points: words whose middles lie within half of it are taken to be in one row, lines of a paragraph are not.
_ROW = 6.0
_REPEATED = 0.15  # of its height: a word drawn again this near looks bold, and is read once
_LEAST_SHARE = (
    0.3  # of the narrower of two words: less is kerning, or a box that is wider than its letters
)


def overprinted(words: Sequence[DrawnWord]) -> list[bool]:
    """Says of each word whether another one that reads differently stands in its place, above it or below."""
    over: set[int] = set()
    # Each word is in a row of two that begin at different heights, so that no border parts two in one place.
    for shift in (0.0, 0.5):
        rows: dict[int, list[int]] = {}
        for at, word in enumerate(words):
            middle = (word.place.top + word.place.bottom) / 2
            rows.setdefault(int(middle / _ROW + shift), []).append(at)
        for row in rows.values():
            if len(row) > 1:
                over.update(_overlapping(words, row))
    return [at in over for at in range(len(words))]


def repeated(words: Sequence[DrawnWord]) -> list[bool]:
    """Says of each word whether an earlier one reads the same and stands in the same place."""
    seen: dict[tuple[str, int, int], list[DrawnWord]] = {}
    again: list[bool] = []
    for word in words:
        place = word.place
        reach = _REPEATED * (place.bottom - place.top)
        column, row = int(place.left / _ROW), int(place.top / _ROW)
        near = [
            other
            for across in (column - 1, column, column + 1)
            for down in (row - 1, row, row + 1)
            for other in seen.get((word.text, across, down), ())
        ]
        again.append(any(_are_near(place, other.place, reach) for other in near))
        if not again[-1]:
            seen.setdefault((word.text, column, row), []).append(word)
    return again


def _are_near(one: Rectangle, other: Rectangle, reach: float) -> bool:
    pairs = ((one.left, other.left), (one.top, other.top), (one.right, other.right))
    return all(abs(left - right) <= reach for left, right in pairs)


def _overlapping(words: Sequence[DrawnWord], row: list[int]) -> Iterator[int]:
    row.sort(key=lambda at: words[at].place.left)
    widest = row[0]
    for at in row[1:]:
        before, place = words[widest].place, words[at].place
        shared = min(before.right, place.right) - place.left
        narrower = min(before.right - before.left, place.right - place.left)
        if shared > _LEAST_SHARE * narrower and words[at].text != words[widest].text:
            yield widest
            yield at
        if place.right > before.right:
            widest = at
