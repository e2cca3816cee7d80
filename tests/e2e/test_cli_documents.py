"""Documents on their way to invoices and back, as processes that call a running `serve`."""

import hashlib
import json
import re
import subprocess
from pathlib import Path

import pytest
from e2e.cli_process import (
    LONGEST_SECONDS,
    answer_of,
    command,
    environment,
    id_of,
    invoicectl,
    on_server,
)

from invoice_summarizer.cli.exit_codes import ExitCode
from small_invoice import fatturapa_invoices, ubl_invoice

_OF_A_DOCUMENT = {"file", "name", "status", "reasons", "invoices", "operation", "already_here"}


def test_document_comes_back_as_it_was_sent(
    server: Path, ids: dict[str, str], sample_folder: Path, tmp_path: Path
) -> None:
    to = tmp_path / "back.pdf"
    ran = on_server(server, "document", ids["fenwick-two-pages.pdf"], "-o", to)
    assert ran.exit_code == ExitCode.OK
    assert to.read_bytes() == (sample_folder / "fenwick-two-pages.pdf").read_bytes()


def test_document_of_an_invoice_that_is_not_there_is_one_line(server: Path, tmp_path: Path) -> None:
    ran = on_server(server, "document", "nosuch", "-o", tmp_path / "none.pdf")
    assert ran.exit_code == ExitCode.NOT_FOUND
    assert "Traceback" not in ran.err


def test_large_document_is_sent_in_chunks(
    server: Path, sample_folder: Path, tmp_path: Path
) -> None:
    """The API takes 4 MiB in one message; comments make a valid invoice larger than that."""
    xml = (sample_folder / "garonne-ubl.xml").read_bytes()
    large = tmp_path / "large.xml"
    large.write_bytes(xml + b"<!--" + b"x" * (5 * 1024 * 1024) + b"-->")
    ran = on_server(server, "ingest", large, "--output", "json")
    assert ran.exit_code == ExitCode.OK, ran.err
    [entry] = ran.json()
    document = entry["response"]["document"]
    assert document["sha256"] == hashlib.sha256(large.read_bytes()).hexdigest()
    assert (
        on_server(server, "delete", "--yes", entry["metadata"]["invoice"]).exit_code == ExitCode.OK
    )


def test_refused_document_does_not_stop_the_others(
    server: Path, sample_folder: Path, tmp_path: Path
) -> None:
    text = tmp_path / "text.xml"
    text.write_text("no invoice")
    ran = on_server(server, "ingest", text, sample_folder / "garonne-ubl.xml", "--output", "jsonl")
    assert ran.exit_code == ExitCode.FINDING
    first, second = map(json.loads, ran.out.splitlines())
    assert first["error"]["reason"] == "DOCUMENT_TYPE_UNSUPPORTED"
    assert second.keys() == _OF_A_DOCUMENT
    assert (second["status"], second["reasons"]) == ("READY", [])


def test_ingesting_again_takes_nothing_twice_and_says_so(
    server: Path, ids: dict[str, str], sample_folder: Path, tmp_path: Path
) -> None:
    text = tmp_path / "text.xml"
    text.write_text("no invoice")
    new = tmp_path / "new.xml"
    new.write_bytes(ubl_invoice("NEW-1"))
    ran = on_server(server, "ingest", sample_folder, text, new)
    lines = ran.out.splitlines()
    assert lines[-1] == f"1 new, {len(ids)} already here, 1 refused"
    [refused] = [line for line in lines if str(text) in line]
    assert "the file is of a type that is not known here; only XML, PDF, PNG" in refused
    on_server(server, "delete", "--yes", "NEW-1")


def test_standard_input_is_a_document(server: Path, sample_folder: Path) -> None:
    file = sample_folder / "garonne-ubl.xml"
    for words in (("read",), ("--data", server, "validate"), ("--data", server, "ingest")):
        with file.open("rb") as document:
            done = subprocess.run(
                command(*words, "-", "--output", "jsonl"),
                env=environment(),
                stdin=document,
                capture_output=True,
                timeout=LONGEST_SECONDS,
                check=False,
            )
        assert done.returncode == ExitCode.OK, done.stderr
        assert json.loads(done.stdout)["file"] == "-"


def test_standard_input_may_hold_several_invoices(server: Path) -> None:
    for words in (("read",), ("--data", server, "validate")):
        done = subprocess.run(
            command(*words, "-", "--output", "jsonl"),
            env=environment(),
            input=fatturapa_invoices("7", "8"),
            capture_output=True,
            timeout=LONGEST_SECONDS,
            check=False,
        )
        told = [json.loads(line) for line in done.stdout.splitlines()]
        numbers = [each["content"]["invoice_number"] for each in told]
        assert (numbers, [each["part"] for each in told]) == (["7", "8"], [1, 2]), done.stderr


def test_missing_file_exits_with_not_found_unless_worse_went_wrong(
    server: Path, tmp_path: Path
) -> None:
    text = tmp_path / "text.xml"
    text.write_text("no invoice")
    missing = tmp_path / "none.pdf"
    assert on_server(server, "ingest", missing).exit_code == ExitCode.NOT_FOUND
    assert on_server(server, "ingest", missing, text).exit_code == ExitCode.FINDING


