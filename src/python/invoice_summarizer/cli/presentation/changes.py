"""What a correction changed, and the invoice as it is then."""

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.text import Text

from invoice_summarizer.cli.presentation.invoice import invoice_view
from invoice_summarizer.cli.presentation.printable import printable
from invoices.v1 import correction_pb2, review_service_pb2


def corrected_view(answer: review_service_pb2.CorrectInvoiceResponse) -> RenderableType:
    """Returns a line for each field that was changed or confirmed, above the invoice."""
    lines = Text("Corrected:")
    for line in _lines(answer):
        lines.append(f"\n  {line}")
    return Group(lines, Text(), invoice_view(answer.invoice))


def _lines(answer: review_service_pb2.CorrectInvoiceResponse) -> Iterator[str]:
    yield from map(_line, answer.changes)
    more = answer.change_count - len(answer.changes)
    if more:
        yield f"and {more} more"


def _line(change: correction_pb2.Change) -> str:
    before, after = printable(change.before), printable(change.after)
    if not change.HasField("after"):
        return f"{change.field_path}: cleared, was {before or 'none'}"
    if before == after:
        return f"{change.field_path}: {after}, confirmed"
    return f"{change.field_path}: {before or 'none'} -> {after}"
