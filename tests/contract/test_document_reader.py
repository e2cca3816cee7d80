"""What every DocumentReader keeps, the real one and the one in memory."""

import asyncio
import hashlib
from base64 import b64encode
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import replace

import pytest

import hostile_documents
from files_attached import cii_with_file, digest, fatturapa_with_files, ubl_with_files
from invoice_reading.errors import (
    DocumentUnreadable,
    PageNotFound,
    PdfEncrypted,
    PdfWithoutPages,
)
from invoice_reading.limits import PdfLimits
from invoice_reading.page import Attachment, Box, Page, PdfPages, Word
from invoice_reading.reading import DocumentForm, Reading
from invoice_reading.review_reason import ReviewCode, ReviewReason
from invoice_summarizer.adapters.memory.document_reader import MemoryDocumentReader
from invoice_summarizer.adapters.reading_process.reader import ProcessDocumentReader
from invoice_summarizer.ports.document_reader import DocumentReader, Fetch, ReaderUnavailable
from invoice_summarizer.ports.object_store import ObjectNotFound
from invoice_summarizer.ports.packed import Packed
from invoice_summarizer.samples.hybrid import with_invoice_xml
from signed_envelopes import der_envelope
from small_invoice import fatturapa_invoices, ubl_invoice

_PLAIN = hostile_documents.plain_pdf("Invoice number: 4711")
_OTHER = hostile_documents.plain_pdf("Invoice number: 0815")
_ENCRYPTED = hostile_documents.encrypted_pdf("secret")
_UNLOCKED = hostile_documents.encrypted_pdf("", "Invoice number: 4711")
_WITHOUT_PAGES = hostile_documents.pdf_without_pages()
_THREE_PAGES = hostile_documents.pdf_of_pages(3)
_FILE, _OTHER_FILE = b"date;hours\n2026-11-02;8\n", b"PK\x03\x04 no archive"
_HYBRID = with_invoice_xml(_PLAIN, ubl_with_files(_OTHER_FILE, _FILE))
_ATTACHED = Attachment("factur-x.xml", "text/xml", ubl_with_files(_OTHER_FILE, _FILE))
_UNREADABLE = {
    "empty": (b"", "DOCUMENT_EMPTY"),
    "text": (hostile_documents.text_file(), "DOCUMENT_TYPE_UNSUPPORTED"),
    "picture of a kind that is not read": (b"GIF89a", "DOCUMENT_TYPE_UNSUPPORTED"),
    "truncated": (hostile_documents.truncated_pdf(), "PDF_DAMAGED"),
    "locked": (_ENCRYPTED, "PDF_ENCRYPTED"),
    "no pages": (_WITHOUT_PAGES, "PDF_NO_PAGES"),
    "broken XML": (b"<Invoice>", "XML_NOT_WELL_FORMED"),
    "other XML": (b"<html/>", "XML_SYNTAX_UNKNOWN"),
    "document type": (hostile_documents.xml_with_entities(), "XML_FORBIDDEN_CONSTRUCT"),
}


def _one_page(*texts: str) -> PdfPages:
    words = tuple(
        Word(at, text, Box(100_000 * at, 10_000, 100_000 * at + 90_000, 24_000))
        for at, text in enumerate(texts)
    )
    return PdfPages((Page(1, 595, 842, words),), 1)


def _known() -> Mapping[str, PdfPages | DocumentUnreadable]:
    blank = tuple(Page(number, 595, 842, ()) for number in (1, 2, 3))
    known: dict[bytes, PdfPages | DocumentUnreadable] = {
        _PLAIN: _one_page("Invoice", "number:", "4711"),
        _OTHER: _one_page("Invoice", "number:", "0815"),
        _UNLOCKED: _one_page("Invoice", "number:", "4711"),
        _ENCRYPTED: PdfEncrypted(),
        _WITHOUT_PAGES: PdfWithoutPages(),
        _THREE_PAGES: PdfPages(blank, 3),
        _HYBRID: replace(_one_page("Invoice"), attachments=(_ATTACHED,)),
    }
    return {hashlib.sha256(data).hexdigest(): answer for data, answer in known.items()}


_READERS: dict[str, Callable[[PdfLimits], DocumentReader]] = {
    "memory": lambda limits: MemoryDocumentReader(_known(), limits),
    "processes": lambda limits: ProcessDocumentReader(processes=2, pdf_limits=limits),
}
Opened = Callable[[PdfLimits], DocumentReader]


