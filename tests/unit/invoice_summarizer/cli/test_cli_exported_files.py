"""Exported invoices as files of a folder: names that lead nowhere else, and none over another."""

from pathlib import Path

import pytest

from invoice_summarizer.cli.exit_codes import ExitCode
from invoice_summarizer.cli.export.files import ExportedFile, Folder
from invoices.v1 import query_service_pb2

NAME = "tenants/acme/invoices/5a0e"


def header(file_name: str, **more: object) -> query_service_pb2.ExportedInvoice:
    return query_service_pb2.ExportedInvoice(name=NAME, file_name=file_name, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["../a.xml", "/etc/a.xml", ".a.xml", "", "a\nb.xml", "a/b.xml"])
def test_a_name_that_could_lead_out_of_the_folder_is_not_taken(tmp_path: Path, name: str) -> None:
    folder = Folder(tmp_path / "out", force=False)
    folder.prepare()
    written = folder.write("5a0e", header(name), b"<a/>")
    assert written.file == tmp_path / "out" / "5a0e"
    assert [file.name for file in tmp_path.rglob("*")] == ["out", "5a0e"]


def test_two_of_one_name_are_two_files(tmp_path: Path) -> None:
    folder = Folder(tmp_path, force=False)
    for data in (b"1", b"2", b"3"):
        assert folder.write("x", header("a.xml"), data).exit_code is ExitCode.OK
    found = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    assert found == {"a.xml": b"1", "a-2.xml": b"2", "a-3.xml": b"3"}


def test_a_file_that_is_there_is_written_over_by_force_only(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text("precious")
    kept = Folder(tmp_path, force=False).write("x", header("a.xml"), b"new")
    assert (kept.file, kept.exit_code) == (None, ExitCode.FINDING)
    assert (tmp_path / "a.xml").read_text() == "precious"
    assert Folder(tmp_path, force=True).write("x", header("a.xml"), b"new").file is not None
    assert (tmp_path / "a.xml").read_text() == "new"


def test_an_invoice_that_cannot_be_written_leaves_no_file_and_says_why(tmp_path: Path) -> None:
    failed = query_service_pb2.ExportedInvoice(name=NAME, failure_reason="EXPORT_WITHOUT_CURRENCY")
    written = Folder(tmp_path, force=False).write("5a0e", failed, b"")
    assert (written.file, written.exit_code) == (None, ExitCode.FINDING)
    assert written.lines()[0].endswith("[EXPORT_WITHOUT_CURRENCY]")
    assert not list(tmp_path.iterdir())


def test_what_is_left_out_is_said_once_for_all_lines_and_counted() -> None:
    fields = [
        query_service_pb2.LeftOutField(
            field_path=f"lines[{index}].price.gross_price",
            reason=query_service_pb2.LeftOutField.NOT_SAYABLE,
        )
        for index in range(100)
    ]
    told = header(
        "a.xml",
        left_out=fields,
        left_out_size=130,
        missing_elements=["/ubl:Invoice/cac:InvoiceLine[1]/cbc:ID", "/ubl:Invoice/cbc:ID"],
        missing_elements_size=2,
    )
    _, left_out, missing = ExportedFile("5a0e", told, Path("a.xml")).lines()
    assert left_out.endswith("lines[*].price.gross_price (not sayable) x 100, and 30 more")
    assert missing.endswith(": cac:InvoiceLine/cbc:ID, ubl:Invoice/cbc:ID")
