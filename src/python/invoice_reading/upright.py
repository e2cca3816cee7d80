"""Pages as they are read, upright, and places on them as the page is shown."""

from dataclasses import replace

from invoice_reading.page import MILLIONTHS, Box, Page, QuarterTurn


def turned_page(page: Page, turn: QuarterTurn) -> Page:
    """Returns the page after it is turned by so many degrees clockwise, its words with it."""
    if turn == 0:
        return page
    width, height = page.width_points, page.height_points
    return replace(
        page,
        width_points=width if turn == 180 else height,
        height_points=height if turn == 180 else width,
        words=tuple(replace(word, box=turned_box(word.box, turn)) for word in page.words),
        turn=turn,
    )


def turned_box(box: Box, turn: int) -> Box:
    """Returns where the box is after its page is turned by so many degrees clockwise, a multiple of 90."""
    for _ in range(turn // 90 % 4):
        box = Box(MILLIONTHS - box.bottom, box.left, MILLIONTHS - box.top, box.right)
    return box
