"""What `scripts/build-images` calls, and says, with programs in the place of those that build."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from markdown_page import ROOT, page

_DIGEST = f"sha256:{7:064x}"
_CALLED = 'echo "${0##*/} $*" >>"$CALLS"\n'
_PROGRAMS = {
    "buildah": _CALLED,
    "docker": f'{_CALLED}[[ "$1 $2" != "image inspect" ]]\n',
    "git": "echo 0123456789abcdef\n",
    "mmdebstrap": "exit 1\n",
    "skopeo": f'{_CALLED}while (($#)); do [[ "$1" != --digestfile ]] || echo {_DIGEST} >"$2"; shift; done\n',
}


class Checkout:
    """A checkout of what the script reads, whose programs tell how they are called."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._calls = folder / "calls"
        for name in ("scripts/build-images", "src/python/invoice_summarizer/version.py"):
            (folder / name).parent.mkdir(parents=True)
            shutil.copy(ROOT / name, folder / name)
        for name, text in _PROGRAMS.items():
            self.write(f"bin/{name}", text)
        self.write("deploy/images/base/make-base", _CALLED)
        self.write("deploy/images/inference/make-environment", _CALLED)
        self.write("pants", _CALLED)

    def write(self, name: str, text: str) -> None:
        file = self.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"#!/bin/bash\n{text}")
        file.chmod(0o755)

    def run(self, commands: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["bash", "-euc", commands],
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
            env={
                "PATH": f"{self.folder / 'bin'}:{os.environ['PATH']}",
                "CALLS": str(self._calls),
                **environment,
            },
        )

    @property
    def calls(self) -> list[str]:
        return self._calls.read_text().splitlines() if self._calls.exists() else []


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return Checkout(tmp_path)


def test_image_of_gpus_is_built_and_sent_by_the_command_of_the_page(checkout: Checkout) -> None:
    blocks = page("docs/deployment/PRODUCTION_DEPLOYMENT.md").fenced("sh")
    [command] = [block for block in blocks if "build-images --gpu" in block]
    done = checkout.run(
        command.replace("scripts/build-images", "scripts/build-images --tool buildah")
    )
    assert done.returncode == 0, done.stderr
    base, environment, build, copy = checkout.calls
    # What Triton compiles with while a model is served.
    assert {"gcc", "libc6-dev", "python3.11-dev", "libc-bin"} <= set(base.split())
    assert re.fullmatch(r"make-environment --gpu /\S+/inference/environment", environment)
    assert re.search(r"-t localhost/invoice-summarizer/inference:[\d.]+-gpu ", build)
    assert "CUDA 13" in build and "LICENSES=Apache-2.0 AND LicenseRef-NVIDIA-CUDA" in build
    assert re.search(r"docker://registry.example/invoices/inference:[\d.]+-gpu$", copy)
    # Under the name that the command of the page gives its digest to.
    digests = (checkout.folder / "dist/images/digests.txt").read_text()
    assert digests == f"registry.example/invoices/inference@{_DIGEST}\n"


def test_image_for_processors_has_no_compiler(checkout: Checkout) -> None:
    assert checkout.run("scripts/build-images --tool buildah inference").returncode == 0
    base, environment, build = checkout.calls
    assert "gcc" not in base and "--gpu" not in environment and "-gpu" not in build


@pytest.mark.parametrize("names", ["", "query", "inference query"])
def test_gpus_are_for_the_inference_image_alone(checkout: Checkout, names: str) -> None:
    done = checkout.run(f"scripts/build-images --gpu {names}")
    assert done.returncode == 2 and "--gpu is of the image inference alone" in done.stderr
    assert checkout.calls == []


def test_docker_pulls_no_base_that_it_does_not_have(checkout: Checkout) -> None:
    checkout.write("bin/docker", f'{_CALLED}[[ "$1" != image ]]\n')
    done = checkout.run("scripts/build-images --tool docker --base debian:12 query")
    assert done.returncode == 1
    assert done.stderr == (
        "scripts/build-images: Docker does not have the base debian:12, and would pull it: docker pull debian:12\n"
    )
    assert not any(call.startswith("docker build") for call in checkout.calls)


def test_what_takes_long_says_how_far_it_is(checkout: Checkout) -> None:
    checkout.write("pants", f"{_CALLED}echo 'Completed: Building query.pex'; sleep 2; exit 1\n")
    done = checkout.run(
        "scripts/build-images --tool buildah --base localhost/base:1 query",
        INVOICES_TELL_SECONDS="0.2",
    )
    assert re.search(r"^  \d+ s: Completed: Building query.pex$", done.stdout, re.MULTILINE)
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "Completed: Building query.pex",
        "scripts/build-images: the programs could not be packaged",
    ]