@pytest.fixture(params=sorted(_READERS))
async def opened(request: pytest.FixtureRequest) -> AsyncIterator[Opened]:
    made: list[DocumentReader] = []

    def reader(limits: PdfLimits) -> DocumentReader:
        made.append(_READERS[request.param](limits))
        return made[-1]

    yield reader
    for each in made:
        await each.aclose()


@pytest.fixture
def reader(opened: Opened) -> DocumentReader:
    return opened(PdfLimits())


def fetched(data: bytes) -> Fetch:
    async def fetch() -> bytes:
        return data

    return fetch


async def _refusal(reader: DocumentReader, data: bytes, declared: str = "") -> DocumentUnreadable:
    with pytest.raises(DocumentUnreadable) as raised:
        await reader.read(data, declared)
    return raised.value


async def test_pdf_is_read_by_its_words(reader: DocumentReader) -> None:
    reading = (await reader.read(_PLAIN))[0].unpacked()
    assert (reading.form, reading.content.invoice_number) == (DocumentForm.PDF_TEXT, "4711")
    assert (reading.completeness.pages, reading.completeness.pages_read) == (1, 1)


async def test_e_invoice_is_read_exactly(reader: DocumentReader) -> None:
    reading = (await reader.read(ubl_invoice(net="1000.00"), "text/xml"))[0].unpacked()
    assert (reading.form, reading.review_reasons) == (DocumentForm.XML, ())
    assert reading.content.totals is not None
    assert str(reading.content.totals.amount_with_vat) == "1190.00"


async def test_empty_password_opens(reader: DocumentReader) -> None:
    assert (await reader.read(_UNLOCKED))[0].unpacked().content.invoice_number == "4711"


@pytest.mark.parametrize("kind", sorted(_UNREADABLE))
async def test_what_cannot_be_read_is_refused_with_its_reason(
    reader: DocumentReader, kind: str
) -> None:
    data, reason = _UNREADABLE[kind]
    assert (await _refusal(reader, data)).reason == reason


async def test_refusal_says_what_the_document_is(reader: DocumentReader) -> None:
    refusal = await _refusal(reader, b"GIF89a")
    assert refusal.metadata == {
        "detected": "image/gif",
        "supported": "application/xml, application/pkcs7-mime, application/pdf, image/png, image/jpeg, image/tiff, image/webp",
    }


async def test_pages_without_words_wait_for_a_person(reader: DocumentReader) -> None:
    reading = (await reader.read(_THREE_PAGES))[0].unpacked()
    assert reading.form is DocumentForm.SCAN
    assert ReviewReason(ReviewCode.OCR_UNAVAILABLE) in reading.review_reasons
    assert (reading.completeness.pages, reading.completeness.pages_read) == (3, 0)


async def test_document_of_another_type_than_declared_is_refused(reader: DocumentReader) -> None:
    refusal = await _refusal(reader, _PLAIN, "application/xml")
    assert refusal.reason == "MEDIA_TYPE_MISMATCH"


async def test_one_page_more_than_the_limit_is_refused(opened: Opened) -> None:
    within = (await opened(PdfLimits(pages=3)).read(_THREE_PAGES))[0].unpacked()
    assert within.completeness.pages == 3
    beyond = await _refusal(opened(PdfLimits(pages=2)), _THREE_PAGES)
    assert beyond.reason == "PDF_TOO_MANY_PAGES"


async def test_one_word_more_than_the_limit_is_refused(opened: Opened) -> None:
    [within] = await opened(PdfLimits(words=3)).read(_PLAIN)
    assert within.unpacked().content.invoice_number == "4711"
    refusal = await _refusal(opened(PdfLimits(words=2)), _PLAIN)
    assert (refusal.reason, refusal.metadata) == ("PDF_LIMIT_EXCEEDED", {"limit": "WORDS"})


async def test_failure_of_one_document_leaves_the_next_untouched(reader: DocumentReader) -> None:
    for data, _ in _UNREADABLE.values():
        await _refusal(reader, data)
        assert (await reader.read(_PLAIN))[0].unpacked().content.invoice_number == "4711"


async def test_calls_at_the_same_time_get_their_own_documents(reader: DocumentReader) -> None:
    documents = (_PLAIN, _OTHER, ubl_invoice("R-7")) * 4
    read: list[Sequence[Packed[Reading]]] = await asyncio.gather(*map(reader.read, documents))
    assert [each.unpacked().content.invoice_number for [each] in read] == [
        "4711",
        "0815",
        "R-7",
    ] * 4


