"""Makes the page of documents that were read, and writes it."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from invoice_reading.errors import DocumentUnreadable
from invoice_summarizer.cli.exit_codes import ExitCode
from invoice_summarizer.cli.failures import CommandFailed
from invoice_summarizer.cli.html_report.document import (
    ReportedDocument,
    pages_with_evidence,
    reported_document,
)
from invoice_summarizer.cli.html_report.report import html_report
from invoice_summarizer.cli.presentation.document import DocumentOutcome
from invoice_summarizer.ports.document_reader import DocumentReader
from invoices.v1 import validate_service_pb2

_DOTS_PER_INCH = 110
_MOST_PAGES = 40  # pictures of one document


async def write_report(
    file: Path,
    outcomes: Sequence[DocumentOutcome],
    documents: Mapping[str, bytes],
    reader: DocumentReader,
    language: str,
) -> None:
    """Writes the page over what the file held; `documents` are the bytes of the outcomes, by their files.

    Raises CommandFailed where it cannot.
    """
    reported = [
        await _reported(number, outcome, documents, reader)
        for number, outcome in enumerate(outcomes, start=1)
    ]
    try:
        file.write_text(html_report(reported, language), "utf-8")
    except OSError as error:
        raise CommandFailed(
            ExitCode.USAGE, "FILE_UNWRITABLE", f"{file}: {error.strerror or 'cannot be written'}"
        ) from None


async def _reported(
    number: int, outcome: DocumentOutcome, documents: Mapping[str, bytes], reader: DocumentReader
) -> ReportedDocument:
    if isinstance(outcome.answer, CommandFailed):
        return ReportedDocument(outcome.file, failure=str(outcome.answer))
    data = documents[outcome.file]
    pictures = await _pictures(data, outcome.answer, reader)
    return reported_document(number, outcome.title, data, outcome.answer, pictures)


async def _pictures(
    data: bytes, answer: validate_service_pb2.ValidateInvoiceResponse, reader: DocumentReader
) -> dict[int, bytes]:
    """Returns pictures of pages by their numbers; where there are very many, of those with values first.

    A page that was read and cannot be painted is left out, and counted as not shown.
    """

    async def held() -> bytes:
        return data

    every = range(1, answer.completeness.pages + 1)
    chosen = tuple(dict.fromkeys((*pages_with_evidence(answer), *every)))[:_MOST_PAGES]
    pictures = {}
    for page in chosen:
        with suppress(DocumentUnreadable):
            pictures[page] = await reader.render_page(held, page, _DOTS_PER_INCH)
    return pictures
