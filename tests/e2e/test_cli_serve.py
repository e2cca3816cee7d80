"""`invoicectl serve` on the real embedded stack, and every command that calls it, as processes."""

import hashlib
import json
import os
import re
import signal
import socket
import stat
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import grpc
import pytest
from e2e.cli_process import (
    LONGEST_SECONDS,
    Ran,
    await_file,
    command,
    environment,
    invoicectl,
    processes_of,
)
from grpc_reflection.v1alpha import reflection_pb2, reflection_pb2_grpc

from invoice_summarizer.adapters.embedded_postgres.server import EmbeddedPostgres
from invoice_summarizer.cli.exit_codes import ExitCode
from invoice_summarizer.samples.catalogue import SampleInvoice


@pytest.fixture
def ids(server: Path, sample_folder: Path) -> dict[str, str]:
    """The id of each sample's invoice; taking them in again gives the same."""
    ran = _call(server, "ingest", sample_folder, "--stable-request-id", "--output", "json")
    assert ran.exit_code == ExitCode.OK, ran.err
    return {
        Path(entry["file"]).name: entry["metadata"]["invoice"].rpartition("/")[2]
        for entry in ran.json()
    }


def test_ingested_samples_are_listed_by_status(
    server: Path, ids: dict[str, str], samples: tuple[SampleInvoice, ...]
) -> None:
    listed = _call(server, "list", "--all", "--page-size", "2", "--output", "json").json()
    assert {_id(invoice) for invoice in listed} == set(ids.values())
    waiting = _json(server, "list", "--filter", 'status="review_pending"')
    assert ids["polderdruk-wrong-total.xml"] in {_id(invoice) for invoice in waiting}
    first = _call(server, "list", "--page-size", "1", "--order-by", "issue_date")
    assert ids["muehlbach-hybrid.pdf"] in first.out
    assert f"1 of {len(samples)} invoices (--all for the rest)" in first.out


def test_invoice_is_shown_by_id_and_by_full_name(server: Path, ids: dict[str, str]) -> None:
    by_id = _call(server, "get", ids["garonne-ubl.xml"])
    by_name = _call(server, "get", f"tenants/default/invoices/{ids['garonne-ubl.xml']}")
    assert by_id == by_name
    assert by_id.exit_code == ExitCode.OK
    assert "3196.65" in by_id.out


def test_summary_is_written_in_the_language_asked_for(server: Path, ids: dict[str, str]) -> None:
    ran = _call(
        server, "summarize", ids["nordlicht-cii.xml"], "--language", "de", "--style", "approver"
    )
    assert ran.exit_code == ExitCode.OK
    assert "12. März 2026" in ran.out
    assert re.search(r"^\[1\] +type_code +Rechnung$", ran.out, re.MULTILINE)


def test_summaries_of_an_invoice_are_listed_newest_first_and_shown_as_they_were_written(
    server: Path, ids: dict[str, str]
) -> None:
    invoice = ids["muehlbach-hybrid.pdf"]
    for language in ("en", "de", "fr"):
        written = _call(server, "summarize", invoice, "--language", language)
    listed = _json(server, "summaries", "list", invoice, "--all", "--page-size", "2")
    assert [each["language_code"] for each in listed] == ["fr", "de", "en"]
    name = listed[0]["name"].removeprefix("tenants/default/invoices/").replace("summaries/", "")
    for typed in (name, listed[0]["name"]):
        assert _call(server, "summaries", "get", typed) == written
    assert _json(server, "summaries", "get", name) == listed[0]
    table = _call(server, "summaries", "list", invoice, "--page-size", "1").out
    assert name in table
    assert written.out in table
    assert "1 summary (--all for the rest)" in table


def test_summary_that_is_not_there_is_not_found(server: Path, ids: dict[str, str]) -> None:
    invoice = ids["muehlbach-hybrid.pdf"]
    ran = _call(server, "summaries", "get", f"{invoice}/{invoice}")
    assert ran.exit_code == ExitCode.NOT_FOUND
    assert _call(server, "summaries", "get", invoice).exit_code == ExitCode.USAGE


