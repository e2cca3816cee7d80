"""What a person changed of an invoice, and what follows from it."""

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.text import Text

from invoice_summarizer.cli.names import start_of_id
from invoice_summarizer.cli.presentation.invoice import named, review_reasons_view, status_text
from invoice_summarizer.cli.presentation.printable import printable
from invoice_summarizer.cli.presentation.review_reasons import NO_OTHERS, Others
from invoices.v1 import assurance_pb2, correction_pb2, invoice_pb2, review_service_pb2

_Finding = assurance_pb2.Finding
_Status = invoice_pb2.Invoice.Status
_NOW = {
    _Finding.PASSED: "now holds",
    _Finding.FAILED: "now fails",
    _Finding.NOT_DECIDABLE: "can no longer be decided",
    _Finding.NOT_APPLICABLE: "no longer applies",
    _Finding.OUTCOME_UNSPECIFIED: "says something that this program does not know",
}


def corrected_view(
    answer: review_service_pb2.CorrectInvoiceResponse, others: Others = NO_OTHERS
) -> RenderableType:
    """Returns a line for each field that was changed or confirmed, what that did, and what follows."""
    lines = Text("Corrected:")
    for line in _lines(answer):
        lines.append(f"\n  {line}")
    for check in answer.check_changes:
        lines.append(f"\n{printable(check.rule_id)} {_NOW[check.after]}")
    lines.append("\nStatus: ").append_text(status_text(answer.invoice.status))
    if answer.status_before not in (_Status.STATUS_UNSPECIFIED, answer.invoice.status):
        lines.append(f", was {status_text(answer.status_before).plain}")
    return Group(lines, *_what_follows(answer.invoice, others))


def decided_line(done: str, invoice: invoice_pb2.Invoice) -> Text:
    """Returns what was done to which invoice, as people know it, and how it stands now where that is not said."""
    line = Text(f"{done} {named(invoice)}")
    status = status_text(invoice.status)
    return line if status.plain == done else line.append(": ").append_text(status)


def _what_follows(invoice: invoice_pb2.Invoice, others: Others) -> Iterator[RenderableType]:
    if invoice.review_reasons:
        yield review_reasons_view(invoice.review_reasons, invoice.status, others)
    id = start_of_id(invoice.name)
    why = " --comment TEXT" if invoice.status == _Status.REVIEW_PENDING else ""
    yield Text(
        f"`invoicectl get {id}` shows it whole, `invoicectl approve {id}{why}` approves it.",
        style="dim",
    )


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
