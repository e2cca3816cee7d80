"""Puts together what reads documents: no database, no server, and none of their libraries."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager

from invoice_reading.limits import PdfLimits
from invoice_summarizer.adapters.reading_process.limits import ProcessLimits
from invoice_summarizer.adapters.reading_process.picture_pages import PicturePages
from invoice_summarizer.adapters.reading_process.pool import NoCell, ProcessPool
from invoice_summarizer.adapters.reading_process.process import RECOGNISES_PICTURES
from invoice_summarizer.adapters.reading_process.reader import ProcessDocumentReader
from invoice_summarizer.adapters.reading_process.recognition_installed import recognition_installed
from invoice_summarizer.ports.document_reader import AskingDocumentReader, ReaderUnavailable
from invoice_summarizer.settings import ReadingSettings, WrongSetting

_REQUIRE_CELL = "INVOICES_READING__REQUIRE_CELL"


@asynccontextmanager
async def opened_document_reader(
    settings: ReadingSettings, confined: Callable[[Sequence[str]], None] = lambda walls: None
) -> AsyncIterator[AskingDocumentReader]:
    """Yields a reader with the child processes that the settings allow; at the end none is left.

    `confined` is called once, with the names of the walls around them. Raises WrongSetting where a cell is required and
    cannot be had; that is seen at once, where otherwise the first child starts with the first document.
    """
    pdf_limits = PdfLimits(pages=settings.pages)
    reader = ProcessDocumentReader(
        settings.processes,
        ProcessLimits(
            cpu_seconds=settings.cpu_seconds,
            cpu_seconds_per_page=settings.cpu_seconds_per_page,
            cpu_seconds_per_mebibyte=settings.cpu_seconds_per_mebibyte,
            most_cpu_seconds=settings.most_cpu_seconds,
            wall_seconds=settings.wall_seconds,
            memory_bytes=settings.memory_bytes,
        ),
        pdf_limits,
        confined=confined,
        require_cell=settings.require_cell,
        pictures=_picture_pages(settings, pdf_limits),
    )
    try:
        if settings.require_cell:
            await _require_cell(reader)
        yield reader
    finally:
        await reader.aclose()


def _picture_pages(settings: ReadingSettings, pdf_limits: PdfLimits) -> PicturePages | None:
    ocr = settings.ocr
    if not ocr.enabled or not recognition_installed():
        return None
    pool = ProcessPool(
        ocr.processes,
        ocr.pages_each,
        child=RECOGNISES_PICTURES,
        most_resident_bytes=ocr.resident_bytes,
        require_cell=settings.require_cell,
    )
    limits = ProcessLimits(
        cpu_seconds=settings.cpu_seconds,
        cpu_seconds_per_page=ocr.cpu_seconds_per_page,
        cpu_seconds_per_mebibyte=settings.cpu_seconds_per_mebibyte,
        most_cpu_seconds=ocr.most_cpu_seconds,
        wall_seconds=ocr.wall_seconds,
        memory_bytes=ocr.memory_bytes,
    )
    return PicturePages(pool, limits, pdf_limits, ocr.pages)


async def _require_cell(reader: ProcessDocumentReader) -> None:
    try:
        await reader.start()
    except NoCell:
        raise WrongSetting(
            (
                _REQUIRE_CELL,
                "is true, and no seccomp filter can be had here: is libseccomp2 installed?",
            )
        ) from None
    except ReaderUnavailable:
        raise WrongSetting(
            (_REQUIRE_CELL, "is true, and no reading process could be started to see its walls")
        ) from None
