"""Reads, checks and summarizes a document that is not stored."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from invoice_reading.errors import DocumentUnreadable
from invoice_reading.reading import Reading
from invoice_summarizer.domain.errors import DocumentRejected, InvalidInput
from invoice_summarizer.domain.summarizing.language import supported_locale
from invoice_summarizer.domain.summary import DEFAULT_LANGUAGE, BoundText, Style
from invoice_summarizer.ports.document_reader import DocumentReader, PagesTold, tell_nobody
from invoice_summarizer.ports.long_work import LongWork
from invoice_summarizer.ports.packed import Packed
from invoice_summarizer.use_cases.write_summary import write_by_template

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class ValidatedDocument:
    """What ingestion would understand of the document, and its summary."""

    reading: Reading
    summary: BoundText
    language_code: str
    style: Style


class ValidateDocument:
    """Returns what `answer` makes of what is understood of an invoice in a document, the first one unless `part` says
    otherwise; nothing is stored. `whose` is the tenant that asks.

    `answer` is called where the work is done, as `LongWork` says: an answer is much smaller than what it is made of.

    Raises UnsupportedLanguage before anything is read; DocumentRejected, for the reason for which ingestion would fail;
    InvalidInput (reason PART_NOT_FOUND) where it holds fewer; Unavailable where nothing can be read now; SummaryRefused.
    """

    def __init__(self, reader: DocumentReader, work: LongWork) -> None:
        self._reader = reader
        self._work = work

    async def __call__(
        self,
        data: bytes,
        declared_media_type: str = "",
        *,
        answer: Callable[[ValidatedDocument], T],
        whose: str = "",
        language_code: str = "",
        style: Style,
        part: int = 1,
    ) -> T:
        supported_locale(language_code or DEFAULT_LANGUAGE)
        read = await self._read(data, declared_media_type, whose, tell_nobody)
        if not 1 <= part <= len(read):
            raise InvalidInput(
                f"the document holds {len(read)} invoices",
                field="part",
                reason="PART_NOT_FOUND",
                metadata={"parts": str(len(read))},
            )
        return await self._answer(read[part - 1], answer, whose, language_code, style)

    async def every(
        self,
        data: bytes,
        declared_media_type: str = "",
        *,
        answer: Callable[[ValidatedDocument], T],
        whose: str = "",
        language_code: str = "",
        style: Style,
        told: PagesTold = tell_nobody,
    ) -> list[T]:
        """Returns the answer of each invoice in the document, which is read once; `told` learns of its pages."""
        supported_locale(language_code or DEFAULT_LANGUAGE)
        read = await self._read(data, declared_media_type, whose, told)
        return [await self._answer(each, answer, whose, language_code, style) for each in read]

    async def _read(
        self, data: bytes, declared_media_type: str, whose: str, told: PagesTold
    ) -> Sequence[Packed[Reading]]:
        try:
            return await self._reader.read(data, declared_media_type, whose=whose, told=told)
        except DocumentUnreadable as error:
            raise DocumentRejected.because(error) from error

    async def _answer(
        self,
        read: Packed[Reading],
        answer: Callable[[ValidatedDocument], T],
        whose: str,
        language_code: str,
        style: Style,
    ) -> T:
        language_code = language_code or DEFAULT_LANGUAGE
        try:
            return await self._work(whose, read, validated, language_code, style, answer)
        except DocumentUnreadable as error:
            raise DocumentRejected.because(error) from error


def validated(
    read: Packed[Reading],
    language_code: str,
    style: Style,
    answer: Callable[[ValidatedDocument], T],
) -> T:
    """Returns what `answer` makes of what was read, with its summary."""
    reading = read.unpacked()
    return answer(
        ValidatedDocument(
            reading=reading,
            summary=write_by_template(reading, language_code, style),
            language_code=language_code,
            style=style,
        )
    )
