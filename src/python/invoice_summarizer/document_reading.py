"""Puts together what reads documents: no database, no server, and none of their libraries."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from invoice_summarizer.adapters.pymupdf.reader import PymupdfPdfReader
from invoice_summarizer.ports.pdf_reader import PdfLimits, PdfReader
from invoice_summarizer.settings import PdfSettings
from invoice_summarizer.use_cases.read_document import ReadDocument


def read_document(pdf_reader: PdfReader, settings: PdfSettings) -> ReadDocument:
    return ReadDocument(
        pdf_reader,
        PdfLimits(
            pages=settings.pages,
            cpu_seconds=settings.cpu_seconds,
            cpu_seconds_per_page=settings.cpu_seconds_per_page,
            wall_seconds=settings.wall_seconds,
            memory_bytes=settings.memory_bytes,
        ),
    )


@asynccontextmanager
async def opened_pdf_reader(settings: PdfSettings) -> AsyncIterator[PdfReader]:
    """Yields a reader with the child processes that the settings allow; at the end none is left."""
    pdf_reader = PymupdfPdfReader(settings.processes)
    try:
        yield pdf_reader
    finally:
        await pdf_reader.aclose()
