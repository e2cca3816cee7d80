"""The contract of ImportSource."""

import errno
import os
from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import aclosing
from pathlib import Path

import pytest

from invoice_summarizer.adapters.filesystem.import_folder import FilesystemImportFolder
from invoice_summarizer.adapters.memory.import_source import ROOT, MemoryImportSource
from invoice_summarizer.domain.errors import Unavailable
from invoice_summarizer.ports.import_source import (
    ImportNotConfigured,
    ImportNotFound,
    ImportRefused,
    ImportSource,
    ImportTooLarge,
)

LIMIT = 1_000


class _Imports(ABC):
    source: ImportSource
    root: str  # as URIs have it

    @abstractmethod
    def put(self, path: str, data: bytes) -> str:
        """Returns the URI of the document that is there now."""


class _Memory(_Imports):
    def __init__(self) -> None:
        self._memory = MemoryImportSource()
        self.source, self.root = self._memory, ROOT

    def put(self, path: str, data: bytes) -> str:
        self._memory.documents[f"{ROOT}/{path}"] = data
        return f"{ROOT}/{path}"


class _Files(_Imports):
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.source, self.root = FilesystemImportFolder(folder), folder.as_uri()

    def put(self, path: str, data: bytes) -> str:
        file = self._folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
        return file.as_uri()


@pytest.fixture(params=["memory", "files"])
def imports(request: pytest.FixtureRequest, tmp_path: Path) -> _Imports:
    return _Memory() if request.param == "memory" else _Files(tmp_path)


async def uris(source: ImportSource, prefix: str, tenant: str = "acme") -> list[str]:
    return [uri async for uri in source.uris(tenant, prefix)]


async def test_documents_of_a_folder_come_in_order_and_are_read(imports: _Imports) -> None:
    put = [imports.put(f"acme/{path}", path.encode()) for path in ("a.xml", "b/c.xml", "b/d/e.pdf")]
    imports.put("other/f.xml", b"f")
    found = await uris(imports.source, f"{imports.root}/acme")
    assert sorted(found) == put and await uris(imports.source, f"{imports.root}/acme/") == found
    assert await uris(imports.source, f"{imports.root}/acme/b") == put[1:]
    assert await uris(imports.source, put[0]) == put[:1]
    assert await imports.source.read("acme", put[2], limit_bytes=LIMIT) == b"b/d/e.pdf"


async def test_no_more_is_read_than_a_byte_beyond_the_limit(imports: _Imports) -> None:
    uri = imports.put("acme/large.xml", bytes(5_000))
    assert len(await imports.source.read("acme", uri, limit_bytes=LIMIT)) == LIMIT + 1


async def test_what_is_not_there_is_not_found(imports: _Imports) -> None:
    imports.put("acme/a.xml", b"a")
    for path in ("acme/none", "acme/a.xml/b"):
        with pytest.raises(ImportNotFound):
            await uris(imports.source, f"{imports.root}/{path}")
        with pytest.raises(ImportNotFound):
            await imports.source.read("acme", f"{imports.root}/{path}", limit_bytes=LIMIT)


@pytest.mark.parametrize(
    "path",
    ["", "/", "/other", "/other/f.xml", "/acme2/f.xml", "/acme/../other/f.xml", "/acme//f.xml"],
)
async def test_nothing_is_read_outside_the_folder_of_the_tenant(
    imports: _Imports, path: str
) -> None:
    imports.put("other/f.xml", b"f")
    uri = f"{imports.root}{path}"
    with pytest.raises(ImportRefused):
        imports.source.require("acme", uri)
    with pytest.raises(ImportRefused):
        await uris(imports.source, uri)
    with pytest.raises(ImportRefused):
        await imports.source.read("acme", uri, limit_bytes=LIMIT)


@pytest.mark.parametrize(
    "change",
    [
        lambda uri: uri.replace("file://", "http://"),
        lambda uri: uri.replace("file://", "file://host"),
        lambda uri: uri.replace("file://", ""),
        lambda uri: uri.replace("/acme/", "/acme/%2e%2e/other/"),
        lambda uri: uri.replace("/acme/", "/acme/..%2fother/"),
        lambda uri: f"{uri}?a",
        lambda uri: f"{uri}#a",
        lambda uri: f"{uri}%00",
        lambda uri: "file://[",
        lambda uri: "",
    ],
)
def test_other_forms_of_a_uri_are_refused(tmp_path: Path, change: Callable[[str], str]) -> None:

    uri = change((tmp_path / "acme" / "a.xml").as_uri())
    with pytest.raises(ImportRefused):
        FilesystemImportFolder(tmp_path).require("acme", uri)


