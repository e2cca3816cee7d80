"""Invoices, or their lines, as rows of a table: of what is stored, or of documents that are read here."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from invoice_summarizer.cli.client import InvoiceClient
from invoice_summarizer.cli.export.columns import (
    INVOICE_COLUMNS,
    LINE_COLUMNS,
    invoice_row,
    line_row,
)
from invoice_summarizer.cli.export.table import Cell
from invoice_summarizer.cli.failures import CommandFailed
from invoice_summarizer.cli.paging import LARGEST_PAGE_SIZE, pages_of
from invoices.v1 import invoice_pb2, query_service_pb2

Row = Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Rows:
    """What a table has a row for."""

    name: str
    columns: Sequence[str]


INVOICES = Rows("invoices", INVOICE_COLUMNS)
LINES = Rows("lines", LINE_COLUMNS)


async def stored_rows(client: InvoiceClient, filter: str, kind: Rows) -> AsyncIterator[Row]:
    """Yields the rows of what the filter finds. Raises CallFailed."""
    async for invoice in _invoices(client, filter):
        if kind is INVOICES:
            yield invoice_row(invoice)
            continue
        async for line in _lines(client, invoice.name):
            yield line_row(invoice, line)


async def local_rows(files: Sequence[Path], kind: Rows) -> AsyncIterator[Row | CommandFailed]:
    """Yields the rows of the documents, and the failure of each that cannot be read."""
    # Here, so that commands that only call a server start without what reads documents.
    from invoice_summarizer.cli.export.local import local_invoices

    async for invoice in local_invoices(files):
        if isinstance(invoice, CommandFailed):
            yield invoice
        elif kind is INVOICES:
            yield invoice_row(invoice)
        else:
            for index, line in enumerate(invoice.content.lines):
                annotated = query_service_pb2.AnnotatedLine(index=index, line=line)
                yield line_row(invoice, annotated)


async def _invoices(client: InvoiceClient, filter: str) -> AsyncIterator[invoice_pb2.Invoice]:
    pages = pages_of(
        lambda token, size: client.list_invoices(filter=filter, page_size=size, page_token=token),
        LARGEST_PAGE_SIZE,
    )
    async for page in pages:
        for invoice in page.invoices:
            yield invoice


async def _lines(
    client: InvoiceClient, invoice: str
) -> AsyncIterator[query_service_pb2.AnnotatedLine]:
    pages = pages_of(
        lambda token, size: client.list_lines(invoice, page_size=size, page_token=token),
        LARGEST_PAGE_SIZE,
    )
    async for page in pages:
        for line in page.lines:
            yield line
