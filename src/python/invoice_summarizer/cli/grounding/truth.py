"""What is true of a generated document, as a line of truth.jsonl says it, and where its words stand."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from invoice_reading.annotation import PageRegion
from invoice_reading.page import MILLIONTHS

LINE_ROLE = "lines["
_Box = tuple[float, float, float, float]
_SHARED = 0.5  # of the smaller of two boxes: so much of it two boxes of one word have in common
# Faults that leave the table without a row that the document has, or with one too many.
FAULTS_OF_ROWS = frozenset({"dropped_row", "repeated_row", "merged_rows"})


class TruePage(msgspec.Struct, frozen=True):
    width: float
    height: float


class TrueField(msgspec.Struct, frozen=True):
    """The canonical value, and the words of each place that prints it."""

    value: str
    places: tuple[tuple[int, ...], ...]


class TrueRow(msgspec.Struct, frozen=True):
    page: int
    box: _Box
    kind: str
    line: int | None
    words: tuple[int, ...]


class TrueWord(msgspec.Struct, frozen=True, array_like=True):
    page: int
    left: float
    top: float
    right: float
    bottom: float
    text: str
    role: str
    place: int


class TrueDocument(msgspec.Struct, frozen=True):
    file: str
    layout: str
    held_out: bool
    fault: str
    pages: tuple[TruePage, ...]
    fields: Mapping[str, TrueField]
    rows: tuple[TrueRow, ...]
    words: tuple[TrueWord, ...]


def read_truth(text: bytes) -> dict[str, Any]:
    """Returns for each document its truth, not yet decoded, by the name of its file.

    Raises msgspec.DecodeError where a line is no JSON object.
    """
    lines = [line for line in text.splitlines() if line.strip()]
    return {msgspec.json.decode(line, type=_Name).file: msgspec.Raw(line) for line in lines}


class _Name(msgspec.Struct, frozen=True):
    file: str


def decoded(truth: Any) -> TrueDocument:
    return msgspec.json.decode(truth, type=TrueDocument)


class TrueWords:
    """Finds the words of the truth that stand under regions of a reading."""

    def __init__(self, truth: TrueDocument) -> None:
        self._truth = truth
        by_page: dict[int, list[tuple[float, int]]] = defaultdict(list)
        for index, word in enumerate(truth.words):
            by_page[word.page].append((word.top, index))
        self._by_page = {page: sorted(words) for page, words in by_page.items()}
        self._tallest = max((word.bottom - word.top for word in truth.words), default=0.0)

    def under(self, regions: Iterable[PageRegion]) -> frozenset[int]:
        """Returns the indexes of the words that the boxes of the regions cover, or are a part of."""
        return frozenset(index for region in regions for index in self._under(region))

    def _under(self, region: PageRegion) -> Iterable[int]:
        if not 1 <= region.page <= len(self._truth.pages):
            return
        page, box = self._truth.pages[region.page - 1], region.box
        left, right = box.left * page.width / MILLIONTHS, box.right * page.width / MILLIONTHS
        top, bottom = box.top * page.height / MILLIONTHS, box.bottom * page.height / MILLIONTHS
        words: Sequence[tuple[float, int]] = self._by_page.get(region.page, [])
        for above, index in words[bisect_left(words, (top - self._tallest, 0)) :]:
            if above > bottom:
                return
            word = self._truth.words[index]
            wide = min(right, word.right) - max(left, word.left)
            high = min(bottom, word.bottom) - max(top, word.top)
            if wide > _SHARED * min(right - left, word.right - word.left) and high > _SHARED * min(
                bottom - top, word.bottom - word.top
            ):
                yield index
