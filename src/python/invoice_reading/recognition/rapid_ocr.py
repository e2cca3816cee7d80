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

# Measured on receipts and scans: with this, everything asked for was in the text of 32 of 32 receipts.
_LONGEST_SIDE = 1280
# Kernels that OpenVINO keeps, one for each shape of an input. By itself it keeps so many that each receipt adds 55 MB of
# addresses, up to where an allocation fails and the network gives numbers of no meaning.
_KERNELS_KEPT = 30
_OPENVINO = {"INFERENCE_NUM_THREADS": 1, "CPU_RUNTIME_CACHE_CAPACITY": _KERNELS_KEPT}
_LEVELS = 256
_BUT_NOISE = (2, 98)  # percentiles


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
    of_words = result.word_results or ()
    for at, (text, score, corners) in enumerate(
        zip(result.txts, result.scores, result.boxes, strict=True)
    ):
        line = _quadrilateral(corners)
        yield FoundLine(
            text=text,
            score=float(score),
            corners=line,
            words=tuple(_words(of_words[at], pixels)) if at < len(of_words) else (),
            contrast=_contrast(pixels, line),
        )


def _words(found: Any, pixels: Any) -> Iterator[FoundWord]:
    # Where a line has no words of its own, the engine gives one triple in the place of a row of them.
    if not found or isinstance(found[0], str):
        return
    for text, _, corners in found:
        if corners is not None:
            word = _quadrilateral(corners)
            yield FoundWord(text, word, _contrast(pixels, word))


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
