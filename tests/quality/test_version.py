"""The versions that the wheel bears and asks for are those of the code."""

import re

from invoice_summarizer.version import VERSION
from markdown_page import CHECKOUT


def test_wheel_has_the_version_of_the_code() -> None:
    build = (CHECKOUT / "BUILD").read_text()
    assert re.findall(r'^ {8}version="(.+)",$', build, re.MULTILINE) == [VERSION]


def test_extra_of_the_wheel_asks_for_the_ray_that_is_tested() -> None:
    build = (CHECKOUT / "BUILD").read_text()
    requirements = (CHECKOUT / "3rdparty/python/requirements.txt").read_text().splitlines()
    tested = [each for each in requirements if each.startswith("ray[")]
    assert re.findall(r'extras_require={"batches": \["(.+)"\]}', build) == tested
    locked = (CHECKOUT / "3rdparty/inference/requirements.lock").read_text()
    assert f"\nray=={tested[0].partition('==')[2]} " in locked, "one Ray for both"
