"""Which rows of the pages are which lines of the invoice: by their amount, their name, and the table that pages have."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from en16931.field_path import Leaf, value_at
from en16931.model import InvoiceContent, InvoiceLine
from invoice_reading.agreement.comparison import Printed
from invoice_reading.agreement.printed_amounts import PrintedAmount
from invoice_reading.agreement.printed_document import PrintedDocument
from invoice_reading.annotation import PageRegion
from invoice_reading.extract.marked_rows import MarkedRow

_AROUND = 2  # rows over and under a name in which its numbers may stand


@dataclass(frozen=True, slots=True)
class LineRows:
    """The rows of the pages as they belong to lines of the XML."""

    printed: PrintedDocument
    with_line_numbers: frozenset[
        int
    ]  # rows that have the amount of a line with its quantity or its price
    read_lines: dict[int, int]  # the line that the pages are read into, by the row of its amount

    def with_amount(self, line: InvoiceLine) -> Sequence[MarkedRow]:
        """Returns the rows that print the amount of the line."""
        amount = line.net_amount
        if amount is None:
            return ()
        return [self.printed.rows[at] for at in self.printed.amounts.rows_with(amount)]

    def with_name(self, line: InvoiceLine) -> Iterator[MarkedRow]:
        """Yields the rows that print the name of the line, or an identifier of its item."""
        item = line.item
        if item is None:
            return
        for text in (item.name or "").splitlines():
            for place in self.printed.text.texts(text):
                yield place.row
        standard = item.standard_identifier.value if item.standard_identifier else None
        for identifier in (item.sellers_identifier, item.buyers_identifier, standard):
            place_of_it = self.printed.text.identifier(identifier or "")
            if place_of_it is not None:
                yield place_of_it.row

    def around(self, row: MarkedRow) -> Iterator[MarkedRow]:
        """Yields the row, and those near it that print nothing of another line."""
        yield row
        for at in range(row.index - _AROUND, row.index + _AROUND + 1):
            if at == row.index or not 0 <= at < len(self.printed.rows):
                continue
            near = self.printed.rows[at]
            if near.page == row.page and at not in self.with_line_numbers:
                yield near

    def read(self, row: MarkedRow, name: str) -> Printed | None:
        """Returns what the pages are read into for the field of the line whose amount stands in the row."""
        at = self.read_lines.get(row.index)
        if at is None:
            return None
        path = f"lines[{at}].{name}"
        annotation = self.printed.reading.annotations.get(path)
        region = next(iter(annotation.evidence), None) if annotation is not None else None
        value = value_at(self.printed.reading.content, path) if region is not None else None
        if isinstance(region, PageRegion) and isinstance(value, Leaf):
            return Printed(region, value)
        return None


def line_rows(content: InvoiceContent, printed: PrintedDocument) -> LineRows:
    """Returns the rows of the lines; the time grows with the rows and the lines, not with their product."""
    beside: dict[Decimal, set[Decimal]] = defaultdict(set)
    for line in content.lines:
        if line.net_amount is None:
            continue
        price = line.price.net_price if line.price is not None else None
        beside[abs(line.net_amount)] |= {
            abs(value)
            for value in (line.invoiced_quantity, price)
            if value is not None and value != line.net_amount
        }
    numbered = set()
    for row in printed.rows:
        sizes = {number.size for number in printed.amounts.of_row(row)}
        if any(not beside[size].isdisjoint(sizes) for size in sizes if size in beside):
            numbered.add(row.index)
    return LineRows(printed, frozenset(numbered), _read_lines(printed))


def cells(row: MarkedRow, printed: PrintedDocument) -> Sequence[PrintedAmount]:
    """Returns the numbers of a row of which none is a percentage."""
    return [number for number in printed.amounts.of_row(row) if not number.percent]


def _read_lines(printed: PrintedDocument) -> dict[int, int]:
    row_of = {(row.page, word.index): row.index for row in printed.rows for word in row.row.words}
    found: dict[int, int] = {}
    for at in range(len(printed.reading.content.lines)):
        annotation = printed.reading.annotations.get(f"lines[{at}].net_amount")
        for region in annotation.evidence if annotation is not None else ():
            if isinstance(region, PageRegion) and region.words:
                row = row_of.get((region.page, region.words[0].word))
                if row is not None:
                    found.setdefault(row, at)
    return found
