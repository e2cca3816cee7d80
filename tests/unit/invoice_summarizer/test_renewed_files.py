"""Files that others renew: what can be used is used, what cannot is told once, and halves of two are never put together."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from invoice_summarizer.renewed_files import LOOK_SECONDS, RenewedFiles
from invoice_summarizer.settings import WrongSetting
from mounted_files import MountedFiles

LEFT, RIGHT = "GROUP__LEFT_FILE", "GROUP__RIGHT_FILE"


class Pair:
    """Two files that hold the same text, else they cannot be used."""

    def __init__(self, folder: Path) -> None:
        self.mounted = MountedFiles(folder / "mounted", {"left": b"1", "right": b"1"})
        self.seconds = 0.0
        self.files = RenewedFiles(
            "GROUP__",
            {LEFT: self.mounted["left"], RIGHT: self.mounted["right"]},
            self._parsed,
            clock=lambda: self.seconds,
        )

    def write(self, left: bytes, right: bytes) -> None:
        self.mounted.replace({"left": left, "right": right})

    def look(self) -> bytes:
        self.seconds += LOOK_SECONDS
        return self.files.now()

    def _parsed(self, contents: Mapping[str, bytes]) -> bytes:
        if contents[LEFT] != contents[RIGHT]:
            raise WrongSetting((RIGHT, "is another"), (LEFT, "is another"))
        return contents[LEFT]


@pytest.fixture
def pair(tmp_path: Path) -> Pair:
    return Pair(tmp_path)


def test_new_content_is_used_within_a_second_and_told_once(pair: Pair) -> None:
    with capture_logs() as events:
        pair.write(b"2", b"2")
        assert pair.files.now() == b"1"
        assert [pair.look() for _ in range(3)] == [b"2"] * 3
    assert events == [{"event": "certificates_renewed", "log_level": "info", "settings": "GROUP__"}]


def test_each_change_that_cannot_be_used_is_told_once_in_one_line(pair: Pair) -> None:
    problem = f"{RIGHT}: is another; {LEFT}: is another"
    with capture_logs() as events:
        for right in (b"2", b"3"):
            pair.write(b"1", right)
            assert [pair.look() for _ in range(3)] == [b"1"] * 3
        pair.mounted.replace({"left": b"1"})
        assert [pair.look() for _ in range(3)] == [b"1"] * 3
        pair.write(b"1", b"1")  # what is in use is back
        assert pair.look() == b"1"
        pair.write(b"1", b"3")
        assert pair.look() == b"1"
    assert [(event["log_level"], event["problem"]) for event in events] == [
        ("error", problem),
        ("error", problem),
        ("error", f"{RIGHT}: cannot be read: No such file or directory"),
        ("error", problem),
    ]


def test_files_that_change_while_they_are_read_are_looked_at_again(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = Path.read_bytes

    def replaced_before_the_second(path: Path) -> bytes:
        if path.name == "right":
            monkeypatch.undo()
            pair.write(b"3", b"3")
        return read(path)

    with capture_logs() as events:
        pair.write(b"2", b"2")
        monkeypatch.setattr(Path, "read_bytes", replaced_before_the_second)
        assert pair.look() == b"1"
        assert not events
        assert pair.look() == b"3"


def test_files_that_cannot_be_used_at_the_start_are_refused(tmp_path: Path) -> None:
    files = {LEFT: tmp_path / "left", RIGHT: tmp_path / "right"}
    with pytest.raises(WrongSetting) as caught:
        RenewedFiles("GROUP__", files, lambda contents: contents)
    assert [variable for variable, _ in caught.value.problems] == [LEFT, RIGHT]
