"""A running `invoicectl serve`, and folders with short names: sockets live in them."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from e2e.cli_process import LONGEST_SECONDS, answer_of, await_file, command, environment

from invoice_summarizer.samples.catalogue import SampleInvoice, sample_invoices


@pytest.fixture
def short_folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="e2e-"))
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def samples() -> tuple[SampleInvoice, ...]:
    return sample_invoices()


@pytest.fixture(scope="session")
def sample_folder(
    samples: tuple[SampleInvoice, ...], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    folder = tmp_path_factory.mktemp("samples")
    for sample in samples:
        (folder / sample.file_name).write_bytes(sample.data)
    return folder


@pytest.fixture(scope="module")
def server() -> Iterator[Path]:
    """The data folder of a `serve` that answers; in the end it has been told to stop, and has."""
    folder = Path(tempfile.mkdtemp(prefix="e2e-"))
    log = (folder / "output.txt").open("wb")
    process = subprocess.Popen(
        command("serve", "--data", folder / "data", "--port", "0"),
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
    )
    try:
        await_file(folder / "data" / "address", process)
        yield folder / "data"
        process.terminate()
        assert process.wait(LONGEST_SECONDS) == 0
    finally:
        process.kill()
        process.wait()
        log.close()
        shutil.rmtree(folder)


@pytest.fixture
def ids(server: Path, sample_folder: Path) -> dict[str, str]:
    """The id of each sample's invoice; taking them in again gives the same."""
    sent = answer_of(server, "ingest", sample_folder, "--stable-request-id")
    return {
        Path(entry["file"]).name: entry["metadata"]["invoice"].rpartition("/")[2] for entry in sent
    }
