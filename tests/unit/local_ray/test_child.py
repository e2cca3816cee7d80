"""A child that runs a Ray of one machine ends with its parent, and what it has started ends with it; no Ray is needed for that."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from local_ray import leftover_processes
from local_ray.leftover_processes import CLUSTER_VARIABLE, cluster_processes, end_cluster

# It starts a process that never ends by itself and cannot be asked to.
PROGRAM = """
import signal, subprocess, sys
from pathlib import Path
from local_ray.reports import ChildProblem, run_until_asked_to_end

def serve(reports):
    reports.starting("something")
    print("not a report")
    subprocess.Popen(["sh", "-c", "trap '' TERM; sleep 600"], start_new_session=True)
    if sys.argv[2] == "problem":
        raise ChildProblem("the port is taken")
    if sys.argv[2] == "error":
        raise ValueError("first line\\nsecond line")
    reports.ready()
    signal.pause()

raise SystemExit(
    run_until_asked_to_end("it", Path(sys.argv[1]), serve, patience_seconds=0.1)
)
"""


@pytest.fixture
def scratch() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="ray-test-"))
    yield folder
    end_cluster(str(folder), patience_seconds=0)


def start(scratch: Path, how: str = "") -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(scratch), how],
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": os.pathsep.join(sys.path),
            CLUSTER_VARIABLE: str(scratch),
        },
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("is_asked", [True, False])
def test_child_ends_when_it_is_asked_to_or_its_parent_is_gone(
    is_asked: bool, scratch: Path
) -> None:
    child = start(scratch)
    assert child.stdout is not None
    said = [child.stdout.readline() for _ in range(2)]
    assert said == ['{"state": "starting", "step": "something"}\n', '{"state": "ready"}\n']
    if is_asked:
        child.terminate()
        child.wait(30)
    child.communicate(timeout=30)  # closes its standard input
    assert child.returncode == 0
    assert not scratch.exists() and not [*cluster_processes(str(scratch))]


@pytest.mark.parametrize(
    ("how", "reason"),
    [("problem", "the port is taken"), ("error", "it does not start: first line")],
)
def test_child_that_cannot_serve_says_why_and_leaves_nothing(
    how: str, reason: str, scratch: Path
) -> None:
    child = start(scratch, how)
    assert child.stdout is not None
    said = child.stdout.readlines()
    _, err = child.communicate(timeout=30)
    assert said[-1].strip() == f'{{"state": "failed", "reason": "{reason}"}}'
    assert "not a report" in err
    assert not scratch.exists() and not [*cluster_processes(str(scratch))]


def test_processes_of_a_cluster_are_found_and_ended_and_others_are_not() -> None:
    mine, other = (
        subprocess.Popen(["sleep", "60"], env={CLUSTER_VARIABLE: name, "PATH": "/usr/bin:/bin"})
        for name in ("/tmp/ray-mine", "/tmp/ray-mine-too")
    )
    try:
        assert list(cluster_processes("/tmp/ray-mine")) == [mine.pid]
        end_cluster("/tmp/ray-mine", patience_seconds=0.2)
        assert mine.wait(20) == -9
        assert other.poll() is None
    finally:
        other.kill()
        other.wait()


def test_process_whose_program_is_still_being_loaded_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Linux shows its environment empty until then, for less than a millisecond: files stand for it here."""
    monkeypatch.setattr(leftover_processes, "PROCESSES", tmp_path)
    for number in ("7", "8"):
        (tmp_path / number).mkdir()
        (tmp_path / number / "environ").write_bytes(b"")
    (tmp_path / "7" / "exe").symlink_to("/usr/bin/sleep")
    found = cluster_processes("/tmp/ray-mine")

    def load(seconds: float) -> None:
        (tmp_path / "7" / "environ").write_bytes(
            f"A=1\0{CLUSTER_VARIABLE}=/tmp/ray-mine\0".encode()
        )

    monkeypatch.setattr(time, "sleep", load)
    assert list(found) == [7]
