"""What a reading process cannot do, tried inside one."""

import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

import escape_attempts
from escape_attempts import DONE
from invoice_summarizer.adapters.reading_process.confinement import NOBODY
from invoice_summarizer.adapters.reading_process.pool import NoCell
from invoice_summarizer.adapters.reading_process.process import ReadingProcess
from invoice_summarizer.adapters.reading_process.reader import ProcessDocumentReader
from invoice_summarizer.adapters.reading_process.walls import Walls
from invoice_summarizer.child_processes import child_process
from invoice_summarizer.document_reading import opened_document_reader
from invoice_summarizer.settings import ReadingSettings, WrongSetting
from reading_processes import reading_processes
from small_invoice import ubl_invoice

_MOST_BYTES = 10_000
_WITHOUT_SECCOMP = (
    "import sys; sys.path[:] = sys.argv[1:]; "
    "from invoice_summarizer.adapters.reading_process import child, seccomp; "
    "seccomp._LIBRARY = 'no such library'; child.main()"
)
_FILES = {
    "open a file",
    "open a file another way",
    "list a folder",
    "make a file",
    "remove a file",
}


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder of the child's own user's, with a file that nobody else may read."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        files = [folder / "secret", folder / "victim"]
        for file in files:
            file.touch(mode=0o600)
        if os.geteuid() == 0:
            for path in (folder, *files):
                os.chown(path, NOBODY, NOBODY)
        yield folder


async def tried(
    monkeypatch: pytest.MonkeyPatch, folder: Path, without: Sequence[str] = ()
) -> tuple[Walls, dict[str, str]]:
    """Returns the walls around a child, and how each attempt of it ended."""
    arguments = ", ".join(map(repr, (str(folder), os.getpid(), *without)))
    program = f"import escape_attempts; escape_attempts.main({arguments})"
    monkeypatch.setattr(
        child_process, "_START", f"import sys; sys.path[:] = sys.argv[1:]; {program}"
    )
    child = await ReadingProcess.started()
    try:
        return child.walls, json.loads(await child.child.frame(_MOST_BYTES))
    finally:
        await child.end()


async def test_everything_that_reading_does_not_need_fails(
    monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    walls, ends = await tried(monkeypatch, folder)
    assert walls.make_a_cell
    assert set(ends) == set(escape_attempts.attempts_of(folder, 0))
    assert {name: end for name, end in ends.items() if end != "EPERM"} == {}


async def test_process_that_recognises_pictures_can_make_memory_executable_and_nothing_else(
    monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    walls, ends = await tried(monkeypatch, folder, ["text only"])
    assert walls.make_a_cell
    assert {name for name, end in ends.items() if end != "EPERM"} == {"make memory executable"}
    assert ends["make memory executable"] == DONE


async def test_without_walls_limits_and_user_alone_do_not_keep_a_child_from_files_and_sockets(
    monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    walls, ends = await tried(monkeypatch, folder, ["landlock", "seccomp"])
    assert walls == Walls(landlock_abi=0, seccomp=False)
    assert {ends[name] for name in (*_FILES, "make a TCP socket", "make a Unix socket")} == {DONE}


async def test_landlock_alone_keeps_a_child_from_files(
    monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    walls, ends = await tried(monkeypatch, folder, ["seccomp"])
    if not walls.landlock_abi:
        pytest.skip("this kernel has no landlock")
    assert not walls.make_a_cell
    assert {ends[name] for name in _FILES} == {"EACCES"}


async def test_seccomp_alone_makes_a_cell(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    walls, ends = await tried(monkeypatch, folder, ["landlock"])
    assert walls == Walls(landlock_abi=0, seccomp=True)
    assert set(ends.values()) == {"EPERM"}


async def test_child_has_one_thread() -> None:
    """Landlock holds the thread that asks for it, and a thread could not be started any more."""
    child = await ReadingProcess.started()
    try:
        assert len(list(Path(f"/proc/{child.child.pid}/task").iterdir())) == 1
    finally:
        await child.end()


async def test_without_libseccomp_documents_are_read_and_the_walls_are_told() -> None:
    told: list[list[str]] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(child_process, "_START", _WITHOUT_SECCOMP)
        reader = ProcessDocumentReader(
            documents_each=1, confined=lambda walls: told.append([*walls])
        )
        try:
            for _ in range(2):
                assert (await reader.read(ubl_invoice()))[0].unpacked().content.lines
        finally:
            await reader.aclose()
    [walls] = told
    assert "seccomp" not in walls


async def test_without_libseccomp_a_child_that_has_to_be_a_cell_reads_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(child_process, "_START", _WITHOUT_SECCOMP)
    reader = ProcessDocumentReader(require_cell=True)
    try:
        with pytest.raises(NoCell):
            await reader.read(ubl_invoice())
        assert reading_processes() == set()
    finally:
        await reader.aclose()


@pytest.mark.parametrize(
    ("program", "problem"),
    [
        (_WITHOUT_SECCOMP, "no seccomp filter can be had here"),
        ("raise SystemExit", "no reading process could be started"),
    ],
)
async def test_setting_that_requires_a_cell_is_refused_where_there_is_none(
    monkeypatch: pytest.MonkeyPatch, program: str, problem: str
) -> None:
    monkeypatch.setattr(child_process, "_START", program)
    with pytest.raises(WrongSetting, match=problem) as raised:
        async with opened_document_reader(ReadingSettings(require_cell=True)):
            pass
    assert str(raised.value).startswith("INVOICES_READING__REQUIRE_CELL: is true, and ")
    assert "\n" not in str(raised.value)
    assert reading_processes() == set()


async def test_cell_that_is_required_and_there_reads() -> None:
    told: list[str] = []
    settings = ReadingSettings(require_cell=True)
    async with opened_document_reader(settings, told.extend) as reader:
        assert "seccomp" in told
        assert (await reader.read(ubl_invoice()))[0].unpacked().content.lines
