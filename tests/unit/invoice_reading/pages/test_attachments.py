"""The files inside a PDF, wherever it names them."""

import pytest

import hostile_documents
from invoice_reading.limits import PdfLimits
from invoice_reading.pages.engine import MuPdfEngine


def _with_files(catalogue: bytes, page: bytes) -> bytes:
    def embedded(text: bytes) -> bytes:
        return b"<</Type/EmbeddedFile/Subtype/text#2Fxml/Length %d>>\nstream\n%s\nendstream" % (
            len(text),
            text,
        )

    def specification(name: bytes, stream: int) -> bytes:
        return b"<</Type/Filespec/F(%s)/UF(%s)/EF<</F %d 0 R>>>>" % (name, name, stream)

    return hostile_documents.pdf_of(
        (
            b"<</Type/Catalog/Pages 2 0 R%s>>" % catalogue,
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]%s>>" % page,
            embedded(b"<one/>"),
            embedded(b"<two/>"),
            specification(b"one.xml", 4),
            specification(b"two.xml", 5),
        )
    )


_PLACES = {
    "name tree": (b"/Names<</EmbeddedFiles<</Names[(a)6 0 R(b)7 0 R]>>>>", b""),
    "associated": (b"/AF[6 0 R 7 0 R]", b""),
    "associated with a page": (b"/AF[6 0 R]", b"/AF[7 0 R 6 0 R]"),
    "associated with a note on a page": (
        b"/AF[6 0 R]",
        b"/Annots[<</Type/Annot/Subtype/Text/Rect[0 0 9 9]/AF[7 0 R]>>]",
    ),
    "pinned to a page": (
        b"/Names<</EmbeddedFiles<</Names[(a)6 0 R]>>>>",
        b"/Annots[<</Type/Annot/Subtype/FileAttachment/Rect[0 0 9 9]/FS 7 0 R>>]",
    ),
}


@pytest.mark.parametrize("place", sorted(_PLACES))
def test_each_file_is_found_once(place: str) -> None:
    content = MuPdfEngine()(_with_files(*_PLACES[place]), PdfLimits())
    assert [(file.name, file.media_type, file.data) for file in content.attachments] == [
        ("one.xml", "text/xml", b"<one/>"),
        ("two.xml", "text/xml", b"<two/>"),
    ]


def test_media_type_that_is_no_text_does_no_harm() -> None:
    data = _with_files(b"/AF[6 0 R]", b"").replace(b"/text#2Fxml", b"/text#FFxml")
    [file] = (MuPdfEngine()(data, PdfLimits())).attachments
    assert (file.name, file.media_type, file.data) == ("one.xml", "text?xml", b"<one/>")


def test_file_that_cannot_be_unpacked_is_there_as_damaged() -> None:
    data = _with_files(b"/AF[6 0 R 7 0 R]", b"").replace(
        b"/EmbeddedFile/Subtype", b"/EmbeddedFile/Filter/FlateDecode/Subtype", 1
    )
    one, two = MuPdfEngine()(data, PdfLimits()).attachments
    assert (one.name, one.damaged, one.data) == ("one.xml", True, b"")
    assert (two.name, two.damaged, two.data) == ("two.xml", False, b"<two/>")


def test_relationship_and_association_are_told() -> None:
    data = _with_files(
        b"/AF[6 0 R]/Names<</EmbeddedFiles<</Names[(a)6 0 R(b)7 0 R]>>>>", b""
    ).replace(b"/Filespec/F(one", b"/Filespec/AFRelationship/Alternative/F(one")
    one, two = MuPdfEngine()(data, PdfLimits()).attachments
    assert (one.relationship, one.associated) == ("Alternative", True)
    assert (two.relationship, two.associated) == (None, False)
