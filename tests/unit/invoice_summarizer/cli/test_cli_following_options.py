"""Options of all commands stand before a command or behind it, and CSV is of lists only."""

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from invoice_summarizer.cli.exit_codes import ExitCode
from invoice_summarizer.cli.main import app


def run(*arguments: str | Path, **env: str) -> Result:
    return CliRunner().invoke(app, [*map(str, arguments)], env={"COLUMNS": "80", **env})


@pytest.mark.parametrize("command", ["list", "operations list", "summaries list X", "approve X"])
def test_option_counts_behind_the_command_as_before_it(tmp_path: Path, command: str) -> None:
    words = command.split()
    for result in (
        run("--data", tmp_path, *words),
        run(*words, "--data", tmp_path),
        run(words[0], "--data", tmp_path, *words[1:]),
        run("--data", "elsewhere", *words, "--data", tmp_path),
        run(*words, "--data", tmp_path, INVOICECTL_DATA="elsewhere"),
    ):
        assert f"no server here ({tmp_path})" in result.stderr


def test_option_of_the_environment_counts_where_none_is_given(tmp_path: Path) -> None:
    assert f"no server here ({tmp_path})" in run("list", INVOICECTL_DATA=str(tmp_path)).stderr


def test_flag_and_number_behind_the_command_are_checked_as_before_it(tmp_path: Path) -> None:
    refused = run("list", "--timeout", "0")
    assert refused.exit_code == ExitCode.USAGE and "0.1" in refused.stderr
    half = run("list", "--tls", "--key-file", tmp_path)
    assert "--key-file needs --certificate-file too" in half.stderr


def test_own_option_of_a_command_is_not_that_of_all(tmp_path: Path) -> None:
    file = tmp_path / "tokens.json"
    said = ("--file", file, "--subject", "s", "--tenant", "acme", "--role", "viewer")
    assert run("token", "create", *said).exit_code == ExitCode.OK
    assert json.loads(file.read_text())["tokens"][0]["tenant"] == "acme"


@pytest.mark.parametrize(
    "command",
    [
        "get X",
        "approve X",
        "delete X",
        "summaries list X",
        "ingest X",
        "samples X",
        "operations get X",
    ],
)
def test_csv_of_what_is_no_list_is_refused_before_anything_is_done(
    tmp_path: Path, command: str
) -> None:
    result = run("--data", tmp_path, *command.split(), "--output", "csv")
    assert result.exit_code == ExitCode.USAGE
    assert (
        "only list, lines, history, operations list, batch results and aggregate have"
        in result.stderr
    )


@pytest.mark.parametrize(
    "command", ["list", "lines X", "history X", "operations list", "aggregate"]
)
def test_csv_of_a_list_is_asked_of_the_server(tmp_path: Path, command: str) -> None:
    result = run("--data", tmp_path, *command.split(), "--output", "csv")
    assert result.exit_code == ExitCode.UNAVAILABLE
    assert result.stderr.startswith("invoicectl: no server here")


def test_help_says_no_types_of_python_and_cuts_nothing() -> None:
    for words in ((), ("list",), ("serve",), ("read",), ("token", "create"), ("correct",)):
        said = run(*words, "--help").stdout
        assert "invoicectl" in said
        assert "…" not in said and not re.search("<[a-z]", said), said
