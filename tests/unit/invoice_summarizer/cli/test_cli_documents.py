import os
import uuid
from pathlib import Path

import pytest

from aip.request_id import is_request_id
from invoice_summarizer.cli.documents import documents_in, outgoing, read_file
from invoice_summarizer.cli.exit_codes import ExitCode
from invoice_summarizer.cli.failures import CommandFailed
from invoice_summarizer.cli.names import (
    invoice_name,
    operation_name,
    parts_of_summary,
    short_summary,
)


def test_folders_give_their_documents_once_and_files_themselves(tmp_path: Path) -> None:
    for name in ("b.xml", "a.PDF", "deep/c.pdf", "notes.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    found = documents_in([tmp_path / "b.xml", tmp_path, tmp_path / "notes.txt"])
    names = [str(path.relative_to(tmp_path)) for path in found.files]
    assert names == ["b.xml", "a.PDF", "deep/c.pdf", "notes.txt"]
    assert (str(found), found.records()) == ("", [])


def test_other_files_of_folders_are_counted_by_their_endings(tmp_path: Path) -> None:
    for name in ("a.xml", "mail.EML", "deep/mail.eml", "deep/README"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    found = documents_in([tmp_path])
    assert str(found) == "3 other files skipped: 2 .eml, 1 without an ending"
    assert found.records() == [{"skipped": {".eml": 2, "without an ending": 1}}]
    with pytest.raises(
        CommandFailed, match=r"\(2 other files skipped: 1 .eml, 1 without an ending\)"
    ):
        documents_in([tmp_path / "deep"])


def test_stable_request_id_is_of_the_bytes_and_of_the_form_that_the_api_wants(
    tmp_path: Path,
) -> None:
    one, same, other = (tmp_path / name for name in ("one", "same", "other"))
    one.write_bytes(b"<a/>")
    same.write_bytes(b"<a/>")
    other.write_bytes(b"<b/>")
    ids = [outgoing(path, stable_request_id=True).request_id for path in (one, same, other)]
    assert ids[0] == ids[1] != ids[2]
    assert all(map(is_request_id, ids))
    assert outgoing(one).request_id != outgoing(one).request_id


def test_name_of_a_file_is_sent_without_what_cannot_be_printed(tmp_path: Path) -> None:
    path = tmp_path / ("a\x1b" + "é" * 100 + ".xml")
    path.touch()
    assert outgoing(path).file_name == "a" + "é" * 100 + ".xml"


def test_file_beyond_every_limit_is_not_even_read(tmp_path: Path) -> None:
    path = tmp_path / "large.pdf"
    with path.open("wb") as file:
        file.truncate(65 * 1024 * 1024)
    with pytest.raises(CommandFailed) as refused:
        read_file(path)
    assert refused.value.reason == "DOCUMENT_TOO_LARGE"


def _refused(path: Path) -> CommandFailed:
    with pytest.raises(CommandFailed) as refused:
        read_file(path)
    return refused.value


def test_what_is_no_file_gets_an_answer_of_its_own(tmp_path: Path) -> None:
    link, pipe, folder = (tmp_path / name for name in ("link.xml", "pipe.xml", "folder"))
    link.symlink_to("nowhere.xml")
    os.mkfifo(pipe)
    folder.mkdir()
    assert _refused(link).message == "the link leads to nowhere.xml, which is not there"
    assert _refused(link).exit_code is ExitCode.NOT_FOUND
    assert "this is a pipe" in _refused(pipe).message
    assert "no XML, PDF or picture files in this folder" in _refused(folder).message
    assert _refused(Path("https://example.com/a.pdf")).reason == "FILE_IS_URL"
    assert _refused(tmp_path / "none.xml").reason == "FILE_NOT_FOUND"


def test_file_that_is_not_there_is_told_with_the_names_near_it(tmp_path: Path) -> None:
    (tmp_path / "fenwick-two-pages.pdf").touch()
    near = _refused(tmp_path / "fenwick-two-page.pdf").message
    assert near == "there is no such file; near it: fenwick-two-pages.pdf"
    for other in (tmp_path / "none.xml", tmp_path / "nowhere" / "fenwick-two-page.pdf"):
        assert _refused(other).message == "there is no such file"


def test_folder_without_documents_is_said_beside_others(tmp_path: Path) -> None:
    empty, full = tmp_path / "empty", tmp_path / "full"
    empty.mkdir()
    full.mkdir()
    (full / "a.xml").touch()
    (full / "b.xml").symlink_to("nowhere.xml")
    assert list(documents_in([empty, full]).files) == [empty, full / "a.xml", full / "b.xml"]


def test_names_are_taken_whole_or_by_id() -> None:
    some_id = str(uuid.uuid4())
    name = f"tenants/acme/invoices/{some_id}"
    assert invoice_name("acme", some_id) == invoice_name("other", name) == name
    assert operation_name("acme", some_id) == f"tenants/acme/operations/{some_id}"
    with pytest.raises(CommandFailed) as refused:
        invoice_name("acme", "No Id!")
    assert refused.value.exit_code is ExitCode.USAGE


def test_summary_is_named_by_its_invoice_and_its_id() -> None:
    assert short_summary("tenants/acme/invoices/1/summaries/2") == "1/2"
    assert parts_of_summary("1/2") == ("1", "2")
    assert parts_of_summary("N/1 */2") == ("N/1 *", "2"), "a number may have a / of its own"


@pytest.mark.parametrize("typed", ["2", "/2", "1/"])
def test_id_of_a_summary_alone_is_wrong_usage(typed: str) -> None:
    with pytest.raises(CommandFailed) as refused:
        parts_of_summary(typed)
    assert refused.value.exit_code is ExitCode.USAGE
    assert "INVOICE/SUMMARY" in refused.value.message
