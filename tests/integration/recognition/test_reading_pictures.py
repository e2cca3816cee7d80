"""Scans and pictures, read by real OCR in real reading processes."""

import struct
from collections.abc import AsyncIterator
from datetime import date
from decimal import Decimal

import pytest
import pytest_asyncio
from picture_documents import (
    INVOICE_LINES,
    animated_webp,
    exif_of,
    pdf_of_lines,
    photo_of_nothing,
    picture_of,
    scanned_pdf,
    tiff_of,
    turned_picture,
    webp_of,
    with_broken_font,
    with_faint_line,
    with_orientation,
    with_picture_in_place_of,
    with_text_layer,
)

from en16931.finding import Outcome
from invoice_reading.annotation import FieldStatus, PageRegion
from invoice_reading.errors import DocumentUnreadable
from invoice_reading.page import MILLIONTHS, Layer
from invoice_reading.reading import DocumentForm, Reading
from invoice_reading.upright import turned_box
from invoice_summarizer.document_reading import opened_document_reader
from invoice_summarizer.ports.document_reader import DocumentReader
from invoice_summarizer.settings import OcrSettings, ReadingSettings
from small_invoice import ubl_invoice

PDF = pdf_of_lines()
BLANK = picture_of(pdf_of_lines(()))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def reader() -> AsyncIterator[DocumentReader]:
    async with opened_document_reader(ReadingSettings(processes=1)) as opened:
        yield opened


pytestmark = pytest.mark.asyncio(loop_scope="module")


def assert_is_the_invoice(reading: Reading, *, told_twice: bool = False) -> None:
    content = reading.content
    assert reading.form is DocumentForm.SCAN
    assert content.invoice_number == "NP-2026-0417"
    assert content.issue_date == date(2026, 4, 17)
    assert content.currency_code == "GBP"
    assert content.totals is not None
    assert str(content.totals.amount_without_vat) == "200.00"
    assert str(content.totals.vat_amount) == "40.00"
    assert content.totals.amount_with_vat == Decimal("240.00")
    reasons = {str(reason) for reason in reading.review_reasons}
    assert ("PAGES_ARE_PICTURES" in reasons) is not told_twice


@pytest.mark.parametrize(
    "document",
    [
        picture_of(PDF),
        picture_of(PDF, "jpeg"),
        webp_of(picture_of(PDF)),
        webp_of(picture_of(PDF), lossless=False),
        webp_of(turned_picture(PDF, 270), exif=exif_of(6)),
        scanned_pdf(picture_of(PDF)),
        picture_of(pdf_of_lines(turned_by=3)),
        picture_of(pdf_of_lines(turned_by=-6)),
    ],
    ids=[
        "png",
        "jpeg",
        "webp",
        "lossy webp",
        "webp of a turned camera",
        "scanned pdf",
        "skewed by 3 degrees",
        "skewed by -6 degrees",
    ],
)
async def test_picture_of_an_invoice_is_read_and_waits_for_a_person(
    reader: DocumentReader, document: bytes
) -> None:
    reading = (await reader.read(document))[0].unpacked()
    assert_is_the_invoice(reading)
    assert (reading.completeness.pages, reading.completeness.pages_read) == (1, 1)


async def test_values_lead_to_their_place_and_are_no_surer_than_their_words(
    reader: DocumentReader,
) -> None:
    reading = (await reader.read(picture_of(PDF)))[0].unpacked()
    found = reading.annotations["totals.amount_with_vat"]
    assert found.status is FieldStatus.PRESENT and found.confidence is not None
    (region,) = found.evidence
    assert isinstance(region, PageRegion)
    assert (region.page, region.layer) == (1, Layer.OCR)
    assert "240.00" in region.text
    # The line was drawn with its foot at 380 of 842 points.
    assert region.box.top < 380 / 842 * MILLIONTHS < region.box.bottom + 5_000
    assert found.confidence < 0.98


@pytest.mark.parametrize("degrees", [90, 180, 270])
async def test_page_on_its_side_or_head_is_read_and_values_lead_to_their_place(
    reader: DocumentReader, degrees: int
) -> None:
    reading = (await reader.read(turned_picture(PDF, degrees)))[0].unpacked()
    assert_is_the_invoice(reading)
    (region,) = reading.annotations["totals.amount_with_vat"].evidence
    assert isinstance(region, PageRegion)
    upright = turned_box(region.box, -degrees)
    assert upright.top < 380 / 842 * MILLIONTHS < upright.bottom + 5_000
    assert upright.left > 60 / 595 * MILLIONTHS


