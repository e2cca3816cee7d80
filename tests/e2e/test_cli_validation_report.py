"""`invoicectl read --report`: a page for whoever wrote an invoice, that stands alone, in six languages."""

import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from invoice_summarizer.cli.exit_codes import ExitCode
from invoice_summarizer.cli.main import app
from invoice_summarizer.cli.validation_report.labels import LABELS
from small_invoice import ubl_invoice

# Elements by which a page asks for something, or runs something.
_ASKING = {"script", "img", "link", "iframe", "object", "embed", "form", "video", "audio", "svg"}


class Page(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.shown = ""
        self.feed(text)
        self.shown = " ".join(self.shown.split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.shown += f"{data} "


def _read(report: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["read", *arguments, "--report", str(report)])


def _page(tmp_path: Path, data: bytes, *more: str, name: str = "invoice.xml") -> Page:
    file = tmp_path / name
    file.write_bytes(data)
    _read(tmp_path / "report.html", str(file), *more)
    return Page((tmp_path / "report.html").read_text("utf-8"))


WRONG_TOTAL = ubl_invoice(net="100.00", declared_total="120.00")


def test_broken_sum_is_told_with_its_sides_places_and_what_to_do(tmp_path: Path) -> None:
    page = _page(tmp_path, WRONG_TOTAL)
    assert "The invoice has to be corrected." in page.shown
    assert "total with VAT (BT-112) = total without VAT (BT-109) + total of VAT" in page.shown
    assert "Left side 120.00 Right side 119.00 Difference 1.00" in page.shown
    assert "What to change: Work the sum out again" in page.shown
    assert re.search(r"line \d+: /ubl:Invoice/cac:LegalMonetaryTotal/cbc:TaxInclusive", page.shown)


def test_element_that_breaks_a_rule_is_told_by_its_xpath_and_line(tmp_path: Path) -> None:
    CliRunner().invoke(app, ["samples", str(tmp_path / "samples")])
    sound = (tmp_path / "samples" / "garonne-ubl.xml").read_bytes()
    page = _page(tmp_path, sound.replace(b'unitCode="HUR"', b'unitCode="ZZZZ"'))
    assert "BR-CL-23" in page.shown
    assert re.search(
        r"line \d+: /ubl:Invoice/cac:InvoiceLine\[1\]/cbc:InvoicedQuantity", page.shown
    )


@pytest.mark.parametrize("language", LABELS)
def test_page_is_in_the_language_that_is_asked_for(tmp_path: Path, language: str) -> None:
    page = _page(tmp_path, WRONG_TOTAL, "--language", language)
    labels = LABELS[language]
    for words in (labels.title, labels.wrong, labels.errors, labels.to_do, labels.left):
        assert words in page.shown
    assert dict(page.tags)["html"]["lang"] == language
    others = [other.wrong for key, other in LABELS.items() if key != language]
    assert not any(words in page.shown for words in others)


def test_sound_invoice_has_no_list_of_what_is_wrong(tmp_path: Path) -> None:
    report = tmp_path / "report.html"
    CliRunner().invoke(app, ["samples", str(tmp_path / "samples")])
    result = _read(report, str(tmp_path / "samples" / "garonne-ubl.xml"))
    assert result.exit_code == ExitCode.OK
    page = Page(report.read_text("utf-8"))
    assert "No rule is broken." in page.shown and "What to change" not in page.shown


def test_what_stands_in_a_document_is_text_and_nothing_is_asked_for(tmp_path: Path) -> None:
    hostile = "&lt;img src=x onerror=alert(1)>&lt;script>alert(1)&lt;/script>"
    data = ubl_invoice(hostile, seller='A" onclick="alert(1)', declared_total="1.00")
    page = _page(tmp_path, data, name="<b>invoice.xml")
    assert "<script>alert(1)</script>" in page.shown and "<b>invoice.xml" in page.shown
    assert _ASKING.isdisjoint(tag for tag, _ in page.tags)
    attributes = {name for _, given in page.tags for name in given}
    assert not any(name.startswith("on") or name == "src" for name in attributes)
    links = {given["href"] for tag, given in page.tags if tag == "a"}
    assert all(link is not None and link.startswith("#") for link in links)
    assert "url(" not in (tmp_path / "report.html").read_text("utf-8")


def test_folder_of_the_file_is_not_told(tmp_path: Path) -> None:
    _page(tmp_path, WRONG_TOTAL)
    assert str(tmp_path) not in (tmp_path / "report.html").read_text("utf-8")


def test_document_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    page = _page(tmp_path, b"<Invoice>", "--language", "it")
    assert "Il documento non è leggibile." in page.shown


def test_report_that_is_there_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "report.html").write_text("mine")
    file = tmp_path / "invoice.xml"
    file.write_bytes(WRONG_TOTAL)
    result = _read(tmp_path / "report.html", str(file))
    assert result.exit_code == ExitCode.USAGE
    assert (tmp_path / "report.html").read_text() == "mine"
    _read(tmp_path / "report.html", str(file), "--force")
    assert (tmp_path / "report.html").read_text() != "mine"


def test_headings_go_down_by_one_and_lists_have_names(tmp_path: Path) -> None:
    page = _page(tmp_path, WRONG_TOTAL)
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h\d", tag)]
    assert levels[0] == 1
    assert all(low - high <= 1 for high, low in pairwise(levels))
    assert {"main", "header", "article"} <= {tag for tag, _ in page.tags}
