"""Which rows of the pages are which lines of the invoice: by their amount, their name, and the table that pages have."""

from collections import defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import islice, pairwise

from en16931.field_path import Leaf, value_at
from en16931.model import InvoiceContent, InvoiceLine
from invoice_reading.agreement.comparison import Printed
from invoice_reading.agreement.printed_amounts import PrintedAmount
from invoice_reading.agreement.printed_document import PrintedDocument
from invoice_reading.agreement.unit_prices import states_prices_per_many
from invoice_reading.annotation import PageRegion
from invoice_reading.extract.lexicon import Column
from invoice_reading.extract.marked_rows import MarkedRow
from invoice_reading.extract.phrases import column_phrases

_MOST = Decimal("0.8")
_MOST_NAMES = 8  # rows with the name of an item that are looked at for what else stands beside
_AROUND = 2  # rows over and under a name in which its numbers may stand


@dataclass(frozen=True, slots=True)
class LineRows:
    """The rows of the pages as they belong to lines of the XML."""

    printed: PrintedDocument
    with_line_numbers: frozenset[
        int
    ]  # rows that have the amount of a line with its quantity or its price
    read_lines: dict[int, int]  # the line that the pages are read into, by the row of its amount
    are_numbered: bool  # the first number of such a row is the position of the line
    per_many: bool  # prices may be for ten, a hundred or a thousand
    # The rows with a name, by the name and the identifiers of an item: thousands of lines may be of one item.
    _names: dict[tuple[str | None, ...], dict[int, None]] = field(default_factory=dict)

    def with_amount(self, line: InvoiceLine) -> Sequence[MarkedRow]:
        """Returns the rows that print the amount of the line: of several, those nearest to its name."""
        amount = line.net_amount
        if amount is None:
            return ()
        rows = [self.printed.rows[at] for at in self.printed.amounts.rows_with(amount)]
        names = self._name_rows(line)
        far = {row.index: distance for row in rows if (distance := self._distance(row, names)) >= 0}
        nearest = min(far.values(), default=0)
        return [row for row in rows if far.get(row.index) == nearest] or rows

    def with_name(self, line: InvoiceLine) -> Iterator[MarkedRow]:
        """Yields the first rows that print the name of the line, or an identifier of its item."""
        for index in islice(self._name_rows(line), _MOST_NAMES):
            yield self.printed.rows[index]

    def is_near_name(self, row: MarkedRow, line: InvoiceLine) -> bool:
        """Returns whether the name of the line, or an identifier of its item, stands in the row or around it."""
        return self._distance(row, self._name_rows(line)) >= 0

    def names_item(self, index: int, line: InvoiceLine) -> bool:
        """Returns whether the name of the line stands in the row, whatever its identifiers do."""
        name = line.item.name if line.item is not None else None
        return bool(name) and index in self._rows_of(name or "", ())

    def _distance(self, row: MarkedRow, names: Container[int]) -> int:
        """Returns how many rows lie between the row and one with a name; -1 where none is near."""
        for distance in range(_AROUND + 1):
            for at in (row.index - distance, row.index + distance):
                if at in names and self.printed.rows[at].page == row.page:
                    return distance
        return -1

    def _name_rows(self, line: InvoiceLine) -> Mapping[int, None]:
        """Returns the indices of the rows with the name of the line or an identifier of its item, in order."""
        item = line.item
        if item is None:
            return {}
        standard = item.standard_identifier.value if item.standard_identifier else None
        identifiers = (item.sellers_identifier, item.buyers_identifier, standard)
        return self._rows_of(item.name or "", identifiers)

    def _rows_of(self, name: str, identifiers: tuple[str | None, ...]) -> Mapping[int, None]:
        key = (name, *identifiers)
        found = self._names.get(key)
        if found is None:
            found = self._names[key] = dict.fromkeys(self._find(name, identifiers))
        return found

    def _find(self, name: str, identifiers: tuple[str | None, ...]) -> Iterator[int]:
        for text in name.splitlines():
            for row in self.printed.text.rows_with(text):
                yield row.index
        for identifier in identifiers:
            place = self.printed.text.identifier(identifier or "")
            if place is not None:
                yield place.row.index

    def numbers(self, row: MarkedRow) -> Sequence[PrintedAmount]:
        """Returns the numbers of the row that are figures: no percentages, and not the position of the line."""
        found = cells(row, self.printed)
        if self.are_numbered and row.index in self.with_line_numbers and found:
            return [cell for cell in found if cell.begin != found[0].begin]
        return found

    def around(self, row: MarkedRow) -> Iterator[MarkedRow]:
        """Yields the row, and those near it that print nothing of another line."""
        yield row
        for at in range(row.index - _AROUND, row.index + _AROUND + 1):
            if at == row.index or not 0 <= at < len(self.printed.rows):
                continue
            near = self.printed.rows[at]
            if near.page == row.page and at not in self.with_line_numbers:
                yield near

    def is_position(self, row: MarkedRow, region: PageRegion) -> bool:
        """Returns whether the region is the number by which the row says which line it is."""
        first = cells(row, self.printed)[:1]
        return self.are_numbered and bool(first) and first[0].region.words == region.words

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
    with_numbers = set()
    for row in printed.rows:
        sizes = {number.size for number in printed.amounts.of_row(row)}
        if any(not beside[size].isdisjoint(sizes) for size in sizes if size in beside):
            with_numbers.add(row.index)
    return LineRows(
        printed,
        frozenset(with_numbers),
        _read_lines(printed),
        _are_numbered(with_numbers, printed),
        states_prices_per_many(printed),
    )


def _are_numbered(with_numbers: set[int], printed: PrintedDocument) -> bool:
    """Returns whether the rows of lines begin with their positions: they count up, or a heading says so of the only one."""
    rows = [printed.rows[index] for index in sorted(with_numbers)]
    firsts = [found[0].size for row in rows if (found := cells(row, printed))]
    if len(firsts) == 1:
        return firsts[0] == 1 and any(
            _heads_positions(row) for row in printed.rows[: rows[0].index]
        )
    if not firsts or firsts[0] > 1:
        return False
    steps = sum(1 for one, two in pairwise(firsts) if two - one == 1)
    return steps >= _MOST * (len(firsts) - 1)


def _heads_positions(row: MarkedRow) -> bool:
    found = column_phrases().search(row.row.text, row.tokens)
    return len(found) > 1 and Column.POSITION in found[0].meanings


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
