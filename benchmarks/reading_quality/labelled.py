"""Labelled documents, read page by page, with what is true of them."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
from invoice_generator.layouts.catalogue import held_out_layouts

from invoice_reading.errors import DocumentUnreadable
from invoice_reading.limits import PdfLimits
from invoice_reading.page import PdfPages, XmlBytes
from invoice_reading.pages.engine import MuPdfEngine
from invoice_reading.pages.pictures_to_read import pictures_to_read
from invoice_reading.read import read_and_check
from invoice_reading.recognition.rapid_ocr import RapidOcrEngine
from invoice_reading.recognition.recogniser import PageRecogniser
from invoice_reading.stages import Checked, Stages

_MOST_PAGES = 50
_GENERATED = "generated"


class Labelled(msgspec.Struct, frozen=True):
    """A line of a manifest. `layout` names the layout, or the issuer, of which all documents look alike."""

    file: str
    kind: str
    expected: dict[str, str | int]
    also_accept: dict[str, list[str | int]] = {}
    layout: str = ""
    source: str = ""

    @property
    def is_generated(self) -> bool:
        return self.source.startswith(_GENERATED)

    @property
    def is_held_out(self) -> bool:
        return self.is_generated and self.layout in held_out_layouts()

    @property
    def is_scan(self) -> bool:
        return "scan" in self.kind

    def accepted(self, field: str) -> Sequence[str | int]:
        """Returns the values that are right; empty where the document does not have the field."""
        if field not in self.expected:
            return ()
        return (self.expected[field], *self.also_accept.get(field, ()))


def labelled(manifest: Path) -> list[Labelled]:
    return msgspec.json.Decoder(Labelled).decode_lines(manifest.read_bytes())


def stages() -> Stages:
    """Returns what reads digital pages and pictures in this process."""
    limits = PdfLimits()
    recogniser = PageRecogniser(
        RapidOcrEngine(),
        lambda data, numbers: pictures_to_read(data, numbers, limits),
        _MOST_PAGES,
    )
    return Stages(pdf_engine=MuPdfEngine(), recognise=recogniser)


def checked_documents(
    manifest: Path, documents: Sequence[Labelled], by: Stages
) -> Iterator[tuple[Labelled, Checked]]:
    """Yields the documents that can be read, read and checked."""
    for document in documents:
        try:
            checked = read_and_check((manifest.parent / document.file).read_bytes(), "", by)
        except DocumentUnreadable:
            continue
        yield document, checked


def is_of_pages(checked: Checked) -> bool:
    """Returns whether all that was read stands on pages."""
    extracted = checked.extracted
    return not isinstance(extracted.document, XmlBytes) and extracted.embedded.chosen is None


def pages_of(checked: Checked) -> PdfPages:
    assert isinstance(checked.extracted.document, PdfPages)
    return checked.extracted.document
