"""A file that should hold a token: what is wrong with it is said before anything is sent."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from invoice_summarizer.cli.exit_codes import ExitCode
from invoice_summarizer.cli.main import app


def _listed(token_file: Path) -> tuple[int, str]:
    arguments = ["--address", "127.0.0.1:1", "--token-file", str(token_file), "list"]
    result = CliRunner().invoke(app, arguments)
    return result.exit_code, result.stderr


@pytest.mark.parametrize(
    ("data", "problem", "reason"),
    [
        (None, "there is no file {}", "TOKEN_FILE_MISSING"),
        (b"", "{} is empty", "TOKEN_FILE_EMPTY"),
        (b" \n\n", "{} is empty", "TOKEN_FILE_EMPTY"),
        (b"two words\n", "the first line of {} is no token", "TOKEN_UNUSABLE"),
        ("Schlüssel\n".encode(), "the first line of {} is no token", "TOKEN_UNUSABLE"),
        (b"a\x00b\n", "the first line of {} is no token", "TOKEN_UNUSABLE"),
    ],
)
def test_file_without_a_token_is_said_to_hold_none(
    tmp_path: Path, data: bytes | None, problem: str, reason: str
) -> None:
    file = tmp_path / "token"
    if data is not None:
        file.write_bytes(data)
    exit_code, said = _listed(file)
    assert exit_code == ExitCode.DENIED
    assert said.startswith(f"invoicectl: {problem.format(file)}: start `invoicectl serve`, or name")
    assert f"[{reason}]" in said


def test_file_that_cannot_be_read_is_said_not_to_be(tmp_path: Path) -> None:
    (tmp_path / "binary").write_bytes(b"\xff\xfe")
    assert _listed(tmp_path) == (
        ExitCode.USAGE,
        f"invoicectl: cannot read {tmp_path}: Is a directory [FILE_UNREADABLE]\n",
    )
    assert _listed(tmp_path / "binary") == (
        ExitCode.USAGE,
        f"invoicectl: cannot read {tmp_path / 'binary'}: it is no text [FILE_UNREADABLE]\n",
    )