@pytest.mark.parametrize(("orientation", "degrees"), [(3, 180), (6, 270), (8, 90)])
async def test_photo_is_shown_and_read_as_its_exif_orientation_says(
    reader: DocumentReader, orientation: int, degrees: int
) -> None:
    # The pixels are turned against what the orientation says, so that they are shown upright.
    photo = with_orientation(turned_picture(PDF, degrees, "jpeg"), orientation)
    reading = (await reader.read(photo))[0].unpacked()
    assert_is_the_invoice(reading)
    (region,) = reading.annotations["totals.amount_with_vat"].evidence
    assert isinstance(region, PageRegion)
    assert region.box.top < 380 / 842 * MILLIONTHS < region.box.bottom + 5_000


@pytest.mark.parametrize("paper", [255, 190])
async def test_faint_line_of_a_picture_changes_nothing_and_is_told(
    reader: DocumentReader, paper: int
) -> None:
    seen = with_faint_line(PDF, "Total amount              GBP 940.00", 120, paper)
    assert (await reader.read(picture_of(seen)))[0].unpacked().content.totals is not None
    faint = with_faint_line(PDF, "Total amount              GBP 940.00", 14, paper)
    reading = (await reader.read(picture_of(faint)))[0].unpacked()
    assert_is_the_invoice(reading)
    assert "RULE_FAILED:HIDDEN-TEXT-01" in {str(reason) for reason in reading.review_reasons}


async def test_text_layer_of_a_scanner_that_agrees_is_no_hidden_text(
    reader: DocumentReader,
) -> None:
    document = with_text_layer(scanned_pdf(picture_of(PDF)), INVOICE_LINES)
    reading = (await reader.read(document))[0].unpacked()
    assert_is_the_invoice(reading)
    assert {str(reason) for reason in reading.review_reasons} == {
        str(reason) for reason in (await reader.read(picture_of(PDF)))[0].unpacked().review_reasons
    }


async def test_text_layer_that_says_otherwise_changes_no_field_and_both_are_told(
    reader: DocumentReader,
) -> None:
    lines = (*INVOICE_LINES[:-1], "Total amount              GBP 940.00")
    document = with_text_layer(scanned_pdf(picture_of(PDF)), lines)
    reading = (await reader.read(document))[0].unpacked()
    assert_is_the_invoice(reading)
    annotation = reading.annotations["totals.amount_with_vat"]
    assert [Decimal(each.value) for each in annotation.candidates] == [240, 940]
    assert "LOW_CONFIDENCE:totals.amount_with_vat" in {
        str(reason) for reason in reading.review_reasons
    }


TOLD_TWICE = (
    *INVOICE_LINES,
    "Due date: 17 May 2026",
    "Payable within 30 days, please state NP-2026-0417",
    "Northwind Paper Ltd is registered in England",
)


async def test_picture_whose_numbers_are_all_told_twice_is_no_reason_to_look(
    reader: DocumentReader,
) -> None:
    reading = (await reader.read(picture_of(pdf_of_lines(TOLD_TWICE))))[0].unpacked()
    assert_is_the_invoice(reading, told_twice=True)
    [finding] = [found for found in reading.findings if found.rule_id == "SCAN-01"]
    assert finding.outcome is Outcome.PASSED
    once = tuple(line.replace("NP-2026-0417", "its number") for line in TOLD_TWICE[-2:])
    lines = (*TOLD_TWICE[:-2], *once)
    reading = (await reader.read(picture_of(pdf_of_lines(lines))))[0].unpacked()
    assert_is_the_invoice(reading)
    [finding] = [found for found in reading.findings if found.rule_id == "SCAN-01"]
    assert finding.field_paths == ("invoice_number",)


LONG = (
    *INVOICE_LINES,
    "Please transfer the total amount within thirty days of the invoice date",
    "and state the number of this invoice with your payment",
    "Goods remain our property until they are paid in full",
)


async def test_page_whose_font_says_other_letters_is_read_as_it_looks(
    reader: DocumentReader,
) -> None:
    assert_is_the_invoice((await reader.read(with_broken_font(pdf_of_lines(LONG))))[0].unpacked())


