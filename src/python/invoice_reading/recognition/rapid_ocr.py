"""RapidOCR on OpenVINO as a TextEngine: the one module that imports them."""

# Not every environment that checks types has these packages.
# mypy: disable-error-code="unused-ignore, import-not-found, import-untyped, no-untyped-call"

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy
import openvino
import rapidocr

from invoice_reading.page import QuarterTurn
from invoice_reading.recognition.models import DETECTION, RECOGNITION, verified_model
from invoice_reading.recognition.picture import (
    FoundLine,
    FoundWord,
    Picture,
    Quadrilateral,
)
from invoice_reading.recognition.word_gaps import with_wide_gaps

# Measured on receipts and scans: with this, everything asked for was in the text of 32 of 32 receipts.
_LONGEST_SIDE = 1280
# Kernels that OpenVINO keeps, one for each shape of an input. By itself it keeps so many that each receipt adds 55 MB of
# addresses, up to where an allocation fails and the network gives numbers of no meaning.
_KERNELS_KEPT = 30
_OPENVINO = {"INFERENCE_NUM_THREADS": 1, "CPU_RUNTIME_CACHE_CAPACITY": _KERNELS_KEPT}
_LEVELS = 256
_BUT_NOISE = (2, 98)  # percentiles
_LINE_HEIGHT = 32  # pixels of a line that is looked at for white space
_LINE_EDGE = 3  # of these, above and below, where the lines next to it reach in
_INK = 0.3  # of the contrast of the line


class RapidOcrEngine:
    """Models of the package, loaded once and verified; one thread, and nothing is ever downloaded.

    Raises ModelNotAsPinned.
    """

    def __init__(self) -> None:
        cv2.setNumThreads(1)
        folder = Path(rapidocr.__file__).parent / "models"
        kind = rapidocr.EngineType.OPENVINO
        self._engine: Any = rapidocr.RapidOCR(
            params={
                "Global.log_level": "error",
                "Global.use_cls": False,
                "Global.return_word_box": True,
                "Global.return_single_char_box": True,
                "Det.engine_type": kind,
                "Det.model_path": str(verified_model(folder, DETECTION)),
                "Det.limit_type": "max",
                "Det.limit_side_len": _LONGEST_SIDE,
                "Rec.engine_type": kind,
                "Rec.model_path": str(verified_model(folder, RECOGNITION)),
            }
        )
        # RapidOCR loads its models late and has no setting for the kernels; its version is pinned.
        for part in (self._engine._load_det_model(), self._engine._load_rec_model()):
            compiled = openvino.Core().compile_model(part.session.model, "CPU", _OPENVINO)
            part.session.session = compiled.create_infer_request()

    def __call__(self, picture: Picture, turn: QuarterTurn) -> tuple[FoundLine, ...]:
        rgb = numpy.frombuffer(picture.pixels, numpy.uint8)
        bgr = rgb.reshape(picture.height, picture.width, 3)[:, :, ::-1]
        turned = numpy.ascontiguousarray(numpy.rot90(bgr, -turn // 90))
        return tuple(_lines(self._engine(turned), turned))


def _lines(result: Any, pixels: Any) -> Iterator[FoundLine]:
    if result.txts is None or result.boxes is None:
        return
    of_characters = result.word_results or ()
    grey = cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY)
    for at, (text, score, corners) in enumerate(
        zip(result.txts, result.scores, result.boxes, strict=True)
    ):
        line = _quadrilateral(corners)
        characters = _characters(of_characters[at]) if at < len(of_characters) else ()
        spaced = _with_wide_gaps(text, characters, grey, line)
        yield FoundLine(
            text=spaced,
            score=float(score),
            corners=line,
            words=tuple(_words(spaced, characters, pixels)),
            contrast=_contrast(pixels, line),
        )


def _characters(found: Any) -> tuple[tuple[str, Quadrilateral], ...]:
    # Where a line has no characters of its own, the engine gives one triple in the place of a row of them.
    if not found or isinstance(found[0], str):
        return ()
    return tuple(
        (text, _quadrilateral(corners)) for text, _, corners in found if corners is not None
    )


def _words(
    text: str, characters: Sequence[tuple[str, Quadrilateral]], pixels: Any
) -> Iterator[FoundWord]:
    """Yields the words of the text with their places; none where its characters are others."""
    if "".join(character for character, _ in characters) != "".join(text.split()):
        return
    at = 0
    for word in text.split():
        first, last = characters[at][1], characters[at + len(word) - 1][1]
        at += len(word)
        corners = (first[0], last[1], last[2], first[3])
        yield FoundWord(word, corners, _contrast(pixels, corners))


def _with_wide_gaps(
    text: str,
    characters: Sequence[tuple[str, Quadrilateral]],
    grey: Any,
    line: Quadrilateral,
) -> str:
    corners = numpy.array(line, numpy.float32)
    along, across = corners[1] - corners[0], corners[3] - corners[0]
    length, height = float(numpy.linalg.norm(along)), float(numpy.linalg.norm(across))
    if len(characters) < 4 or height < 4 or length < height:
        return text  # too little of it, or written upwards
    width = round(length * _LINE_HEIGHT / height)
    target = numpy.array(
        [[0, 0], [width, 0], [width, _LINE_HEIGHT], [0, _LINE_HEIGHT]], numpy.float32
    )
    straight = cv2.warpPerspective(
        grey,
        cv2.getPerspectiveTransform(corners, target),
        (width, _LINE_HEIGHT),
        borderMode=cv2.BORDER_REPLICATE,
    )[_LINE_EDGE:-_LINE_EDGE].astype(int)
    darkest, ground, brightest = numpy.percentile(straight, (_BUT_NOISE[0], 50, _BUT_NOISE[1]))
    is_dark_on_bright = ground - darkest >= brightest - ground
    away = ground - straight if is_dark_on_bright else straight - ground
    ink = away.max(axis=0) > _INK * max(ground - darkest, brightest - ground)
    centres = [
        float((numpy.mean(place, axis=0) - corners[0]) @ along) / length**2 * width
        for _, place in characters
    ]
    return with_wide_gaps(text, centres, ink.tolist(), _LINE_HEIGHT)


def _contrast(pixels: Any, corners: Quadrilateral) -> int:
    """Returns how far the darkest and the brightest pixels are apart, but for the few that are noise."""
    across, down = ([max(0, round(each)) for each in side] for side in zip(*corners, strict=True))
    part = pixels[min(down) : max(down) + 1, min(across) : max(across) + 1].reshape(-1, 3)
    if not len(part):
        return _LEVELS - 1
    darkest, brightest = numpy.percentile(part, _BUT_NOISE, axis=0, method="nearest")
    return int((brightest.astype(int) - darkest).max())


def _quadrilateral(corners: Sequence[Sequence[float]]) -> Quadrilateral:
    first, second, third, fourth = ((float(x), float(y)) for x, y in corners)
    return first, second, third, fourth
