"""What is started on this machine, and how it ends again: programs, folders, mounts, cgroups."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

# Fixed, so that a run finds what one before it left behind when it was killed. Short, since paths of sockets are.
FOLDER = Path("/var/tmp/invoice-cluster")
CGROUPS = Path("/sys/fs/cgroup")
CGROUP_PREFIX = "invoice-cluster-"
LINK_PREFIX = "invcl-"


Value = TypeVar("Value")


class Failed(Exception):
    """One line for the person at the terminal: what did not hold, and what was there in its place."""


def run(
    *command: str | Path, text: str = "", env: Mapping[str, str] | None = None, timeout: float = 120
) -> str:
    """Returns what the command wrote to its output. Raises Failed, with its last words, where it fails."""
    words = [str(word) for word in command]
    try:
        done = subprocess.run(
            words,
            input=text,
            capture_output=True,
            text=True,
            check=False,
            timeout=timeout,
            env={**os.environ, **(env or {})},
        )
    except subprocess.TimeoutExpired:
        raise Failed(f"{' '.join(words[:6])} took longer than {timeout:.0f} s") from None
    if done.returncode:
        said = (done.stderr.strip() or done.stdout.strip())[-600:]
        raise Failed(f"{' '.join(words[:6])} ended with {done.returncode}: {said}")
    return done.stdout


def wait_until(
    what: str, look: Callable[[], Value | None], *, seconds: float, every: float = 0.5
) -> Value:
    """Returns the first true value of `look`. Raises Failed after the seconds; a look that fails is tried again."""
    end = time.monotonic() + seconds
    last = ""
    while True:
        try:
            if found := look():
                return found
        except Failed as failure:
            last = f": {failure}"
        if time.monotonic() > end:
            raise Failed(f"{what}: not within {seconds:.0f} s{last}")
        time.sleep(every)


class Programs:
    """Programs that run beside this one, each with a log. They end when they are stopped, last first."""

    def __init__(self, logs: Path) -> None:
        self._logs = logs
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        logs.mkdir(parents=True, exist_ok=True)

    def start(self, name: str, *command: str | Path, env: Mapping[str, str] | None = None) -> None:
        with (self._logs / f"{name}.log").open("ab") as log:
            self._running[name] = subprocess.Popen(
                [str(word) for word in command],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env={**os.environ, **(env or {})},
                start_new_session=True,
            )

    def require(self, name: str) -> None:
        """Raises Failed, with the end of its log, where the program has ended."""
        code = self._running[name].poll()
        if code is not None:
            raise Failed(f"{name} ended with {code}: {self.log_end(name)}")

    def log_end(self, name: str) -> str:
        return (self._logs / f"{name}.log").read_text(errors="replace")[-600:]

    def stop(self, name: str) -> None:
        program = self._running.pop(name)
        program.terminate()
        try:
            program.wait(10)
        except subprocess.TimeoutExpired:
            program.kill()
            program.wait()

    def stop_all(self) -> None:
        for name in reversed(list(self._running)):
            self.stop(name)


def remove_everything() -> None:
    """Nothing of a cluster is left on this machine: no process, mount, link, cgroup, rule of the network, or folder."""
    for _ in range(50):
        processes = list(_processes())
        for pid in processes:
            _kill(pid)
        if not processes:
            break
        time.sleep(0.1)
    for mount in sorted(_mounts(), key=len, reverse=True):
        subprocess.run(["umount", "--lazy", mount], capture_output=True, check=False)
    for link in Path("/sys/class/net").glob(f"{LINK_PREFIX}*"):
        subprocess.run(["ip", "link", "delete", link.name], capture_output=True, check=False)
    for family in ("ip", "ip6"):
        subprocess.run(
            ["nft", "delete", "table", family, "kube-proxy"], capture_output=True, check=False
        )
    for group in CGROUPS.glob(f"*/{CGROUP_PREFIX}*"):
        _remove_cgroup(group)
    _remove_log_links()
    shutil.rmtree(FOLDER, ignore_errors=True)


def _processes() -> Iterator[int]:
    """Yields who runs in a cgroup of ours, or was started with a path of ours."""
    for procs in CGROUPS.glob(f"*/{CGROUP_PREFIX}*/**/cgroup.procs"):
        try:
            yield from (int(line) for line in procs.read_text().split())
        except OSError:  # the cgroup has gone
            continue
    ours = f"{FOLDER}/".encode()
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if ours in entry.read_bytes() and int(entry.parent.name) != os.getpid():
                yield int(entry.parent.name)
        except OSError:  # it has ended
            continue


def _kill(pid: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def _mounts() -> Sequence[str]:
    points = (line.split()[1] for line in Path("/proc/mounts").read_text().splitlines())
    return [point for point in points if point.startswith(f"{FOLDER}/")]


def _remove_cgroup(group: Path) -> None:
    for folder, _, _ in os.walk(group, topdown=False):
        try:
            os.rmdir(folder)
        except OSError:  # a process of it ends just now; the next run removes it
            continue


def _remove_log_links() -> None:
    """The kubelet links the logs of containers from a folder that cannot be chosen."""
    for link in Path("/var/log/containers").glob("*.log"):
        if str(FOLDER) in os.readlink(link):
            link.unlink()
