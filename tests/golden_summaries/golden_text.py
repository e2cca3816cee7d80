"""The summaries of the samples and of the made invoices as one text for each language, to be read by people."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from invoice_reading.pages.engine import MuPdfEngine
from invoice_reading.read import read
from invoice_reading.reading import Reading
from invoice_reading.stages import Stages
from invoice_summarizer.domain.summarizing.template import summarize_by_template
from invoice_summarizer.domain.summary import Style
from invoice_summarizer.samples.catalogue import sample_invoices
from summary_invoices.catalogue import made_invoices

FOLDER = Path(__file__).parent
_HARD_SPACES = str.maketrans({"\N{NO-BREAK SPACE}": " ", "\N{NARROW NO-BREAK SPACE}": " "})


def golden_path(language: str) -> Path:
    return FOLDER / f"{language}.txt"


def golden_text(language: str) -> str:
    """Returns every summary in the language under its name, with plain spaces."""
    return "\n".join(
        f"# {name} {style}\n{text.translate(_HARD_SPACES)}\n"
        for name, style, text in _summaries(language)
    )


def _summaries(language: str) -> Iterator[tuple[str, Style, str]]:
    for name, reading in readings().items():
        for style in Style:
            yield name, style, summarize_by_template(reading, style, language).text


@cache
def readings() -> dict[str, Reading]:
    """Returns what is read of each document, by its name."""
    stages = Stages(pdf_engine=MuPdfEngine())
    documents = (
        *((sample.file_name, sample.data) for sample in sample_invoices()),
        *((made.name, made.data) for made in made_invoices()),
    )
    return {name: read(data, "", stages) for name, data in documents}
