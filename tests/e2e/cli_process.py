"""Runs the command line as users do: as a process."""

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import msgspec

from invoice_summarizer.cli import main

LONGEST_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Ran:
    exit_code: int
    out: str
    err: str

    def json(self) -> Any:
        return msgspec.json.decode(self.out)


def environment(**extra: str) -> dict[str, str]:
    """Returns an environment in which a child finds our modules, and nothing of the caller's own settings."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("COLUMNS", "INVOICECTL_", "INVOICES_", "XDG_"))
    }
    search_path = os.pathsep.join(os.path.abspath(entry) for entry in sys.path)
    return {**kept, "PYTHONPATH": search_path, **extra}


def command(*arguments: str | Path, module: ModuleType = main) -> list[str]:
    return [sys.executable, "-m", module.__name__, *map(str, arguments)]


def invoicectl(*arguments: str | Path, env: Mapping[str, str] | None = None) -> Ran:
    """Returns how a run of `invoicectl` ended and what it said."""
    done = subprocess.run(
        command(*arguments),
        env=environment(**(env or {})),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=LONGEST_SECONDS,
        check=False,
    )
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())


def on_terminal(data: Path, *arguments: str | Path, typed: str) -> Ran:
    """Returns how a run ended on the `serve` of that data folder, in which a person types at a terminal."""
    keyboard, terminal = os.openpty()
    try:
        os.write(keyboard, typed.encode())
        done = subprocess.run(
            command("--data", data, *arguments),
            env=environment(),
            stdin=terminal,
            capture_output=True,
            timeout=LONGEST_SECONDS,
            check=False,
        )
    finally:
        os.close(terminal)
        os.close(keyboard)
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())


def on_server(data: Path, *arguments: str | Path) -> Ran:
    """Returns how a run ended that called the `serve` of that data folder."""
    return invoicectl("--data", data, *arguments)


def answer_of(data: Path, *arguments: str | Path) -> Any:
    """Returns what a run on that `serve` answered in JSON."""
    ran = on_server(data, *arguments, "--output", "json")
    assert ran.exit_code == 0, ran.err
    return ran.json()


def id_of(invoice: Mapping[str, Any]) -> str:
    return str(invoice["name"]).rpartition("/")[2]


def processes_of(marker: str) -> Sequence[str]:
    """Returns the command lines of running processes that hold the marker."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and entry.name != str(os.getpid()):
            try:
                line = (
                    (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
                )
            except OSError:
                continue  # it has just ended
            if marker in line:
                found.append(line)
    return found


def await_file(path: Path, process: "subprocess.Popen[bytes]") -> None:
    """The file is there. Fails where the process ends before, or the time does."""
    end = time.monotonic() + LONGEST_SECONDS
    while not path.exists():
        assert (
            process.poll() is None
        ), f"ended with {process.returncode} before {path.name} was there"
        assert time.monotonic() < end, f"{path.name} is not there yet"
        time.sleep(0.05)
