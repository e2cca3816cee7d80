"""What is no address is said to be none, before anything is said of TLS."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from invoice_summarizer.cli.exit_codes import ExitCode
from invoice_summarizer.cli.main import app


@pytest.mark.parametrize("option", ["--address", "--summarize-address", "--query-address"])
@pytest.mark.parametrize(
    "address",
    [
        *("localhost", "invoices.example.com", ":50051", "localhost:", "localhost:http"),
        *("localhost:0", "localhost:65536", "https://invoices.example.com:443", "::1:50051"),
        *("local host:50051", "localhost:50051/"),
    ],
)
def test_text_that_is_no_address_is_answered_with_what_one_looks_like(
    tmp_path: Path, option: str, address: str
) -> None:
    (tmp_path / "token").write_text("any\n")
    result = CliRunner().invoke(
        app, ["--data", str(tmp_path), "--address", "127.0.0.1:1", option, address, "list"]
    )
    assert result.exit_code == ExitCode.USAGE
    assert f"{address!r} is no address" in result.stderr
    assert "127.0.0.1:50051" in result.stderr and "--tls" not in result.stderr


@pytest.mark.parametrize("address", ["127.0.0.1:1", "localhost:1", "[::1]:1"])
def test_address_on_loopback_is_called(tmp_path: Path, address: str) -> None:
    (tmp_path / "token").write_text("any\n")
    result = CliRunner().invoke(app, ["--data", str(tmp_path), "--address", address, "list"])
    assert result.exit_code == ExitCode.UNAVAILABLE
    assert f"no server answers at {address}" in result.stderr
