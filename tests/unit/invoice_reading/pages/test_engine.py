"""What the engine tells before it reads, and pages painted for people."""

# PyMuPDF says that it is typed, and is in part.
# mypy: allow-untyped-calls

import io

import pymupdf
import pytest

import hostile_documents
from invoice_reading.errors import PageNotFound, PdfDamaged, PdfLimitExceeded
from invoice_reading.limits import PdfLimits
from invoice_reading.page import Box
from invoice_reading.pages.engine import MuPdfEngine, page_picture
from invoice_reading.pages.made_document import made_document

LIMITS = PdfLimits()
RED, WHITE = (255, 0, 0), (255, 255, 255)


def half_red(turn: int = 0) -> bytes:
    """Returns a PDF of a page of 100 by 200 points whose lower half is red, turned clockwise."""
    content = b"1 0 0 rg 0 0 100 100 re f"
    return hostile_documents.pdf_of(
        (
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 200]/Rotate %d/Contents 4 0 R>>" % turn,
            b"<</Length %d>>\nstream\n%s\nendstream" % (len(content), content),
        )
    )


def painted(png: bytes) -> "pymupdf.Pixmap":
    return pymupdf.Pixmap(io.BytesIO(png))


def test_pages_are_counted_before_they_are_read() -> None:
    counted: list[int] = []
    MuPdfEngine(counted.append)(hostile_documents.pdf_of_pages(3), LIMITS)
    assert counted == [3]


def test_page_is_painted_in_colour_at_the_resolution_asked_for() -> None:
    picture = painted(page_picture(half_red(), 1, 144, LIMITS))
    assert (picture.width, picture.height) == (200, 400)
    assert (picture.pixel(100, 50), picture.pixel(100, 350)) == (WHITE, RED)


def test_turned_page_is_painted_upright() -> None:
    picture = painted(page_picture(half_red(turn=90), 1, 72, LIMITS))
    assert (picture.width, picture.height) == (200, 100)
    assert (picture.pixel(50, 50), picture.pixel(150, 50)) == (RED, WHITE)


def test_one_pixel_more_than_the_limit_is_refused() -> None:
    assert page_picture(half_red(), 1, 72, PdfLimits(pixels=20_000))
    with pytest.raises(PdfLimitExceeded) as raised:
        page_picture(half_red(), 1, 72, PdfLimits(pixels=19_999))
    assert raised.value.metadata == {"limit": "PIXELS"}


@pytest.mark.parametrize("number", [-1, 0, 2])
def test_page_that_is_not_there_is_not_painted(number: int) -> None:
    with pytest.raises(PageNotFound) as raised:
        page_picture(half_red(), number, 72, LIMITS)
    assert raised.value.metadata == {"pages": "1"}


def test_page_that_is_broken_is_not_painted() -> None:
    nested = b"[" * 100_000
    broken = hostile_documents.pdf_of(
        (
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>",
            b"<</Length %d>>\nstream\n%s\nendstream" % (len(nested), nested),
        )
    )
    with pytest.raises(PdfDamaged):
        page_picture(broken, 1, 72, LIMITS)


def test_made_document_has_words_hidden_words_and_its_files() -> None:
    pages = MuPdfEngine()(made_document((b"<a/>", b"<b/>")), LIMITS)
    [page] = pages.pages
    assert [word.text for word in page.words if word.hidden] == ["hidden"]
    assert "IBAN:" in [word.text for word in page.words]
    assert [file.data for file in pages.attachments] == [b"<a/>", b"<b/>"]


@pytest.mark.parametrize("turn", [0, 90])
def test_frame_stands_around_its_box_and_the_box_can_be_read(turn: int) -> None:
    box = Box(200_000, 100_000, 400_000, 300_000)
    plain = painted(page_picture(half_red(turn), 1, 144, LIMITS))
    framed = painted(page_picture(half_red(turn), 1, 144, LIMITS, (box,)))
    width, height = framed.width, framed.height
    assert (width, height) == (plain.width, plain.height)
    gap = 4  # pixels: 2 points
    edges = (
        (int(width * 0.3), int(height * 0.1) - gap),
        (int(width * 0.3), int(height * 0.3) + gap),
        (int(width * 0.2) - gap, int(height * 0.2)),
        (int(width * 0.4) + gap, int(height * 0.2)),
    )
    assert all(framed.pixel(*edge) != plain.pixel(*edge) for edge in edges)
    assert len({framed.pixel(*edge) for edge in edges}) == 1
    inside, outside = (int(width * 0.3), int(height * 0.2)), (int(width * 0.6), int(height * 0.2))
    assert framed.pixel(*inside) not in (plain.pixel(*inside), framed.pixel(*edges[0]))
    assert framed.pixel(*outside) == plain.pixel(*outside)


def test_frames_beyond_the_page_are_cut_off() -> None:
    boxes = (Box(-500_000, -500_000, 2_000_000, 2_000_000), Box(990_000, 0, 1_000_000, 1_000_000))
    assert page_picture(half_red(), 1, 72, LIMITS, boxes).startswith(b"\x89PNG")
