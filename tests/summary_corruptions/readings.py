"""Readings of the samples and of a folder's invoices, and their summaries."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from random import Random

from invoice_reading.errors import DocumentUnreadable
from invoice_reading.pages.engine import MuPdfEngine
from invoice_reading.read import read
from invoice_reading.reading import Reading
from invoice_reading.stages import Stages
from invoice_summarizer.domain.summarizing.choice import choice_of
from invoice_summarizer.domain.summarizing.facts.plan import Freedom, InvoicePlan
from invoice_summarizer.domain.summarizing.gate import SummaryGate
from invoice_summarizer.domain.summarizing.language import SUPPORTED_LANGUAGES
from invoice_summarizer.domain.summarizing.template import summarize_plan
from invoice_summarizer.domain.summary import BoundText, Style
from invoice_summarizer.samples.catalogue import sample_invoices
from summary_corruptions.choices import chosen_text, random_keys
from summary_invoices.catalogue import made_invoices

_STAGES = Stages(pdf_engine=MuPdfEngine())


@dataclass(frozen=True, slots=True)
class CleanSummary:
    name: str  # of the document, the language, the style and the freedom
    bound: BoundText
    plan: InvoicePlan
    language: str
    style: Style
    freedom: Freedom = Freedom.NONE

    def gate(self) -> SummaryGate:
        """Returns the gate of the summary, for any number of corruptions of it."""
        return SummaryGate(self.plan, self.language, self.style, self.freedom)


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
    """Yields the templates' summaries of the reading in every language and style."""
    plan = InvoicePlan(reading, None)
    for language, style in product(SUPPORTED_LANGUAGES, Style):
        bound = summarize_plan(plan, style, language)
        yield CleanSummary(f"{name} {language} {style}", bound, plan, language, style)


def chosen_summaries(name: str, reading: Reading, *, seed: str) -> Iterator[CleanSummary]:
    """Yields a text that a model may choose in every language, style and freedom that a model has."""
    plan = InvoicePlan(reading, None)
    styles = (style for style in Style if style is not Style.ONE_LINE)
    for language, style, freedom in product(
        SUPPORTED_LANGUAGES, styles, (Freedom.ADD, Freedom.SELECT)
    ):
        choice = choice_of(plan, style, language, freedom)
        full_name = f"{name} {language} {style} {freedom}"
        bound = chosen_text(choice, random_keys(choice, Random(f"{seed} {full_name}")))
        yield CleanSummary(full_name, bound, plan, language, style, freedom)