def test_correction_is_checked_again_and_can_be_approved_then(
    server: Path, ids: dict[str, str]
) -> None:
    name = ids["polderdruk-wrong-total.xml"]
    corrections = ("totals.amount_with_vat=1063.59", "totals.amount_due=1063.59")
    ran = _call(server, "correct", name, *corrections, "--output", "json")
    assert ran.exit_code == ExitCode.OK, ran.err
    answer = ran.json()
    corrected = answer["invoice"]
    assert [change["after"] for change in answer["changes"]] == ["1063.59", "1063.59"]
    assert corrected["status"] == "READY"
    assert corrected["content"]["totals"]["amount_with_vat"] == "1063.59"
    [annotation] = [
        each for each in corrected["annotations"] if each["field_path"] == "totals.amount_with_vat"
    ]
    assert annotation["evidence"][0]["human_edit"]["actor"] == "owner"
    stale = _call(server, "approve", name, "--etag", '"stale"')
    assert stale.exit_code == ExitCode.CONFLICT
    assert "ETAG_MISMATCH" in stale.err
    approved = _call(server, "approve", name, "--comment", "fine", "--output", "json").json()
    assert (approved["status"], approved["decision_comment"]) == ("APPROVED", "fine")
    again = _call(server, "reprocess", name)
    assert again.exit_code == ExitCode.CONFLICT
    assert "WRONG_STATE" in again.err


def test_lines_of_an_invoice_are_shown_with_their_evidence(
    server: Path, ids: dict[str, str]
) -> None:
    name = ids["garonne-ubl.xml"]
    invoice = _call(server, "get", name, "--output", "json").json()
    ran = _call(server, "lines", name, "--page-size", "1", "--all", "--output", "json")
    assert ran.exit_code == ExitCode.OK, ran.err
    lines = ran.json()
    assert [line["line"] for line in lines] == invoice["content"]["lines"]
    assert len(lines) == invoice["line_count"] > 1
    assert all(line["annotations"][0]["evidence"] for line in lines)
    first = _call(server, "lines", name, "--page-size", "1")
    assert f"1 of {len(lines)} lines (--all for the rest)" in first.out


def test_history_says_who_did_what(server: Path, ids: dict[str, str]) -> None:
    name = ids["garonne-ubl.xml"]
    assert _call(server, "correct", name, "project_reference=P-1").exit_code == ExitCode.OK
    ran = _call(server, "history", name, "--output", "json")
    assert ran.exit_code == ExitCode.OK, ran.err
    kinds = [event["kind"] for event in ran.json()]
    assert kinds[0] == "INVOICE_CORRECTED" and kinds[-1] == "INVOICE_RECEIVED"
    assert ran.json()[0]["changed"] == ["project_reference"]
    shown = _call(server, "history", name, "--page-size", "1")
    assert "invoice corrected, by owner" in shown.out
    assert "1 event (--all for the rest)" in shown.out


@pytest.mark.parametrize(
    ("correction", "reason"),
    [
        ("totals.amount_du=1", "UNKNOWN_FIELD"),
        ("lines[99].net_amount=1", "UNKNOWN_FIELD"),
        ("totals=1", "INVALID_CORRECTION"),
        ("totals.amount_due=much", "INVALID_VALUE"),
        ("issue_date=1.2.2026", "INVALID_VALUE"),
        ("issue_date", "USAGE"),
    ],
)
def test_correction_that_cannot_be_is_wrong_usage(
    server: Path, ids: dict[str, str], correction: str, reason: str
) -> None:
    ran = _call(server, "correct", ids["garonne-ubl.xml"], correction)
    assert ran.exit_code == ExitCode.USAGE
    assert f"[{reason}" in ran.err


def test_rejected_invoice_can_be_read_once_more(server: Path, ids: dict[str, str]) -> None:
    name = ids["muehlbach-hybrid.pdf"]
    assert _call(server, "reject", name).exit_code == ExitCode.USAGE
    rejected = _call(server, "reject", name, "--comment", "not ours", "--output", "json").json()
    assert rejected["status"] == "REJECTED"
    ran = _call(server, "reprocess", name, "--output", "json")
    assert ran.exit_code == ExitCode.OK, ran.err
    assert ran.json()["response"]["status"] == "READY"


def test_document_comes_back_as_it_was_sent(
    server: Path, ids: dict[str, str], sample_folder: Path, tmp_path: Path
) -> None:
    to = tmp_path / "back.pdf"
    ran = _call(server, "document", ids["fenwick-two-pages.pdf"], "-o", to)
    assert ran.exit_code == ExitCode.OK
    assert to.read_bytes() == (sample_folder / "fenwick-two-pages.pdf").read_bytes()


