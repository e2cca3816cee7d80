"""What starts, and what says why it does not, without a Ray."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from invoice_batches import job
from invoice_batches.local_jobs import JobsNotStarted, LocalJobs


def test_job_without_settings_says_which_are_missing_and_ends() -> None:
    ended = subprocess.run(
        [sys.executable, "-m", job.__name__, "--tenant", "acme", "--batch", "1"],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
    )
    assert ended.returncode == 2
    assert ended.stderr.splitlines() == [
        "INVOICES_OBJECT_FOLDER: is missing, and so is INVOICES_OBJECTS__BUCKET: set one of them",
        "INVOICES_DATABASE__DSN: is missing",
    ]


async def test_ray_that_is_not_installed_is_said_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("invoice_batches.local_jobs.find_spec", lambda name: None)
    with pytest.raises(JobsNotStarted) as failure:
        await LocalJobs(tmp_path / "batches.log", {}).start(print)
    problem = "Ray, which runs batches, is not installed: install it with pip install"
    assert str(failure.value) == f"{problem} 'ai-invoice-summarizer[batches]'"
