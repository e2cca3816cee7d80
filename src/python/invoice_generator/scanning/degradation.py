"""Pages as a scanner or a telephone would see them, and where each point of the page went."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Degradation:
    """How strong each effect is; angles in degrees, lengths in thousandths of the page's width."""

    dpi: int
    skew: float
    perspective: float
    crumple: float
    shadow: float
    noise: float
    blur: float
    jpeg_quality: int


def chosen_degradation(rng: random.Random) -> Degradation:
    """Returns that of a scanner or, in a third of cases, of a photo."""
    photo = rng.random() < 0.33
    return Degradation(
        dpi=rng.choice((150, 170, 200)),
        skew=rng.uniform(-2.5, 2.5) if photo else rng.uniform(-1.2, 1.2),
        perspective=rng.uniform(8, 30) if photo else 0.0,
        crumple=rng.uniform(0.3, 1.5) if photo or rng.random() < 0.2 else 0.0,
        shadow=rng.uniform(0.15, 0.45) if photo else rng.uniform(0.0, 0.12),
        noise=rng.uniform(2, 9),
        blur=rng.uniform(0.3, 0.8),
        jpeg_quality=rng.randint(45, 85),
    )


class Degraded:
    """One page: its picture, and where boxes of the page are in it."""

    def __init__(
        self, width: int, height: int, grey: bytes, how: Degradation, rng: random.Random
    ) -> None:
        chance = np.random.default_rng(rng.getrandbits(64))
        page = np.frombuffer(grey, np.uint8).reshape(height, width)
        self._matrix = _matrix(width, height, how, rng)
        flat = cv2.warpPerspective(
            page, self._matrix, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT,
            borderValue=(60 if how.perspective else 245,),
        )  # fmt: skip
        self._waves = _waves(width, how, chance)
        picture: Any = flat
        if how.crumple:
            rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
            moved_x, moved_y = self._moved(columns, rows)
            picture = cv2.remap(
                flat,
                columns + moved_x,
                rows + moved_y,
                cv2.INTER_LINEAR,
                borderMode=cv2.BORDER_REPLICATE,
            )
        light = _light(width, height, how, rng)
        grain = chance.normal(0, how.noise, (height, width)).astype(np.float32)
        blurred = cv2.GaussianBlur(picture, (0, 0), how.blur).astype(np.float32)
        self.picture: Picture = np.clip(blurred * light + grain, 0, 255).astype(np.uint8)

    def box(self, box: Box, scale: float) -> Box:
        """Returns the box around where a box of the page went, `scale` pixels being a unit of it."""
        x0, y0, x1, y1 = (side * scale for side in box)
        corners = np.array([[[x0, y0], [x1, y0], [x1, y1], [x0, y1]]], np.float64)
        moved = cv2.perspectiveTransform(corners, self._matrix)[0]
        if self._waves:
            # The displacement is small and smooth, so that the inverse of it is its negative.
            shift_x, shift_y = self._moved(moved[:, 0], moved[:, 1])
            moved = moved - np.stack([shift_x, shift_y], axis=1)
        (left, top), (right, bottom) = moved.min(axis=0), moved.max(axis=0)
        return float(left), float(top), float(right), float(bottom)

    def _moved(self, x: Any, y: Any) -> tuple[Any, Any]:
        shift_x, shift_y = np.zeros_like(x), np.zeros_like(y)
        for strength, length, slope, phase in self._waves:
            wave = strength * np.sin((x * slope + y) / length + phase)
            shift_x, shift_y = shift_x + wave * 0.5, shift_y + wave
        return shift_x, shift_y


def png(picture: Picture) -> bytes:
    return _encoded(".png", picture, ())


def jpeg(picture: Picture, quality: int) -> bytes:
    return _encoded(".jpg", picture, (cv2.IMWRITE_JPEG_QUALITY, quality))


def tiff(pictures: Sequence[Picture]) -> bytes:
    """Returns a TIFF with a page for each picture."""
    done, data = cv2.imencodemulti(".tiff", list(pictures))
    assert done, "OpenCV writes TIFF"
    return bytes(data.tobytes())


def _encoded(suffix: str, picture: Picture, options: Sequence[int]) -> bytes:
    done, data = cv2.imencode(suffix, picture, list(options))
    assert done, f"OpenCV writes {suffix}"
    return bytes(data.tobytes())


def _matrix(width: int, height: int, how: Degradation, rng: random.Random) -> NDArray[np.float64]:
    turn = np.vstack([cv2.getRotationMatrix2D((width / 2, height / 2), how.skew, 1.0), [0, 0, 1]])
    if not how.perspective:
        return turn
    reach = how.perspective * width / 1000
    corners = [(0, 0), (width, 0), (width, height), (0, height)]
    inner = [
        (x + (reach if x == 0 else -reach) * rng.uniform(0.4, 1), y + (reach if y == 0 else -reach) * rng.uniform(0.4, 1))
        for x, y in corners
    ]  # fmt: skip
    tilt = cv2.getPerspectiveTransform(np.array(corners, np.float32), np.array(inner, np.float32))
    return np.asarray(tilt @ turn, np.float64)


def _waves(
    width: int, how: Degradation, chance: np.random.Generator
) -> list[tuple[float, float, float, float]]:
    if not how.crumple:
        return []
    strength = how.crumple * width / 1000
    return [
        (
            strength / 3,
            width * chance.uniform(0.04, 0.12),
            chance.uniform(-1, 1),
            chance.uniform(0, 6),
        )
        for _ in range(3)
    ]


def _light(width: int, height: int, how: Degradation, rng: random.Random) -> NDArray[np.float32]:
    ramp_x = np.linspace(0, 1, width, dtype=np.float32)[None, :]
    ramp_y = np.linspace(0, 1, height, dtype=np.float32)[:, None]
    slope = rng.uniform(-1, 1)
    shade = np.clip(ramp_x * slope + ramp_y * (1 - abs(slope)) + max(0.0, -slope), 0, 1)
    return np.asarray(1 - how.shadow * shade, np.float32)
