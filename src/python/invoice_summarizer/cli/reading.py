"""Reading documents in this process: without a server, without a database."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from invoice_reading.reading import Reading
from invoice_summarizer.cli.exit_codes import ExitCode
from invoice_summarizer.cli.failures import CommandFailed
from invoice_summarizer.document_reading import opened_pdf_reader, read_document
from invoice_summarizer.domain.errors import InvoiceSummarizerError
from invoice_summarizer.domain.summarizing.language import supported_language
from invoice_summarizer.domain.summary import Style
from invoice_summarizer.rpc.mapping.reading import reading_to_proto
from invoice_summarizer.settings import PdfSettings
from invoice_summarizer.use_cases.read_document import ReadDocument
from invoice_summarizer.use_cases.summarize_invoice import write_summary
from invoices.v1 import validate_service_pb2


@asynccontextmanager
async def reading_in_process(processes: int = 1) -> AsyncIterator[ReadDocument]:
    """Yields what reads documents, with that many child processes for PDFs; at the end none is left."""
    settings = PdfSettings(processes=processes)
    async with opened_pdf_reader(settings) as pdf_reader:
        yield read_document(pdf_reader, settings)


async def read_and_summarize(
    read: ReadDocument, data: bytes, language: str, style: Style
) -> validate_service_pb2.ValidateInvoiceResponse:
    """Returns what ValidateInvoice of a server would. Raises CommandFailed with the reason that it would give."""
    try:
        supported_language(language)
    except InvoiceSummarizerError as error:
        raise CommandFailed(ExitCode.USAGE, error.reason, error.message) from None
    try:
        reading: Reading = await read(data)
        summary = write_summary(reading, language, style)
    except InvoiceSummarizerError as error:
        raise CommandFailed(ExitCode.FINDING, error.reason, error.message) from None
    return reading_to_proto(reading, summary, language, style)
