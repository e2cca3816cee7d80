"""What each process imports: nothing of what another serves, PyMuPDF only where documents are read, and no Ray."""

import os
import subprocess
import sys
from collections.abc import Iterable
from types import ModuleType

import pytest

from invoice_summarizer.services import ingest, query, summarize, worker

SYSTEM = "invoice_summarizer"
READING = {"pymupdf", f"{SYSTEM}.document_reading", f"{SYSTEM}.adapters.reading_process"}
SERVICERS = {
    f"{SYSTEM}.rpc.{name}_servicer"
    for name in ("ingest", "operations", "query", "review", "summarize", "validate")
}
TOKENS = {f"{SYSTEM}.adapters.token_file"}
ELSEWHERE = {
    "invoice_batches",
    "ray",
    f"{SYSTEM}.adapters.embedded_postgres",
    f"{SYSTEM}.adapters.memory",
    f"{SYSTEM}.cli",
}


def servicers_but(*names: str) -> set[str]:
    return SERVICERS - {f"{SYSTEM}.rpc.{name}_servicer" for name in names}


@pytest.mark.parametrize(
    ("process", "needed", "foreign"),
    [
        (
            ingest,
            {f"{SYSTEM}.document_reading", f"{SYSTEM}.rpc.validate_servicer"},
            {"pymupdf", *servicers_but("ingest", "operations", "review", "validate")},
        ),
        (
            summarize,
            {f"{SYSTEM}.rpc.summarize_servicer"},
            {
                *READING,
                *servicers_but("summarize"),
                f"{SYSTEM}.adapters.filesystem.object_store",
                f"{SYSTEM}.adapters.postgres.operation_queue",
            },
        ),
        (
            query,
            {f"{SYSTEM}.rpc.query_servicer"},
            {
                *READING,
                *servicers_but("query"),
                f"{SYSTEM}.adapters.postgres.operation_queue",
            },
        ),
        (
            worker,
            {f"{SYSTEM}.document_reading", f"{SYSTEM}.adapters.postgres.operation_queue"},
            {"pymupdf", "grpc", *SERVICERS, *TOKENS},
        ),
    ],
)
def test_process_imports_what_it_serves_and_nothing_of_the_others(
    process: ModuleType, needed: set[str], foreign: set[str]
) -> None:
    imported = modules_of(process.__name__)
    assert needed <= imported
    assert {name for name in imported if inside(name, foreign | ELSEWHERE)} == set()


def modules_of(process: str) -> set[str]:
    """Returns the modules that a new interpreter has once the process is imported."""
    ended = subprocess.run(
        [sys.executable, "-c", f"import sys, {process}; print(*sys.modules, sep='\\n')"],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
    )
    return set(ended.stdout.split())


def inside(module: str, packages: Iterable[str]) -> bool:
    return any(module == package or module.startswith(f"{package}.") for package in packages)
