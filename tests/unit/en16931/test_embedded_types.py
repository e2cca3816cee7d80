"""Declared types of embedded documents that their bytes contradict."""

import base64

import pytest
from unit.en16931.small_xml import read, ubl

from en16931.embedded_types import contradicts_type
from en16931.hardened_xml import parse_xml
from en16931.writing.attachments import attachments_of
from en16931.xml_reading import XmlRemark

PDF, PNG, PROGRAM = b"%PDF-1.7 ...", b"\x89PNG\r\n\x1a\n....", b"MZ\x90\x00\x03\x00"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


@pytest.mark.parametrize(
    ("media_type", "data", "contradicted"),
    [
        ("application/pdf", PDF, False),
        (" Application/PDF ", b"\n" * 900 + PDF, False),
        ("application/pdf", PNG, True),
        ("application/pdf", PROGRAM, True),
        ("image/png", PNG, False),
        ("image/jpeg", PNG, True),
        (SHEET, b"PK\x03\x04....", False),
        (SHEET, PROGRAM, True),
        ("text/csv", b"a;b\n1;2\n", False),
        ("text/csv", PROGRAM, True),
        ("text/csv", PDF, True),
        ("text/plain", PROGRAM, False),
        ("", PDF, False),
    ],
)
def test_bytes_tell_of_a_type_that_they_cannot_be_of(
    media_type: str, data: bytes, contradicted: bool
) -> None:
    assert contradicts_type(media_type, _text(data)) is contradicted


@pytest.mark.parametrize("text", ["", "   ", "no base64!", "ABC"])
def test_text_that_is_no_base64_contradicts_nothing(text: str) -> None:
    assert not contradicts_type("application/pdf", text)


def test_head_is_found_in_lines_that_are_broken_and_indented() -> None:
    lines = "\n        ".join(_text(PDF * 500)[begin : begin + 4] for begin in range(0, 8_000, 4))
    assert not contradicts_type("application/pdf", lines)
    assert contradicts_type("image/png", lines)


def test_embedded_document_of_another_type_is_remarked_with_its_line() -> None:
    reference = (
        "\n<cac:AdditionalDocumentReference><cbc:ID>1</cbc:ID><cac:Attachment>"
        '<cbc:EmbeddedDocumentBinaryObject mimeCode="application/pdf" filename="a.pdf">{}'
        "</cbc:EmbeddedDocumentBinaryObject></cac:Attachment></cac:AdditionalDocumentReference>"
    )
    sound, false = reference.format(_text(PDF)), reference.format(_text(PROGRAM))
    assert read(ubl(sound)).remarks == {}
    assert read(ubl(sound + false)).remarks == {XmlRemark.EMBEDDED_TYPE: (3,)}


def test_files_of_fatturapa_are_found_for_the_writers() -> None:
    files = f"<a><Allegati><Attachment>{_text(PDF)}</Attachment></Allegati></a>"
    assert [*attachments_of(parse_xml(files.encode())).values()] == [PDF]
