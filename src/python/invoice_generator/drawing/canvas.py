"""Pages that remember what is written on them, word by word. The fonts are those inside of MuPDF."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any

import pymupdf

from invoice_generator.truth import Box, Row, Word

Ink = tuple[float, float, float]
# The types of PyMuPDF are not whole.
_pymupdf: Any = pymupdf

BLACK: Ink = (0.0, 0.0, 0.0)
GREY: Ink = (0.42, 0.42, 0.42)
WHITE: Ink = (1.0, 1.0, 1.0)

_FACES = {
    "helv": ("helv", "hebo", "heit"),
    "tiro": ("tiro", "tibo", "tiit"),
    "cour": ("cour", "cobo", "coit"),
}


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a line; words take the role of the span they begin in."""

    text: str
    role: str = "text"


@dataclass(frozen=True, slots=True)
class Style:
    size: float = 9
    bold: bool = False
    italic: bool = False
    ink: Ink = BLACK

    @property
    def height(self) -> float:
        return self.size * 1.32


Text = str | Span | Sequence[Span]


@dataclass(slots=True)
class _Page:
    shapes: list[tuple[str, tuple[Any, ...]]] = field(default_factory=list)
    texts: list[tuple[float, float, str, Style]] = field(default_factory=list)


class Canvas:
    """Things are drawn on the page `page`, which may be set; y grows downwards and is the top of a line of text."""

    def __init__(self, width: float, height: float, face: str) -> None:
        self.width, self.height = width, height
        self.page = -1
        self.words: list[Word] = []
        self.rows: list[Row] = []
        self._pages: list[_Page] = []
        self._fonts = [_pymupdf.Font(name) for name in _FACES[face]]
        self._advances: list[dict[str, float]] = [{} for _ in self._fonts]
        self._place = count()
        self.new_page()

    @property
    def page_count(self) -> int:
        return len(self._pages)

    def new_page(self) -> None:
        self._pages.append(_Page())
        self.page = len(self._pages) - 1

    def text_width(self, text: str, style: Style) -> float:
        face = 1 if style.bold else 2 if style.italic else 0
        advances, font = self._advances[face], self._fonts[face]
        for character in set(text) - advances.keys():
            advances[character] = float(font.text_length(character, 1))
        return sum(advances[character] for character in text) * style.size

    def write(
        self,
        x: float,
        y: float,
        text: Text,
        style: Style,
        align: str = "left",
        places: dict[str, int] | None = None,
    ) -> float:
        """Writes one line and returns its width; `align` says which side of the text is at x.

        Texts that are written with the same `places` print one value together, by role.
        """
        spans = _spans(text)
        line = "".join(span.text for span in spans)
        width = self.text_width(line, style)
        x -= {"left": 0.0, "right": width, "centre": width / 2}[align]
        self._pages[self.page].texts.append((x, y + style.size, line, style))
        font = self._font(style)
        top, bottom = y + style.size * (1 - font.ascender), y + style.size * (1 - font.descender)
        roles = [span.role for span in spans for _ in span.text]
        places = {} if places is None else places
        for match in re.finditer(r"\S+", line):
            left = x + self.text_width(line[: match.start()], style)
            right = x + self.text_width(line[: match.end()], style)
            role = roles[match.start()]
            place = places.setdefault(role, next(self._place))
            self.words.append(Word(self.page, (left, top, right, bottom), match[0], role, place))
        return width

    def paragraph(
        self, x: float, y: float, width: float, text: Text, style: Style, align: str = "left"
    ) -> float:
        """Writes text that is broken at the width, as one value by role, and returns the y below it."""
        places: dict[str, int] = {}
        for line in self.broken(text, width, style):
            self.write(x, y, line, style, align, places)
            y += style.height
        return y

    def broken(self, text: Text, width: float, style: Style) -> list[list[Span]]:
        """Returns the lines of a text that fit the width; a word that alone is wider gets a line."""
        lines: list[list[Span]] = [[]]
        for span in _spans(text):
            for piece in re.findall(r"\S+\s*|\s+", span.text):
                written = "".join(part.text for part in lines[-1])
                glued = bool(written) and not written[-1].isspace()
                too_wide = self.text_width((written + piece).rstrip(), style) > width
                if written.strip() and too_wide and not glued:
                    lines.append([])
                lines[-1].append(Span(piece, span.role))
        return lines

    def fitting(self, text: Text, width: float, style: Style) -> Style:
        """Returns the style, as much smaller as it takes for each word of the text to fit the width."""
        words = "".join(span.text for span in _spans(text)).split()
        while style.size > 4 and any(self.text_width(word, style) > width for word in words):
            style = replace(style, size=style.size - 0.25)
        return style

    def rule(
        self, x0: float, y0: float, x1: float, y1: float, weight: float = 0.5, ink: Ink = BLACK
    ) -> None:
        self._pages[self.page].shapes.append(("line", ((x0, y0), (x1, y1), weight, ink)))

    def fill(self, box: Box, ink: Ink) -> None:
        self._pages[self.page].shapes.append(("fill", (box, ink)))

    def frame(self, box: Box, weight: float = 0.5, ink: Ink = BLACK) -> None:
        self._pages[self.page].shapes.append(("frame", (box, weight, ink)))

    def disc(self, x: float, y: float, radius: float, ink: Ink) -> None:
        self._pages[self.page].shapes.append(("disc", ((x, y), radius, ink)))

    def polygon(self, points: Sequence[tuple[float, float]], ink: Ink) -> None:
        self._pages[self.page].shapes.append(("polygon", (tuple(points), ink)))

    def row(self, kind: str, line: int | None, first_word: int, box: Box) -> None:
        """Notes that the words from `first_word` on are a row of a table."""
        words = tuple(range(first_word, len(self.words)))
        self.rows.append(Row(self.page, box, kind, line, words))

    def pdf(self, title: str) -> bytes:
        """Returns the PDF, which is the same bytes for the same drawing."""
        with _pymupdf.open() as document:
            for drawn in self._pages:
                page = document.new_page(width=self.width, height=self.height)
                _draw_shapes(page, drawn.shapes)
                self._draw_texts(page, drawn.texts)
            document.set_metadata(
                {"title": title, "producer": "", "creator": "", "creationDate": "", "modDate": ""}
            )
            return bytes(
                document.tobytes(garbage=3, deflate=True, deflate_fonts=True, no_new_id=True)
            )

    def _font(self, style: Style) -> Any:
        return self._fonts[1 if style.bold else 2 if style.italic else 0]

    def _draw_texts(self, page: Any, texts: Sequence[tuple[float, float, str, Style]]) -> None:
        writers: dict[Ink, Any] = {}
        for x, y, text, style in texts:
            if style.ink not in writers:
                writers[style.ink] = _pymupdf.TextWriter(page.rect, color=style.ink)
            writers[style.ink].append((x, y), text, font=self._font(style), fontsize=style.size)
        for writer in writers.values():
            writer.write_text(page)


def _spans(text: Text) -> Sequence[Span]:
    if isinstance(text, str):
        return (Span(text),)
    return (text,) if isinstance(text, Span) else text


def _draw_shapes(page: Any, shapes: Sequence[tuple[str, tuple[Any, ...]]]) -> None:
    pen = page.new_shape()
    for kind, values in shapes:
        match kind:
            case "line":
                pen.draw_line(values[0], values[1])
                pen.finish(width=values[2], color=values[3])
            case "fill":
                pen.draw_rect(values[0])
                pen.finish(width=0, color=None, fill=values[1])
            case "frame":
                pen.draw_rect(values[0])
                pen.finish(width=values[1], color=values[2])
            case "disc":
                pen.draw_circle(values[0], values[1])
                pen.finish(width=0, color=None, fill=values[2])
            case _:
                pen.draw_polyline(values[0])
                pen.finish(width=0, color=None, fill=values[1], closePath=True)
    pen.commit()
