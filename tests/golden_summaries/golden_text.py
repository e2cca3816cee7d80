"""The summaries of the samples, some of them corrected, and of the made invoices as one text for each language, to be read by people."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from invoice_reading.annotation import HumanEdit
from invoice_reading.pages.engine import MuPdfEngine
from invoice_reading.read import read
from invoice_reading.reading import Reading
from invoice_reading.stages import Stages
from invoice_summarizer.domain.corrected_reading import corrected_reading
from invoice_summarizer.domain.correction import Correction, corrected_content
from invoice_summarizer.domain.summarizing.template import summarize_by_template
from invoice_summarizer.domain.summary import Style
from invoice_summarizer.samples.catalogue import sample_invoices
from summary_invoices.catalogue import made_invoices

FOLDER = Path(__file__).parent
_ACCOUNT = "payment_instructions.credit_transfers[0].account_identifier"
_EDIT = HumanEdit(actor="clerk", time=datetime(2026, 5, 4, tzinfo=UTC))
_CORRECTED: tuple[tuple[str, Mapping[str, str]], ...] = (
    ("nordlicht-cii.xml", {_ACCOUNT: "DE02120300000000202051"}),
    ("garonne-ubl.xml", {"totals.amount_with_vat": "3000.00", "totals.amount_due": "3000.00"}),
    ("muehlbach-hybrid.pdf", {"payee.name": "Faktorbank AG", "payment_due_date": "2026-02-12"}),
    ("polderdruk-wrong-total.xml", {"totals.amount_with_vat": "1063.59"}),
)
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
    found = {name: read(data, "", stages) for name, data in documents}
    return found | {
        f"{name} corrected in {', '.join(corrections)}": _corrected(found[name], corrections)
        for name, corrections in _CORRECTED
    }


def _corrected(reading: Reading, values: Mapping[str, str]) -> Reading:
    corrections = [Correction(*each) for each in values.items()]
    return corrected_reading(
        reading, corrected_content(reading.content, corrections), _EDIT
    ).reading
