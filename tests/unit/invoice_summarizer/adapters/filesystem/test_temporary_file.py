"""What a file becomes is there after a crash as well: the kernel is told to write before and after the rename."""

import os
from contextlib import nullcontext
from pathlib import Path

import pytest

from invoice_summarizer.adapters.filesystem.temporary_file import TemporaryFile

DATA = b"a document"


def inode(path: Path) -> int:
    return path.stat().st_ino


def test_bytes_and_every_new_name_are_made_durable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In this order: the bytes under their first name, the folders that are made, the name that they get."""
    file = TemporaryFile(tmp_path / "temporary")
    file.write(DATA)
    path = tmp_path / "acme" / "00" / "object"
    synced: list[tuple[int, int, bool]] = []
    sync = os.fsync

    def note(descriptor: int) -> None:
        state = os.fstat(descriptor)
        synced.append((state.st_ino, state.st_size, path.exists()))
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", note)
    file.become(path, nullcontext())
    [bytes_first, *folders_made, name_last] = synced
    assert bytes_first == (inode(path), len(DATA), False)
    assert [found for found, *_ in folders_made] == [inode(tmp_path), inode(tmp_path / "acme")]
    assert (name_last[0], name_last[2]) == (inode(path.parent), True)


def test_discarded_file_is_gone(tmp_path: Path) -> None:
    file = TemporaryFile(tmp_path)
    file.write(DATA)
    file.discard()
    file.become(tmp_path / "object", nullcontext())
    assert [*tmp_path.iterdir()] == []
