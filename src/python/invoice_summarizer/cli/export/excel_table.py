"""Tables as an Excel workbook, in which a text is a text whatever it begins with."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path

import xlsxwriter  # type: ignore[import-untyped]
from xlsxwriter.exceptions import FileCreateError  # type: ignore[import-untyped]
from xlsxwriter.format import Format  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from invoice_summarizer.cli.export.table import Cell
from invoice_summarizer.cli.failures import wrong_usage
from invoice_summarizer.cli.presentation.printable import printable

_MOST_ROWS = 1_048_576  # of a sheet, the heading included
_EXACT_DIGITS = 15  # that a number of a sheet keeps
_LONGEST_TEXT = 32_767  # that a cell takes


class ExcelTable:
    """The one sheet of a workbook. A number of more than 15 digits is written as text: a sheet would round it."""

    def __init__(self, sheet: Worksheet, day: Format) -> None:
        self._sheet = sheet
        self._day = day
        self.count = 0

    def add(self, row: Sequence[Cell]) -> None:
        """Writes the row. Raises CommandFailed where the sheet is full."""
        self.count += 1
        if self.count >= _MOST_ROWS:
            raise wrong_usage(
                f"an Excel sheet has at most {_MOST_ROWS - 1} rows: use CSV, or a --filter"
            )
        for column, cell in enumerate(row):
            self._write(column, cell)

    def _write(self, column: int, cell: Cell) -> None:
        if isinstance(cell, date):
            self._sheet.write_datetime(self.count, column, cell, self._day)
        elif isinstance(cell, Decimal) and len(cell.as_tuple().digits) <= _EXACT_DIGITS:
            self._sheet.write_number(self.count, column, cell)
        elif cell is not None:
            text = f"{cell:f}" if isinstance(cell, Decimal) else printable(cell)
            self._sheet.write_string(self.count, column, text[:_LONGEST_TEXT])


@contextmanager
def excel_table(file: Path, name: str, columns: Sequence[str]) -> Iterator[ExcelTable]:
    """Yields a table under its heading; the workbook is written at the end, row by row put aside until then.

    Raises OSError where it cannot be written.
    """
    try:
        with xlsxwriter.Workbook(str(file), {"constant_memory": True}) as book:
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            heading = book.add_format({"bold": True})
            for column, title in enumerate(columns):
                sheet.write_string(0, column, title, heading)
            table = ExcelTable(sheet, book.add_format({"num_format": "yyyy-mm-dd"}))
            yield table
            sheet.autofilter(0, 0, table.count, len(columns) - 1)
    except FileCreateError as error:
        raise error.args[0] from None  # the OSError that it wraps
