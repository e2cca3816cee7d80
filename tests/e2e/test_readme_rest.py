"""What the README and the page on REST say is typed here as it stands there, against `serve`."""

import json
import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from e2e.cli_process import environment, invoicectl

from en16931.reader import read_xml
from markdown_page import page

_README = page("README.md")
_REST = page("docs/api-specs/REST.md")
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


def typed(block: str, home: Path, rest_address: str) -> str:
    """Returns what the block says at the address where REST is."""
    assert _ADDRESS in block
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", block.replace(_ADDRESS, rest_address)],
        cwd=home,
        env=environment(HOME=str(home), PATH=os.environ["PATH"]),
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def values(text: str) -> list[Any]:
    """Returns the values of JSON that stand there one after the other, and each other line as its text."""
    found, decoder = [], json.JSONDecoder()
    while text := text.lstrip():
        try:
            value, end = decoder.raw_decode(text)
        except ValueError:
            value, _, _ = text.partition("\n")
            end = len(value)
        found.append(value)
        text = text[end:]
    return found


def test_commands_over_rest_are_answered(home: Path, rest_address: str) -> None:
    [block] = [block for block in _README.fenced("sh") if block.startswith("TOKEN=")]
    answers = typed(block.replace("curl -sS", "curl -sSf -w '\\n'"), home, rest_address)
    ingested, listed, aggregated = map(json.loads, answers.splitlines())
    assert ingested["metadata"]["kind"] == "INGEST"
    assert listed.keys() <= {"invoices", "total_size", "next_page_token"}
    assert aggregated.keys() <= {"groups", "apart"}


def test_examples_of_the_page_on_rest_are_answered(home: Path, rest_address: str) -> None:
    [block] = [block for block in _REST.fenced("sh") if block.startswith("API=")]
    totals, lines, text, told, *names, sums, reason = values(typed(block, home, rest_address))
    assert totals["amount_due"] == "10333.12"
    assert len(lines) == 1
    assert "tenants/default/invoices" not in text
    missing = {each.rpartition("/")[2] for each in told["missing_elements"]}
    assert "ram:LineID" in missing  # the page numbers no lines
    assert read_xml((home / "fenwick.xml").read_bytes()).content.invoice_number == "FR-104582"
    assert all(name.startswith("tenants/default/invoices/") for name in names)
    assert all(group["supplier"] and group["month"] for group in sums["aggregates"])
    assert reason == "RESOURCE_NOT_FOUND"
    assert (home / "page.png").read_bytes().startswith(b"\x89PNG")
