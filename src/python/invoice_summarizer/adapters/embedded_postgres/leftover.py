"""A server that a killed program left running in a data folder."""

import os
from pathlib import Path

from invoice_summarizer.adapters.embedded_postgres.process import stop_process

_STOP_SECONDS = 20.0


def server_state(data: Path) -> tuple[int, str] | None:
    """Returns the pid and the state ("starting", "ready", "stopping") that the folder's server has written down."""
    try:
        lines = (data / "postmaster.pid").read_text().splitlines()
        return int(lines[0]), lines[7].strip() if len(lines) > 7 else "starting"
    except (FileNotFoundError, ValueError, IndexError):
        return None


def stop_leftover(data: Path) -> None:
    """No server runs in the data folder. Call it while holding the folder's lock: then one that runs is nobody's."""
    state = server_state(data)
    if state is None:
        return
    pid, _ = state
    if _serves(pid, data):
        stop_process(pid, lambda: _serves(pid, data), _STOP_SECONDS)


def _serves(pid: int, data: Path) -> bool:
    """A server's working directory is its data folder; another process that was given the pid has another one."""
    try:
        return Path(os.readlink(f"/proc/{pid}/cwd")) == data.resolve()
    except OSError:
        return False
