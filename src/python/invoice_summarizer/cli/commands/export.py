"""`export`: invoices or their lines in a file for a spreadsheet."""

from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Annotated

import typer

from invoice_summarizer.cli.client import InvoiceClient
from invoice_summarizer.cli.export.columns import (
    INVOICE_COLUMNS,
    LINE_COLUMNS,
    invoice_row,
    line_row,
)
from invoice_summarizer.cli.export.table import Cell
from invoice_summarizer.cli.export.writing import STANDARD_OUTPUT, ExportFormat, written_table
from invoice_summarizer.cli.failures import wrong_usage
from invoice_summarizer.cli.filters import FilterOption, call_filtered
from invoice_summarizer.cli.new_file import ForceOption, require_new
from invoice_summarizer.cli.options import options_of
from invoice_summarizer.cli.paging import LARGEST_PAGE_SIZE, pages_of
from invoices.v1 import invoice_pb2, query_service_pb2


def export(
    context: typer.Context,
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="Where to; - is standard output, for CSV.")
    ],
    lines: Annotated[
        bool, typer.Option("--lines", help="A row for each line instead of each invoice.")
    ] = False,
    filter: FilterOption = "",
    format: Annotated[
        ExportFormat | None,
        typer.Option(
            metavar="FORMAT",
            help="csv or xlsx; else by the ending of FILE.",
            show_default=False,
        ),
    ] = None,
    force: ForceOption = False,
) -> None:
    """Write invoices, or their lines, into a CSV file or an Excel workbook.

    A text that a spreadsheet would take for a formula stays a text. Amounts are those of the document;
    The totals of a credit note have a minus, however it states them, so that a column can be added up.
    """
    options = options_of(context)
    chosen = format or _by_ending(file)
    if chosen is ExportFormat.XLSX and file == STANDARD_OUTPUT:
        raise wrong_usage("an Excel workbook is written to a file only")
    if file != STANDARD_OUTPUT:
        require_new(file, force)
    name, columns, rows = (
        ("lines", LINE_COLUMNS, _line_rows) if lines else ("invoices", INVOICE_COLUMNS, _rows)
    )

    async def write(client: InvoiceClient) -> int:
        count = 0
        with written_table(file, chosen, name, columns) as table:
            async for row in rows(client, filter):
                table.add(row)
                count += 1
        return count

    count = call_filtered(options, filter, write)
    if file != STANDARD_OUTPUT:
        what = name.removesuffix("s") if count == 1 else name
        options.output().note(f"{count} {what} in {file}")


def _by_ending(file: Path) -> ExportFormat:
    if file == STANDARD_OUTPUT:
        return ExportFormat.CSV
    known = {f".{format.value}": format for format in ExportFormat}
    try:
        return known[file.suffix.lower()]
    except KeyError:
        raise wrong_usage(f"{file} ends in neither .csv nor .xlsx: say --format") from None


async def _rows(client: InvoiceClient, filter: str) -> AsyncIterator[Sequence[Cell]]:
    async for invoice in _invoices(client, filter):
        yield invoice_row(invoice)


async def _line_rows(client: InvoiceClient, filter: str) -> AsyncIterator[Sequence[Cell]]:
    async for invoice in _invoices(client, filter):
        async for line in _lines(client, invoice.name):
            yield line_row(invoice, line)


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
