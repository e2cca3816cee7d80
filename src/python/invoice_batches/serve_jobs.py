"""The process that runs jobs on one machine: a Ray of its own on loopback, with the Jobs API.

Started by `local_jobs.py`; says how far it is, and ends with whoever started it (`local_ray/reports.py`).
"""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request, urlopen

from local_ray.child import free_port
from local_ray.ray_settings import LOOPBACK, OBJECT_STORE_BYTES
from local_ray.reports import ChildProblem, Reports, run_until_asked_to_end

_LOOK_SECONDS = 0.2
# A job may be killed at any point: nothing waits for one.
_PATIENCE_SECONDS = 1.0
_ANSWER_SECONDS = 10.0


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--scratch", type=Path, required=True)
    parser.add_argument("--port", type=int, required=True)
    chosen = parser.parse_args(arguments)
    serve = partial(_serve, chosen.scratch, chosen.port)
    return run_until_asked_to_end("Ray", chosen.scratch, serve, patience_seconds=_PATIENCE_SECONDS)


def _serve(scratch: Path, port: int, reports: Reports) -> None:
    """Serves until the process is asked to end. Raises ChildProblem where Ray ends by itself."""
    reports.starting("Ray")
    head = subprocess.Popen(_command(scratch, port), stdin=subprocess.DEVNULL)
    try:
        while not _takes_jobs(port):
            if head.poll() is not None:
                raise ChildProblem(f"Ray has ended with exit code {head.returncode} at its start")
            time.sleep(_LOOK_SECONDS)
        reports.ready()
        code = head.wait()
        raise ChildProblem(f"Ray has ended with exit code {code}")
    finally:
        # Never `ray stop`: it ends every Ray of the machine.
        head.terminate()


def _command(scratch: Path, port: int) -> Sequence[str]:
    """Returns the command of a Ray on this machine. All its ports are free ones: others may have a Ray here too."""
    return (
        *(sys.executable, "-m", "ray.scripts.scripts", "start", "--head", "--block"),
        *("--node-ip-address", LOOPBACK, "--port", "0", "--temp-dir", str(scratch)),
        *("--dashboard-host", LOOPBACK, "--dashboard-port", str(port)),
        *("--dashboard-agent-listen-port", "0", "--ray-client-server-port", str(free_port())),
        *("--min-worker-port", "0", "--max-worker-port", "0"),
        *("--num-cpus", str(len(os.sched_getaffinity(0)))),
        *("--object-store-memory", str(OBJECT_STORE_BYTES)),
    )


def _takes_jobs(port: int) -> bool:
    request = Request(
        f"http://{LOOPBACK}:{port}/api/jobs/",
        headers={"Authorization": f"Bearer {os.environ['RAY_AUTH_TOKEN']}"},
    )
    try:
        with urlopen(request, timeout=_ANSWER_SECONDS):
            return True
    except (URLError, TimeoutError, ConnectionError):
        return False


if __name__ == "__main__":
    raise SystemExit(main())
