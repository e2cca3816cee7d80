"""Validation: what ingestion would understand, a summary of it, and refusals in their order."""

import asyncio
from collections.abc import Sequence

import pytest

from invoice_reading.reading import DocumentForm, Reading
from invoice_summarizer.adapters.memory.document_reader import MemoryDocumentReader
from invoice_summarizer.domain.errors import DocumentRejected, InvalidInput
from invoice_summarizer.domain.summarizing.language import UnsupportedLanguage
from invoice_summarizer.domain.summary import Style
from invoice_summarizer.ports.document_reader import PagesTold, ReaderUnavailable, tell_nobody
from invoice_summarizer.ports.long_work import in_a_thread
from invoice_summarizer.ports.packed import Packed
from invoice_summarizer.use_cases.validate_document import ValidatedDocument, ValidateDocument
from small_invoice import fatturapa_invoices, ubl_invoice


def as_it_is(validated: ValidatedDocument) -> ValidatedDocument:
    return validated


@pytest.fixture
def reader() -> MemoryDocumentReader:
    return MemoryDocumentReader({})


async def test_document_is_read_and_summarized(reader: MemoryDocumentReader) -> None:
    validated = await ValidateDocument(reader, in_a_thread)(
        ubl_invoice(), answer=as_it_is, style=Style.SHORT, language_code="de"
    )
    assert (validated.reading.form, validated.reading.review_reasons) == (DocumentForm.XML, ())
    assert "119,00" in validated.summary.text
    assert (validated.language_code, validated.style) == ("de", Style.SHORT)


async def test_summary_is_english_unless_asked_otherwise(reader: MemoryDocumentReader) -> None:
    validated = await ValidateDocument(reader, in_a_thread)(
        ubl_invoice(), answer=as_it_is, style=Style.SHORT
    )
    assert "119.00" in validated.summary.text
    assert validated.language_code == "en"


async def test_language_is_refused_before_anything_is_read(reader: MemoryDocumentReader) -> None:
    await reader.aclose()
    validate = ValidateDocument(reader, in_a_thread)
    with pytest.raises(UnsupportedLanguage):
        await validate(ubl_invoice(), answer=as_it_is, style=Style.SHORT, language_code="tlh")
    with pytest.raises(ReaderUnavailable):
        await validate(ubl_invoice(), answer=as_it_is, style=Style.SHORT, language_code="fr")


@pytest.mark.parametrize(
    ("data", "declared", "reason", "metadata"),
    [
        (b"", "", "DOCUMENT_EMPTY", {}),
        (b"<a/>", "application/pdf", "MEDIA_TYPE_MISMATCH", {"detected": "application/xml"}),
        (b"<a/>", "", "XML_SYNTAX_UNKNOWN", {}),
        (b"%PDF-1.7", "", "PDF_DAMAGED", {}),
    ],
)
async def test_document_that_cannot_be_read_is_rejected_for_the_readers_reason(
    reader: MemoryDocumentReader,
    data: bytes,
    declared: str,
    reason: str,
    metadata: dict[str, str],
) -> None:
    with pytest.raises(DocumentRejected) as caught:
        await ValidateDocument(reader, in_a_thread)(
            data, declared, answer=as_it_is, style=Style.SHORT
        )
    assert (caught.value.reason, caught.value.metadata) == (reason, metadata)


async def test_other_calls_go_on_while_a_long_document_is_read_and_summarized(
    reader: MemoryDocumentReader,
) -> None:
    """Nothing of the work is done in the event loop: others get their turn again and again meanwhile."""
    turns = 0

    async def others() -> None:
        nonlocal turns
        while True:
            await asyncio.sleep(0)
            turns += 1

    beside = asyncio.create_task(others())
    await ValidateDocument(reader, in_a_thread)(
        ubl_invoice(lines=500), answer=as_it_is, style=Style.FULL
    )
    beside.cancel()
    assert turns > 10


async def test_reader_learns_whose_document_it_is() -> None:
    class Told(MemoryDocumentReader):
        async def read(
            self,
            data: bytes,
            declared_media_type: str = "",
            *,
            whose: str = "",
            told: PagesTold = tell_nobody,
        ) -> Sequence[Packed[Reading]]:
            asked.append(whose)
            return await super().read(data, declared_media_type, whose=whose, told=told)

    asked: list[str] = []
    await ValidateDocument(Told({}), in_a_thread)(
        ubl_invoice(), whose="acme", answer=as_it_is, style=Style.SHORT
    )
    assert asked == ["acme"]


async def test_every_invoice_of_a_document_is_answered_for_and_the_document_read_once() -> None:
    class Counting(MemoryDocumentReader):
        async def read(
            self,
            data: bytes,
            declared_media_type: str = "",
            *,
            whose: str = "",
            told: PagesTold = tell_nobody,
        ) -> Sequence[Packed[Reading]]:
            read.append(whose)
            return await super().read(data, declared_media_type, whose=whose, told=told)

    read: list[str] = []
    data = fatturapa_invoices("7", "8", "9")
    found = await ValidateDocument(Counting({}), in_a_thread).every(
        data, answer=as_it_is, style=Style.SHORT
    )
    assert [each.reading.content.invoice_number for each in found] == ["7", "8", "9"]
    assert len(read) == 1


async def test_one_invoice_of_a_document_is_answered_for_by_its_part(
    reader: MemoryDocumentReader,
) -> None:
    validate, data = ValidateDocument(reader, in_a_thread), fatturapa_invoices("7", "8")
    second = await validate(data, answer=as_it_is, style=Style.SHORT, part=2)
    assert second.reading.content.invoice_number == "8"
    for part in (0, 3):
        with pytest.raises(InvalidInput) as refused:
            await validate(data, answer=as_it_is, style=Style.SHORT, part=part)
        assert (refused.value.reason, refused.value.metadata["parts"]) == ("PART_NOT_FOUND", "2")
