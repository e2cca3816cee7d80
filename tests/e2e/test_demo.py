"""The demo, as a newcomer runs it."""

import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from e2e.cli_process import LONGEST_SECONDS, command, environment, processes_of

from invoice_summarizer.cli import demo
from invoice_summarizer.samples.catalogue import SampleInvoice


def _started(folder: Path) -> "subprocess.Popen[bytes]":
    """Starts the demo with the folder for its temporary files, and as a mark on the command lines of all it starts."""
    variables = environment(TMPDIR=str(folder), COLUMNS="80")
    variables["PYTHONPATH"] += f":{folder}"
    return subprocess.Popen(
        command(module=demo),
        env=variables,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def test_demo_shows_every_sample_and_leaves_nothing(
    short_folder: Path, samples: tuple[SampleInvoice, ...]
) -> None:
    process = _started(short_folder)
    try:
        out, err = process.communicate(timeout=LONGEST_SECONDS)
    finally:
        process.kill()
    text = out.decode()
    assert (process.returncode, err) == (0, b""), text
    for sample in samples:
        section = text.split(f"\n{sample.file_name} ─", 1)[1].split("\n\n\n")[0]
        totals = sample.expected.totals
        assert totals is not None and totals.amount_with_vat is not None
        assert str(sample.expected.invoice_number) in section
        assert f"{totals.amount_with_vat:,}" in section
        assert re.search(r"^Checks: ", section, re.MULTILINE)
    waiting = text.split('list, filter status="review_pending"', 1)[1]
    assert "2026-PD-3308" in waiting
    assert re.search(r"^GBP +1 .* 10333\.12", waiting, re.MULTILINE)
    assert re.search(r"^EUR +5 ", waiting, re.MULTILINE)
    assert "1 credit note among them is subtracted." in waiting
    assert re.search(
        r"^EUR: with VAT is 9\.00 more .*polderdruk-wrong-total\.xml\.$", waiting, re.M | re.S
    )
    assert max(map(len, text.splitlines())) <= 80
    _assert_nothing_left(short_folder)


@pytest.mark.parametrize(
    ("number", "exit_code"), [(signal.SIGINT, 130), (signal.SIGTERM, 128 + signal.SIGTERM)]
)
def test_interrupted_demo_leaves_nothing_and_says_so_by_its_exit_code(
    number: signal.Signals, exit_code: int, short_folder: Path
) -> None:
    process = _started(short_folder)
    assert process.stdout is not None
    try:
        for line in process.stdout:
            if b"watching the operations" in line:
                break
        process.send_signal(number)
        _, err = process.communicate(timeout=LONGEST_SECONDS)
    finally:
        process.kill()
    assert (process.returncode, err) == (exit_code, b"")
    _assert_nothing_left(short_folder)


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_processes_of_a_mark_are_found(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", "print(flush=True); input()", str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        assert processes_of(str(tmp_path))
        process.kill()
    assert not processes_of(str(tmp_path))


def _assert_nothing_left(folder: Path) -> None:
    assert list(folder.iterdir()) == []
    assert not processes_of(str(folder))
