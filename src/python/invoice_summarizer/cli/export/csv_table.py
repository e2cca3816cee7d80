"""Tables as CSV (RFC 4180): exact, and safe to open in a spreadsheet."""

import csv
from collections.abc import Sequence
from decimal import Decimal
from typing import IO

from invoice_summarizer.cli.export.table import Cell
from invoice_summarizer.cli.presentation.printable import printable

# With one of these, half or full width, a spreadsheet takes a text for a formula (OWASP, CSV injection).
_FORMULA_STARTS = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")


class CsvTable:
    """Writes its heading at once, then line by line. An apostrophe stands before a text that would be a formula."""

    def __init__(self, file: IO[str], columns: Sequence[str]) -> None:
        self._writer = csv.writer(file)
        self._writer.writerow(columns)

    def add(self, row: Sequence[Cell]) -> None:
        self._writer.writerow([_text(cell) for cell in row])


def _text(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case str():
            # Control characters are gone then: a tab before the sign would hide it from us, and not from a spreadsheet.
            text = printable(cell).strip()
            return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
        case Decimal():
            return f"{cell:f}"
        case _:
            return cell.isoformat()
