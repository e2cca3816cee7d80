"""The unit of each quantity: the word beside it."""

import re

from en16931.model import InvoiceLine
from invoice_reading.agreement.comparison import Printed, Verdict
from invoice_reading.agreement.line_rows import LineRows
from invoice_reading.agreement.printed_units import has_words, unit_codes
from invoice_reading.extract.marked_rows import MarkedRow

_AFTER = re.compile(r"[ \t\u2002]{0,2}(?P<word>[^\W\d_]+[23²³]?)(?=\.?(?:[\s\u2002]|$))")
_BEFORE = re.compile(r"(?:^|\t)(?P<word>[^\W\d_]+[23²³]?)\.?\t$")  # a column of its own


def compare_unit(line: InvoiceLine, rows: LineRows) -> tuple[Verdict, Printed | None]:
    """Returns the verdict on the unit: the pages disagree where a word beside the quantity means another."""
    code, quantity = line.quantity_unit_code or "", line.invoiced_quantity
    if quantity is None or not has_words(code):
        return Verdict.NOT_PRINTED, None
    other: Printed | None = None
    for row in rows.with_amount(line):
        for near in rows.around(row):
            for cell in rows.numbers(near):
                is_quantity = cell.size == abs(quantity) and cell.currency is None
                if not is_quantity or not _begins_column(near, cell.begin):
                    continue
                found = _beside(near, cell.begin, cell.end)
                if found is not None and code in found[0]:
                    return Verdict.AGREES, Printed(near.row.region(*found[1]), code)
                if found is not None and other is None:
                    other = Printed(near.row.region(*found[1]), min(found[0]))
    return (Verdict.DISAGREES if other else Verdict.NOT_PRINTED), other


def _begins_column(row: MarkedRow, at: int) -> bool:
    """Returns whether nothing stands before the number in its column: "Drill 4 mm" names a thing."""
    begin = next(begin for begin, end in row.row.segments() if begin <= at < end)
    return not row.row.text[begin:at].strip()


def _beside(row: MarkedRow, begin: int, end: int) -> tuple[frozenset[str], tuple[int, int]] | None:
    text = row.row.text
    for match in (_AFTER.match(text, end), _BEFORE.search(text[:begin])):
        codes = unit_codes(match["word"]) if match is not None else frozenset[str]()
        if match is not None and codes:
            return codes, match.span("word")
    return None
