"""What the pixels of a page tell beside the text: how much print stands out, and where along a line there is ink."""

from collections.abc import Sequence
from itertools import groupby

import pytest

from invoice_reading.page import QuarterTurn
from invoice_reading.recognition.page_pixels import PagePixels
from invoice_reading.recognition.picture import Picture, Quadrilateral

WIDTH, HEIGHT = 200, 40
LINE: Quadrilateral = ((0, 4), (WIDTH, 4), (WIDTH, 36), (0, 36))
BLOCKS = ((10, 30), (40, 60), (110, 130))  # from left to right, of ink: less than half of the line


def page(ink: int = 0, paper: int = 255) -> Picture:
    row = bytearray([paper] * 3 * WIDTH)
    for left, right in BLOCKS:
        row[3 * left : 3 * right] = bytes([ink] * 3 * (right - left))
    blank = bytes([paper] * 3 * WIDTH)
    return Picture(1, WIDTH, HEIGHT, blank * 8 + bytes(row) * 24 + blank * 8)


def place(left: float, right: float) -> Quadrilateral:
    return (left, 4), (right, 4), (right, 36), (left, 36)


def white_gaps(columns: Sequence[bool]) -> list[int]:
    runs = [(ink, len([*run])) for ink, run in groupby(columns)]
    return [length for ink, length in runs[1:-1] if not ink]


@pytest.mark.parametrize(("ink", "paper"), [(0, 255), (120, 200), (255, 0), (230, 255)])
def test_ink_is_found_dark_on_bright_and_bright_on_dark(ink: int, paper: int) -> None:
    found = PagePixels(page(ink, paper), 0).ink_along(LINE, [place(*block) for block in BLOCKS])
    assert found is not None
    # The line is as high as it is looked at.
    assert (found.height, len(found.columns)) == (32, WIDTH)
    assert white_gaps(found.columns) == pytest.approx([10, 50], abs=2)
    assert found.centres == pytest.approx([20, 50, 120], abs=1)


def test_line_that_is_too_low_or_upright_is_not_looked_at() -> None:
    pixels = PagePixels(page(), 0)
    assert pixels.ink_along(((0, 4), (WIDTH, 4), (WIDTH, 7), (0, 7)), []) is None
    assert pixels.ink_along(((0, 0), (20, 0), (20, HEIGHT), (0, HEIGHT)), []) is None


def test_contrast_is_that_of_the_ink_and_the_ground() -> None:
    pixels = PagePixels(page(200, 230), 0)
    assert pixels.contrast(LINE) == 30
    assert pixels.contrast(place(65, 105)) == 0
    assert (
        pixels.contrast(((999, 999),) * 4) == 255
    )  # nothing is there: nothing says that it is faint


def test_contrast_is_that_of_the_colour_that_differs_most() -> None:
    rows = bytes((255, 255, 255) * 50 + (255, 255, 0) * 50)
    assert (
        PagePixels(Picture(1, 100, 10, rows * 10), 0).contrast(
            ((0, 0), (100, 0), (100, 10), (0, 10))
        )
        == 255
    )


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_pixels_are_turned_clockwise_and_blue_comes_first(turn: QuarterTurn) -> None:
    red, green = (255, 0, 0), (0, 255, 0)
    pixels = PagePixels(Picture(1, 2, 1, bytes(red + green)), turn).bgr
    turned = [[tuple(map(int, pixel)) for pixel in row] for row in pixels]
    first, second = red[::-1], green[::-1]
    assert (
        turned
        == {
            0: [[first, second]],
            90: [[first], [second]],
            180: [[second, first]],
            270: [[second], [first]],
        }[turn]
    )
