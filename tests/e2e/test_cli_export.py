"""`invoicectl export`: what a server holds, and documents that are read here."""

import csv
import io
import zipfile
from pathlib import Path

from e2e.cli_process import answer_of, invoicectl, on_server

from en16931.field_path import leaves
from en16931.reader import read_xml
from en16931.xml_reading import Syntax
from invoice_summarizer.cli.exit_codes import ExitCode


def test_invoices_are_rows_of_a_csv_and_credit_notes_have_a_minus_in_sums(
    server: Path, ids: dict[str, str]
) -> None:
    ran = on_server(server, "export", "-")
    assert ran.exit_code == ExitCode.OK, ran.err
    rows = {row["document.file_name"]: row for row in csv.DictReader(io.StringIO(ran.out))}
    invoice, credit_note = rows["garonne-ubl.xml"], rows["garonne-credit-note.xml"]
    assert invoice["invoice"] == ids["garonne-ubl.xml"]
    assert (invoice["kind"], invoice["totals.amount_with_vat"]) == ("invoice", "3196.65")
    assert (invoice["issue_date"], invoice["currency_code"]) == ("2026-02-27", "EUR")
    assert (credit_note["kind"], credit_note["totals.amount_with_vat"][0]) == ("credit note", "-")
    amount = credit_note["totals.amount_due"]
    found = on_server(server, "list", "--filter", f"amount_due={amount}")
    assert ids["garonne-credit-note.xml"] in found.out and f"{amount} EUR" in found.out


def test_lines_of_the_invoices_of_a_filter_are_rows(server: Path, ids: dict[str, str]) -> None:
    only = 'document.file_name="fenwick-two-pages.pdf"'
    ran = on_server(server, "export", "-", "--lines", "--filter", only)
    rows = list(csv.DictReader(io.StringIO(ran.out)))
    assert [row["line"] for row in rows] == [str(number) for number in range(1, 25)]
    assert rows[0]["item.name"] == "Torque wrench 20 Nm"
    assert rows[0]["net_amount"] == "473.60"
    assert {row["invoice"] for row in rows} == {ids["fenwick-two-pages.pdf"]}


def test_workbook_is_written_by_the_ending_of_the_file(
    server: Path, ids: dict[str, str], tmp_path: Path
) -> None:
    file = tmp_path / "invoices.xlsx"
    ran = on_server(server, "export", file)
    assert (ran.exit_code, zipfile.is_zipfile(file)) == (ExitCode.OK, True)
    assert ran.out.endswith(f"invoices in {file}\n")


def test_file_of_no_known_ending_is_wrong_usage(server: Path, tmp_path: Path) -> None:
    ran = on_server(server, "export", tmp_path / "invoices.ods")
    assert ran.exit_code == ExitCode.USAGE and "--format" in ran.err


def test_file_that_is_there_is_written_over_by_force_only(
    server: Path, ids: dict[str, str], tmp_path: Path
) -> None:
    file = tmp_path / "invoices.csv"
    file.write_text("precious")
    ran = on_server(server, "export", file)
    assert ran.exit_code == ExitCode.USAGE and "--force" in ran.err
    assert file.read_text() == "precious"
    assert on_server(server, "export", file, "--force").exit_code == ExitCode.OK
    assert file.read_text("utf-8-sig").startswith("invoice,status")


