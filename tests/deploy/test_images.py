"""What images are made of, as it is written. `scripts/test-images` runs them."""

import re
import subprocess
from itertools import pairwise
from pathlib import Path

import pytest

from markdown_page import ROOT

_FOLDER = ROOT / "deploy/images"
_SCRIPT = (ROOT / "scripts/build-images").read_text()
_CONTAINERFILES = sorted(_FOLDER.rglob("Containerfile*"))
IMAGES = {
    *("api-gateway", "ingest", "summarize", "query", "worker", "migrate", "tools"),
    *("stores", "inference"),  # by name only
}
# Of these two somebody else says how they are started: KubeRay by a shell, and PostgreSQL as its own user.
_STARTED_BY_OTHERS = {"stores": "USER 999:999", "inference": "USER 10001:10001"}
READ_DOCUMENTS = {"ingest", "worker", "tools"}


def array(name: str) -> dict[str, str]:
    """Returns an associative array of the script."""
    found = re.search(rf"declare -A {name}=\((.*?)\)\n", _SCRIPT, re.DOTALL)
    assert found, name
    return {
        key: plain or quoted
        for key, quoted, plain in re.findall(r'\[([\w-]+)\]=(?:"([^"]*)"|(\w[\w.-]*))', found[1])
    }


def steps(file: Path) -> list[str]:
    text = file.read_text().replace("\\\n", " ")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def test_every_image_has_all_that_the_script_says_of_images() -> None:
    for name in ("pexes", "descriptions", "licenses"):
        assert array(name).keys() == IMAGES, name


def test_images_with_pymupdf_say_so_and_the_others_too() -> None:
    licenses, descriptions = array("licenses"), array("descriptions")
    for image in IMAGES:
        has_it = image in READ_DOCUMENTS
        assert ("AGPL-3.0-only" in licenses[image]) == has_it, image
        assert ("Without PyMuPDF" in descriptions[image]) != has_it, image


@pytest.mark.parametrize("file", _CONTAINERFILES, ids=lambda file: file.name)
def test_image_runs_as_nobody_that_a_machine_knows(file: Path) -> None:
    user = _STARTED_BY_OTHERS.get(file.parent.name, "USER 10001:10001")
    assert [step for step in steps(file) if step.startswith("USER ")][-1] == user


@pytest.mark.parametrize("file", _CONTAINERFILES, ids=lambda file: file.name)
def test_nothing_is_latest_and_nothing_comes_from_a_registry(file: Path) -> None:
    text = file.read_text()
    assert "latest" not in text
    named = {step.split()[1] for step in steps(file) if step.startswith("FROM ")}
    stages = {step.split()[-1] for step in steps(file) if " AS " in step}
    assert named <= {"scratch", "${BASE}"} | stages
    assert re.search(r"https?://|curl|wget|pip install", text) is None


@pytest.mark.parametrize("name", ["Containerfile.python", "Containerfile.gateway"])
def test_what_changes_most_comes_last(name: str) -> None:
    order = ("COPY", "ENTRYPOINT", "ARG", "LABEL")
    last_stage = steps(_FOLDER / name)
    while any(step.startswith("FROM ") for step in last_stage):
        last_stage = last_stage[1:]
    kinds = [step.split()[0] for step in last_stage]
    ranks = [order.index(kind) for kind in kinds if kind in order]
    assert all(first <= second for first, second in pairwise(ranks)), kinds
    copied = [step for step in last_stage if step.startswith("COPY")]
    if name == "Containerfile.python":
        assert [step.split()[1] for step in copied] == ["--from=dependencies", "--from=sources"]


@pytest.mark.parametrize("script", ["build-images", "test-images"])
def test_help_says_what_there_is_and_a_wrong_option_is_named(script: str) -> None:
    command = ["bash", str(ROOT / "scripts" / script)]
    told = subprocess.run([*command, "--help"], capture_output=True, text=True, check=True)
    assert told.stdout.startswith(("Builds", "Runs")) and "set -euo" not in told.stdout
    wrong = subprocess.run([*command, "--none"], capture_output=True, text=True, check=False)
    assert wrong.returncode != 0
    assert wrong.stderr.count("\n") == 1 and "--none" in wrong.stderr


def test_image_that_there_is_not_is_named() -> None:
    command = ["bash", str(ROOT / "scripts/build-images"), "gateway"]
    wrong = subprocess.run(command, capture_output=True, text=True, check=False)
    assert wrong.returncode == 2
    assert wrong.stderr.startswith("scripts/build-images: there is no image gateway: api-gateway")
