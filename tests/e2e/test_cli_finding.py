"""An invoice is found by what people know it by, and the shell completes it."""

from pathlib import Path

import pytest
from e2e.cli_process import Ran, invoicectl, on_server

from invoice_summarizer.cli.exit_codes import ExitCode
from small_invoice import ubl_invoice


def _get(server: Path, typed: str) -> Ran:
    return on_server(server, "get", typed)


def test_number_file_name_and_start_of_the_id_name_the_same_invoice(
    server: Path, ids: dict[str, str]
) -> None:
    name = ids["garonne-ubl.xml"]
    shown = _get(server, name)
    assert shown.exit_code == ExitCode.OK
    for typed in ("FA-2026-0093", "garonne-ubl.xml", name[:10], f"tenants/default/invoices/{name}"):
        assert _get(server, typed) == shown, typed


@pytest.mark.parametrize(
    "words",
    [
        ("lines",),
        ("history",),
        ("summarize",),
        ("document",),
        ("summaries", "list"),
        ("correct", "project_reference=P-1"),
        ("approve",),
        ("reprocess",),
        ("delete", "--yes"),
    ],
    ids=lambda words: words[0],
)
def test_every_command_on_an_invoice_finds_it(
    server: Path, ids: dict[str, str], words: tuple[str, ...]
) -> None:
    missing = on_server(server, words[0], *_with_invoice(words, "FA-2026-9999"))
    assert missing.exit_code == ExitCode.NOT_FOUND
    assert "INVOICE_NOT_FOUND" in missing.err + missing.out
    assert f"near it: {ids['garonne-ubl.xml']} (FA-2026-0093," in missing.err + missing.out


def test_path_that_is_mistyped_has_the_invoice_near_it_and_a_file_that_was_not_taken_in_the_command(
    server: Path, ids: dict[str, str], tmp_path: Path
) -> None:
    mistyped = on_server(server, "summarize", "somewhere/garone-ubl.xml")
    assert mistyped.exit_code == ExitCode.NOT_FOUND
    assert f"near it: {ids['garonne-ubl.xml']} (FA-2026-0093," in mistyped.err
    file = tmp_path / "zzz 1.xml"
    file.write_bytes(ubl_invoice("not taken in"))
    ran = on_server(server, "summarize", file)
    assert ran.exit_code == ExitCode.NOT_FOUND
    assert f"is a file here, and no invoice: `invoicectl ingest '{file}'` takes it in" in ran.err
    assert on_server(server, "summarize", "z" * 300).exit_code == ExitCode.NOT_FOUND


def test_number_of_several_invoices_lists_them(server: Path, tmp_path: Path) -> None:
    for seller in ("First", "Second"):
        (tmp_path / f"{seller}.xml").write_bytes(ubl_invoice("N/1 *", seller=seller))
    assert on_server(server, "ingest", tmp_path).exit_code == ExitCode.OK
    ran = _get(server, "N/1 *")
    assert ran.exit_code == ExitCode.USAGE
    assert "INVOICE_AMBIGUOUS" in ran.err
    assert "(N/1 *, First, " in ran.err and "(N/1 *, Second, " in ran.err
    assert _get(server, "First.xml").exit_code == ExitCode.OK
    assert _get(server, "N/1*").exit_code == ExitCode.NOT_FOUND, "a * is only itself"


def test_shell_completes_numbers_and_ids(server: Path, ids: dict[str, str]) -> None:
    assert _completed(server, "FA-").out.split() == ["FA-2026-0093"]
    name = ids["garonne-ubl.xml"]
    assert name in _completed(server, name[:6]).out.split()


def test_completion_is_silent_where_no_server_is(tmp_path: Path) -> None:
    assert _completed(tmp_path, "F") == Ran(0, "\n", "")


def test_document_is_written_over_a_file_only_by_force(
    server: Path, ids: dict[str, str], sample_folder: Path, tmp_path: Path
) -> None:
    to = tmp_path / "mine.xml"
    to.write_text("mine")
    ran = on_server(server, "document", "FA-2026-0093", "-o", to)
    assert ran.exit_code == ExitCode.USAGE
    assert "--force" in ran.err
    assert to.read_text() == "mine"
    assert on_server(server, "document", "FA-2026-0093", "-o", to, "--force").exit_code == 0
    assert to.read_bytes() == (sample_folder / "garonne-ubl.xml").read_bytes()


def _with_invoice(words: tuple[str, ...], invoice: str) -> tuple[str, ...]:
    if words[0] == "summaries":
        return (words[1], invoice)
    return (invoice, *words[1:])


def _completed(data: Path, incomplete: str) -> Ran:
    words = f"invoicectl --data {data} get {incomplete}"
    return invoicectl(
        env={"_INVOICECTL_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": "4"}
    )
