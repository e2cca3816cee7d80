"""The processes of one cluster on this machine, known by a variable that all of them inherit."""

import contextlib
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

CLUSTER_VARIABLE = "LOCAL_RAY"
_KILL_SECONDS = 20.0
_LOOK_SECONDS = 0.1


def end_cluster(cluster: str, *, patience_seconds: float) -> None:
    """No process of the cluster runs any more, but the one that calls: those that take longer than that are killed."""
    deadline = time.monotonic() + patience_seconds
    while time.monotonic() < deadline and any(True for _ in cluster_processes(cluster)):
        time.sleep(_LOOK_SECONDS)
    deadline = time.monotonic() + _KILL_SECONDS
    while time.monotonic() < deadline:
        left = list(cluster_processes(cluster))
        if not left:
            return
        for pid in left:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        time.sleep(_LOOK_SECONDS)


def cluster_processes(cluster: str) -> Iterator[int]:
    """Yields the processes whose environment names the cluster, but for the one that calls."""
    mark = f"{CLUSTER_VARIABLE}={cluster}".encode()
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit() or int(folder.name) == os.getpid():
            continue
        # A process of another user, or one that has just ended, is not ours; one that is dead has no environment.
        with contextlib.suppress(OSError):
            if mark in (folder / "environ").read_bytes().split(b"\0"):
                yield int(folder.name)
