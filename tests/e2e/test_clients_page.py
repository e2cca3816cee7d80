"""What the page on clients says is typed here as it stands there, against a server that runs."""

import json
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from e2e.cli_process import answer_of, command, environment

from markdown_page import CHECKOUT, page

_GRPCURL = Path("src/go/tools/grpcurl")
_PAGE = page("docs/api-specs/CLIENTS.md")


@pytest.fixture
def shell(server: Path, ids: dict[str, str], tmp_path: Path) -> "Shell":
    return Shell(server, tmp_path)


def grpcurl_program() -> Path:
    """Returns the program, which Pants builds; fails the test, saying how, where it is not there."""
    program = next(
        (root / _GRPCURL for root in (Path.cwd(), CHECKOUT) if (root / _GRPCURL).is_file()), None
    )
    if program is None:
        pytest.fail(
            f"{_GRPCURL} is not there: go build -o grpcurl in its folder, as its BUILD does"
        )
    return program.resolve()


class Shell:
    """A folder with client.py, and the commands that the page takes for granted."""

    def __init__(self, server: Path, folder: Path) -> None:
        self._folder = folder
        self._server = server
        commands = folder / "bin"
        commands.mkdir()
        buf = shutil.which("buf", path=str(Path(sys.executable).parent)) or shutil.which("buf")
        assert buf, "buf comes with the wheel buf-bin"
        for name, words in (
            ("buf", [buf]),
            ("grpcurl", [str(grpcurl_program())]),
            ("invoicectl", command()),
            ("python", [sys.executable]),
        ):
            script = commands / name
            script.write_text(f'#!/bin/sh\nexec {shlex.join(words)} "$@"\n')
            script.chmod(0o755)
        [program] = _PAGE.fenced("python")
        (folder / "client.py").write_text(program)

    def typed(self, start: str) -> str:
        """Returns what the block says that starts like this."""
        [block] = [block for block in _PAGE.fenced("sh") if block.startswith(start)]
        variables = environment(
            PATH=f"{self._folder / 'bin'}:{os.environ['PATH']}",
            ADDRESS=(self._server / "address").read_text().strip(),
            TOKEN=(self._server / "token").read_text().strip(),
        )
        done = subprocess.run(
            ["bash", "-euc", block],
            cwd=self._folder,
            env=variables,
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout


def test_program_of_the_page_lists_invoices(shell: Shell, server: Path) -> None:
    shell.typed("invoicectl descriptors")
    listed = json.loads(shell.typed("python client.py"))["invoices"]
    names = [invoice["name"] for invoice in answer_of(server, "list")]
    assert [invoice["name"] for invoice in listed] == names


def test_modules_are_generated_from_the_descriptor_set(shell: Shell, tmp_path: Path) -> None:
    shell.typed("invoicectl descriptors")
    shell.typed("mkdir -p generated")
    assert (tmp_path / "generated/invoices/v1/query_service_pb2_grpc.py").is_file()


def test_buf_calls_with_the_descriptor_set(shell: Shell) -> None:
    shell.typed("invoicectl descriptors")
    listed = json.loads(shell.typed("buf curl"))
    assert len(listed["invoices"]) == 5


def test_grpcurl_calls_with_the_descriptor_set(shell: Shell) -> None:
    shell.typed("invoicectl descriptors")
    listed = json.loads(shell.typed("grpcurl"))
    assert len(listed["invoices"]) == 5
