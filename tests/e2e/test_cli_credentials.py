"""Where the server is, who calls it, and what is said where one of them is wrong."""

import json
import socket
import stat
from datetime import UTC, datetime
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from e2e.cli_process import Ran, invoicectl, on_server

from invoice_summarizer.cli.exit_codes import ExitCode


def test_wrong_token_and_no_token_are_denied(server: Path, tmp_path: Path) -> None:
    token = tmp_path / "token"
    token.write_text("wrong\n")
    ran = on_server(server, "--token-file", token, "list")
    assert ran.exit_code == ExitCode.DENIED
    assert "CREDENTIALS_INVALID" in ran.err
    assert "wrong" not in ran.err
    assert on_server(server, "--token-file", tmp_path / "none", "list").exit_code == ExitCode.DENIED


def test_created_token_counts_at_once_and_for_its_roles_only(
    server: Path, ids: dict[str, str], tmp_path: Path
) -> None:
    created = _create(server / "tokens.json", "--tenant", "default", "--role", "viewer")
    assert (created.exit_code, created.err) == (ExitCode.OK, "")
    token = tmp_path / "token"
    token.write_text(created.out)
    name = ids["garonne-ubl.xml"]
    assert on_server(server, "--token-file", token, "get", name).exit_code == ExitCode.OK
    summarized = on_server(server, "--token-file", token, "summarize", name)
    assert summarized.exit_code == ExitCode.DENIED
    assert on_server(server, "get", name).exit_code == ExitCode.OK, "the first token still counts"


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
    assert on_server(server, "--tenant", "other", "list").exit_code == ExitCode.NOT_FOUND


def test_environment_says_what_options_say(server: Path) -> None:
    settings = {"INVOICECTL_DATA": str(server), "INVOICECTL_OUTPUT": "json"}
    assert isinstance(invoicectl("list", env=settings).json(), list)


def test_server_that_is_not_there_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("any\n")
    ran = invoicectl("--data", tmp_path, "--address", "127.0.0.1:1", "list")
    assert ran.exit_code == ExitCode.UNAVAILABLE
    assert "no server answers at 127.0.0.1:1" in ran.err
    assert "Traceback" not in ran.err


def test_what_is_no_invoice_service_has_a_code_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("any\n")
    with ThreadingHTTPServer(("127.0.0.1", 0), SimpleHTTPRequestHandler) as other:
        Thread(target=other.serve_forever, daemon=True).start()
        address = f"127.0.0.1:{other.server_port}"
        ran = invoicectl("--data", tmp_path, "--address", address, "list")
        other.shutdown()
    assert ran.exit_code == ExitCode.WRONG_SERVICE
    assert f"what answers at {address} is no invoice service" in ran.err


def test_token_file_is_never_made_in_a_folder_that_is_not_there(tmp_path: Path) -> None:
    file = tmp_path / "misspelt" / "tokens.json"
    ran = _create(file, "--tenant", "acme", "--role", "viewer")
    assert ran.exit_code == ExitCode.FAULT
    assert "No such file or directory" in ran.err
    assert not file.parent.exists()


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


def _create(file: Path, *arguments: str) -> Ran:
    return invoicectl("token", "create", "--file", file, "--subject", "clerk", *arguments)
