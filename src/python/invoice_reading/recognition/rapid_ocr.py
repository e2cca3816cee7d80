"""RapidOCR on OpenVINO as a TextEngine: the one module that imports them; `page_pixels` looks at the pixels."""

# Not every environment that checks types has these packages.
# mypy: disable-error-code="unused-ignore, import-not-found, import-untyped, no-untyped-call"

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import openvino
import rapidocr

from invoice_reading.page import QuarterTurn
from invoice_reading.recognition.models import DETECTION, RECOGNITION, verified_model
from invoice_reading.recognition.page_pixels import PagePixels, use_one_thread
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
_LEAST_CHARACTERS = 4  # of a line whose gaps are looked at


class RapidOcrEngine:
    """Models of the package, loaded once and verified; one thread, and nothing is ever downloaded.

    Raises ModelNotAsPinned.
    """

    def __init__(self) -> None:
        use_one_thread()
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
        pixels = PagePixels(picture, turn)
        return tuple(_lines(self._engine(pixels.bgr), pixels))


def _lines(result: Any, pixels: PagePixels) -> Iterator[FoundLine]:
    if result.txts is None or result.boxes is None:
        return
    of_characters = result.word_results or ()
    for at, (text, score, corners) in enumerate(
        zip(result.txts, result.scores, result.boxes, strict=True)
    ):
        line = _quadrilateral(corners)
        characters = _characters(of_characters[at]) if at < len(of_characters) else ()
        spaced = _with_wide_gaps(text, characters, line, pixels)
        yield FoundLine(
            text=spaced,
            score=float(score),
            corners=line,
            words=tuple(_words(spaced, characters, pixels)),
            contrast=pixels.contrast(line),
        )


def _characters(found: Any) -> tuple[tuple[str, Quadrilateral], ...]:
    # Where a line has no characters of its own, the engine gives one triple in the place of a row of them.
    if not found or isinstance(found[0], str):
        return ()
    return tuple(
        (text, _quadrilateral(corners)) for text, _, corners in found if corners is not None
    )


def _words(
    text: str, characters: Sequence[tuple[str, Quadrilateral]], pixels: PagePixels
) -> Iterator[FoundWord]:
    """Yields the words of the text with their places; none where its characters are others."""
    if "".join(character for character, _ in characters) != "".join(text.split()):
        return
    at = 0
    for word in text.split():
        first, last = characters[at][1], characters[at + len(word) - 1][1]
        at += len(word)
        corners = (first[0], last[1], last[2], first[3])
        yield FoundWord(word, corners, pixels.contrast(corners))


def _with_wide_gaps(
    text: str,
    characters: Sequence[tuple[str, Quadrilateral]],
    line: Quadrilateral,
    pixels: PagePixels,
) -> str:
    if len(characters) < _LEAST_CHARACTERS:
        return text
    ink = pixels.ink_along(line, [place for _, place in characters])
    return text if ink is None else with_wide_gaps(text, ink.centres, ink.columns, ink.height)


def _quadrilateral(corners: Sequence[Sequence[float]]) -> Quadrilateral:
    first, second, third, fourth = ((float(x), float(y)) for x, y in corners)
    return first, second, third, fourth
