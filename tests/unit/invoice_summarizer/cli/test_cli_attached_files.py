"""The files that an e-invoice carries: each once, and under names that lead nowhere else."""

import pytest

from invoice_summarizer.cli.attached_files import carried, names_of
from invoices.v1 import content_pb2

_DIGEST = "ab" * 32


def document(name: str, sha256: str = _DIGEST) -> content_pb2.SupportingDocument:
    attached = content_pb2.AttachedDocument(file_name=name, sha256=sha256)
    return content_pb2.SupportingDocument(attached_document=attached)


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Stunden Mai.csv", "Stunden_Mai.csv"),
        ("étude.pdf", "étude.pdf"),
        ("../../etc/passwd", "etc_passwd"),
        ("/etc/passwd", "etc_passwd"),
        ("..\\a.exe", "a.exe"),
        ("..", _DIGEST[:12]),
        (".bashrc", "bashrc"),
        ("-rf", "rf"),
        ("", _DIGEST[:12]),
        ("a\0b\n.pdf", "a_b_.pdf"),
        ("fdp\u202eexe.pdf", "fdp_exe.pdf"),
        ("請" * 300 + ".pdf", "請" * 56 + ".pdf"),
    ],
)
def test_name_leads_nowhere_and_hides_nothing(said: str, name: str) -> None:
    assert names_of([document(said)]) == [name]
    assert len(name.encode()) <= 255


def test_files_of_one_name_are_kept_apart() -> None:
    names = names_of([document(name) for name in ("a.csv", "A.csv", "a-2.csv", "a.csv")])
    assert names == ["a.csv", "A-2.csv", "a-2-2.csv", "a-3.csv"]


def test_what_has_no_file_is_not_carried_and_a_file_is_carried_once() -> None:
    linked = content_pb2.SupportingDocument(external_location="https://example.org/hours.csv")
    first, same, other = document("a.csv"), document("b.csv"), document("c.csv", "cd" * 32)
    content = content_pb2.InvoiceContent(supporting_documents=[linked, first, other, same])
    assert [each.attached_document.file_name for each in carried(content)] == ["a.csv", "c.csv"]
