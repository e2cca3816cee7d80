"""Writes a table into a file, whole or not at all."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path

from invoice_summarizer.cli.exit_codes import ExitCode
from invoice_summarizer.cli.export.csv_table import CsvTable
from invoice_summarizer.cli.export.table import Table
from invoice_summarizer.cli.failures import CommandFailed

STANDARD_OUTPUT = Path("-")


class ExportFormat(StrEnum):
    CSV = "csv"
    XLSX = "xlsx"
    UBL = "ubl"
    CII = "cii"
    JSON = "json"

    @property
    def is_table(self) -> bool:
        """Says whether it is one file for all invoices, with rows; else each invoice is a file."""
        return self in (ExportFormat.CSV, ExportFormat.XLSX)


@contextmanager
def written_table(
    file: Path, format: ExportFormat, name: str, columns: Sequence[str]
) -> Iterator[Table]:
    """Yields a table; the file is there when its last row is. On an error the file stays as it was.

    Raises CommandFailed where the file cannot be written. `-` is standard output, written as the rows come.
    """
    if file == STANDARD_OUTPUT:
        yield CsvTable(sys.stdout, columns)
        return
    unfinished = file.with_name(f".{file.name}.unfinished")
    try:
        with _opened(unfinished, format, name, columns) as table:
            yield table
        unfinished.replace(file)
    except OSError as error:
        raise CommandFailed(
            ExitCode.USAGE, "FILE_UNWRITABLE", f"{file}: {error.strerror or 'cannot be written'}"
        ) from None
    finally:
        unfinished.unlink(missing_ok=True)


@contextmanager
def _opened(file: Path, format: ExportFormat, name: str, columns: Sequence[str]) -> Iterator[Table]:
    if format is ExportFormat.XLSX:
        # Here, so that other commands start without it.
        from invoice_summarizer.cli.export.excel_table import excel_table

        with excel_table(file, name, columns) as table:
            yield table
    else:
        # With a byte order mark: without it Excel takes the text for another encoding.
        with file.open("w", encoding="utf-8-sig", newline="") as text:
            yield CsvTable(text, columns)
