"""What every PdfReader keeps, the real one and the one in memory."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Callable, Mapping

import pytest

import hostile_documents
from invoice_reading.page import Box, Layer, Page, PdfContent, Word
from invoice_summarizer.adapters.memory.pdf_reader import MemoryPdfReader
from invoice_summarizer.adapters.pymupdf.reader import PymupdfPdfReader
from invoice_summarizer.ports.pdf_reader import (
    ExceededLimit,
    PdfDamaged,
    PdfEncrypted,
    PdfLimitExceeded,
    PdfLimits,
    PdfReader,
    PdfReaderCrashed,
    PdfReadError,
    PdfTooManyPages,
    PdfWithoutPages,
)

_PLAIN = hostile_documents.plain_pdf("Invoice 4711")
_OTHER = hostile_documents.plain_pdf("Facture 0815")
_ENCRYPTED = hostile_documents.encrypted_pdf("secret")
_UNLOCKED = hostile_documents.encrypted_pdf("")
_WITHOUT_PAGES = hostile_documents.pdf_without_pages()
_THREE_PAGES = hostile_documents.pdf_of_pages(3)
_DAMAGED = {
    "empty": hostile_documents.empty(),
    "truncated": hostile_documents.truncated_pdf(),
    "text": hostile_documents.text_file(),
    "picture": hostile_documents.png(),
}


def _one_page(*texts: str) -> PdfContent:
    words = tuple(Word(index, text, Box(0, 0, 1, 1)) for index, text in enumerate(texts))
    return PdfContent((Page(1, 595, 842, Layer.TEXT, words),), 1, ())


def _known() -> Mapping[str, PdfContent | PdfReadError]:
    blank = tuple(Page(number, 595, 842, Layer.TEXT, ()) for number in (1, 2, 3))
    known: dict[bytes, PdfContent | PdfReadError] = {
        _PLAIN: _one_page("Invoice", "4711"),
        _OTHER: _one_page("Facture", "0815"),
        _UNLOCKED: _one_page("Invoice", "4711"),
        _ENCRYPTED: PdfEncrypted(),
        _WITHOUT_PAGES: PdfWithoutPages(),
        _THREE_PAGES: PdfContent(blank, 3, ()),
    }
    return {hashlib.sha256(data).hexdigest(): answer for data, answer in known.items()}


_READERS: dict[str, Callable[[], PdfReader]] = {
    "memory": lambda: MemoryPdfReader(_known()),
    "pymupdf": lambda: PymupdfPdfReader(processes=2),
}


@pytest.fixture(params=sorted(_READERS))
async def reader(request: pytest.FixtureRequest) -> AsyncIterator[PdfReader]:
    made = _READERS[request.param]()
    yield made
    await made.aclose()


def _texts(content: PdfContent) -> list[str]:
    return [word.text for page in content.pages for word in page.words]


async def test_words_come_in_order_and_are_numbered(reader: PdfReader) -> None:
    content = await reader.read(_PLAIN, PdfLimits())
    assert _texts(content) == ["Invoice", "4711"]
    assert [word.index for word in content.pages[0].words] == [0, 1]
    assert content.pages_total == 1
    assert content.pages[0].number == 1


async def test_pages_without_words_are_pages(reader: PdfReader) -> None:
    content = await reader.read(_THREE_PAGES, PdfLimits())
    assert [page.number for page in content.pages] == [1, 2, 3]
    assert _texts(content) == []


async def test_empty_password_opens(reader: PdfReader) -> None:
    assert _texts(await reader.read(_UNLOCKED, PdfLimits())) == ["Invoice", "4711"]


@pytest.mark.parametrize("kind", sorted(_DAMAGED))
async def test_what_is_no_whole_pdf_is_damaged(reader: PdfReader, kind: str) -> None:
    with pytest.raises(PdfDamaged) as raised:
        await reader.read(_DAMAGED[kind], PdfLimits())
    assert raised.value.reason == str(raised.value) == "PDF_DAMAGED"


async def test_password_is_needed(reader: PdfReader) -> None:
    with pytest.raises(PdfEncrypted) as raised:
        await reader.read(_ENCRYPTED, PdfLimits())
    assert raised.value.reason == "PDF_ENCRYPTED"


async def test_no_pages(reader: PdfReader) -> None:
    with pytest.raises(PdfWithoutPages) as raised:
        await reader.read(_WITHOUT_PAGES, PdfLimits())
    assert raised.value.reason == "PDF_NO_PAGES"


async def test_one_page_more_than_the_limit_is_refused(reader: PdfReader) -> None:
    assert len((await reader.read(_THREE_PAGES, PdfLimits(pages=3))).pages) == 3
    with pytest.raises(PdfTooManyPages) as raised:
        await reader.read(_THREE_PAGES, PdfLimits(pages=2))
    assert raised.value.reason == "PDF_TOO_MANY_PAGES"


async def test_one_word_more_than_the_limit_is_refused(reader: PdfReader) -> None:
    assert len(_texts(await reader.read(_PLAIN, PdfLimits(words=2)))) == 2
    with pytest.raises(PdfLimitExceeded) as raised:
        await reader.read(_PLAIN, PdfLimits(words=1))
    assert raised.value.reason == "PDF_LIMIT_EXCEEDED"
    assert raised.value.limit is ExceededLimit.WORDS


async def test_failure_of_one_document_leaves_the_next_untouched(reader: PdfReader) -> None:
    for data in (_ENCRYPTED, _WITHOUT_PAGES, *_DAMAGED.values()):
        with pytest.raises(PdfReadError):
            await reader.read(data, PdfLimits())
        assert _texts(await reader.read(_PLAIN, PdfLimits())) == ["Invoice", "4711"]


async def test_calls_at_the_same_time_get_their_own_documents(reader: PdfReader) -> None:
    contents = await asyncio.gather(
        *(reader.read(data, PdfLimits()) for data in (_PLAIN, _OTHER) * 5)
    )
    assert [_texts(content)[1] for content in contents] == ["4711", "0815"] * 5


async def test_closed_reader_reads_nothing(reader: PdfReader) -> None:
    await reader.read(_PLAIN, PdfLimits())
    await reader.aclose()
    with pytest.raises(PdfReaderCrashed):
        await reader.read(_PLAIN, PdfLimits())
