"""Rows in files for spreadsheets: exact, and nothing of a document becomes a formula."""

import csv
import io
import zipfile
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import pytest

from invoice_summarizer.cli.export.csv_table import CsvTable
from invoice_summarizer.cli.export.excel_table import excel_table
from invoice_summarizer.cli.export.table import Cell
from invoice_summarizer.cli.export.writing import ExportFormat, written_table
from invoice_summarizer.cli.failures import CommandFailed

_SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def csv_rows(*rows: Sequence[Cell]) -> list[list[str]]:
    file = io.StringIO()
    table = CsvTable(file, ["heading"])
    for row in rows:
        table.add(row)
    heading, *written = csv.reader(io.StringIO(file.getvalue()))
    assert heading == ["heading"]
    return written


def excel_cells(tmp_path: Path, *row: Cell) -> list[tuple[str, str]]:
    """Returns type and content of the cells of a row: `n` is a number, `inlineStr` and `s` are texts."""
    file = tmp_path / "table.xlsx"
    with excel_table(file, "invoices", ["heading"] * len(row)) as table:
        table.add(row)
    with zipfile.ZipFile(file) as book:
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
        assert sheet.find(f".//{_SHEET}f") is None
    cells = sheet.findall(f".//{_SHEET}row[@r='2']/{_SHEET}c")
    return [(cell.get("t", "n"), "".join(cell.itertext())) for cell in cells]


@pytest.mark.parametrize(
    "text",
    [
        "=HYPERLINK(1)",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        " =1",
        "\N{NO-BREAK SPACE}=1",
        "\N{FULLWIDTH EQUALS SIGN}1",
    ],
)
def test_text_that_would_be_a_formula_is_a_text(text: str, tmp_path: Path) -> None:
    [[cell]] = csv_rows([text])
    assert cell.startswith("'")
    [(kind, shown)] = excel_cells(tmp_path, text)
    assert kind in ("inlineStr", "s") and shown.strip() == cell.removeprefix("'")


def test_csv_has_amounts_exactly_and_days_as_iso() -> None:
    amounts = [Decimal("-0.10"), Decimal("1E+3"), Decimal("12345678901234567.890")]
    rows = csv_rows([*amounts, date(2026, 3, 5), None, 'Acme "A", Ltd'])
    assert rows == [
        ["-0.10", "1000", "12345678901234567.890", "2026-03-05", "", 'Acme "A", Ltd'],
    ]


def test_excel_has_numbers_that_can_be_added_and_texts_where_it_would_round(tmp_path: Path) -> None:
    cells = excel_cells(tmp_path, Decimal("-0.10"), Decimal("12345678901234567.89"), None, "0012")
    assert cells == [
        ("n", "-0.10"),
        ("inlineStr", "12345678901234567.89"),
        ("inlineStr", "0012"),
    ]


def test_excel_has_days_as_days(tmp_path: Path) -> None:
    [(kind, number)] = excel_cells(tmp_path, date(2026, 3, 5))
    assert (kind, number) == ("n", "46086")


@pytest.mark.parametrize("format", ExportFormat)
def test_file_stays_as_it_was_where_writing_ends_in_the_midst(
    format: ExportFormat, tmp_path: Path
) -> None:
    file = tmp_path / f"invoices.{format}"
    file.write_text("before")
    with pytest.raises(RuntimeError), written_table(file, format, "invoices", ["a"]) as table:
        table.add(["b"])
        raise RuntimeError
    assert [path.name for path in tmp_path.iterdir()] == [file.name]
    assert file.read_text() == "before"


@pytest.mark.parametrize("format", ExportFormat)
def test_folder_that_is_not_there_is_said(format: ExportFormat, tmp_path: Path) -> None:
    file = tmp_path / "nowhere" / f"invoices.{format}"
    with pytest.raises(CommandFailed) as failed, written_table(file, format, "a", ["a"]) as table:
        table.add(["b"])
    assert failed.value.reason == "FILE_UNWRITABLE"
