"""The picture of an answer in the README is what reading that document gives."""

from pathlib import Path

from typer.testing import CliRunner

from invoice_summarizer.cli.main import app
from invoice_summarizer.samples.catalogue import sample_invoices
from markdown_page import page

_WIDTH = "80"


def test_picture_is_what_reading_the_document_gives(tmp_path: Path) -> None:
    [picture] = page("README.md").fenced("text")
    headline, *shown = picture.rstrip().splitlines()
    sample = next(one for one in sample_invoices() if headline.startswith(one.file_name))
    document = tmp_path / sample.file_name
    document.write_bytes(sample.data)
    answer = CliRunner().invoke(app, ["read", str(document)], env={"COLUMNS": _WIDTH})
    assert answer.exit_code == 0, answer.output
    printed = [line.rstrip() for line in answer.output.rstrip().splitlines()]
    assert printed[-len(shown) :] == shown