async def test_each_invoice_in_a_file_is_read(reader: DocumentReader) -> None:
    first, second = await reader.read(fatturapa_invoices("7", "8"))
    assert [first.unpacked().content.invoice_number, second.unpacked().content.invoice_number] == [
        "7",
        "8",
    ]
    assert second.unpacked().completeness.parts == 2


async def test_page_is_painted(reader: DocumentReader) -> None:
    boxes = (Box(0, 0, 500_000, 100_000), Box(900_000, 0, 1_000_000, 1_000_000))
    for framed in ((), boxes):
        picture = await reader.render_page(fetched(_THREE_PAGES), 3, 36, framed, whose="acme")
        assert picture.startswith(b"\x89PNG\r\n\x1a\n")


async def test_page_of_a_document_that_cannot_be_fetched_is_not_painted(
    reader: DocumentReader,
) -> None:
    async def lost() -> bytes:
        raise ObjectNotFound("there is none")

    with pytest.raises(ObjectNotFound):
        await reader.render_page(lost, 1, 36)
    assert await reader.render_page(fetched(_PLAIN), 1, 36)


@pytest.mark.parametrize("page", [-1, 0, 4])
async def test_page_that_is_not_there_cannot_be_painted(reader: DocumentReader, page: int) -> None:
    with pytest.raises(DocumentUnreadable) as raised:
        await reader.render_page(fetched(_THREE_PAGES), page, 36)
    assert (raised.value.reason, raised.value.metadata) == (PageNotFound.reason, {"pages": "3"})
    assert (await reader.read(_PLAIN))[0].unpacked().content.invoice_number == "4711"


@pytest.mark.parametrize("data", [_ENCRYPTED, ubl_invoice(), b""])
async def test_page_of_what_cannot_be_opened_as_a_pdf_cannot_be_painted(
    reader: DocumentReader, data: bytes
) -> None:
    with pytest.raises(DocumentUnreadable):
        await reader.render_page(fetched(data), 1, 36)


@pytest.mark.parametrize(
    "data",
    [
        ubl_with_files(_OTHER_FILE, _FILE),
        cii_with_file(_FILE),
        fatturapa_with_files(_OTHER_FILE, _FILE),
        der_envelope(ubl_with_files(_FILE)),
        _HYBRID,
    ],
    ids=["UBL", "CII", "FatturaPA of two", "signed", "in a PDF"],
)
async def test_file_that_an_e_invoice_carries_is_taken_out(
    reader: DocumentReader, data: bytes
) -> None:
    found = await reader.attached_file(fetched(data), digest(_FILE), whose="acme")
    assert found is not None and found.data == _FILE
    assert (found.document.file_name, found.document.size_bytes) == ("hours.csv", len(_FILE))
    assert await reader.attached_file(fetched(data), digest(b"another")) is None


@pytest.mark.parametrize("data", [ubl_invoice(), _PLAIN, b"<html/>", b"<Invoice>"])
async def test_document_without_files_has_none(reader: DocumentReader, data: bytes) -> None:
    assert await reader.attached_file(fetched(data), digest(b"")) is None


async def test_text_that_is_no_file_is_not_taken_for_one(reader: DocumentReader) -> None:
    broken = ubl_with_files(_FILE).replace(b64encode(_FILE), b"!" + b64encode(_FILE))
    assert await reader.attached_file(fetched(broken), digest(_FILE)) is None


async def test_document_that_cannot_be_opened_gives_no_file(reader: DocumentReader) -> None:
    with pytest.raises(DocumentUnreadable) as raised:
        await reader.attached_file(fetched(_ENCRYPTED), digest(_FILE))
    assert raised.value.reason == "PDF_ENCRYPTED"


async def test_closed_reader_reads_nothing(reader: DocumentReader) -> None:
    await reader.read(_PLAIN)
    await reader.aclose()
    with pytest.raises(ReaderUnavailable):
        await reader.read(_PLAIN)
    with pytest.raises(ReaderUnavailable):
        await reader.render_page(fetched(_PLAIN), 1, 36)
    with pytest.raises(ReaderUnavailable):
        await reader.attached_file(fetched(ubl_with_files(_FILE)), digest(_FILE))