def test_document_that_cannot_be_read_fails_with_its_reason(server: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.xml"
    broken.write_text("<Invoice>")
    ran = on_server(server, "ingest", broken)
    assert ran.exit_code == ExitCode.FINDING
    assert "XML_NOT_WELL_FORMED" in ran.out
    [invoice] = answer_of(server, "list", "--filter", 'status="failed"')
    assert invoice["failure_reason"] == "XML_NOT_WELL_FORMED"
    [operation] = answer_of(server, "operations", "list", "--done", "--page-size", "1")
    said = "the XML is broken or cut off"
    for words in (
        ("list",),
        ("get", "broken.xml"),
        ("lines", "broken.xml"),
        ("history", "broken.xml"),
        ("operations", "get", id_of(operation)),
        ("operations", "list"),
        ("reprocess", "broken.xml"),
    ):
        assert said in on_server(server, *words).out
    listed = on_server(server, "list", "--filter", "status=failed").out
    assert (
        f"  broken.xml: {said}: ask the sender for the file again\n" in listed
        and "XML_NOT_WELL_FORMED" not in listed
    )
    on_server(server, "delete", "--yes", id_of(invoice))


def test_suspected_duplicate_is_told_with_the_invoice_that_it_may_be(
    server: Path, ids: dict[str, str], sample_folder: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.xml"
    copy.write_bytes((sample_folder / "nordlicht-cii.xml").read_bytes() + b"\n")
    first = ids["nordlicht-cii.xml"]
    said = (
        "may be NB-2026-00417 of 2026-03-12 in nordlicht-cii.xml once more:"
        f" `invoicectl get {first[:8]}`"
    )
    assert said in on_server(server, "ingest", copy).out
    for words in (
        ("list",),
        ("list", "--filter", "file=copy.xml"),
        ("get", "copy.xml"),
        ("correct", "copy.xml", "buyer_reference=Desk 9"),
    ):
        assert said in on_server(server, *words).out
    [listed] = answer_of(server, "list", "--filter", "file=copy.xml")
    assert listed["review_reasons"] == [f"DUPLICATE_SUSPECTED:{first}"]
    on_server(server, "delete", "--yes", "copy.xml")


def test_validation_says_what_reading_here_says(server: Path, sample_folder: Path) -> None:
    file = sample_folder / "muehlbach-hybrid.pdf"
    there = on_server(server, "validate", file, "--output", "json")
    here = invoicectl("read", file, "--output", "json")
    assert there.json() == here.json()


def test_operations_are_listed_got_waited_for_and_cannot_be_cancelled_when_done(
    server: Path, ids: dict[str, str]
) -> None:
    listed = answer_of(server, "operations", "list", "--done", "--page-size", "1")
    name = listed[0]["name"].rpartition("/")[2]
    [operation, *_] = listed
    shown = on_server(server, "operations", "list", "--done").out
    assert operation["metadata"]["invoice"].rpartition("/")[2] in shown
    assert operation["metadata"]["create_time"][:10] in shown
    assert re.fullmatch(r"[0-9]+ operations", shown.splitlines()[-1])
    first = on_server(server, "operations", "list", "--page-size", "1").out
    assert first.splitlines()[-1] == "1 operation (--all for the rest)"
    assert answer_of(server, "operations", "get", name)["done"] is True
    assert answer_of(server, "operations", "wait", name)["done"] is True
    cancelled = on_server(server, "operations", "cancel", name)
    assert cancelled.exit_code == ExitCode.CONFLICT
    assert "OPERATION_DONE" in cancelled.err


def test_rejected_invoice_can_be_read_once_more(server: Path, ids: dict[str, str]) -> None:
    name = ids["muehlbach-hybrid.pdf"]
    assert on_server(server, "reject", name).exit_code == ExitCode.USAGE
    rejected = on_server(server, "reject", name, "--comment", "not ours", "--output", "json").json()
    assert rejected["status"] == "REJECTED"
    ran = on_server(server, "reprocess", name, "--output", "json")
    assert ran.exit_code == ExitCode.OK, ran.err
    assert ran.json()["response"]["status"] == "READY"


@pytest.mark.parametrize("format", ["json", "jsonl"])
@pytest.mark.parametrize(
    "listing",
    [["list"], ["operations", "list"], ["lines"], ["history"], ["summaries", "list"]],
    ids=" ".join,
)
def test_programs_are_told_on_standard_error_that_there_are_more(
    server: Path, ids: dict[str, str], listing: list[str], format: str
) -> None:
    invoice = ids["garonne-ubl.xml"]
    if listing == ["summaries", "list"]:
        for language in ("en", "de"):
            assert on_server(server, "summarize", invoice, "--language", language).exit_code == 0
    of_one = [] if listing in (["list"], ["operations", "list"]) else [invoice]
    some = on_server(server, *listing, *of_one, "--page-size", "1", "--output", format)
    assert json.loads(some.err)["warning"]["reason"] == "MORE_PAGES"
    everything = on_server(server, *listing, *of_one, "--all", "--output", format)
    assert everything.err == ""
