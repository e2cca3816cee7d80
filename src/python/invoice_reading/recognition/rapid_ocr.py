"""RapidOCR on OpenVINO as a TextEngine: the one module that imports them."""

# Not every environment that checks types has these packages.
# mypy: disable-error-code="unused-ignore, import-not-found, import-untyped, no-untyped-call"

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy
import rapidocr

from invoice_reading.page import QuarterTurn
from invoice_reading.recognition.models import DETECTION, RECOGNITION, verified_model
from invoice_reading.recognition.picture import (
    FoundLine,
    FoundWord,
    Picture,
    Quadrilateral,
)

# Measured on receipts and scans: with this, everything asked for was in the text of 32 of 32 receipts.
_LONGEST_SIDE = 1280


class RapidOcrEngine:
    """Models of the package, loaded once and verified; one thread, and nothing is ever downloaded.

    Raises ModelNotAsPinned.
    """

    def __init__(self) -> None:
        cv2.setNumThreads(1)
        folder = Path(rapidocr.__file__).parent / "models"
        openvino = rapidocr.EngineType.OPENVINO
        self._engine: Any = rapidocr.RapidOCR(
            params={
                "Global.log_level": "error",
                "Global.use_cls": False,
                "Global.return_word_box": True,
                "Det.engine_type": openvino,
                "Det.model_path": str(verified_model(folder, DETECTION)),
                "Det.limit_type": "max",
                "Det.limit_side_len": _LONGEST_SIDE,
                "Rec.engine_type": openvino,
                "Rec.model_path": str(verified_model(folder, RECOGNITION)),
                "EngineConfig.openvino.inference_num_threads": 1,
            }
        )

    def __call__(self, picture: Picture, turn: QuarterTurn) -> tuple[FoundLine, ...]:
        rgb = numpy.frombuffer(picture.pixels, numpy.uint8)
        bgr = rgb.reshape(picture.height, picture.width, 3)[:, :, ::-1]
        turned = numpy.rot90(bgr, -turn // 90)
        return tuple(_lines(self._engine(numpy.ascontiguousarray(turned))))


def _lines(result: Any) -> Iterator[FoundLine]:
    if result.txts is None or result.boxes is None:
        return
    of_words = result.word_results or ()
    for at, (text, score, corners) in enumerate(
        zip(result.txts, result.scores, result.boxes, strict=True)
    ):
        yield FoundLine(
            text=text,
            score=float(score),
            corners=_quadrilateral(corners),
            words=tuple(_words(of_words[at])) if at < len(of_words) else (),
        )


def _words(found: Any) -> Iterator[FoundWord]:
    # Where a line has no words of its own, the engine gives one triple in the place of a row of them.
    if not found or isinstance(found[0], str):
        return
    for text, _, corners in found:
        if corners is not None:
            yield FoundWord(text, _quadrilateral(corners))


def _quadrilateral(corners: Sequence[Sequence[float]]) -> Quadrilateral:
    first, second, third, fourth = ((float(x), float(y)) for x, y in corners)
    return first, second, third, fourth
