"""The parent's side of a Ray of one machine: a child process in which it runs, with a folder of its own.

The child and all that it starts end with whoever started it, however that ends.
"""

import asyncio
import json
import shutil
import socket
import tempfile
import time
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from local_ray.leftover_processes import CLUSTER_VARIABLE, end_cluster
from local_ray.ray_settings import LOOPBACK

# Of the parent's environment, what a child may see.
PASSED_ON = ("HOME", "LANG", "LC_ALL", "PATH", "TZ", "USER")
_START_SECONDS = 600.0
_STOP_SECONDS = 40.0
_PATIENCE_SECONDS = 2.0
_PROGRESS_SECONDS = 10.0
# A Unix socket's path has 107 bytes; Ray's own part of it takes about 80.
_SCRATCH_PARENT = Path("/tmp")


class ChildFailed(Exception):
    """The child does not serve. The message is one line: what is wrong, and where to look."""


@dataclass(frozen=True, slots=True)
class ChildProgram:
    """What a child runs, and what it sees of the environment."""

    command: Sequence[str]
    environment: Mapping[str, str]


class RayChild:
    """One child process that runs a Ray. Start it once, and stop it."""

    def __init__(self, log: Path) -> None:
        self._log = log
        self._process: Process | None = None
        self._scratch: Path | None = None

    @property
    def scratch(self) -> Path | None:
        """The folder of what runs, which also names its processes (`leftover_processes.py`)."""
        return self._scratch

    async def start(
        self,
        program: Callable[[Path], ChildProgram],
        report: Callable[[str], None],
        *,
        first_step: str,
    ) -> None:
        """The child is ready; says meanwhile what it waits for. `program` is given its folder. Raises ChildFailed."""
        try:
            process = self._process = await self._started(program)
            await self._until_ready(process, report, first_step)
        except OSError as error:
            await self.stop()
            raise self._failed(f"the child cannot be started: {error.strerror or error}") from None
        except BaseException:
            await self.stop()
            raise

    async def wait(self) -> None:
        """Returns when the child has ended, by itself or stopped."""
        if self._process is not None:
            await self._process.wait()

    async def stop(self) -> None:
        """Nothing of it runs any more, and its folder is gone."""
        process, self._process = self._process, None
        if process is not None:
            await _end(process)
        scratch, self._scratch = self._scratch, None
        if scratch is not None:
            # Where the child was killed, its own are told by nobody.
            await asyncio.to_thread(end_cluster, str(scratch), patience_seconds=_PATIENCE_SECONDS)
            await asyncio.to_thread(shutil.rmtree, scratch, ignore_errors=True)

    async def _started(self, program: Callable[[Path], ChildProgram]) -> Process:
        scratch = self._scratch = Path(tempfile.mkdtemp(prefix="ray-", dir=_SCRATCH_PARENT))
        run = program(scratch)
        with self._log.open("ab") as log:
            return await asyncio.create_subprocess_exec(
                *run.command,
                env={**run.environment, CLUSTER_VARIABLE: str(scratch)},
                cwd=scratch,
                stdin=PIPE,
                stdout=PIPE,
                stderr=log,
                start_new_session=True,
            )

    async def _until_ready(
        self, process: Process, report: Callable[[str], None], step: str
    ) -> None:
        assert process.stdout is not None
        started = time.monotonic()
        while True:
            try:
                line = await asyncio.wait_for(process.stdout.readline(), _PROGRESS_SECONDS)
            except TimeoutError:
                seconds = time.monotonic() - started
                if seconds > _START_SECONDS:
                    raise self._failed(f"{step} did not start in {seconds:.0f} s") from None
                report(f"still starting {step} ({seconds:.0f} s)")
                continue
            if not line:
                code = await process.wait()
                raise self._failed(f"it ended with exit code {code} while starting {step}")
            said: dict[str, Any] = json.loads(line)
            match said["state"]:
                case "ready":
                    return
                case "failed":
                    raise ChildFailed(said["reason"])
                case _:
                    step = said["step"]
                    report(f"starting {step}")

    def _failed(self, problem: str) -> ChildFailed:
        return ChildFailed(f"{problem}: see {self._log}")


async def _end(process: Process) -> None:
    """The process has ended: asked to, or killed where that takes too long."""
    if process.returncode is not None:
        return
    process.terminate()
    try:
        await asyncio.wait_for(process.wait(), _STOP_SECONDS)
    except TimeoutError:
        process.kill()
        await process.wait()


def free_port() -> int:
    """Returns a port of loopback that nobody has now."""
    with socket.socket() as free:
        free.bind((LOOPBACK, 0))
        port: int = free.getsockname()[1]
    return port
