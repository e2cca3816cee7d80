"""The notes of a release are those of its version, and say where a build has more."""

import os
import subprocess
from pathlib import Path

import pytest

from markdown_page import CHECKOUT

OLDER = "## 0.1.0\n\n### Added\n\n- Reading.\n\n## 0.0.9\n\n- Nothing.\n"


def notes_of(
    folder: Path, changelog: str, version: str, **environment: str
) -> "subprocess.CompletedProcess[str]":
    file = folder / "CHANGELOG.md"
    file.write_text(changelog)
    return subprocess.run(
        ["bash", str(CHECKOUT / "scripts/release-notes"), version, str(file)],
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("before", ["# Changelog\n\n", "# Changelog\n\n## Unreleased\n\n"])
@pytest.mark.parametrize("environment", [{}, {"RELEASE_TAG": "v0.1.0"}])
def test_notes_are_those_of_the_version(
    before: str, environment: dict[str, str], tmp_path: Path
) -> None:
    made = notes_of(tmp_path, before + OLDER, "0.1.0", **environment)
    assert (made.returncode, made.stdout, made.stderr) == (0, "### Added\n\n- Reading.\n", "")


def test_build_with_changes_of_no_version_is_called_no_release(tmp_path: Path) -> None:
    made = notes_of(tmp_path, "# Changelog\n\n## Unreleased\n\n- Batches.\n\n" + OLDER, "0.1.0")
    assert made.returncode == 0
    assert made.stdout == (
        "This is no release: it has changes since 0.1.0.\n\n"
        "## Unreleased\n\n- Batches.\n\n## 0.1.0\n\n### Added\n\n- Reading.\n"
    )
    assert 'changes under "## Unreleased" that are in no version' in made.stderr


def test_tag_with_changes_of_no_version_is_refused(tmp_path: Path) -> None:
    unreleased = "# Changelog\n\n## Unreleased\n\n- Batches.\n\n" + OLDER
    made = notes_of(tmp_path, unreleased, "0.1.0", RELEASE_TAG="v0.1.0")
    assert (made.returncode, made.stdout) == (1, "")
    assert "give them a version, here and in version.py, and tag that" in made.stderr


@pytest.mark.parametrize("version", ["0.2.0", "0.1"])
def test_version_without_a_heading_is_refused(version: str, tmp_path: Path) -> None:
    made = notes_of(tmp_path, OLDER, version)
    assert made.returncode == 1
    assert f"does not say what {version} brings" in made.stderr
