"""The gateway beside `serve`, as a process: it comes back where it is killed, and ends with `serve` however that ends."""

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from e2e.cli_process import LONGEST_SECONDS, await_file, command, environment, processes_of

from process_facts import command_of, descendants_of, is_gone


@pytest.fixture
def serving(short_folder: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """A `serve` that answers, over REST too."""
    process = subprocess.Popen(
        command("serve", "--data", short_folder, "--port", "0"),
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        await_file(short_folder / "address", process)
        yield process
    finally:
        process.terminate()
        try:
            process.wait(LONGEST_SECONDS)
        finally:
            process.kill()
            process.wait()


def test_gateway_that_is_killed_is_started_again_at_its_port(
    serving: "subprocess.Popen[bytes]", short_folder: Path
) -> None:
    port, first = _port(short_folder), _gateway_of(serving.pid)
    assert _is_alive(port)
    os.kill(first, signal.SIGKILL)
    _until(lambda: is_gone(first) and _is_alive(port))
    assert _gateway_of(serving.pid) != first and _port(short_folder) == port
    serving.terminate()
    assert serving.wait(LONGEST_SECONDS) == 0
    assert not _is_alive(port)


def test_gateway_ends_with_a_serve_that_is_killed(
    serving: "subprocess.Popen[bytes]", short_folder: Path
) -> None:
    gateway = _gateway_of(serving.pid)
    serving.kill()
    serving.wait(LONGEST_SECONDS)
    _until(lambda: is_gone(gateway))
    # PostgreSQL notices too, and still uses the folder until then.
    _until(lambda: not processes_of(str(short_folder)))


def _gateway_of(pid: int) -> int:
    [gateway] = [each for each in descendants_of(pid) if "--until-stdin-ends" in command_of(each)]
    return gateway


def _port(folder: Path) -> int:
    """Returns the port that the gateway said last."""
    events = map(json.loads, (folder / "gateway.log").read_text().splitlines())
    return [int(event["port"]) for event in events if event["event"] == "serving"][-1]


def _is_alive(port: int) -> bool:
    try:
        with urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
            return bool(answer.status == 200)
    except (URLError, ConnectionError):
        return False


def _until(holds: Callable[[], bool]) -> None:
    """It holds. Fails where the time ends before."""
    end = time.monotonic() + LONGEST_SECONDS
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.05)
