"""Puts together what reads documents: no database, no server, and none of their libraries."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from invoice_reading.limits import PdfLimits
from invoice_summarizer.adapters.reading_process.limits import ProcessLimits
from invoice_summarizer.adapters.reading_process.reader import ProcessDocumentReader
from invoice_summarizer.ports.document_reader import DocumentReader
from invoice_summarizer.settings import ReadingSettings


@asynccontextmanager
async def opened_document_reader(settings: ReadingSettings) -> AsyncIterator[DocumentReader]:
    """Yields a reader with the child processes that the settings allow; at the end none is left."""
    reader = ProcessDocumentReader(
        settings.processes,
        ProcessLimits(
            cpu_seconds=settings.cpu_seconds,
            cpu_seconds_per_page=settings.cpu_seconds_per_page,
            cpu_seconds_per_mebibyte=settings.cpu_seconds_per_mebibyte,
            wall_seconds=settings.wall_seconds,
            memory_bytes=settings.memory_bytes,
        ),
        PdfLimits(pages=settings.pages),
    )
    try:
        yield reader
    finally:
        await reader.aclose()