def test_large_document_is_sent_in_chunks(
    server: Path, sample_folder: Path, tmp_path: Path
) -> None:
    """The API takes 4 MiB in one message; comments make a valid invoice larger than that."""
    xml = (sample_folder / "garonne-ubl.xml").read_bytes()
    large = tmp_path / "large.xml"
    large.write_bytes(xml + b"<!--" + b"x" * (5 * 1024 * 1024) + b"-->")
    ran = _call(server, "ingest", large, "--output", "json")
    assert ran.exit_code == ExitCode.OK, ran.err
    [entry] = ran.json()
    document = entry["response"]["document"]
    assert document["sha256"] == hashlib.sha256(large.read_bytes()).hexdigest()
    assert _call(server, "delete", "--yes", entry["metadata"]["invoice"]).exit_code == ExitCode.OK


def test_refused_document_does_not_stop_the_others(
    server: Path, sample_folder: Path, tmp_path: Path
) -> None:
    text = tmp_path / "text.xml"
    text.write_text("no invoice")
    ran = _call(server, "ingest", text, sample_folder / "garonne-ubl.xml", "--output", "jsonl")
    assert ran.exit_code == ExitCode.FINDING
    first, second = map(json.loads, ran.out.splitlines())
    assert first["error"]["reason"] == "DOCUMENT_TYPE_UNSUPPORTED"
    assert second["done"] is True


def test_missing_file_exits_with_not_found_unless_worse_went_wrong(
    server: Path, tmp_path: Path
) -> None:
    text = tmp_path / "text.xml"
    text.write_text("no invoice")
    missing = tmp_path / "none.pdf"
    assert _call(server, "ingest", missing).exit_code == ExitCode.NOT_FOUND
    assert _call(server, "ingest", missing, text).exit_code == ExitCode.FINDING


