"""Commands that read documents here start without the database and the servers."""

import os
import subprocess
import sys

import pytest

from invoice_summarizer.cli import evaluation, main, reading

_HEAVY = {
    "alembic",
    "invoice_reading.pages",
    "prometheus_client",
    "psycopg",
    "pymupdf",
    "ray",
    "sqlalchemy",
}


@pytest.mark.parametrize("module", [main.__name__, reading.__name__, evaluation.__name__])
def test_reading_loads_no_library_of_database_or_servers(module: str) -> None:
    assert _loaded(module, "invoice_summarizer.rpc.server", *_HEAVY) == ""


def test_command_line_loads_nothing_that_reads_documents() -> None:
    assert (
        _loaded(
            main.__name__,
            "invoice_reading.extract",
            "en16931.reader",
            "xlsxwriter",
        )
        == ""
    )


def _loaded(module: str, *unwanted: str) -> str:
    """Returns which of the unwanted modules are there once a fresh interpreter has imported the module."""
    program = f"import sys, {module}; print(*sorted(set({unwanted!r}) & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(map(os.path.abspath, sys.path))},
        capture_output=True,
        check=True,
        text=True,
    )
    return done.stdout.strip()