@pytest.mark.parametrize(
    ("first", "last", "path"), [(0, 2, "seller.name"), (8, 11, "totals.amount_with_vat")]
)
async def test_words_of_a_picture_beside_text_are_read_too(
    reader: DocumentReader, first: int, last: int, path: str
) -> None:
    document = with_picture_in_place_of(pdf_of_lines(LONG), first, last)
    reading = (await reader.read(document))[0].unpacked()
    # Of the amounts alone a sum tells that they were read right.
    assert_is_the_invoice(reading, told_twice=path.startswith("totals."))
    assert reading.content.seller is not None
    assert reading.content.seller.name == "Northwind Paper Ltd"
    layers = {
        found: {region.layer for region in annotation.evidence if isinstance(region, PageRegion)}
        for found, annotation in reading.annotations.items()
    }
    assert layers[path] == {Layer.OCR}
    assert layers["invoice_number"] == {Layer.TEXT}


async def test_pages_of_a_scan_keep_their_numbers(reader: DocumentReader) -> None:
    reading = (await reader.read(scanned_pdf(BLANK, picture_of(PDF))))[0].unpacked()
    assert_is_the_invoice(reading)
    (region,) = reading.annotations["invoice_number"].evidence
    assert isinstance(region, PageRegion) and region.page == 2


@pytest.mark.parametrize(
    "document",
    [BLANK, tiff_of(2, 200, 300), photo_of_nothing(noisy=True), photo_of_nothing(noisy=False)],
    ids=["blank", "blank tiff", "noise", "gradient"],
)
async def test_picture_without_a_word_waits_for_a_person(
    reader: DocumentReader, document: bytes
) -> None:
    reading = (await reader.read(document))[0].unpacked()
    assert reading.form is DocumentForm.SCAN
    assert "NOTHING_READ" in {str(reason) for reason in reading.review_reasons}


async def test_animated_picture_is_refused_and_the_next_is_read(reader: DocumentReader) -> None:
    page = picture_of(PDF)
    with pytest.raises(DocumentUnreadable) as raised:
        await reader.read(animated_webp(page, BLANK))
    assert raised.value.reason == "PICTURE_ANIMATED"
    assert_is_the_invoice((await reader.read(webp_of(page)))[0].unpacked())


async def test_page_of_a_webp_is_shown_to_people(reader: DocumentReader) -> None:
    async def fetch() -> bytes:
        return webp_of(picture_of(PDF))

    shown = await reader.render_page(fetch, 1, 72)
    width, height = struct.unpack(">II", shown[16:24])
    assert shown.startswith(b"\x89PNG") and height in (842, 843) and width in (595, 596)


@pytest.mark.parametrize(
    "whole", [picture_of(PDF, "jpeg"), webp_of(picture_of(PDF))], ids=["jpeg", "webp"]
)
async def test_picture_that_is_cut_off_is_refused_and_the_next_is_read(
    reader: DocumentReader, whole: bytes
) -> None:
    with pytest.raises(DocumentUnreadable) as raised:
        await reader.read(whole[: len(whole) // 2])
    assert raised.value.reason == "PICTURE_DAMAGED"
    assert_is_the_invoice((await reader.read(whole))[0].unpacked())


async def test_digital_documents_are_read_as_before(reader: DocumentReader) -> None:
    assert (await reader.read(PDF))[0].unpacked().form is DocumentForm.PDF_TEXT
    assert (await reader.read(ubl_invoice()))[0].unpacked().form is DocumentForm.XML


async def test_pages_beyond_the_limit_are_told_as_not_read() -> None:
    settings = ReadingSettings(processes=1, ocr=OcrSettings(pages=1))
    async with opened_document_reader(settings) as reader:
        reading = (await reader.read(scanned_pdf(picture_of(PDF), BLANK)))[0].unpacked()
    assert_is_the_invoice(reading)
    assert (reading.completeness.pages, reading.completeness.pages_read) == (2, 1)
    assert "COMPLETENESS_PARTIAL" in {str(reason) for reason in reading.review_reasons}


async def test_without_ocr_a_scan_waits_for_a_person() -> None:
    settings = ReadingSettings(processes=1, ocr=OcrSettings(enabled=False))
    async with opened_document_reader(settings) as reader:
        reading = (await reader.read(picture_of(PDF)))[0].unpacked()
    assert "OCR_UNAVAILABLE" in {str(reason) for reason in reading.review_reasons}
    assert reading.completeness.pages_read == 0


async def test_cell_is_required_of_the_process_that_reads_pictures_too() -> None:
    settings = ReadingSettings(processes=1, require_cell=True)
    async with opened_document_reader(settings) as reader:
        assert_is_the_invoice((await reader.read(picture_of(PDF)))[0].unpacked())
