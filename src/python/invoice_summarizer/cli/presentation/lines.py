"""The lines of an invoice as a table."""

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from invoice_summarizer.cli.presentation.figures import FigureRow, FigureTable
from invoice_summarizer.cli.presentation.printable import in_one_line, printable
from invoice_summarizer.cli.reasons import explained
from invoices.v1 import invoice_pb2, query_service_pb2


def lines_view(
    lines: Sequence[query_service_pb2.AnnotatedLine], total: int, of: invoice_pb2.Invoice
) -> RenderableType:
    """Returns a row for each line, with the index that field paths have; where there is none, why the invoice has none."""
    if not lines and of.failure_reason:
        return Text(f"no lines: {printable(explained(of.failure_reason))}")
    if not lines:
        return Text("no lines")
    table = FigureTable(
        ("line", "item"), ("quantity", "price", "net"), [_row(line) for line in lines]
    )
    shown = f"{len(lines)} of {total} lines (--all for the rest)"
    count = f"{total} line{'' if total == 1 else 's'}"
    return Group(table, Text(count if len(lines) == total else shown))


def _row(annotated: query_service_pb2.AnnotatedLine) -> FigureRow:
    line = annotated.line
    name = "(too large to show)" if annotated.omitted else in_one_line(line.item.name)
    return FigureRow(
        [Text(f"lines[{annotated.index}]"), Text(name)],
        [line.invoiced_quantity, line.price.net_price, line.net_amount],
    )
