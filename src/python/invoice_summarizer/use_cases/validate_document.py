"""Reads, checks and summarizes a document that is not stored."""

import asyncio
from dataclasses import dataclass

from invoice_reading.errors import DocumentUnreadable
from invoice_reading.reading import Reading
from invoice_summarizer.domain.errors import DocumentRejected
from invoice_summarizer.domain.summarizing.language import supported_locale
from invoice_summarizer.domain.summary import BoundText, Style
from invoice_summarizer.ports.document_reader import DocumentReader
from invoice_summarizer.use_cases.summarize_invoice import DEFAULT_LANGUAGE, write_summary


@dataclass(frozen=True, slots=True, kw_only=True)
class ValidatedDocument:
    """What ingestion would understand of the document, and its summary."""

    reading: Reading
    summary: BoundText
    language_code: str
    style: Style


class ValidateDocument:
    """Returns what is understood of a document; nothing is stored. `whose` is the tenant that asks.

    Raises UnsupportedLanguage before anything is read; DocumentRejected, for the reason for which ingestion would fail;
    Unavailable where nothing can be read now; SummaryRefused.
    """

    def __init__(self, reader: DocumentReader) -> None:
        self._reader = reader

    async def __call__(
        self,
        data: bytes,
        declared_media_type: str = "",
        *,
        whose: str = "",
        language_code: str = "",
        style: Style,
    ) -> ValidatedDocument:
        language_code = language_code or DEFAULT_LANGUAGE
        supported_locale(language_code)
        try:
            reading = await self._reader.read(data, declared_media_type, whose=whose)
        except DocumentUnreadable as error:
            raise DocumentRejected.because(error) from error
        # Away from the loop: the text of an invoice of many lines takes its time.
        summary = await asyncio.to_thread(write_summary, reading, language_code, style)
        return ValidatedDocument(
            reading=reading, summary=summary, language_code=language_code, style=style
        )
