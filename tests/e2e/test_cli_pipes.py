"""What `invoicectl` prints where nobody looks at it: in a pipe, or one that is closed."""

import os
import subprocess
from pathlib import Path

from e2e.cli_process import LONGEST_SECONDS, command, environment, invoicectl

from invoice_summarizer.cli.exit_codes import ExitCode


def test_no_path_and_no_number_is_broken_in_a_pipe(sample_folder: Path, tmp_path: Path) -> None:
    folder = tmp_path.joinpath(*(f"a folder with a long name {number}" for number in range(6)))
    folder.mkdir(parents=True)
    file = folder / "garonne-ubl.xml"
    file.write_bytes((sample_folder / file.name).read_bytes())
    piped = invoicectl("read", file).out
    assert str(file) in piped.splitlines()[0]
    assert max(map(len, piped.splitlines()[2:])) > 200, "the summary is one line"
    narrow = invoicectl("read", file, "--style", "full", env={"COLUMNS": "60"}).out
    assert max(map(len, narrow.splitlines())) <= 60


def test_closed_pipe_ends_quietly_with_a_code_of_its_own(sample_folder: Path) -> None:
    for output in ("table", "jsonl"):
        reading, writing = os.pipe()
        os.close(reading)
        try:
            done = subprocess.run(
                command("--output", output, "read", sample_folder / "garonne-ubl.xml"),
                env=environment(),
                stdin=subprocess.DEVNULL,
                stdout=writing,
                stderr=subprocess.PIPE,
                timeout=LONGEST_SECONDS,
                check=False,
            )
        finally:
            os.close(writing)
        assert (done.returncode, done.stderr) == (ExitCode.PIPE_CLOSED, b"")
