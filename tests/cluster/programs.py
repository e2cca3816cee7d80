"""The programs of the cluster that run on this machine, beside the pods."""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from cluster.commands import Failed
from cluster.places import CGROUP_PREFIX, CGROUPS

_CGROUP = CGROUPS / "pids" / f"{CGROUP_PREFIX}programs"
_IN_CGROUP = 'echo $$ > "$0" && exec "$@"'


class Programs:
    """Programs that run beside this one, each with a log. They end when they are stopped, last first.

    They and what they start are in one cgroup, by which a later run finds them when this one was killed.
    """

    def __init__(self, logs: Path) -> None:
        self._logs = logs
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        logs.mkdir(parents=True, exist_ok=True)
        _CGROUP.mkdir(exist_ok=True)

    def start(self, name: str, *command: str | Path, env: Mapping[str, str] | None = None) -> None:
        with (self._logs / f"{name}.log").open("ab") as log:
            self._running[name] = subprocess.Popen(
                ["sh", "-c", _IN_CGROUP, _CGROUP / "cgroup.procs", *map(str, command)],
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
