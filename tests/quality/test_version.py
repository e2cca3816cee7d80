"""The versions that the wheel bears and asks for are those of the code."""

import re

import pytest

from invoice_summarizer.version import VERSION
from markdown_page import CHECKOUT, page


@pytest.mark.parametrize("build_file", ["BUILD", "src/python/en16931/BUILD"])
def test_wheel_has_the_version_of_the_code(build_file: str) -> None:
    build = (CHECKOUT / build_file).read_text()
    assert re.findall(r'^ {8}version="(.+)",$', build, re.MULTILINE) == [VERSION]


def test_readme_installs_the_wheel_from_where_it_is_built() -> None:
    default = re.search(r'^folder="\$\{1:-(.+)\}"$', script("release"), re.MULTILINE)
    assert default is not None
    wheel = f"{default[1]}/ai_invoice_summarizer-{VERSION}-py3-none-any.whl"
    installed = re.findall(
        r'^pipx install --pip-args="(.+)" (\S+)$', page("README.md").text, re.MULTILINE
    )
    assert installed == [(f"--find-links {default[1]}", wheel)]


def test_wheel_of_the_standard_has_every_package_of_it() -> None:
    folder = CHECKOUT / "src/python/en16931"
    named = re.findall(r'^ {16}"([\w/]+)",$', (folder / "BUILD").read_text(), re.MULTILINE)
    packages = {str(file.parent.relative_to(folder)) for file in folder.rglob("*.py")} - {"."}
    assert set(named) == packages


def script(name: str) -> str:
    return (CHECKOUT / "scripts" / name).read_text()


def test_extras_of_the_wheel_ask_for_the_ray_and_the_boto3_that_are_tested() -> None:
    build = (CHECKOUT / "BUILD").read_text()
    requirements = (CHECKOUT / "3rdparty/python/requirements.txt").read_text().splitlines()
    [ray] = [each for each in requirements if each.startswith("ray[")]
    [boto3] = [each for each in requirements if each.startswith("boto3>")]
    assert re.findall(r'"(batches|s3)": \["(.+)"\]', build) == [("batches", ray), ("s3", boto3)]
    locked = (CHECKOUT / "3rdparty/inference/requirements.lock").read_text()
    assert f"\nray=={ray.partition('==')[2]} " in locked, "one Ray for both"
