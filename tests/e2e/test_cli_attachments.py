"""Files that an e-invoice carries are listed and saved."""

from pathlib import Path

from e2e.cli_process import answer_of, on_server

from files_attached import digest, ubl_with_files
from invoice_summarizer.cli.exit_codes import ExitCode

_HOURS, _PLAN = b"date;hours\n2026-11-02;8\n", b"%PDF-1.7 plan"


def test_files_are_listed_and_saved_once(server: Path, tmp_path: Path) -> None:
    file = tmp_path / "with files.xml"
    file.write_bytes(ubl_with_files(_HOURS, _PLAN, number="ATT-1"))
    assert on_server(server, "ingest", file).exit_code == ExitCode.OK
    listed = on_server(server, "attachments", "ATT-1")
    assert "hours.csv" in listed.out and "2 attachments" in listed.out

    folder = tmp_path / "saved"
    saved = answer_of(server, "attachments", "ATT-1", "--to", folder)
    assert [Path(each["file"]).name for each in saved] == ["hours.csv", "hours-2.csv"]
    assert [each["attached_document"]["sha256"] for each in saved] == [
        digest(_HOURS),
        digest(_PLAN),
    ]
    assert [Path(each["file"]).read_bytes() for each in saved] == [_HOURS, _PLAN]
    again = on_server(server, "attachments", "ATT-1", "--to", folder)
    assert (again.exit_code, "FILE_EXISTS" in again.err) == (ExitCode.USAGE, True)


def test_invoice_without_files_has_none(server: Path, ids: dict[str, str], tmp_path: Path) -> None:
    invoice = ids["fenwick-two-pages.pdf"]
    assert "0 attachments" in on_server(server, "attachments", invoice).out
    assert answer_of(server, "attachments", invoice, "--to", tmp_path / "none") == []
