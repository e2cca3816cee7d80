"""The pixels of a page as OCR gets them: how much print stands out, and where along a line there is ink."""

# Not every environment that checks types has these packages.
# mypy: disable-error-code="unused-ignore, import-not-found, import-untyped, no-untyped-call"

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy

from invoice_reading.page import QuarterTurn
from invoice_reading.recognition.picture import Picture, Quadrilateral

_LEVELS = 256
_BUT_NOISE = (2, 98)  # percentiles
_LEAST_HEIGHT = 4  # pixels of a line in which white space can be told
_LINE_HEIGHT = 32  # pixels of a line that is looked at for white space
_LINE_EDGE = 3  # of these, above and below, where the lines next to it reach in
_INK = 0.3  # of the contrast of the line


def use_one_thread() -> None:
    """OpenCV starts no threads, in whatever module it is called."""
    cv2.setNumThreads(1)


@dataclass(frozen=True, slots=True)
class InkAlong:
    """A line as if it were written straight, in columns of one pixel; it is `height` pixels high."""

    columns: Sequence[bool]  # whether there is ink
    centres: Sequence[float]  # of its characters, in columns
    height: int


class PagePixels:
    """The picture after it is turned; all places are in its pixels then. `bgr` is what engines take."""

    def __init__(self, picture: Picture, turn: QuarterTurn) -> None:
        rgb = numpy.frombuffer(picture.pixels, numpy.uint8)
        bgr = rgb.reshape(picture.height, picture.width, 3)[:, :, ::-1]
        self.bgr: Any = numpy.ascontiguousarray(numpy.rot90(bgr, -turn // 90))
        self._grey: Any = None

    def contrast(self, corners: Quadrilateral) -> int:
        """Returns how far the darkest and the brightest pixels are apart, but for the few that are noise."""
        across, down = (
            [max(0, round(each)) for each in side] for side in zip(*corners, strict=True)
        )
        part = self.bgr[min(down) : max(down) + 1, min(across) : max(across) + 1].reshape(-1, 3)
        if not len(part):
            return _LEVELS - 1
        darkest, brightest = numpy.percentile(part, _BUT_NOISE, axis=0, method="nearest")
        return int((brightest.astype(int) - darkest).max())

    def ink_along(
        self, line: Quadrilateral, characters: Sequence[Quadrilateral]
    ) -> InkAlong | None:
        """Returns where in the line there is ink; None where it is too low to tell, or written upwards."""
        corners = numpy.array(line, numpy.float32)
        along, across = corners[1] - corners[0], corners[3] - corners[0]
        length, height = float(numpy.linalg.norm(along)), float(numpy.linalg.norm(across))
        if height < _LEAST_HEIGHT or length < height:
            return None
        width = round(length * _LINE_HEIGHT / height)
        straight = self._straight(corners, width)
        darkest, ground, brightest = numpy.percentile(straight, (_BUT_NOISE[0], 50, _BUT_NOISE[1]))
        is_dark_on_bright = ground - darkest >= brightest - ground
        away = ground - straight if is_dark_on_bright else straight - ground
        ink = away.max(axis=0) > _INK * max(ground - darkest, brightest - ground)
        centres = [
            float((numpy.mean(place, axis=0) - corners[0]) @ along) / length**2 * width
            for place in characters
        ]
        return InkAlong(ink.tolist(), centres, _LINE_HEIGHT)

    def _straight(self, corners: Any, width: int) -> Any:
        if self._grey is None:
            self._grey = cv2.cvtColor(self.bgr, cv2.COLOR_BGR2GRAY)
        target = numpy.array(
            [[0, 0], [width, 0], [width, _LINE_HEIGHT], [0, _LINE_HEIGHT]], numpy.float32
        )
        return cv2.warpPerspective(
            self._grey,
            cv2.getPerspectiveTransform(corners, target),
            (width, _LINE_HEIGHT),
            borderMode=cv2.BORDER_REPLICATE,
        )[_LINE_EDGE:-_LINE_EDGE].astype(int)