async def test_links_lead_nowhere_and_only_files_are_documents(tmp_path: Path) -> None:
    imports = _Files(tmp_path)
    good = imports.put("acme/ä b.xml", b"good")
    imports.put("acme/.hidden/a.xml", b"a")
    imports.put("acme/.b.xml", b"b")
    imports.put("other/secret.xml", b"secret")
    folder = tmp_path / "acme"
    (folder / "folder").symlink_to(tmp_path / "other")
    (folder / "file.xml").symlink_to(tmp_path / "other" / "secret.xml")
    (tmp_path / "linked").symlink_to(folder)
    os.mkfifo(folder / "pipe.xml")
    assert await uris(imports.source, f"{imports.root}/acme") == [good]
    for path in ("folder", "folder/secret.xml", "file.xml", "pipe.xml"):
        with pytest.raises(ImportNotFound):
            await uris(imports.source, f"{imports.root}/acme/{path}")
        with pytest.raises(ImportNotFound):
            await imports.source.read("acme", f"{imports.root}/acme/{path}", limit_bytes=LIMIT)
    with pytest.raises(ImportNotFound):
        await uris(imports.source, f"{imports.root}/linked", "linked")


async def test_folders_are_followed_as_deep_as_is_allowed_with_few_descriptors(
    tmp_path: Path,
) -> None:
    imports = _Files(tmp_path)
    deepest = imports.put("/".join(("acme", *"d" * 62, "f", "a.xml")), b"a")
    beside = imports.put("acme/d/b.xml", b"b")
    before = len(os.listdir("/proc/self/fd"))
    assert await uris(imports.source, f"{imports.root}/acme") == [beside, deepest]
    assert await imports.source.read("acme", deepest, limit_bytes=LIMIT) == b"a"
    imports.put("/".join(("acme", *"d" * 62, "f", "too", "deep.xml")), b"c")
    with pytest.raises(ImportTooLarge):
        await uris(imports.source, f"{imports.root}/acme")
    assert len(os.listdir("/proc/self/fd")) == before


async def test_path_that_is_too_long_is_told(tmp_path: Path) -> None:
    imports = _Files(tmp_path)
    inner = tmp_path / "acme"
    inner.mkdir()
    opened = os.open(inner, os.O_RDONLY)
    for _ in range(20):  # no path by itself is that long
        os.mkdir("d" * 250, dir_fd=opened)
        opened = _entered(opened, "d" * 250)
    os.close(opened)
    with pytest.raises(ImportTooLarge):
        await uris(imports.source, f"{imports.root}/acme")


async def test_folder_has_as_many_names_as_are_held_in_memory(tmp_path: Path) -> None:
    imports = _Files(tmp_path)
    put = [imports.put(f"acme/{number:04}.xml", b"a") for number in range(1_998)]
    put.append(imports.put("acme/folder/a.xml", b"a"))
    imports.put("acme/.hidden", b"a")
    source = FilesystemImportFolder(tmp_path, most_names=1_999)
    assert await uris(source, f"{imports.root}/acme") == put
    imports.put("acme/other/a.xml", b"a")
    with pytest.raises(ImportTooLarge):
        await uris(source, f"{imports.root}/acme")


async def test_listing_that_is_left_leaves_no_descriptor_open(tmp_path: Path) -> None:
    imports = _Files(tmp_path)
    for number in range(2_000):
        imports.put(f"acme/a/{number:04}.xml", b"a")
    before = len(os.listdir("/proc/self/fd"))
    async with aclosing(imports.source.uris("acme", f"{imports.root}/acme")) as found:
        assert (await anext(found)).endswith("/0000.xml")
        assert len(os.listdir("/proc/self/fd")) > before
    assert len(os.listdir("/proc/self/fd")) == before


async def test_folder_that_is_lost_or_cannot_be_read_now_is_no_missing_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lost = FilesystemImportFolder(tmp_path / "lost")
    document = (tmp_path / "lost/acme/a.xml").as_uri()
    with pytest.raises(Unavailable):
        await lost.read("acme", document, limit_bytes=LIMIT)
    with pytest.raises(Unavailable):
        await uris(lost, document)
    (tmp_path / "lost/acme").mkdir(parents=True)

    def fail(*arguments: object, **options: object) -> None:
        raise OSError(errno.EIO, "input/output error")

    monkeypatch.setattr(os, "stat", fail)
    with pytest.raises(Unavailable):
        await uris(lost, document)


async def test_folder_in_the_place_of_a_document_leaves_no_descriptor_open(tmp_path: Path) -> None:
    (tmp_path / "acme/a.xml").mkdir(parents=True)
    imports = FilesystemImportFolder(tmp_path)
    before = len(os.listdir("/proc/self/fd"))
    for _ in range(20):
        with pytest.raises(ImportNotFound):
            await imports.read("acme", (tmp_path / "acme/a.xml").as_uri(), limit_bytes=LIMIT)
    assert len(os.listdir("/proc/self/fd")) <= before + 1


async def test_without_a_folder_everything_is_refused() -> None:
    source = FilesystemImportFolder(None)
    with pytest.raises(ImportNotConfigured):
        source.require("acme", "file:///import/acme")


def _entered(folder: int, name: str) -> int:
    inner = os.open(name, os.O_RDONLY, dir_fd=folder)
    os.close(folder)
    return inner
