"""`invoicectl batch`, against all of the system but a cluster: jobs run in the server's own process."""

import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import serve_batches
from e2e.cli_process import (
    LONGEST_SECONDS,
    answer_of,
    await_file,
    command,
    environment,
    id_of,
    on_server,
)

from invoice_summarizer.cli.exit_codes import ExitCode
from small_invoice import ubl_invoice

# What is another each time, whoever made it.
_OF_EACH = frozenset(
    {"name", "etag", "create_time", "update_time", "invoice_etag", "stored_before"}
)


@pytest.fixture(scope="module")
def batch_server(sample_folder: Path) -> Iterator[Path]:
    """The data folder of a server with jobs; the samples lie in the import folder of its tenant."""
    folder = Path(tempfile.mkdtemp(prefix="e2e-"))
    shutil.copytree(sample_folder, folder / "import" / "default" / "new")
    (folder / "import" / "default" / "bad.txt").write_text("no invoice")
    (folder / "import" / "other").mkdir()
    (folder / "import" / "other" / "secret.xml").write_text("<a/>")
    (folder / "import" / "default" / "link").symlink_to(folder / "import" / "other")
    process = subprocess.Popen(
        command(folder / "data", folder / "import", module=serve_batches), env=environment()
    )
    try:
        await_file(folder / "data" / "address", process)
        yield folder / "data"
        process.terminate()
        assert process.wait(LONGEST_SECONDS) == 0
    finally:
        process.kill()
        process.wait()
        shutil.rmtree(folder)


def _uri(data: Path, path: str) -> str:
    return f"{(data.parent / 'import').as_uri()}/{path}"


def _alike(message: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in message.items() if name not in _OF_EACH}


def test_batch_of_documents_makes_what_ingest_and_summarize_make(
    batch_server: Path, server: Path, ids: dict[str, str]
) -> None:
    done = answer_of(
        batch_server, "batch", "submit", "--documents", _uri(batch_server, "default/new"), "--wait"
    )
    assert done["state"] == "SUCCEEDED"
    assert done["counts"] == {
        "total": str(len(ids)),
        "summarized": str(len(ids)),
        "by_origin": [{"origin": "TEMPLATE", "count": str(len(ids))}],
    }
    items = answer_of(batch_server, "batch", "results", done["name"], "--all")
    assert [int(item.get("ordinal", 0)) for item in items] == [*range(len(ids))]
    for item in items:
        file_name = item["document_uri"].rpartition("/")[2]
        by_batch = answer_of(batch_server, "get", id_of({"name": item["invoice"]}))
        online = answer_of(server, "get", ids[file_name])
        assert _alike(by_batch) == _alike(online)
        summary = answer_of(batch_server, "summaries", "get", item["summary"])
        assert _alike(summary) == _alike(answer_of(server, "summarize", ids[file_name]))
    # Again: the documents are known, and so are their summaries.
    again = answer_of(
        batch_server, "batch", "submit", "--documents", _uri(batch_server, "default/new"), "--wait"
    )
    listed = answer_of(batch_server, "batch", "results", id_of(again))
    assert {each["summary"] for each in listed} == {each["summary"] for each in items}


def test_item_that_failed_is_told_with_its_reason(batch_server: Path) -> None:
    uri = _uri(batch_server, "default")
    ran = on_server(batch_server, "batch", "submit", "--documents", uri, "--wait")
    assert ran.exit_code == ExitCode.FINDING
    assert "1 failed" in ran.out and "state    succeeded" in ran.out
    [newest, *_] = answer_of(batch_server, "batch", "list")
    failed = on_server(batch_server, "batch", "results", id_of(newest)[:12], "--failed")
    assert "bad.txt" in failed.out and "[DOCUMENT_TYPE_UNSUPPORTED]" in failed.out
    assert "secret" not in on_server(batch_server, "batch", "results", id_of(newest), "--all").out
    table = on_server(batch_server, "batch", "results", id_of(newest), "--output", "csv").out
    assert table.splitlines()[0] == "ordinal,state,document_uri,invoice,summary,reason"


def test_batch_of_a_filter_is_shown_and_listed(batch_server: Path) -> None:
    ran = on_server(
        batch_server,
        *("batch", "submit", "--filter", 'status="review_pending"', "--language", "de", "--wait"),
    )
    assert ran.exit_code == ExitCode.OK
    batch = answer_of(batch_server, "batch", "list", "--page-size", "1")[0]
    assert batch["filter"] == 'status="review_pending"' and batch["language_code"] == "de"
    shown = on_server(batch_server, "batch", "status", id_of(batch)[:13])
    assert "de, short" in shown.out and f"job      {id_of(batch)}-1" in shown.out
    refused = on_server(batch_server, "batch", "cancel", id_of(batch))
    assert refused.exit_code == ExitCode.CONFLICT and "OPERATION_DONE" in refused.err
    operation = answer_of(batch_server, "operations", "get", id_of(batch))
    assert operation["response"]["name"] == batch["name"]


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("--documents", "file:///etc/passwd"), "IMPORT_NOT_ALLOWED"),
        (("--documents", "default/../other"), "IMPORT_NOT_ALLOWED"),
        (("--documents", "other"), "IMPORT_NOT_ALLOWED"),
        (("--filter", "status="), "INVALID_FILTER"),
        (("--filter", 'status="archived"'), "BATCH_EMPTY"),
        (("--all", "--language", "xx"), "LANGUAGE_UNSUPPORTED"),
        (("--all", "--instruction", "only site 4"), "INSTRUCTION_NEEDS_MODEL"),
        (("--all", "--filter", "status=ready"), "USAGE"),
        ((), "USAGE"),
    ],
)
def test_what_cannot_be_a_batch_is_refused(
    batch_server: Path, words: tuple[str, ...], reason: str
) -> None:
    if words[:1] == ("--documents",) and "://" not in words[1]:
        words = ("--documents", _uri(batch_server, words[1]))
    ran = on_server(batch_server, "batch", "submit", *words)
    assert (ran.exit_code, reason in ran.err) == (ExitCode.USAGE, True), ran.err


