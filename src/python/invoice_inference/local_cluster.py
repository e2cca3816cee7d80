"""A model served on this machine: Ray Serve and vLLM in a child process with an environment of its own.

The child and all that it starts end with whoever started it, however that ends. Everything listens on loopback, or talks
to nobody without a key of its own.
"""

import os
import secrets
import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import local_ray
from invoice_inference.endpoint_token import TOKEN_VARIABLE
from invoice_inference.model_folder import (
    MANIFEST_NAME,
    BrokenModelFolder,
    ModelManifest,
    read_manifest,
)
from invoice_inference.place import InferencePlace
from local_ray.child import PASSED_ON, ChildFailed, ChildProgram, RayChild, free_port
from local_ray.ray_settings import LOOPBACK, ray_environment

SOURCE_VARIABLE = "INFERENCE_MODEL__SOURCE"
NAME_VARIABLE = "INFERENCE_MODEL__NAME"
_INSTALL = "run scripts/install-inference"
# Only these may come in: what lies beside them belongs to another environment.
_PACKAGES = (Path(__file__).parent, Path(local_ray.__file__).parent)


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
    ) -> None:
        """`model` is a folder; else it is the one that the environment names, or the real one of the place."""
        named = environment.get(SOURCE_VARIABLE, "")
        self._place = place
        self._model = model or (Path(named).expanduser().absolute() if named else place.model)
        self._name = environment.get(NAME_VARIABLE, "")
        self._environment = environment
        self._port = free_port()
        self._metrics_port = free_port()
        self.child = RayChild(log)
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

    async def start(self, report: Callable[[str], None]) -> ModelManifest:
        """The model answers; returns what it is, with the name that callers ask for.

        Says meanwhile what it waits for. Raises InferenceFailed.
        """
        manifest = self._installed_model()
        try:
            await self.child.start(self._program, report, first_step="its environment")
        except ChildFailed as failure:
            raise InferenceFailed(str(failure)) from None
        return replace(manifest, name=self._name) if self._name else manifest

    async def wait(self) -> None:
        """Returns when the child has ended, by itself or stopped."""
        await self.child.wait()

    async def stop(self) -> None:
        """Nothing of it runs any more, and its scratch folder is gone."""
        await self.child.stop()

    def _installed_model(self) -> ModelManifest:
        if not self._place.is_installed:
            raise InferenceFailed(f"nothing is installed in {self._place.folder}: {_INSTALL}")
        try:
            return read_manifest(self._model)
        except BrokenModelFolder as error:
            if self._model == self._place.model:
                raise InferenceFailed(str(error)) from None
            raise InferenceFailed(
                f"{self._model} has no {MANIFEST_NAME} that can be read: name a folder of a model by {SOURCE_VARIABLE}, "
                "or none for the one that is installed"
            ) from None

    def _program(self, scratch: Path) -> ChildProgram:
        command = (
            *(str(self._place.python), "-m", "invoice_inference.serve_process"),
            *("--model", str(self._model), "--port", str(self._port), "--scratch", str(scratch)),
            *("--metrics-port", str(self._metrics_port), "--name", self._name),
        )
        return ChildProgram(command, self._child_environment(scratch))

    def _child_environment(self, scratch: Path) -> dict[str, str]:
        code = scratch / "code"
        unwanted = shutil.ignore_patterns("__pycache__", "BUILD")
        for package in _PACKAGES:
            shutil.copytree(package, code / package.name, ignore=unwanted)
        passed_on = {
            name: value
            for name, value in self._environment.items()
            if name in PASSED_ON or name.startswith("INFERENCE_")
        }
        programs = f"{self._place.python.parent}{os.pathsep}{passed_on.get('PATH', os.defpath)}"
        return {
            **passed_on,
            **ray_environment(self.ray_token),
            TOKEN_VARIABLE: self.token,
            "PATH": programs,
            "PYTHONPATH": str(code),
        }
