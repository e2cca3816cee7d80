"""The child's side of a Ray of one machine: it tells its parent how far it is, and ends with it.

It says so on standard output, a JSON object a line. It ends on SIGTERM, or where its parent is gone: its standard input
ends with that. What it started ends with it.
"""

import json
import os
import shutil
import signal
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from types import FrameType

from local_ray.leftover_processes import end_cluster


class ChildProblem(Exception):
    """What keeps the child from serving; the message is one line, for the person at the terminal."""


class _AskedToEnd(BaseException):
    """Somebody wants the process to end, or is gone."""


class Reports:
    """The standard output that there was, for reports alone: Ray's own words go to standard error."""

    def __init__(self) -> None:
        self._descriptor = os.dup(1)
        os.dup2(2, 1)

    def starting(self, step: str) -> None:
        self._say("starting", step=step)

    def ready(self) -> None:
        self._say("ready")

    def failed(self, reason: str) -> None:
        self._say("failed", reason=reason)

    def _say(self, state: str, **more: str) -> None:
        os.write(self._descriptor, (json.dumps({"state": state, **more}) + "\n").encode())


def run_until_asked_to_end(
    what: str, scratch: Path, serve: Callable[[Reports], None], *, patience_seconds: float
) -> int:
    """Serves until somebody wants the process to end; then nothing of it runs, and its folder is gone.

    Returns the exit code. Where `serve` cannot, the parent has been told why; `what` names it. What takes longer than
    `patience_seconds` to end is killed.
    """
    reports = Reports()
    end_on_sigterm()
    _end_with_standard_input()
    try:
        serve(reports)
    except _AskedToEnd:
        return 0
    except ChildProblem as problem:
        reports.failed(str(problem))
        return 1
    except Exception as error:
        traceback.print_exc()
        reports.failed(f"{what} does not start: {_first_line(error)}")
        return 1
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        end_cluster(str(scratch), patience_seconds=patience_seconds)
        shutil.rmtree(scratch, ignore_errors=True)
    return 0


def end_on_sigterm() -> None:
    """SIGTERM ends the process in good order. Ray puts a handler of its own in the place of this one: say it again then."""

    def end(number: int, frame: FrameType | None) -> None:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        raise _AskedToEnd

    signal.signal(signal.SIGTERM, end)


def _end_with_standard_input() -> None:
    def watch() -> None:
        while os.read(0, 1024):
            pass
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, daemon=True).start()


def _first_line(error: Exception) -> str:
    return next(iter(str(error).splitlines()), type(error).__name__)
