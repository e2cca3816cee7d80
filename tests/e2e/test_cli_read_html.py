"""`invoicectl read --html`: one page that stands alone, in which figures and places lead to each other."""

from collections.abc import Sequence
from html.parser import HTMLParser
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from invoice_summarizer.cli.exit_codes import ExitCode
from invoice_summarizer.cli.main import app
from small_invoice import ubl_invoice

# Attributes by which a page asks for something, or runs something.
_ASKING = frozenset({"action", "background", "data", "formaction", "poster", "src", "srcset"})
Element = tuple[str, dict[str, str | None]]


class Page(HTMLParser):
    """The elements of a page, and the text that it shows."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self.shown = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.shown += data

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]

    def leading_to(self, anchor: str | None) -> set[str | None]:
        """Returns where the link with this anchor leads to."""
        return {link["href"] for link in self.of("a") if link.get("id") == anchor}


def _report(tmp_path: Path, *files: Path) -> Page:
    result = _read(tmp_path / "report.html", files)
    assert result.exit_code == ExitCode.OK, result.output
    return Page((tmp_path / "report.html").read_text("utf-8"))


def _read(report: Path, files: Sequence[Path], *more: str) -> Result:
    return CliRunner().invoke(app, ["read", *map(str, files), "--html", str(report), *more])


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    file = tmp_path / "<img src=x onerror=alert(1)>.xml"
    file.write_bytes(ubl_invoice("&lt;script>alert(1)&lt;/script>", seller='A" onclick="alert(1)'))
    return file


@pytest.mark.parametrize("name", ["fenwick-two-pages.pdf", "garonne-ubl.xml"])
def test_each_figure_leads_to_its_place_and_each_place_back(
    name: str, sample_folder: Path, tmp_path: Path
) -> None:
    page = _report(tmp_path, sample_folder / name)
    anchors = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(set(anchors)) == len(anchors)
    links = [str(link["href"]).removeprefix("#") for link in page.of("a")]
    assert set(links) <= set(anchors)
    figures = [link for link in page.of("a") if "-figure-" in str(link.get("id"))]
    assert len(figures) >= 8
    for figure in figures:
        [back] = page.leading_to(str(figure["href"]).removeprefix("#"))
        assert "-figure-" in str(back)


def test_pages_are_pictures_with_boxes_on_them(sample_folder: Path, tmp_path: Path) -> None:
    page = _report(tmp_path, sample_folder / "fenwick-two-pages.pdf")
    pictures = page.of("img")
    assert [picture["alt"] for picture in pictures] == ["page 1", "page 2"]
    assert all(str(picture["src"]).startswith("data:image/png;base64,") for picture in pictures)
    boxes = [link for link in page.of("a") if "-box-" in str(link.get("id"))]
    assert len(boxes) > 100
    assert all("width" in str(box["style"]) for box in boxes)


def test_page_asks_for_nothing_and_runs_nothing(
    sample_folder: Path, hostile: Path, tmp_path: Path
) -> None:
    page = _report(tmp_path, sample_folder / "muehlbach-hybrid.pdf", hostile)
    assert not page.of("script") and not page.of("link") and not page.of("iframe")
    for _, attributes in page.elements:
        assert not [name for name in attributes if name.startswith("on")]
        assert all(
            str(attributes[name]).startswith("data:") for name in _ASKING & attributes.keys()
        )
        assert str(attributes.get("href", "#")).startswith("#")
    assert any("default-src 'none'" in str(meta.get("content")) for meta in page.of("meta"))


def test_what_a_document_says_is_text_on_the_page(hostile: Path, tmp_path: Path) -> None:
    page = _report(tmp_path, hostile)
    assert "<script>alert(1)</script>" in page.shown
    assert 'A" onclick="alert(1)' in page.shown
    assert hostile.name in page.shown


def test_document_that_cannot_be_read_says_why(sample_folder: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7 nothing")
    result = _read(tmp_path / "report.html", [broken, sample_folder / "garonne-ubl.xml"])
    assert result.exit_code == ExitCode.FINDING
    page = Page((tmp_path / "report.html").read_text("utf-8"))
    assert "Not read:" in page.shown
    assert "May pass without a person." in page.shown


def test_of_a_long_xml_only_the_lines_with_values_and_their_neighbours_are_shown(
    tmp_path: Path,
) -> None:
    file = tmp_path / "long.xml"
    file.write_bytes(ubl_invoice() + b"\n" * 3_000)
    page = _report(tmp_path, file)
    assert 0 < len(page.of("li")) < 200


def test_page_that_cannot_be_written_is_said(sample_folder: Path, tmp_path: Path) -> None:
    result = _read(tmp_path / "nowhere" / "report.html", [sample_folder / "garonne-ubl.xml"])
    assert result.exit_code == ExitCode.USAGE
    assert "No such file or directory" in result.output


def test_page_takes_the_place_of_no_other_file_unless_it_is_told_to(
    sample_folder: Path, tmp_path: Path
) -> None:
    precious = tmp_path / "invoice.xml"
    precious.write_bytes(ubl_invoice())
    result = _read(precious, [precious])
    assert result.exit_code == ExitCode.USAGE and "--force" in result.output
    assert precious.read_bytes() == ubl_invoice()
    assert _read(precious, [sample_folder / "garonne-ubl.xml"], "--force").exit_code == ExitCode.OK
    assert precious.read_text("utf-8").startswith("<!doctype html>")


def test_document_of_standard_input_is_on_the_page_with_its_pictures(
    sample_folder: Path, tmp_path: Path
) -> None:
    report = tmp_path / "report.html"
    document = (sample_folder / "fenwick-two-pages.pdf").read_bytes()
    result = CliRunner().invoke(app, ["read", "-", "--html", str(report)], input=document)
    assert result.exit_code == ExitCode.OK, result.output
    assert len(Page(report.read_text("utf-8")).of("img")) == 2
