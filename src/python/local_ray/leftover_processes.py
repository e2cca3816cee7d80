"""The processes of one cluster on this machine, known by a variable that all of them inherit."""

import contextlib
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

CLUSTER_VARIABLE = "LOCAL_RAY"
PROCESSES = Path("/proc")
_KILL_SECONDS = 20.0
_LOOK_SECONDS = 0.1
_NONE = [b""]


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
    loading = []
    for folder in PROCESSES.iterdir():
        if not folder.name.isdigit() or int(folder.name) == os.getpid():
            continue
        environment = _environment(folder)
        if mark in environment:
            yield int(folder.name)
        elif environment == _NONE and _has_a_program(folder):
            loading.append(folder)
    if loading:
        time.sleep(_LOOK_SECONDS)
    yield from (int(folder.name) for folder in loading if mark in _environment(folder))


def _environment(process: Path) -> list[bytes]:
    # A process of another user, or one that has just ended, is not ours; one that is dead has no environment.
    with contextlib.suppress(OSError):
        return (process / "environ").read_bytes().split(b"\0")
    return []


def _has_a_program(process: Path) -> bool:
    """Its program is loaded, or is being loaded: until that is done, Linux shows an empty environment (proc(5))."""
    with contextlib.suppress(OSError):
        return bool((process / "exe").readlink())
    return False
