"""Readings of the samples and of a folder's invoices, and their summaries."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from invoice_reading.errors import DocumentUnreadable
from invoice_reading.pages.engine import MuPdfEngine
from invoice_reading.read import read
from invoice_reading.reading import Reading
from invoice_reading.stages import Stages
from invoice_summarizer.domain.summarizing.language import SUPPORTED_LANGUAGES
from invoice_summarizer.domain.summarizing.template import summarize_by_template
from invoice_summarizer.domain.summary import BoundText, Style
from invoice_summarizer.samples.catalogue import sample_invoices
from summary_invoices.catalogue import made_invoices

_STAGES = Stages(pdf_engine=MuPdfEngine())


@dataclass(frozen=True, slots=True)
class CleanSummary:
    name: str  # of the document, the language and the style
    bound: BoundText
    reading: Reading
    language: str
    style: Style


def sample_readings() -> Iterator[tuple[str, Reading]]:
    for sample in sample_invoices():
        yield sample.file_name, read(sample.data, "", _STAGES)


def made_readings() -> Iterator[tuple[str, Reading]]:
    for made in made_invoices():
        yield made.name, read(made.data, "", _STAGES)


def readings_in(folder: Path) -> Iterator[tuple[str, Reading]]:
    """Yields what can be read of the XML and PDF files under the folder, by their names in order."""
    for file in sorted(folder.rglob("*")):
        if file.suffix in (".xml", ".pdf"):
            try:
                reading = read(file.read_bytes(), "", _STAGES)
            except DocumentUnreadable:
                continue
            yield file.name, reading


def summaries(name: str, reading: Reading) -> Iterator[CleanSummary]:
    """Yields the summaries of the reading in every language and style."""
    for language, style in product(SUPPORTED_LANGUAGES, Style):
        bound = summarize_by_template(reading, style, language)
        yield CleanSummary(f"{name} {language} {style}", bound, reading, language, style)
