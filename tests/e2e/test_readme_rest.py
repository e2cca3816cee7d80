"""What the README says of REST is typed here as it stands there, against `serve`."""

import json
import os
import re
import subprocess
from pathlib import Path

import pytest
from e2e.cli_process import environment, invoicectl

from markdown_page import page

_README = page("README.md")
_ADDRESS = "127.0.0.1:8080"


@pytest.fixture
def home(server: Path, tmp_path: Path) -> Path:
    """A home in which the data folder of `serve` is where it is by default, and the samples beside it."""
    data = tmp_path / ".local" / "share" / "invoicectl"
    data.parent.mkdir(parents=True)
    data.symlink_to(server)
    assert invoicectl("samples", tmp_path / "invoices").exit_code == 0
    return tmp_path


@pytest.fixture
def rest_address(server: Path) -> str:
    """Where that `serve` says that REST is."""
    said = re.search(r"http://(127\.0\.0\.1:\d+)/docs", (server.parent / "output.txt").read_text())
    assert said is not None, "REST is not served"
    return said[1]


def test_commands_over_rest_are_answered(home: Path, rest_address: str) -> None:
    [block] = [block for block in _README.fenced("sh") if block.startswith("TOKEN=")]
    assert _ADDRESS in block
    done = subprocess.run(
        [
            "bash",
            "-euc",
            block.replace(_ADDRESS, rest_address).replace("curl -sS", "curl -sSf -w '\\n'"),
        ],
        cwd=home,
        env=environment(HOME=str(home), PATH=os.environ["PATH"]),
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    ingested, listed, aggregated = map(json.loads, done.stdout.splitlines())
    assert ingested["metadata"]["kind"] == "INGEST"
    assert listed.keys() <= {"invoices", "total_size", "next_page_token"}
    assert aggregated.keys() <= {"groups", "apart"}
