"""`invoicectl read` of a scan of many pages, which takes a while: it says where it is, and can be interrupted."""

import os
import re
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from e2e.cli_process import LONGEST_SECONDS, command, environment
from picture_documents import pdf_of_lines, picture_of, scanned_pdf

from process_facts import children_of, command_of, is_gone

PAGES = 20
ENDS = {signal.SIGINT: 130, signal.SIGTERM: -signal.SIGTERM}  # nothing takes the second up


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    file = tmp_path / "scan.pdf"
    file.write_bytes(scanned_pdf(*[picture_of(pdf_of_lines())] * PAGES))
    return file


def shown_on(terminal: int) -> Iterator[str]:
    """Yields all that was shown on the terminal so far, each time that there is more; it ends with the process."""
    shown = b""
    while True:
        try:
            shown += os.read(terminal, 1 << 16)
        except OSError:  # nobody writes there any more
            return
        yield shown.decode(errors="replace")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_interrupted_in_the_midst_of_the_pages_it_has_said_where_it_is_and_leaves_no_process(
    scan: Path, number: signal.Signals
) -> None:
    ours, theirs = os.openpty()
    process = subprocess.Popen(
        command("read", scan),
        env=environment(TERM="xterm", COLUMNS="120"),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=theirs,
    )
    os.close(theirs)
    try:
        # Pages that are read at once may be done at once, so that one of them is never shown.
        assert any(re.search(rf"page ([2-9]|1\d) of {PAGES}\b", shown) for shown in shown_on(ours))
        children = children_of(process.pid)
        assert any("recognising_child" in command_of(child) for child in children)
        process.send_signal(number)
        for _ in shown_on(ours):
            pass
        assert process.wait(LONGEST_SECONDS) == ENDS[number]
    finally:
        process.kill()
        process.wait()
        os.close(ours)
    end = time.monotonic() + LONGEST_SECONDS
    while not all(map(is_gone, children)) and time.monotonic() < end:
        time.sleep(0.05)  # a child dies with its parent, and not before
    assert all(map(is_gone, children))
