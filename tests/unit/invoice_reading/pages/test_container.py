"""What a PDF says of itself as a whole."""

import pytest

import hostile_documents
from invoice_reading.limits import PdfLimits
from invoice_reading.page import PdfContainer
from invoice_reading.pages.engine import MuPdfEngine


def container(catalogue: bytes, metadata: bytes = b"<xmp/>", stream: bytes = b"") -> PdfContainer:
    data = hostile_documents.pdf_of(
        (
            b"<</Type/Catalog/Pages 2 0 R%s>>" % catalogue,
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
            b"<</Type/Metadata/Subtype/XML%s/Length %d>>\nstream\n%s\nendstream"
            % (stream, len(metadata), metadata),
        )
    )
    return MuPdfEngine()(data, PdfLimits()).container


def test_metadata_and_output_intents_are_told() -> None:
    found = container(b"/Metadata 4 0 R/OutputIntents[<</S/GTS_PDFA1>><</S/GTS_PDFX>>]")
    assert found == PdfContainer(b"<xmp/>", ("GTS_PDFA1", "GTS_PDFX"))


@pytest.mark.parametrize(
    "catalogue", [b"", b"/Metadata 9 0 R", b"/Metadata(x)/OutputIntents 7", b"/OutputIntents<<>>"]
)
def test_pdf_without_them_says_nothing(catalogue: bytes) -> None:
    assert container(catalogue) == PdfContainer()


def test_metadata_that_are_broken_or_endless_say_nothing() -> None:
    assert container(b"/Metadata 4 0 R", b"x", b"/Filter/FlateDecode").metadata == b""
    assert container(b"/Metadata 4 0 R", b" " * ((1 << 20) + 1)).metadata == b""
