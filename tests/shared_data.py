"""Where the labelled documents lie that the tests read."""

import os
from pathlib import Path

import pytest


def shared_data() -> Path:
    """Returns the folder of the shared data; fails the test, saying where it looked, if it is not there."""
    named = os.environ.get("INVOICE_SHARED_DATA")
    folder = Path(named) if named else _repository_root().parent / "shared" / "data"
    if not folder.is_dir():
        pytest.fail(f"the shared data is not at {folder}; set INVOICE_SHARED_DATA to its folder")
    return folder


def _repository_root() -> Path:
    """Returns the checkout; Pants runs tests in a sandbox and names the checkout in an environment variable."""
    root = os.environ.get("INVOICE_REPOSITORY_ROOT")
    return Path(root) if root else Path(__file__).resolve().parents[1]
