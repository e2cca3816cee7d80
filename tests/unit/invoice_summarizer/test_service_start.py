"""How a process starts where its settings cannot be used: one line for each, exit code 2, no trace."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

import invoice_summarizer.services.migrate
import invoice_summarizer.services.query

KEY = "ab" * 32
SECRET = "a-password-that-nobody-may-see"


def started(module: str, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join(sys.path), **variables}
    return subprocess.run(
        [sys.executable, "-m", module, *arguments],
        capture_output=True,
        text=True,
        env=environment,
        timeout=60,
    )


def query(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return started(invoice_summarizer.services.query.__name__, *arguments, **variables)


@pytest.fixture
def usable(tmp_path: Path) -> dict[str, str]:
    (tmp_path / "tokens.json").write_text('{"tokens": []}')
    (tmp_path / "key").write_text(KEY)
    return {
        "INVOICES_DATABASE__DSN": f"postgresql://service:{SECRET}@127.0.0.1:1/invoices",
        "INVOICES_OBJECT_FOLDER": str(tmp_path / "objects"),
        "INVOICES_TOKEN_FILE": str(tmp_path / "tokens.json"),
        "INVOICES_PAGE_TOKEN_KEY_FILE": str(tmp_path / "key"),
    }


def test_every_variable_that_is_missing_is_named() -> None:
    ended = query()
    assert (ended.returncode, ended.stderr.splitlines()) == (
        2,
        [
            "INVOICES_DATABASE__DSN: is missing",
            "INVOICES_OBJECT_FOLDER: is missing",
            "INVOICES_TOKEN_FILE: is missing",
            "INVOICES_PAGE_TOKEN_KEY_FILE: is missing",
        ],
    )


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("INVOICES_TOKEN_FILE", "/nowhere/tokens.json"),
        ("INVOICES_PAGE_TOKEN_KEY_FILE", "/nowhere/key"),
        ("INVOICES_OBJECT_FOLDER", "/proc/nowhere"),
        ("INVOICES_LOG_LEVEL", "LOUD"),
    ],
)
def test_setting_that_cannot_be_used_is_named(
    usable: dict[str, str], variable: str, value: str
) -> None:
    ended = query(**{**usable, variable: value})
    assert ended.returncode == 2
    [line] = ended.stderr.splitlines()
    assert line.startswith(f"{variable}: ")
    assert SECRET not in ended.stderr


def test_port_that_is_taken_is_named(usable: dict[str, str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        ended = query(**usable, INVOICES_SERVER__PORT=port, GRPC_VERBOSITY="NONE")
    assert ended.returncode == 2
    assert f"INVOICES_SERVER__PORT: cannot listen on 127.0.0.1:{port}" in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize(("argument", "code"), [("--help", 0), ("--port", 2)])
def test_arguments_are_answered_with_where_the_settings_are(argument: str, code: int) -> None:
    ended = query(argument)
    assert (ended.returncode, "docs/configuration.md" in ended.stdout) == (code, True)


@pytest.mark.parametrize(
    "dsn", ["", "nonsense", f"postgresql://owner:{SECRET}@127.0.0.1:1/invoices"]
)
def test_database_that_cannot_be_migrated_is_one_line(dsn: str) -> None:
    ended = started(invoice_summarizer.services.migrate.__name__, INVOICES_MIGRATE_DSN=dsn)
    assert ended.returncode == 2
    [line] = ended.stderr.splitlines()
    assert line.startswith("INVOICES_MIGRATE_DSN: ")
    assert SECRET not in line
