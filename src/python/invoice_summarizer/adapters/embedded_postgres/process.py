"""The processes of the embedded server: how they start, and how they end with the program that started them."""

import os
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from invoice_summarizer.adapters.embedded_postgres.failure import EmbeddedPostgresError
from invoice_summarizer.adapters.embedded_postgres.server_user import ServerUser

# Fast shutdown: open transactions are rolled back, a checkpoint is written.
_FAST_SHUTDOWN = signal.SIGINT
_IMMEDIATE_SHUTDOWN = signal.SIGQUIT


def run_program(command: Sequence[str], user: ServerUser, environment: dict[str, str]) -> None:
    """The program has run to its end. Raises EmbeddedPostgresError with what it said where it failed."""
    done = subprocess.run(
        [*_set_privileges(user), *command],
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
            [*_set_privileges(user, ends_with_us=True), *command],
            env=environment,
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
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


def _set_privileges(user: ServerUser, *, ends_with_us: bool = False) -> list[str]:
    """Returns what to set before a command, so that it runs as the user and, where wanted, ends when we are killed.

    setpriv does it, and not Python between fork and exec: a fork runs the handlers of libraries such as gRPC, which may
    abort in the child. Linux sends the signal when the starting thread ends, so that only the main thread can ask for
    it; else a server that was left behind is stopped by the next start in its folder.
    """
    options = []
    if user.uid is not None:
        options += [f"--reuid={user.uid}", f"--regid={user.gid}", "--clear-groups"]
    if ends_with_us and threading.current_thread() is threading.main_thread():
        options.append(f"--pdeathsig={_FAST_SHUTDOWN.name}")
    if not options:
        return []
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        raise EmbeddedPostgresError("setpriv of util-linux is not there")
    return [setpriv, *options]
