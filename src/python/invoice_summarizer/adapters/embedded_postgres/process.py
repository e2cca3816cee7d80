"""The processes of the embedded server: how they start, and how they end with the program that started them."""

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from invoice_summarizer.adapters.embedded_postgres.failure import EmbeddedPostgresError
from invoice_summarizer.adapters.embedded_postgres.server_user import ServerUser

_PR_SET_PDEATHSIG = 1
# Fast shutdown: open transactions are rolled back, a checkpoint is written.
_FAST_SHUTDOWN = signal.SIGINT
_IMMEDIATE_SHUTDOWN = signal.SIGQUIT


def run_program(command: Sequence[str], user: ServerUser, environment: dict[str, str]) -> None:
    """The program has run to its end. Raises EmbeddedPostgresError with what it said where it failed."""
    done = subprocess.run(
        command,
        user=user.uid,
        group=user.gid,
        extra_groups=[] if user.uid is not None else None,
        env=environment,
        cwd="/",
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise EmbeddedPostgresError(f"{Path(command[0]).name} failed: {done.stderr.strip()}")


def start_server(
    command: Sequence[str], user: ServerUser, environment: dict[str, str], log: Path
) -> subprocess.Popen[bytes]:
    """Starts the server in a session of its own, so that the terminal's Ctrl-C reaches us first."""
    with log.open("ab") as output:
        return subprocess.Popen(
            command,
            user=user.uid,
            group=user.gid,
            extra_groups=[] if user.uid is not None else None,
            env=environment,
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
            preexec_fn=_end_with_parent(),
        )


def stop_process(pid: int, is_running: Callable[[], bool], patience_seconds: float) -> None:
    """The server has ended: by fast shutdown, or at once where that takes longer than the patience.

    What an immediate shutdown leaves is recovered by the next start.
    """
    for wish in (_FAST_SHUTDOWN, _IMMEDIATE_SHUTDOWN, signal.SIGKILL):
        try:
            os.kill(pid, wish)
        except ProcessLookupError:
            return
        deadline = time.monotonic() + patience_seconds
        while time.monotonic() < deadline:
            if not is_running():
                return
            time.sleep(0.01)
    raise EmbeddedPostgresError(f"the PostgreSQL server with pid {pid} does not end")


def _end_with_parent() -> Callable[[], None] | None:
    """Has the kernel end the server when we are killed.

    Linux sends the signal when the starting thread ends, so that only the main thread can ask for it; elsewhere, a
    server that was left behind is stopped by the next start in its folder.
    """
    if sys.platform != "linux" or threading.current_thread() is not threading.main_thread():
        return None
    # Looked up here: between fork and exec, as little as can be should happen.
    control, wish, argument = ctypes.CDLL(None).prctl, _PR_SET_PDEATHSIG, int(_FAST_SHUTDOWN)

    def ask() -> None:
        control(wish, argument)

    return ask
