"""Documents that are read here, as files of another format or as rows: no server, nothing stored."""

from collections.abc import AsyncIterator, Sequence
from pathlib import Path

from en16931.hardened_xml import parse_xml
from en16931.model import InvoiceContent
from en16931.writing.attachments import attachments_of
from en16931.writing.formats import Attachments
from en16931.xml_reading import XmlReadingError
from invoice_reading.reading import Reading
from invoice_summarizer.cli.documents import STANDARD_INPUT, read_file
from invoice_summarizer.cli.export.files import ExportedFile, Folder
from invoice_summarizer.cli.export.writing import ExportFormat
from invoice_summarizer.cli.failures import CommandFailed
from invoice_summarizer.cli.reading import opened_reader, readings_of
from invoice_summarizer.rpc.mapping.content import content_to_proto
from invoice_summarizer.rpc.mapping.export import exported
from invoices.v1 import invoice_pb2, query_service_pb2

_Format = query_service_pb2.ExportInvoicesRequest.Format
_Status = invoice_pb2.Invoice.Status


async def local_files(
    files: Sequence[Path], format: ExportFormat, folder: Folder
) -> AsyncIterator[ExportedFile]:
    """Yields what became of each document, once its file is written."""
    async for path, data, outcome, part in _readings(files):
        if isinstance(outcome, CommandFailed):
            nothing = query_service_pb2.ExportedInvoice()
            yield ExportedFile(str(path), nothing, None, outcome)
            continue
        attachments = _attachments(data, outcome.content)
        wanted = _Format.Value(format.name)
        header, written = exported(outcome.content, "", wanted, attachments)
        if header.file_name:
            stem = "invoice" if path == STANDARD_INPUT else path.stem
            if outcome.completeness.parts > 1:
                stem = f"{stem}-{part}"
            ending = ".json" if format is ExportFormat.JSON else f".{format}.xml"
            header.file_name = f"{stem}{ending}"
        yield folder.write(str(path), header, written)


async def local_invoices(
    files: Sequence[Path],
) -> AsyncIterator[invoice_pb2.Invoice | CommandFailed]:
    """Yields what was read of each document as an invoice that is not stored, with all its lines."""
    async for path, _, outcome, part in _readings(files):
        if isinstance(outcome, CommandFailed):
            yield outcome
            continue
        reasons = [str(reason) for reason in outcome.review_reasons]
        yield invoice_pb2.Invoice(
            content=content_to_proto(outcome.content),
            part=part,
            status=_Status.REVIEW_PENDING if reasons else _Status.READY,
            review_reasons=reasons,
            document=invoice_pb2.Document(file_name=path.name),
        )


async def _readings(
    files: Sequence[Path],
) -> AsyncIterator[tuple[Path, bytes, Reading | CommandFailed, int]]:
    """Yields each file with each invoice in it and its part, or with why it could not be read."""
    async with opened_reader() as reader:
        for path in files:
            try:
                data = read_file(path)
                readings = await readings_of(reader, data)
            except CommandFailed as failure:
                yield path, b"", failure, 1
                continue
            for part, reading in enumerate(readings, start=1):
                yield path, data, reading, part


def _attachments(data: bytes, content: InvoiceContent) -> Attachments:
    """Returns the documents inside an XML invoice; those of one in a PDF stay there."""
    if not any(each.attached_document is not None for each in content.supporting_documents):
        return {}
    try:
        return attachments_of(parse_xml(data))
    except XmlReadingError:
        return {}
