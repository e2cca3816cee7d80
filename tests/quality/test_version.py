"""The version that the wheel bears is the one that the code says."""

import re

from invoice_summarizer.version import VERSION
from markdown_page import CHECKOUT


def test_wheel_has_the_version_of_the_code() -> None:
    build = (CHECKOUT / "BUILD").read_text()
    assert re.findall(r'^ {8}version="(.+)",$', build, re.MULTILINE) == [VERSION]