def test_folder_that_is_not_there_fails_the_batch(batch_server: Path) -> None:
    for folder in ("nowhere", "link"):
        uri = _uri(batch_server, f"default/{folder}")
        ran = on_server(batch_server, "batch", "submit", "--documents", uri, "--wait")
        assert ran.exit_code == ExitCode.FINDING
        assert "IMPORT_NOT_FOUND" in ran.out


def test_batch_without_a_cluster_waits_for_one(server: Path, ids: dict[str, str]) -> None:
    ran = on_server(
        server, "batch", "submit", ids["garonne-ubl.xml"], "--wait", "--wait-seconds", "0"
    )
    assert ran.exit_code == ExitCode.UNAVAILABLE
    assert "no worker with a cluster has taken it up" in ran.err
    batch = answer_of(server, "batch", "list")[0]
    assert batch["state"] == "PENDING" and batch["counts"] == {"total": "1"}
    logs = on_server(server, "batch", "logs", id_of(batch))
    assert logs.exit_code == ExitCode.NOT_FOUND
    assert "`invoicectl serve --batches` has one" in logs.err
    assert on_server(server, "batch", "cancel", id_of(batch)).exit_code == ExitCode.OK
    assert answer_of(server, "batch", "status", id_of(batch))["state"] == "CANCELLED"


def test_batch_is_deleted_once_it_is_done_and_its_summaries_stay(batch_server: Path) -> None:
    done = answer_of(
        batch_server, "batch", "submit", "--documents", _uri(batch_server, "default/new"), "--wait"
    )
    [item, *_] = answer_of(batch_server, "batch", "results", id_of(done))
    unasked = on_server(batch_server, "batch", "delete", id_of(done))
    assert unasked.exit_code == ExitCode.USAGE and "--yes" in unasked.err
    deleted = on_server(batch_server, "batch", "delete", id_of(done)[:13], "--yes")
    assert (deleted.exit_code, deleted.out.strip()) == (ExitCode.OK, f"deleted {id_of(done)}")
    gone = on_server(batch_server, "batch", "status", id_of(done))
    assert gone.exit_code == ExitCode.NOT_FOUND
    assert answer_of(batch_server, "summaries", "get", item["summary"])["text"]


def test_uri_of_a_document_goes_with_its_invoice(batch_server: Path) -> None:
    folder = batch_server.parent / "import" / "default" / "someone"
    folder.mkdir()
    (folder / "ada-lovelace.xml").write_bytes(ubl_invoice("R-815"))
    uri = _uri(batch_server, "default/someone")
    done = answer_of(batch_server, "batch", "submit", "--documents", uri, "--wait")
    [item] = answer_of(batch_server, "batch", "results", id_of(done))
    assert item["document_uri"].endswith("/ada-lovelace.xml")
    assert on_server(batch_server, "delete", id_of({"name": item["invoice"]}), "--yes").out
    [left] = answer_of(batch_server, "batch", "results", id_of(done))
    assert "ada" not in str(left) and left["state"] == "SUMMARIZED"
    counts = answer_of(batch_server, "batch", "status", id_of(done))["counts"]
    assert (counts["total"], counts["summarized"]) == ("1", "1")


def test_who_waits_for_a_batch_that_nobody_takes_up_is_told_and_how_to_go_on(
    server: Path, ids: dict[str, str]
) -> None:
    submit = command("--data", server, "batch", "submit", ids["garonne-ubl.xml"], "--wait")
    waiting = subprocess.Popen(
        submit, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        assert waiting.stderr is not None
        said = waiting.stderr.readline()
        batch = id_of(answer_of(server, "batch", "list")[0])
        assert said.startswith(f"batch {batch} waits: no worker with a cluster has taken it up; ")
        waiting.send_signal(signal.SIGINT)
        _, rest = waiting.communicate(timeout=LONGEST_SECONDS)
        assert waiting.returncode == ExitCode.INTERRUPTED
        assert f"`invoicectl batch status {batch} --wait` waits again" in rest
        assert on_server(server, "batch", "cancel", batch).exit_code == ExitCode.OK
    finally:
        waiting.kill()
        waiting.wait()


def test_logs_are_asked_of_the_cluster_that_is_named(batch_server: Path) -> None:
    uri = _uri(batch_server, "default")
    assert on_server(batch_server, "batch", "submit", "--documents", uri, "--wait").out
    done = answer_of(batch_server, "batch", "list", "--page-size", "50")[-1]
    nowhere = on_server(batch_server, "batch", "logs", id_of(done))
    assert nowhere.exit_code == ExitCode.USAGE
    assert "whoever runs it can see them: ask them" in nowhere.err
    assert "sets INVOICES_BATCHES__URL" in nowhere.err and nowhere.err.count("\n") == 1
    ended = on_server(
        batch_server, "batch", "logs", id_of(done), "--cluster-url", "http://127.0.0.1:9"
    )
    assert ended.exit_code == ExitCode.UNAVAILABLE
    assert "BATCH_CLUSTER_UNAVAILABLE" in ended.err
