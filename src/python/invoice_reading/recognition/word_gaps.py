"""White space that the engine passed over: columns of a line without ink, so wide that no word has them inside."""

from collections.abc import Sequence

_WIDE = 0.45  # of the height of the line; between the words of a sentence it is 0.2, within numbers at most 0.35


def with_wide_gaps(text: str, centres: Sequence[float], ink: Sequence[bool], height: float) -> str:
    """Returns the text of a line with spaces where its picture has white space that is wide, and none is told.

    `centres` are the places of its characters but white space, and `ink` says of each column whether something is
    printed there, both in the same pixels, of which the line is `height` tall. The engine is wrong about the place of a
    character by up to its width: white space beside a space is that space, and none is at either end.
    """
    printed = [at for at, character in enumerate(text) if not character.isspace()]
    if len(printed) != len(centres):
        return text
    gaps = [
        (width, at)
        for at in range(1, len(printed) - 2)
        if printed[at - 1] + 3 == printed[at + 2]
        and (width := _white(ink, centres[at], centres[at + 1])) >= _WIDE * height
    ]
    places: list[int] = []
    for _, at in sorted(gaps, reverse=True):
        if all(abs(at - other) > 1 for other in places):
            places.append(at)
    for at in sorted(places, reverse=True):
        text = f"{text[: printed[at] + 1]} {text[printed[at] + 1 :]}"
    return text


def _white(ink: Sequence[bool], begin: float, end: float) -> int:
    """Returns how wide the widest white space is that has its middle between the two places."""
    widest, at = 0, max(0, int(begin))
    while at <= end and at < len(ink):
        if ink[at]:
            at += 1
            continue
        first = last = at
        while first > 0 and not ink[first - 1]:
            first -= 1
        while last + 1 < len(ink) and not ink[last + 1]:
            last += 1
        if begin <= (first + last) / 2 <= end:
            widest = max(widest, last - first + 1)
        at = last + 1
    return widest
