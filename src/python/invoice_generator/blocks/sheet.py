"""What every block draws on: the canvas, how far down the page is filled, and what is to be said."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from invoice_generator.content.document import Document
from invoice_generator.drawing.canvas import GREY, Canvas, Span, Style, Text
from invoice_generator.layouts.layout import Layout
from invoice_generator.wording import Wording


@dataclass(slots=True)
class Sheet:
    """`y` is where the next block begins; `bottom` is where the footer does."""

    canvas: Canvas
    document: Document
    layout: Layout
    wording: Wording
    rng: random.Random
    left: float
    right: float
    y: float
    bottom: float
    on_new_page: Callable[["Sheet"], None]
    fault: str = ""

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def style(self) -> Style:
        return Style(self.layout.size)

    @property
    def bold(self) -> Style:
        return Style(self.layout.size, bold=True)

    @property
    def small(self) -> Style:
        return Style(self.layout.size - 1.8, ink=GREY)

    def label(self, key: str, colon: bool | None = None) -> Span:
        """Returns the label of a field, with the colon of the layout."""
        text = self.wording.label(key)
        with_colon = self.layout.colon if colon is None else colon
        return Span(text + ":" if with_colon else text, f"label.{key}")

    def priced(self, amount: Decimal, role: str) -> list[Span]:
        return self.wording.priced(amount, role, self.document.currency)

    def write(self, x: float, text: Text, style: Style | None = None, align: str = "left") -> None:
        """Writes a line at y, and moves below it."""
        style = style or self.style
        self.canvas.write(x, self.y, text, style, align)
        self.y += style.height

    def need(self, height: float) -> None:
        """There is so much room on the page, if need be on a new one."""
        if self.y + height > self.bottom:
            self.new_page()

    def new_page(self) -> None:
        self.canvas.new_page()
        self.on_new_page(self)
