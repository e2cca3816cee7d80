"""`export`: invoices or their lines in a file for a spreadsheet, or each invoice as an e-invoice or JSON."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path
from typing import Annotated, TypeVar

import typer
from rich.text import Text

from invoice_summarizer.cli.client import InvoiceClient
from invoice_summarizer.cli.documents import documents_in
from invoice_summarizer.cli.export.files import ExportedFile, Folder
from invoice_summarizer.cli.export.rows import INVOICES, LINES, Row, Rows, local_rows, stored_rows
from invoice_summarizer.cli.export.stored import stored_files
from invoice_summarizer.cli.export.writing import STANDARD_OUTPUT, ExportFormat, written_table
from invoice_summarizer.cli.failures import CommandFailed, wrong_usage
from invoice_summarizer.cli.filters import FilterOption, call_filtered
from invoice_summarizer.cli.in_turn import exit_code_of
from invoice_summarizer.cli.new_file import ForceOption, require_new
from invoice_summarizer.cli.options import Options, options_of

T = TypeVar("T")


def export(
    context: typer.Context,
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="Where to: a CSV file or an Excel workbook; of ubl, cii and json a folder, in which each invoice is a "
            "file; of csv and xlsx, where --format names them, a folder too, with invoices.csv (or lines.csv); - is standard output, for CSV and for one document of --from.",
        ),
    ],
    lines: Annotated[
        bool, typer.Option("--lines", help="A row for each line instead of each invoice.")
    ] = False,
    filter: FilterOption = "",
    documents: Annotated[
        list[Path] | None,
        typer.Option(
            "--from",
            metavar="DOCUMENT",
            help="Read this file, or the XML and PDF files of this folder, here and without a server, instead of what is "
            "stored. May be there several times.",
            show_default=False,
        ),
    ] = None,
    format: Annotated[
        ExportFormat | None,
        typer.Option(
            metavar="FORMAT",
            help="csv, xlsx, ubl, cii or json; else by the ending of FILE.",
            show_default=False,
        ),
    ] = None,
    force: ForceOption = False,
) -> None:
    """Write invoices, or their lines, into a table, or each invoice as UBL, CII or JSON.

    In a table, a text that a spreadsheet would take for a formula stays a text. Amounts are those of the document;
    the totals of a credit note have a minus, however it states them, so that a column can be added up. An e-invoice
    says what is known of the invoice, and nothing else: what its format cannot say, and what its schema requires and
    nobody said, is told. Exits with 1 where an invoice could not be written.
    """
    options = options_of(context)
    chosen = format or _by_ending(file)
    if documents and filter:
        raise wrong_usage("--filter is for what is stored: leave it out with --from")
    files = documents_in(documents).files if documents else ()
    if chosen.is_table:
        kind = LINES if lines else INVOICES
        if format is not None and _is_folder(file):
            Folder(file, force).prepare()
            file = file / f"{kind.name}.{chosen.value}"
        _table(options, file, chosen, kind, filter, files, force)
        return
    if lines:
        raise wrong_usage("--lines is for tables: in ubl, cii and json an invoice has its lines")
    if file == STANDARD_OUTPUT and len(files) != 1:
        raise wrong_usage("on standard output there is room for one document of --from")
    folder = Folder(file, force)
    folder.prepare()
    _print(options, folder, _run(options, files, chosen, filter, folder))


def _run(
    options: Options, files: Sequence[Path], format: ExportFormat, filter: str, folder: Folder
) -> Sequence[ExportedFile]:
    if files:
        # Here, so that commands that only call a server start without what reads documents.
        from invoice_summarizer.cli.export.local import local_files

        return asyncio.run(_all(lambda: local_files(files, format, folder)))

    async def write(client: InvoiceClient) -> list[ExportedFile]:
        return await _all(lambda: stored_files(client, format, filter, folder))

    return call_filtered(options, filter, write)


async def _all(begin: Callable[[], AsyncIterator[T]]) -> list[T]:
    return [each async for each in begin()]


def _print(options: Options, folder: Folder, exported: Sequence[ExportedFile]) -> None:
    output = options.output()
    if folder.path == STANDARD_OUTPUT:
        for each in exported:
            for line in each.lines():
                output.aside(line)
    else:
        written = sum(1 for each in exported if each.file is not None)
        total = f"{written} of {len(exported)} invoices in {folder.path}"
        told = [line for each in exported for line in each.lines()]
        output.several(
            [each.record() for each in exported],
            lambda: Text("\n".join([*told, total])),
            soft_wrap=True,
        )
    if failures := [each.exit_code for each in exported if each.exit_code]:
        raise typer.Exit(exit_code_of(failures))


def _table(
    options: Options,
    file: Path,
    format: ExportFormat,
    kind: Rows,
    filter: str,
    files: Sequence[Path],
    force: bool,
) -> None:
    if format is ExportFormat.XLSX and file == STANDARD_OUTPUT:
        raise wrong_usage("an Excel workbook is written to a file only")
    if file != STANDARD_OUTPUT:
        require_new(file, force)
    failures: list[CommandFailed] = []

    async def write(rows: AsyncIterator[Row | CommandFailed]) -> int:
        count = 0
        with written_table(file, format, kind.name, kind.columns) as table:
            async for row in rows:
                if isinstance(row, CommandFailed):
                    failures.append(row)
                    continue
                table.add(row)
                count += 1
        return count

    if files:
        count = asyncio.run(write(local_rows(files, kind)))
    else:
        count = call_filtered(
            options, filter, lambda client: write(stored_rows(client, filter, kind))
        )
    output = options.output()
    for failure in failures:
        output.aside(str(failure))
    if file != STANDARD_OUTPUT:
        what = kind.name.removesuffix("s") if count == 1 else kind.name
        output.note(f"{count} {what} in {file}")
    if failures:
        raise typer.Exit(exit_code_of([each.exit_code_of_document for each in failures]))


def _is_folder(file: Path) -> bool:
    """Returns whether a table goes into it: a folder, or a name without an ending that nothing has."""
    return file != STANDARD_OUTPUT and (file.is_dir() or not (file.suffix or file.exists()))


def _by_ending(file: Path) -> ExportFormat:
    if file == STANDARD_OUTPUT:
        return ExportFormat.CSV
    known = {f".{format.value}": format for format in ExportFormat if format.is_table}
    try:
        return known[file.suffix.lower()]
    except KeyError:
        raise wrong_usage(f"{file} ends in neither .csv nor .xlsx: say --format") from None
