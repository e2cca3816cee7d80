"""Rectangles in points, origin at the top left."""

from typing import NamedTuple

from invoice_reading.page import MILLIONTHS, Box

Matrix = tuple[float, float, float, float, float, float]


class Rectangle(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float

    @property
    def area(self) -> float:
        return max(0.0, self.right - self.left) * max(0.0, self.bottom - self.top)

    def overlap(self, other: "Rectangle") -> "Rectangle":
        return Rectangle(
            max(self.left, other.left),
            max(self.top, other.top),
            min(self.right, other.right),
            min(self.bottom, other.bottom),
        )

    def holds(self, other: "Rectangle") -> bool:
        return (
            self.left <= other.left
            and self.top <= other.top
            and other.right <= self.right
            and other.bottom <= self.bottom
        )

    def turned(self, matrix: Matrix) -> "Rectangle":
        """Returns the place after a transformation by quarter turns and shifts, as PDF writes matrices."""
        x0, y0 = turned_point((self.left, self.top), matrix)
        x1, y1 = turned_point((self.right, self.bottom), matrix)
        return Rectangle(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def turned_point(point: tuple[float, float], matrix: Matrix) -> tuple[float, float]:
    (x, y), (a, b, c, d, e, f) = point, matrix
    return a * x + c * y + e, b * x + d * y + f


def box_on_page(place: Rectangle, page: Rectangle) -> Box:
    """Returns the place in millionths of the page, cut off at its edges."""
    return Box(
        _millionths(place.left, page.right),
        _millionths(place.top, page.bottom),
        _millionths(place.right, page.right),
        _millionths(place.bottom, page.bottom),
    )


def _millionths(length: float, whole: float) -> int:
    return min(MILLIONTHS, max(0, round(length / whole * MILLIONTHS)))