def test_each_invoice_of_the_filter_is_a_file_in_the_folder(
    server: Path, ids: dict[str, str], sample_folder: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "made" / "cii"
    only = 'document.file_name:"garonne"'
    records = answer_of(server, "export", folder, "--format", "cii", "--filter", only)
    assert {record["of"] for record in records} == {
        ids["garonne-ubl.xml"],
        ids["garonne-credit-note.xml"],
    }
    by_invoice = {record["of"]: record for record in records}
    told = by_invoice[ids["garonne-ubl.xml"]]
    assert (told["left_out"], told["missing_elements"]) == ([], [])
    assert Path(told["file"]).parent == folder
    read = read_xml(Path(told["file"]).read_bytes())
    original = read_xml((sample_folder / "garonne-ubl.xml").read_bytes())
    assert read.syntax is Syntax.CII
    assert dict(leaves(read.content)) == dict(leaves(original.content))


def test_files_that_are_there_stay_without_force(
    server: Path, ids: dict[str, str], tmp_path: Path
) -> None:
    only = f'invoice_number="{_number(server, ids)}"'
    arguments = ("export", tmp_path, "--format", "json", "--filter", only)
    [first] = answer_of(server, *arguments)
    Path(first["file"]).write_text("precious")
    again = on_server(server, *arguments)
    assert again.exit_code == ExitCode.FINDING
    assert "--force" in again.out
    assert Path(first["file"]).read_text() == "precious"
    assert on_server(server, *arguments, "--force").exit_code == ExitCode.OK
    assert Path(first["file"]).read_text() != "precious"


def _number(server: Path, ids: dict[str, str]) -> str:
    invoice = answer_of(server, "get", ids["garonne-ubl.xml"])
    [found] = invoice if isinstance(invoice, list) else [invoice]
    return str(found["content"]["invoice_number"])


def test_documents_are_read_and_written_without_a_server(
    sample_folder: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "ubl"
    ran = invoicectl("export", folder, "--format", "ubl", "--from", sample_folder)
    assert ran.exit_code == ExitCode.OK, ran.err
    assert sorted(file.name for file in folder.iterdir()) == sorted(
        f"{file.stem}.ubl.xml" for file in sample_folder.iterdir()
    )
    printed = read_xml((folder / "fenwick-two-pages.ubl.xml").read_bytes()).content
    assert (printed.invoice_number, len(printed.lines)) == ("FR-104582", 24)
    assert "cac:InvoiceLine/cbc:ID x 24" in ran.out  # no line of that page has a number
    credit_note = read_xml((folder / "garonne-credit-note.ubl.xml").read_bytes())
    assert credit_note.syntax is Syntax.UBL_CREDIT_NOTE


def test_one_document_goes_to_standard_output_and_what_is_said_of_it_beside(
    sample_folder: Path,
) -> None:
    document = sample_folder / "fenwick-two-pages.pdf"
    ran = invoicectl("export", "-", "--format", "cii", "--from", document)
    assert read_xml(ran.out.encode()).content.invoice_number == "FR-104582"
    assert "ram:LineID" in ran.err


def test_documents_are_rows_of_a_table_without_a_server(sample_folder: Path) -> None:
    ran = invoicectl("export", "-", "--from", sample_folder)
    assert ran.exit_code == ExitCode.OK, ran.err
    rows = {row["document.file_name"]: row for row in csv.DictReader(io.StringIO(ran.out))}
    assert rows["garonne-ubl.xml"]["totals.amount_with_vat"] == "3196.65"
    assert rows["polderdruk-wrong-total.xml"]["status"] == "review pending"
    ran = invoicectl("export", "-", "--lines", "--from", sample_folder / "fenwick-two-pages.pdf")
    lines = list(csv.DictReader(io.StringIO(ran.out)))
    assert [row["line"] for row in lines] == [str(number) for number in range(1, 25)]


def test_a_table_goes_into_a_folder_where_the_format_is_named(
    sample_folder: Path, tmp_path: Path
) -> None:
    folder, document = tmp_path / "made" / "tables", sample_folder / "garonne-ubl.xml"
    of_document = ("--from", document)
    for arguments in (("csv",), ("csv", "--lines"), ("xlsx",), ("xlsx", "--lines")):
        ran = invoicectl("export", folder, "--format", *arguments, *of_document)
        assert ran.exit_code == ExitCode.OK, ran.err
    names = ["invoices.csv", "invoices.xlsx", "lines.csv", "lines.xlsx"]
    assert sorted(file.name for file in folder.iterdir()) == names
    with (folder / "invoices.csv").open(encoding="utf-8-sig", newline="") as text:
        [row] = csv.DictReader(text)
    assert row["totals.amount_with_vat"] == "3196.65"
    assert zipfile.is_zipfile(folder / "lines.xlsx")
    again = invoicectl("export", folder, "--format", "csv", *of_document)
    assert again.exit_code == ExitCode.USAGE and "FILE_EXISTS" in again.err
    there = tmp_path / "table"
    there.write_text("mine")
    assert invoicectl("export", there, "--format", "csv", *of_document).exit_code == ExitCode.USAGE
    assert there.read_text() == "mine"


def test_what_cannot_be_read_or_written_is_said_and_the_others_are_written(
    sample_folder: Path, tmp_path: Path
) -> None:
    broken, bare = tmp_path / "broken.xml", tmp_path / "bare.xml"
    broken.write_text("<Invoice>")
    document = (sample_folder / "garonne-ubl.xml").read_bytes()
    bare.write_bytes(document.replace(b"DocumentCurrencyCode", b"PricingCurrencyCode"))
    whole = sample_folder / "garonne-ubl.xml"
    named = [part for file in (broken, bare, whole) for part in ("--from", file)]
    ran = invoicectl("export", tmp_path / "out", "--format", "ubl", *named)
    assert ran.exit_code == ExitCode.FINDING
    assert "[XML_NOT_WELL_FORMED]" in ran.out and "[EXPORT_WITHOUT_CURRENCY]" in ran.out
    assert [file.name for file in (tmp_path / "out").iterdir()] == ["garonne-ubl.ubl.xml"]


def test_options_that_do_not_go_together_are_wrong_usage(
    sample_folder: Path, tmp_path: Path
) -> None:
    for arguments in (
        ("--format", "ubl", "--lines"),
        ("--format", "ubl", "--filter", "total > 1", "--from", sample_folder),
    ):
        assert invoicectl("export", tmp_path / "x", *arguments).exit_code == ExitCode.USAGE
    several = ("--format", "ubl", "--from", sample_folder)
    assert invoicectl("export", "-", *several).exit_code == ExitCode.USAGE
    assert not (tmp_path / "x").exists()