def test_document_that_cannot_be_read_fails_with_its_reason(server: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.xml"
    broken.write_text("<Invoice>")
    ran = _call(server, "ingest", broken)
    assert ran.exit_code == ExitCode.FINDING
    assert "XML_NOT_WELL_FORMED" in ran.out
    [invoice] = _json(server, "list", "--filter", 'status="failed"')
    assert invoice["failure_reason"] == "XML_NOT_WELL_FORMED"
    _call(server, "delete", "--yes", _id(invoice))


def test_validation_says_what_reading_here_says(server: Path, sample_folder: Path) -> None:
    file = sample_folder / "muehlbach-hybrid.pdf"
    there = _call(server, "validate", file, "--output", "json")
    here = invoicectl("read", file, "--output", "json")
    assert there.json() == here.json()


def test_sums_are_exact_and_grouped(server: Path, ids: dict[str, str]) -> None:
    groups = _json(server, "aggregate", "--by", "supplier", "--filter", 'currency_code="GBP"')
    assert [(each["supplier"], each["count"], each["amount_with_vat"]) for each in groups] == [
        ("Fenwick & Rowe Instruments Ltd", "1", "10333.12")
    ]
    assert _call(server, "aggregate", "--by", "colour").exit_code == ExitCode.USAGE


def test_operations_are_listed_got_waited_for_and_cannot_be_cancelled_when_done(
    server: Path, ids: dict[str, str]
) -> None:
    listed = _json(server, "operations", "list", "--done", "--page-size", "1")
    name = listed[0]["name"].rpartition("/")[2]
    [operation, *_] = listed
    shown = _call(server, "operations", "list", "--done").out
    assert operation["metadata"]["invoice"].rpartition("/")[2] in shown
    assert operation["metadata"]["create_time"][:10] in shown
    assert _json(server, "operations", "get", name)["done"] is True
    assert _json(server, "operations", "wait", name)["done"] is True
    cancelled = _call(server, "operations", "cancel", name)
    assert cancelled.exit_code == ExitCode.CONFLICT
    assert "OPERATION_DONE" in cancelled.err


def test_deleted_invoice_is_not_found(server: Path, ids: dict[str, str]) -> None:
    name = ids["garonne-credit-note.xml"]
    assert _call(server, "delete", name).exit_code == ExitCode.USAGE, "nobody is there to be asked"
    assert _call(server, "delete", "--yes", name).exit_code == ExitCode.OK
    ran = _call(server, "get", name)
    assert ran.exit_code == ExitCode.NOT_FOUND
    assert "RESOURCE_NOT_FOUND, request " in ran.err
    assert len(ran.err.splitlines()) == 1


def test_bad_filter_is_wrong_usage_with_its_position(server: Path) -> None:
    ran = _call(server, "list", "--filter", 'status="ready" AND colour="red"')
    assert ran.exit_code == ExitCode.USAGE
    assert "at character 19" in ran.err
    assert "INVALID_FILTER" in ran.err


def test_wrong_token_and_no_token_are_denied(server: Path, tmp_path: Path) -> None:
    token = tmp_path / "token"
    token.write_text("wrong\n")
    ran = _call(server, "--token-file", token, "list")
    assert ran.exit_code == ExitCode.DENIED
    assert "CREDENTIALS_INVALID" in ran.err
    assert "wrong" not in ran.err
    assert _call(server, "--token-file", tmp_path / "none", "list").exit_code == ExitCode.DENIED


def test_created_token_counts_at_once_and_for_its_roles_only(
    server: Path, ids: dict[str, str], tmp_path: Path
) -> None:
    created = _create(server / "tokens.json", "--tenant", "default", "--role", "viewer")
    assert (created.exit_code, created.err) == (ExitCode.OK, "")
    token = tmp_path / "token"
    token.write_text(created.out)
    name = ids["garonne-ubl.xml"]
    assert _call(server, "--token-file", token, "get", name).exit_code == ExitCode.OK
    summarized = _call(server, "--token-file", token, "summarize", name)
    assert summarized.exit_code == ExitCode.DENIED
    assert _call(server, "get", name).exit_code == ExitCode.OK, "the first token still counts"


def test_token_is_created_with_all_that_was_said(tmp_path: Path) -> None:
    file = tmp_path / "tokens.json"
    said = ("--tenant", "acme", "--role", "viewer", "--role", "reviewer")
    assert _create(file, *said, "--expires", "2100-01-01T02:00:00+02:00").exit_code == ExitCode.OK
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    [entry] = json.loads(file.read_text())["tokens"]
    assert entry.pop("sha256")
    assert sorted(entry.pop("roles")) == ["reviewer", "viewer"]
    assert datetime.fromisoformat(entry.pop("expires")) == datetime(2100, 1, 1, tzinfo=UTC)
    assert entry == {"subject": "clerk", "tenant": "acme"}


@pytest.mark.parametrize(
    "said",
    [
        ("--tenant", "Acme GmbH", "--role", "viewer"),
        ("--tenant", "acme", "--role", "king"),
        ("--tenant", "acme"),
        ("--tenant", "acme", "--role", "viewer", "--expires", "2001-01-01"),
        ("--tenant", "acme", "--role", "viewer", "--expires", "soon"),
    ],
)
def test_token_that_cannot_be_is_wrong_usage_and_makes_no_file(
    tmp_path: Path, said: tuple[str, ...]
) -> None:
    ran = _create(tmp_path / "tokens.json", *said)
    assert (ran.exit_code, ran.out) == (ExitCode.USAGE, "")
    assert list(tmp_path.iterdir()) == []


def test_other_tenant_is_not_found(server: Path) -> None:
    assert _call(server, "--tenant", "other", "list").exit_code == ExitCode.NOT_FOUND


def test_environment_says_what_options_say(server: Path) -> None:
    settings = {"INVOICECTL_DATA": str(server), "INVOICECTL_OUTPUT": "json"}
    assert isinstance(invoicectl("list", env=settings).json(), list)


def test_server_that_is_not_there_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("any\n")
    ran = invoicectl("--data", tmp_path, "--address", "127.0.0.1:1", "list")
    assert ran.exit_code == ExitCode.UNAVAILABLE
    assert "no server answers at 127.0.0.1:1" in ran.err
    assert "Traceback" not in ran.err


def test_folder_without_a_server_says_how_to_start_one(tmp_path: Path) -> None:
    ran = invoicectl("--data", tmp_path, "list")
    assert ran.exit_code == ExitCode.UNAVAILABLE
    assert "start one with `invoicectl serve`" in ran.err


def test_failed_handshake_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("any\n")
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"127.0.0.1:{silent.getsockname()[1]}"
        options = ("--data", tmp_path, "--address", address, "--tls", "--timeout", "1")
        ran = invoicectl(*options, "list")
    assert ran.exit_code == ExitCode.UNAVAILABLE
    assert len(ran.err.splitlines()) == 1


def test_token_is_never_sent_in_the_clear_over_a_network(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("any\n")
    ran = invoicectl("--data", tmp_path, "--address", "invoices.example.com:443", "list")
    assert ran.exit_code == ExitCode.USAGE
    assert "--tls" in ran.err


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_serve_ends_on_a_signal_and_keeps_its_data(
    number: signal.Signals, short_folder: Path, sample_folder: Path
) -> None:
    for expected in ("0 invoices", "1 invoice"):
        process = subprocess.Popen(
            command("serve", "--data", short_folder, "--port", "0"),
            env=environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        try:
            await_file(short_folder / "address", process)
            assert expected in _call(short_folder, "list").out
            _call(short_folder, "ingest", sample_folder / "garonne-ubl.xml")
            process.send_signal(number)
            out, err = process.communicate(timeout=LONGEST_SECONDS)
        finally:
            process.kill()
        assert (process.returncode, err) == (0, b"")
        assert b"token file" in out
        assert not (short_folder / "address").exists()
        assert not processes_of(str(short_folder))


def test_second_serve_on_the_same_folder_is_refused(server: Path) -> None:
    ran = invoicectl("serve", "--data", server, "--port", "0")
    assert ran.exit_code == ExitCode.UNAVAILABLE
    address = (server / "address").read_text().strip()
    assert ran.err == f"invoicectl: already serving this folder at {address} [ALREADY_SERVING]\n"
    assert (server / "address").exists(), "the first goes on"


def test_second_serve_is_refused_also_where_the_first_has_left_no_address(
    short_folder: Path,
) -> None:
    with EmbeddedPostgres(short_folder / "postgres", throwaway=True):
        ran = invoicectl("serve", "--data", short_folder, "--port", "0")
    assert ran.exit_code == ExitCode.UNAVAILABLE
    assert "already serving this folder" in ran.err


def test_serve_ends_and_names_the_part_that_has_ended(short_folder: Path) -> None:
    process, _ = _started(short_folder)
    try:
        postmaster = (short_folder / "postgres" / "data" / "postmaster.pid").read_text()
        os.kill(int(postmaster.splitlines()[0]), signal.SIGKILL)
        _, err = process.communicate(timeout=LONGEST_SECONDS)
    finally:
        process.kill()
    assert process.returncode == ExitCode.FAULT
    assert b"PostgreSQL has ended by itself" in err
    assert len(err.splitlines()) == 1
    assert not (short_folder / "address").exists()
    assert not processes_of(str(short_folder))


def test_serve_takes_its_ports_and_reflection_from_options_and_nothing_from_the_environment(
    short_folder: Path,
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    variables = {"INVOICES_HTTP__HOST": "0.0.0.0", "INVOICES_SERVER__GRACE_SECONDS": "never"}
    process, address = _started(
        short_folder, "--metrics-port", str(port), "--reflection", **variables
    )
    try:
        for path in ("livez", "readyz", "metrics"):
            with urlopen(f"http://127.0.0.1:{port}/{path}", timeout=20) as answer:
                assert answer.status == 200
        assert _listening_addresses(port) == {"0100007F"}, "loopback"
        with grpc.insecure_channel(address) as channel:
            stub: Any = reflection_pb2_grpc.ServerReflectionStub(channel)
            asked = reflection_pb2.ServerReflectionRequest(list_services="")
            [answered] = stub.ServerReflectionInfo(iter([asked]), timeout=20)
        services = {service.name for service in answered.list_services_response.service}
        assert "invoices.v1.QueryService" in services
    finally:
        process.terminate()
        process.communicate(timeout=LONGEST_SECONDS)
    assert process.returncode == 0


def test_port_that_is_in_use_is_said_in_one_line(short_folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ran = invoicectl("serve", "--data", short_folder, "--port", str(port))
    assert ran.exit_code == ExitCode.UNAVAILABLE
    [line] = ran.err.splitlines()
    assert f"cannot listen on port {port}" in line
    assert line.endswith("[PORT_UNAVAILABLE]")
    assert not processes_of(str(short_folder))


def _started(
    folder: Path, *options: str, **variables: str
) -> tuple["subprocess.Popen[bytes]", str]:
    """Returns a `serve` that answers, and its address."""
    process = subprocess.Popen(
        command("serve", "--data", folder, "--port", "0", *options),
        env=environment(**variables),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    await_file(folder / "address", process)
    return process, (folder / "address").read_text().strip()


def _listening_addresses(port: int) -> set[str]:
    """Returns the addresses, as the kernel writes them, at which somebody listens on the port."""
    sockets = [
        line.split()
        for table in ("tcp", "tcp6")
        for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]
    ]
    listening = [fields[1].split(":") for fields in sockets if fields[3] == "0A"]
    return {host for host, number in listening if int(number, 16) == port}


def _call(data: Path, *arguments: str | Path) -> Ran:
    return invoicectl("--data", data, *arguments)


def _create(file: Path, *arguments: str) -> Ran:
    return invoicectl("token", "create", "--file", file, "--subject", "clerk", *arguments)


def _json(data: Path, *arguments: str | Path) -> Any:
    ran = _call(data, *arguments, "--output", "json")
    assert ran.exit_code == ExitCode.OK, ran.err
    return ran.json()


def _id(invoice: dict[str, Any]) -> str:
    return str(invoice["name"]).rpartition("/")[2]
