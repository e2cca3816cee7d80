"""The answers that the README shows are what reading these documents gives, and what a model may choose of them."""

import re
from pathlib import Path

from typer.testing import CliRunner

from invoice_reading.pages.engine import MuPdfEngine
from invoice_reading.read import read
from invoice_reading.stages import Stages
from invoice_summarizer.cli.main import app
from invoice_summarizer.domain.invoice import InvoiceStatus
from invoice_summarizer.domain.summarizing.choice import choice_of
from invoice_summarizer.domain.summarizing.facts.plan import Freedom, InvoicePlan
from invoice_summarizer.domain.summarizing.gate import SummaryGate
from invoice_summarizer.domain.summarizing.template import summarize_plan
from invoice_summarizer.domain.summary import Style
from invoice_summarizer.samples.catalogue import SampleInvoice, sample_invoices
from markdown_page import page
from summary_corruptions.choices import chosen_text

_WIDTH = "80"
_NOTE = re.compile(r" \[\d+(–\d+)?\]")
_HARD_SPACES = str.maketrans({"\N{NO-BREAK SPACE}": " ", "\N{NARROW NO-BREAK SPACE}": " "})
_SUMMARIZED = "polderdruk-wrong-total.xml"


def sample(name: str) -> SampleInvoice:
    return next(each for each in sample_invoices() if each.file_name == name)


def shown_summary(writer: str) -> str:
    """Returns the text of the summary that the README shows of the writer, as one line."""
    [block] = [
        block
        for block in page("README.md").fenced("text")
        if re.match(rf"summary [0-9a-f]{{8}}, written .* UTC, en, approver, {writer}\n", block)
    ]
    _, status, *lines = block.split("\n\n")[0].splitlines()
    assert status == "status: review pending"
    return _NOTE.sub("", " ".join(lines))


def plan_of_sample() -> InvoicePlan:
    reading = read(sample(_SUMMARIZED).data, "", Stages(pdf_engine=MuPdfEngine()))
    return InvoicePlan(reading, InvoiceStatus.REVIEW_PENDING)


def test_picture_is_what_reading_the_document_gives(tmp_path: Path) -> None:
    picture, *_ = page("README.md").fenced("text")
    headline, *shown = picture.rstrip().splitlines()
    read_sample = sample(headline.split(" ")[0])
    document = tmp_path / read_sample.file_name
    document.write_bytes(read_sample.data)
    answer = CliRunner().invoke(app, ["read", str(document)], env={"COLUMNS": _WIDTH})
    assert answer.exit_code == 0, answer.output
    printed = [line.rstrip() for line in answer.output.rstrip().splitlines()]
    assert printed[-len(shown) :] == shown


def test_summary_of_the_templates_is_theirs() -> None:
    bound = summarize_plan(plan_of_sample(), Style.APPROVER, "en")
    assert shown_summary("template") == bound.text.translate(_HARD_SPACES)


def test_summary_of_the_model_is_one_that_a_model_may_choose() -> None:
    plan, shown = plan_of_sample(), shown_summary("model")
    choice = choice_of(plan, Style.APPROVER, "en", Freedom.ADD)
    places = {
        each.key: shown.find(each.said.text.translate(_HARD_SPACES)) for each in choice.sentences
    }
    keys = sorted((key for key, place in places.items() if place >= 0), key=places.__getitem__)
    bound = chosen_text(choice, keys)
    assert shown == bound.text.translate(_HARD_SPACES)
    assert SummaryGate(plan, "en", Style.APPROVER, Freedom.ADD).verify(bound).accepted
