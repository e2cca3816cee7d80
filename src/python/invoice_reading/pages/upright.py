"""Pages whose text lies on its side or upside down, although the PDF says nothing of it, as they are to be read."""

# PyMuPDF says that it is typed, and is in part.
# mypy: allow-untyped-calls

from collections import Counter

import pymupdf

from invoice_reading.pages.unpainted import text_blocks
from invoice_reading.pages.words import Block, is_painted

_LEAST_CHARACTERS = 40  # fewer are a stamp or a mark at the edge of a picture
_LEAST_SHARE = 0.8  # of the characters that run one way

# The turn, clockwise, by which text that runs so is upright; across and down the page as it is stored.
_TURNS = {(1, 0): 0, (0, -1): 90, (-1, 0): 180, (0, 1): 270}


def turn_upright(page: pymupdf.Page, blocks: list[Block]) -> None:
    """Turns the page in memory so that most of its text reads from left to right; `blocks` are those of the page.

    A page is left as the PDF has it where its text runs in several ways, or there is little of it.
    """
    ways: Counter[tuple[int, int]] = Counter()
    for block in blocks:
        for line in block.get("lines", ()):
            way = round(line["dir"][0]), round(line["dir"][1])
            ways[way] += sum(len(span["chars"]) for span in line["spans"] if is_painted(span))
    total = ways.total()
    if total < _LEAST_CHARACTERS:
        return
    way, characters = ways.most_common(1)[0]
    turn = _TURNS.get(way)
    if turn is not None and characters >= _LEAST_SHARE * total and turn != page.rotation % 360:
        page.set_rotation(turn)


def load_upright(document: pymupdf.Document, index: int) -> pymupdf.Page:
    """Returns the page, counted from 0, as it is read: all that paints pages shows them so too."""
    page: pymupdf.Page = document.load_page(index)
    if document.is_pdf:
        turn_upright(page, text_blocks(page))
    return page
