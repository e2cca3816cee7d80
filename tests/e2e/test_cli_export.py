"""`invoicectl export` against a server that holds the samples."""

import csv
import io
import zipfile
from pathlib import Path

from e2e.cli_process import on_server

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
