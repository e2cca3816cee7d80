"""A page as words with boxes: the one form in which text layers and OCR reach extraction."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

import msgspec

MILLIONTHS = 1_000_000

QuarterTurn = Literal[0, 90, 180, 270]  # degrees clockwise


class Layer(StrEnum):
    TEXT = "TEXT"
    OCR = "OCR"


class Box(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Millionths of the page's width and height, origin at the top left, as the page is shown."""

    left: int
    top: int
    right: int
    bottom: int

    def union(self, other: "Box") -> "Box":
        return Box(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )


@dataclass(frozen=True, slots=True)
class Word:
    """A run of characters without white space. `index` is its place in the page's `words`, its id in evidence."""

    index: int
    text: str
    box: Box
    hidden: bool = False  # a reader of the page does not see it, or nothing paints it at all
    layer: Layer = Layer.TEXT
    confidence: float | None = None  # of the recogniser, on the OCR layer


@dataclass(frozen=True, slots=True)
class Page:
    """One page in reading order of its words; `number` counts from 1.

    Words of both layers may stand on one page: a scan has a letterhead in its text layer, a digital page a picture.
    Where the page was turned to be read, its size and the boxes of its words are those of the upright page; regions of
    evidence lead to the page as it is shown.
    """

    number: int
    width_points: float
    height_points: float
    words: tuple[Word, ...]
    image_share: float = 0.0  # largest part of the page that one image covers, 0 to 1
    skew: float = 0.0  # how far lines of text fall from left to right, as a part of their length
    turn: QuarterTurn = (
        0  # by how much the page as it is shown was turned for its text to stand upright
    )


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file inside a PDF; a `damaged` one is there and cannot be unpacked, so that its `data` is empty.

    `relationship` is what the PDF says the file is to the document (AFRelationship of ISO 32000-2), and `associated`
    that the document as a whole names it (/AF of its root).
    """

    name: str
    media_type: str | None
    data: bytes
    relationship: str | None = None
    associated: bool = False
    damaged: bool = False


@dataclass(frozen=True, slots=True)
class PdfContainer:
    """What a PDF says of itself as a whole: its metadata (XMP), and the kinds of its output intents."""

    metadata: bytes = b""
    output_intents: tuple[str, ...] = ()


NO_CONTAINER = PdfContainer()


@dataclass(frozen=True, slots=True)
class PdfPages:
    """What a PDF or a picture holds, as far as the limits let it be read: `pages_total` may exceed the pages here."""

    pages: tuple[Page, ...]
    pages_total: int
    attachments: tuple[Attachment, ...] = ()
    container: PdfContainer = NO_CONTAINER


@dataclass(frozen=True, slots=True)
class XmlBytes:
    """A document that is an e-invoice and nothing else: it has no pages. `signed` where it lay in a signed envelope."""

    data: bytes
    signed: bool = False
