"""Every PDF of the data set can be read."""

import io

from pypdf import PdfReader

from invoice_reading.limits import PdfLimits
from invoice_reading.pages.engine import MuPdfEngine
from shared_data import shared_data


def test_all_pages_of_digital_pdfs_have_words() -> None:
    files = sorted((shared_data() / "invoices" / "pdf").glob("*.pdf"))
    assert len(files) == 36
    for file in files:
        data = file.read_bytes()
        content = MuPdfEngine()(data, PdfLimits())
        assert content.pages_total == len(PdfReader(io.BytesIO(data)).pages), file.name
        assert len(content.pages) == content.pages_total, file.name
        seen = [word for page in content.pages for word in page.words if not word.hidden]
        assert len(seen) > 50, file.name


def test_words_that_nobody_sees_are_found_in_one_digital_pdf_alone() -> None:
    """Its icons of a telephone and an envelope claim to be a number and an address, which are not printed there."""
    hidden = {
        file.name
        for folder in ("pdf", "pdf-facturx")
        for file in sorted((shared_data() / "invoices" / folder).glob("*.pdf"))
        for page in MuPdfEngine()(file.read_bytes(), PdfLimits()).pages
        if any(word.hidden for word in page.words)
    }
    assert hidden == {"securibox-facturx__Avoir_FR_type380_BASIC.stripped.pdf"}


def test_hybrid_pdfs_give_their_xml() -> None:
    files = sorted((shared_data() / "invoices" / "pdf-facturx").glob("*.pdf"))
    assert len(files) == 10
    for file in files:
        content = MuPdfEngine()(file.read_bytes(), PdfLimits())
        assert len(content.pages) == content.pages_total
        assert [b"<" in attachment.data[:10] for attachment in content.attachments] == [True]


def test_scans_are_one_picture_a_page() -> None:
    files = sorted((shared_data() / "invoices" / "scan-sim").glob("*.pdf"))
    assert files
    for file in files:
        content = MuPdfEngine()(file.read_bytes(), PdfLimits())
        assert all(page.image_share > 0.9 and not page.words for page in content.pages)
