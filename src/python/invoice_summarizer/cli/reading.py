"""Reading documents without a server, without a database."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from functools import partial

from invoice_reading.errors import DocumentUnreadable
from invoice_reading.reading import Reading
from invoice_summarizer.cli.exit_codes import ExitCode
from invoice_summarizer.cli.failures import CommandFailed
from invoice_summarizer.cli.reasons import sentence_of
from invoice_summarizer.document_reading import opened_document_reader
from invoice_summarizer.domain.errors import DocumentRejected, InvoiceSummarizerError
from invoice_summarizer.domain.summarizing.language import UnsupportedLanguage
from invoice_summarizer.domain.summary import Style
from invoice_summarizer.ports.document_reader import DocumentReader, PagesTold, tell_nobody
from invoice_summarizer.ports.long_work import in_a_thread
from invoice_summarizer.ports.packed import Packed
from invoice_summarizer.rpc.mapping.reading import validated_to_proto
from invoice_summarizer.settings import OcrSettings, ReadingSettings
from invoice_summarizer.usable_processors import usable_processors
from invoice_summarizer.use_cases.validate_document import ValidateDocument
from invoices.v1 import validate_service_pb2

_MOST_PAGES_AT_ONCE = 4  # each in a process that holds half a gigabyte and more


@asynccontextmanager
async def opened_reader(processes: int = 1) -> AsyncIterator[DocumentReader]:
    """Yields what reads documents, with that many child processes; at the end none is left.

    Pages of scans are read on all processors that this process may use, up to four.
    """
    ocr = OcrSettings(processes=min(usable_processors(), _MOST_PAGES_AT_ONCE))
    async with opened_document_reader(ReadingSettings(processes=processes, ocr=ocr)) as reader:
        yield reader


async def validated(
    validate: ValidateDocument,
    data: bytes,
    language: str,
    style: Style,
    told: PagesTold = tell_nobody,
) -> Sequence[validate_service_pb2.ValidateInvoiceResponse]:
    """Returns what ValidateInvoice of a server would of each invoice in the document.

    Raises CommandFailed with the reason that it would give.
    """
    try:
        return await validate.every(
            data,
            answer=partial(validated_to_proto, bounded=False),
            language_code=language,
            style=style,
            told=told,
        )
    except UnsupportedLanguage as error:
        raise CommandFailed(ExitCode.USAGE, error.reason, error.message) from None
    except InvoiceSummarizerError as error:
        raise _failed(error) from None


async def readings_of(reader: DocumentReader, data: bytes) -> list[Reading]:
    """Returns what is read of each invoice in the document. Raises CommandFailed as `validated` does."""
    try:
        read = await reader.read(data, "", whose="")
        return [await in_a_thread("", each, _unpacked) for each in read]
    except DocumentUnreadable as error:
        raise _failed(DocumentRejected.because(error)) from None
    except InvoiceSummarizerError as error:
        raise _failed(error) from None


def _unpacked(packed: Packed[Reading]) -> Reading:
    return packed.unpacked()


def _failed(error: InvoiceSummarizerError) -> CommandFailed:
    return CommandFailed(
        ExitCode.FINDING,
        error.reason,
        sentence_of(error.reason, error.metadata) or error.message,
        metadata=error.metadata,
    )
