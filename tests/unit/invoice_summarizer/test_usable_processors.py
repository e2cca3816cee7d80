"""How many processors a process may use, in a container and out of one."""

import os
from pathlib import Path

import pytest

from invoice_summarizer.usable_processors import usable_processors

ALL = len(os.sched_getaffinity(0))


@pytest.mark.parametrize(
    ("quota", "usable"),
    [
        ("max 100000\n", ALL),
        ("50000 100000\n", 1),
        ("100000 100000\n", 1),
        ("150000 100000\n", min(2, ALL)),
        ("99900000 100000\n", ALL),
        ("0 0\n", ALL),
        ("", ALL),
    ],
)
def test_quota_of_the_group_is_kept(tmp_path: Path, quota: str, usable: int) -> None:
    file = tmp_path / "cpu.max"
    file.write_text(quota)
    assert usable_processors(file) == usable


def test_without_groups_all_that_it_may_run_on_are_usable(tmp_path: Path) -> None:
    assert usable_processors(tmp_path / "none") == ALL
