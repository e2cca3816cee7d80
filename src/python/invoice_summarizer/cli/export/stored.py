"""Stored invoices, as ExportInvoices streams them, into files."""

from collections.abc import AsyncIterator

from invoice_summarizer.cli.client import InvoiceClient
from invoice_summarizer.cli.export.files import ExportedFile, Folder
from invoice_summarizer.cli.export.writing import ExportFormat
from invoice_summarizer.cli.names import short_id
from invoices.v1 import query_service_pb2

_PAGE_SIZE = 100  # invoices of one call

_Format = query_service_pb2.ExportInvoicesRequest.Format


async def stored_files(
    client: InvoiceClient, format: ExportFormat, filter: str, folder: Folder
) -> AsyncIterator[ExportedFile]:
    """Yields what became of each invoice that the filter finds, once its file is written. Raises CallFailed."""
    token = ""
    while True:
        header, data = None, bytearray()
        async for part in client.export_invoices(
            format=_Format.Value(format.name),
            filter=filter,
            page_size=_PAGE_SIZE,
            page_token=token,
        ):
            if part.HasField("chunk"):
                data += part.chunk
                continue
            if header is not None:
                yield folder.write(short_id(header.name), header, bytes(data))
            header, data = (part.invoice if part.HasField("invoice") else None), bytearray()
            token = part.page.next_page_token
        if not token:
            return
