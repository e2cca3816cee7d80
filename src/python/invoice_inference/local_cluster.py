"""A model served on this machine: Ray Serve and vLLM in a child process with an environment of its own.

The child and all that it starts end with whoever started it, however that ends. Everything listens on loopback, or talks
to nobody without a key of its own.
"""

import asyncio
import json
import os
import secrets
import shutil
import socket
import tempfile
import time
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from invoice_inference.endpoint_token import TOKEN_VARIABLE
from invoice_inference.leftover_processes import CLUSTER_VARIABLE, end_cluster
from invoice_inference.local_ray import LOOPBACK, ray_environment
from invoice_inference.model_folder import BrokenModelFolder, ModelManifest, read_manifest
from invoice_inference.place import InferencePlace

_INSTALL = "run scripts/install-inference"
_START_SECONDS = 600.0
_STOP_SECONDS = 40.0
_PATIENCE_SECONDS = 2.0
_PROGRESS_SECONDS = 10.0
# A Unix socket's path has 107 bytes; Ray's own part of it takes about 80.
_SCRATCH_PARENT = Path("/tmp")
_PASSED_ON = ("HOME", "LANG", "LC_ALL", "PATH", "TZ", "USER")


class InferenceFailed(Exception):
    """The model is not served. The message is one line: what is wrong, and what to do."""


class LocalCluster:
    """One child process that serves the model of a folder. Start it and stop it; where it has ended, start it again.

    Ports and tokens stay the same.
    """

    def __init__(
        self,
        place: InferencePlace,
        *,
        log: Path,
        model: Path | None = None,
        environment: Mapping[str, str] = os.environ,
        jobs: bool = False,
    ) -> None:
        """`model` is a folder, by default the real one of the place. With `jobs`, Ray takes jobs at `jobs_url`."""
        self._place = place
        self._log = log
        self._model = model or place.model
        self._environment = environment
        self._port = _free_port()
        self._metrics_port = _free_port()
        self._jobs_port = _free_port() if jobs else None
        self._process: Process | None = None
        self._scratch: Path | None = None
        self.token = environment.get(TOKEN_VARIABLE) or secrets.token_urlsafe(32)
        self.ray_token = environment.get("RAY_AUTH_TOKEN") or secrets.token_urlsafe(32)

    @property
    def base_url(self) -> str:
        """Where OpenAI's clients find the model, with the token as their key."""
        return f"http://{LOOPBACK}:{self._port}/v1"

    @property
    def metrics_url(self) -> str:
        """Where Prometheus finds the metrics of vLLM and Ray; they hold no content, and ask for no token."""
        return f"http://{LOOPBACK}:{self._metrics_port}/metrics"

    @property
    def pid(self) -> int | None:
        """The child, while it runs."""
        return self._process.pid if self._process else None

    @property
    def scratch(self) -> Path | None:
        """The folder of what runs, which also names its processes (`leftover_processes.py`)."""
        return self._scratch

    @property
    def jobs_url(self) -> str | None:
        """Where Ray takes jobs, with `ray_token`; nothing without `jobs`."""
        return f"http://{LOOPBACK}:{self._jobs_port}" if self._jobs_port else None

    async def start(self, report: Callable[[str], None]) -> ModelManifest:
        """The model answers; returns what it is. Says meanwhile what it waits for. Raises InferenceFailed."""
        manifest = self._installed_model()
        try:
            self._process = await self._started_child()
            await self._until_ready(self._process, report)
        except OSError as error:
            await self.stop()
            raise self._failed(f"the child cannot be started: {error.strerror or error}") from None
        except BaseException:
            await self.stop()
            raise
        return manifest

    async def wait(self) -> None:
        """Returns when the child has ended, by itself or stopped."""
        if self._process is not None:
            await self._process.wait()

    async def stop(self) -> None:
        """Nothing of it runs any more, and its scratch folder is gone."""
        process, self._process = self._process, None
        if process is not None:
            await _end(process)
        scratch, self._scratch = self._scratch, None
        if scratch is not None:
            # Where the child was killed, its own are told by nobody.
            await asyncio.to_thread(end_cluster, str(scratch), patience_seconds=_PATIENCE_SECONDS)
            await asyncio.to_thread(shutil.rmtree, scratch, ignore_errors=True)

    def _installed_model(self) -> ModelManifest:
        if not self._place.is_installed:
            raise InferenceFailed(f"nothing is installed in {self._place.folder}: {_INSTALL}")
        try:
            return read_manifest(self._model)
        except BrokenModelFolder as error:
            raise InferenceFailed(str(error)) from None

    def _command(self, scratch: Path) -> list[str]:
        jobs = ["--dashboard-port", str(self._jobs_port)] if self._jobs_port else []
        return [
            *(str(self._place.python), "-m", "invoice_inference.serve_process"),
            *("--model", str(self._model), "--port", str(self._port), "--scratch", str(scratch)),
            *("--metrics-port", str(self._metrics_port)),
            *jobs,
        ]

    def _child_environment(self, scratch: Path) -> dict[str, str]:
        # Only our own package may come in: what lies beside it belongs to another environment.
        code = scratch / "code"
        package = Path(__file__).parent
        shutil.copytree(
            package, code / package.name, ignore=shutil.ignore_patterns("__pycache__", "BUILD")
        )
        passed_on = {
            name: value
            for name, value in self._environment.items()
            if name in _PASSED_ON or name.startswith("INFERENCE_")
        }
        programs = f"{self._place.python.parent}{os.pathsep}{passed_on.get('PATH', os.defpath)}"
        return {
            **passed_on,
            **ray_environment(self.ray_token),
            TOKEN_VARIABLE: self.token,
            CLUSTER_VARIABLE: str(scratch),
            "PATH": programs,
            "PYTHONPATH": str(code),
        }

    async def _started_child(self) -> Process:
        scratch = self._scratch = Path(tempfile.mkdtemp(prefix="ray-", dir=_SCRATCH_PARENT))
        with self._log.open("ab") as log:
            return await asyncio.create_subprocess_exec(
                *self._command(scratch),
                env=self._child_environment(scratch),
                cwd=scratch,
                stdin=PIPE,
                stdout=PIPE,
                stderr=log,
                start_new_session=True,
            )

    async def _until_ready(self, process: Process, report: Callable[[str], None]) -> None:
        assert process.stdout is not None
        started = time.monotonic()
        step = "its environment"
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
                    raise InferenceFailed(said["reason"])
                case _:
                    step = said["step"]
                    report(f"starting {step}")

    def _failed(self, problem: str) -> InferenceFailed:
        return InferenceFailed(f"{problem}: see {self._log}")


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


def _free_port() -> int:
    with socket.socket() as free:
        free.bind((LOOPBACK, 0))
        port: int = free.getsockname()[1]
    return port
