"""Words that are written over others, so that people can read one of them at most."""

from collections.abc import Iterator, Sequence

from invoice_reading.pages.words import DrawnWord

# Points: words whose middles lie within half of it are taken to be in one row, lines of a paragraph are not.
_ROW = 6.0
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
