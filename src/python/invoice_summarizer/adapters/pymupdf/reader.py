"""PDFs read by PyMuPDF in child processes that can be lost."""

import asyncio

from invoice_reading.page import Attachment, Layer, Page, PdfContent, Word
from invoice_summarizer.adapters.pymupdf.process import ReadingProcess
from invoice_summarizer.adapters.pymupdf.protocol import Answer, Content, PageRecord, Refusal
from invoice_summarizer.ports.pdf_reader import (
    PdfDamaged,
    PdfEncrypted,
    PdfLimitExceeded,
    PdfLimits,
    PdfReaderCrashed,
    PdfReadError,
    PdfTooManyPages,
    PdfWithoutPages,
)

_REFUSALS: dict[str, type[PdfReadError]] = {
    error.reason: error for error in (PdfDamaged, PdfEncrypted, PdfTooManyPages, PdfWithoutPages)
}


class PymupdfPdfReader:
    """A PdfReader with up to `processes` children, each replaced after `documents_each` or after any mishap.

    Children are started when they are first needed, and kept.
    """

    def __init__(self, processes: int = 2, documents_each: int = 50) -> None:
        self._room = asyncio.Semaphore(processes)
        self._documents_each = documents_each
        self._idle: list[ReadingProcess] = []
        self._busy: set[ReadingProcess] = set()
        self._closed = False

    async def read(self, data: bytes, limits: PdfLimits) -> PdfContent:
        async with self._room:
            process = await self._taken()
            kept = False
            try:
                answer = await process.answer(data, limits)
                kept = _is_unharmed(answer) and process.documents < self._documents_each
            finally:
                self._busy.discard(process)
                if kept and not self._closed:
                    self._idle.append(process)
                else:
                    await process.end()
        if isinstance(answer, Refusal):
            raise _error(answer)
        return _content(answer)

    async def aclose(self) -> None:
        self._closed = True
        processes = [*self._idle, *self._busy]
        self._idle.clear()
        for process in processes:
            await process.end()

    async def _taken(self) -> ReadingProcess:
        if self._closed:
            raise PdfReaderCrashed
        while self._idle:
            process = self._idle.pop()
            if process.alive:
                break
            await process.end()
        else:
            process = await ReadingProcess.started()
            if self._closed:
                await process.end()
                raise PdfReaderCrashed
        self._busy.add(process)
        return process


def _is_unharmed(answer: Answer) -> bool:
    """A process that ran out of memory may have lost its place in the stream of requests."""
    return isinstance(answer, Content) or answer.limit is None


def _error(refusal: Refusal) -> PdfReadError:
    if refusal.limit is not None:
        return PdfLimitExceeded(refusal.limit)
    return _REFUSALS.get(refusal.reason, PdfReaderCrashed)()


def _content(content: Content) -> PdfContent:
    return PdfContent(
        pages=tuple(_page(page) for page in content.pages),
        pages_total=content.pages_total,
        attachments=tuple(
            Attachment(attachment.name, attachment.media_type, attachment.data)
            for attachment in content.attachments
        ),
    )


def _page(page: PageRecord) -> Page:
    return Page(
        number=page.number,
        width_points=page.width_points,
        height_points=page.height_points,
        layer=Layer.TEXT,
        words=tuple(
            Word(index, word.text, word.box, word.hidden) for index, word in enumerate(page.words)
        ),
        image_share=page.image_share,
    )
