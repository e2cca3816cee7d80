"""How a command that fails says why: in a line to people, as an object on a line to programs."""

import json
from pathlib import Path

import grpc
import pytest
from typer.testing import CliRunner, Result

from invoice_summarizer.cli.exit_codes import OF_STATUS, STATUS_OF, ExitCode
from invoice_summarizer.cli.main import app

FIELDS = {"code", "reason", "message", "metadata", "field_violations", "request_id"}

_TOLD_BY_MORE_THAN_A_STATUS = {
    *(ExitCode.FINDING, ExitCode.PORT_TAKEN, ExitCode.WRONG_SERVICE, ExitCode.PIPE_CLOSED)
}


def run(*arguments: str | Path, **env: str) -> Result:
    return CliRunner().invoke(app, [*map(str, arguments)], env={"COLUMNS": "80", **env})


@pytest.fixture
def nowhere(tmp_path: Path) -> tuple[str, ...]:
    return "--data", str(tmp_path)


@pytest.mark.parametrize("format", ["json", "jsonl"])
def test_failure_is_an_object_wherever_the_format_is_said(
    nowhere: tuple[str, ...], format: str
) -> None:
    for result in (
        run("--output", format, *nowhere, "list"),
        run(*nowhere, "list", "--output", format),
        run(*nowhere, "list", f"--output={format}"),
        run(*nowhere, "list", INVOICECTL_OUTPUT=format),
        run("--output", "table", *nowhere, "list", "--output", format),
    ):
        assert result.exit_code == ExitCode.UNAVAILABLE
        assert result.stdout == ""
        [line] = result.stderr.splitlines()
        error = json.loads(line)["error"]
        assert error.keys() == FIELDS
        assert (error["code"], error["reason"]) == ("UNAVAILABLE", "SERVER_NOT_RUNNING")


@pytest.mark.parametrize(
    "arguments",
    [
        ("list", "--nosuch"),
        ("nosuch",),
        ("list", "--page-size", "many"),
        ("get",),
        ("--timeout", "0", "list"),
        ("--nosuch", "list"),
        ("operations", "get"),
        ("operations", "get", "X_Y"),
    ],
)
def test_wrong_usage_is_an_object_too(arguments: tuple[str, ...]) -> None:
    for result in (
        run("--output", "json", *arguments),
        run(*arguments, INVOICECTL_OUTPUT="json"),
    ):
        assert (result.exit_code, result.stdout) == (ExitCode.USAGE, "")
        [line] = result.stderr.splitlines()
        assert json.loads(line)["error"]["code"] == "INVALID_ARGUMENT"


@pytest.mark.parametrize(
    ("arguments", "environment"),
    [(("--output", "table", "--nosuch"), "json"), (("--nosuch",), "xml"), (("list",), "xml")],
)
def test_wrong_usage_comes_with_the_usage_where_no_format_for_programs_is_said(
    arguments: tuple[str, ...], environment: str
) -> None:
    result = run(*arguments, INVOICECTL_OUTPUT=environment)
    assert result.exit_code == ExitCode.USAGE
    assert "Usage: invoicectl" in result.stderr


def test_failure_is_one_line_to_people_and_wrong_usage_comes_with_the_usage(
    nowhere: tuple[str, ...],
) -> None:
    result = run(*nowhere, "list")
    [line] = result.stderr.splitlines()
    assert line.startswith("invoicectl: no server here") and line.endswith("[SERVER_NOT_RUNNING]")
    assert "Usage: invoicectl list" in run("list", "--nosuch").stderr


def test_group_without_a_command_shows_its_help_in_every_format() -> None:
    result = run("--output", "json", "operations")
    assert "Usage: invoicectl operations" in result.output
    assert '"error"' not in result.output


def test_record_of_a_file_has_the_same_fields(tmp_path: Path) -> None:
    result = run("read", tmp_path / "none.pdf", "--output", "json")
    [record] = json.loads(result.stdout)
    assert record["error"].keys() == FIELDS
    assert (record["error"]["code"], record["error"]["reason"]) == ("NOT_FOUND", "FILE_NOT_FOUND")


def test_every_exit_code_of_a_failure_has_a_status() -> None:
    assert STATUS_OF.keys() == {*ExitCode} - {ExitCode.OK}
    for exit_code, status in STATUS_OF.items():
        if exit_code not in _TOLD_BY_MORE_THAN_A_STATUS:
            assert OF_STATUS.get(status, ExitCode.FAULT) is exit_code
    assert STATUS_OF[ExitCode.FINDING] is grpc.StatusCode.INVALID_ARGUMENT


def test_without_a_command_the_help_is_shown() -> None:
    ran = CliRunner().invoke(app, [])
    assert "Usage" in ran.output
    assert not isinstance(ran.exception, ValueError)
