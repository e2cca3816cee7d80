"""What is true of a generated document, down to the word, and its form as JSON."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Word:
    """`role` is the field that the word prints a part of, or what else it is, such as `label.iban`; words of one
    `place` print one value together. The box is in points from the upper left of the page, of a picture in pixels.
    """

    page: int
    box: Box
    text: str
    role: str
    place: int


@dataclass(frozen=True, slots=True)
class Row:
    """`kind`: head, line, section, subtotal, carry_out, carry_in; `words` are indexes; `line` is that of the document."""

    page: int
    box: Box
    kind: str
    line: int | None
    words: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Truth:
    """`values` has the canonical value of every field, printed or not; `fault` what is wrong on purpose, else empty."""

    pages: tuple[tuple[float, float], ...]
    words: tuple[Word, ...]
    rows: tuple[Row, ...]
    values: Mapping[str, str]
    fault: str = ""

    @property
    def printed_lines(self) -> int:
        return sum(row.kind == "line" for row in self.rows)

    def places(self) -> dict[str, list[list[int]]]:
        """Returns, for each field that is printed, the words of each place that prints it."""
        by_role: dict[str, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
        for index, word in enumerate(self.words):
            if word.role in self.values:
                by_role[word.role][word.place].append(index)
        return {role: list(places.values()) for role, places in by_role.items()}

    def record(self) -> dict[str, Any]:
        """Returns what stands in a line of truth.jsonl; pages count from 1."""
        places = self.places()
        return {
            "pages": [{"width": width, "height": height} for width, height in self.pages],
            "fault": self.fault,
            "fields": {
                role: {"value": self.values[role], "places": words}
                for role, words in places.items()
            },
            "not_printed": {k: v for k, v in self.values.items() if k not in places},
            "rows": [
                {"page": row.page + 1, "box": _round(row.box), "kind": row.kind, "line": row.line, "words": row.words}
                for row in self.rows
            ],
            "words": [
                [word.page + 1, *_round(word.box), word.text, word.role, word.place]
                for word in self.words
            ],
        }  # fmt: skip


def _round(box: Sequence[float]) -> list[float]:
    return [round(side, 2) for side in box]
