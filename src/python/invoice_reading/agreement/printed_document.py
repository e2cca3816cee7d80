"""The pages, read once for all fields that are held against them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from invoice_reading.agreement.printed_amounts import PrintedAmounts
from invoice_reading.agreement.printed_text import PrintedText
from invoice_reading.extract.amount_captions import AmountGroup, amount_groups
from invoice_reading.extract.extract import extract
from invoice_reading.extract.label_values import LabelPlace, label_places
from invoice_reading.extract.layout import Row
from invoice_reading.extract.marked_rows import MarkedRow, marked_rows
from invoice_reading.extraction import Extraction
from invoice_reading.page import Page


@dataclass(frozen=True, slots=True)
class PrintedDocument:
    """What the visible words of the pages say: as rows, as texts and amounts to be searched, and read as an invoice."""

    pages: Sequence[Page]
    rows: Sequence[MarkedRow]
    places: Sequence[LabelPlace]
    text: PrintedText
    amounts: PrintedAmounts
    groups: Sequence[AmountGroup]  # the numbers of each row behind their captions
    reading: Extraction  # what the pages alone would be read into
    marked: Mapping[int, MarkedRow]  # by the identity of the row that it marks

    def marked_row(self, row: Row) -> MarkedRow:
        """Returns the row with its marks, where it is one of these."""
        return self.marked[id(row)]


def printed_document(pages: Sequence[Page]) -> PrintedDocument:
    """Returns the pages ready to be searched; hidden words take no part."""
    all_rows = marked_rows(pages)
    return PrintedDocument(
        pages=pages,
        rows=all_rows,
        places=label_places(all_rows),
        text=PrintedText(all_rows),
        amounts=PrintedAmounts(pages, all_rows),
        groups=tuple(group for row in all_rows for group in amount_groups(row)),
        reading=extract(pages),
        marked={id(row.row): row for row in all_rows},
    )
