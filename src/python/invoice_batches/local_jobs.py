"""A Ray on this machine that runs the jobs of batches: a child process with this Python and these packages.

It ends with whoever started it, however that ends, and listens on loopback only.
"""

import os
import secrets
import sys
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from pathlib import Path

from local_ray.child import PASSED_ON, ChildFailed, ChildProgram, RayChild, free_port
from local_ray.ray_settings import LOOPBACK, ray_environment

_INSTALL = "install it with pip install 'ai-invoice-summarizer[batches]'"


class JobsNotStarted(Exception):
    """No jobs are run. The message is one line: what is wrong, and what to do."""


class LocalJobs:
    """One child process with a Ray that takes jobs at `url`, from those who show `token`. Start it once, and stop it."""

    def __init__(
        self, log: Path, settings: Mapping[str, str], environment: Mapping[str, str] = os.environ
    ) -> None:
        """`settings` are the variables that the jobs read theirs from; they may be secret, and go nowhere else."""
        self._settings = settings
        self._environment = environment
        self._port = free_port()
        self.child = RayChild(log)
        self.token = secrets.token_urlsafe(32)

    @property
    def url(self) -> str:
        """Where Ray's Jobs API is."""
        return f"http://{LOOPBACK}:{self._port}"

    async def start(self, report: Callable[[str], None]) -> None:
        """Ray takes jobs. Says meanwhile what it waits for. Raises JobsNotStarted."""
        if find_spec("ray") is None:
            raise JobsNotStarted(f"Ray, which runs batches, is not installed: {_INSTALL}")
        try:
            await self.child.start(self._program, report, first_step="Ray")
        except ChildFailed as failure:
            raise JobsNotStarted(str(failure)) from None

    async def wait(self) -> None:
        """Returns when the child has ended, by itself or stopped."""
        await self.child.wait()

    async def stop(self) -> None:
        """Nothing of it runs any more, and its scratch folder is gone."""
        await self.child.stop()

    def _program(self, scratch: Path) -> ChildProgram:
        command = (
            *(sys.executable, "-m", "invoice_batches.serve_jobs"),
            *("--scratch", str(scratch), "--port", str(self._port)),
        )
        passed_on = {
            name: self._environment[name] for name in PASSED_ON if name in self._environment
        }
        # The jobs are started by the name `python`.
        programs = f"{Path(sys.executable).parent}{os.pathsep}{passed_on.get('PATH', os.defpath)}"
        return ChildProgram(
            command,
            {
                **passed_on,
                **ray_environment(self.token),
                **self._settings,
                "PATH": programs,
                "PYTHONPATH": os.pathsep.join(os.path.abspath(entry) for entry in sys.path),
            },
        )
