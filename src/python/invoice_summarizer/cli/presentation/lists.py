"""Many things at once: invoices, operations."""

from collections.abc import Sequence

from google.longrunning import operations_pb2
from google.rpc.error_details_pb2 import ErrorInfo
from rich.console import Group, RenderableType
from rich.text import Text

from invoice_summarizer.cli.names import short_id
from invoice_summarizer.cli.presentation.figures import FigureRow, FigureTable
from invoice_summarizer.cli.presentation.invoice import status_text
from invoice_summarizer.cli.presentation.kinds import kind_of, signed
from invoice_summarizer.cli.presentation.printable import printable
from invoice_summarizer.cli.reasons import explained
from invoices.v1 import invoice_pb2, operation_pb2

_State = operation_pb2.OperationMetadata.State
_Kind = operation_pb2.OperationMetadata.Kind
_MOST_REASONS = 3  # as many are shown; all are in `get`
_WIDEST_STATE = max(map(len, _State.keys()))
STATE_STYLES = {"succeeded": "green", "failed": "bold red", "cancelled": "yellow"}


def invoices_view(
    invoices: Sequence[invoice_pb2.Invoice], total: int, more: bool
) -> RenderableType:
    """Returns a row for each invoice under headings; a credit note's amount has a minus."""
    shown = f"{len(invoices)} of {total}" if more else str(total)
    rest = " (--all for the rest)" if more else ""
    count = Text(f"{shown} invoice{'' if total == 1 else 's'}{rest}")
    if not invoices:
        return count
    table = FigureTable(
        ("id", "status", "kind", "number", "supplier", "reasons"),
        ("issued", "due", "amount due"),
        [_invoice_row(invoice) for invoice in invoices],
    )
    return Group(table, count)


def _invoice_row(invoice: invoice_pb2.Invoice) -> FigureRow:
    content = invoice.content
    due = signed(content.totals.amount_due, content)
    return FigureRow(
        [
            Text(short_id(invoice.name)),
            status_text(invoice.status),
            Text(kind_of(content)),
            Text(printable(content.invoice_number)),
            Text(printable(content.seller.name or invoice.document.file_name)),
            Text(_why(invoice)),
        ],
        [
            content.issue_date,
            content.payment_due_date,
            f"{due} {content.currency_code}".strip() if due else "",
        ],
    )


def _why(invoice: invoice_pb2.Invoice) -> str:
    if invoice.failure_reason:
        return printable(explained(invoice.failure_reason))
    reasons = invoice.review_reasons
    more = f" and {len(reasons) - _MOST_REASONS} more" if len(reasons) > _MOST_REASONS else ""
    return printable(", ".join(reasons[:_MOST_REASONS])) + more


def operations_view(operations: Sequence[operations_pb2.Operation], more: bool) -> RenderableType:
    """Returns two lines for each operation: the first with its id whole, the second with its invoice's."""
    if not operations:
        return Text("no operations")
    lines = Text()
    for operation in operations:
        metadata = metadata_of(operation)
        state = state_text(operation)
        started = metadata.create_time.ToDatetime().strftime("%Y-%m-%d %H:%M:%S UTC")
        lines.append(f"{short_id(operation.name)}  ").append_text(state)
        lines.append(" " * (_WIDEST_STATE - len(state)) + f"  {started}\n")
        lines.append(f"  {_Kind.Name(metadata.kind).lower()}, try {metadata.attempt}", style="dim")
        if metadata.invoice:
            lines.append(f", invoice {short_id(metadata.invoice)}", style="dim")
        if reason := failure_reason(operation):
            lines.append(f", {printable(reason)}", style="bold red")
        lines.append("\n")
    count = f"{len(operations)} operation{'' if len(operations) == 1 else 's'}"
    return lines.append(f"{count} (--all for the rest)" if more else count)


def operation_view(operation: operations_pb2.Operation) -> RenderableType:
    metadata = metadata_of(operation)
    lines = Text()
    for name, value in (
        ("operation", short_id(operation.name)),
        ("invoice", short_id(metadata.invoice)),
        ("kind", _Kind.Name(metadata.kind).lower()),
        ("state", state_text(operation)),
        ("reason", failure_reason(operation)),
        ("tries", str(metadata.attempt)),
    ):
        if value:
            lines.append(f"{name:<11}", style="dim").append(value).append("\n")
    lines.right_crop()
    return lines


def metadata_of(operation: operations_pb2.Operation) -> operation_pb2.OperationMetadata:
    metadata = operation_pb2.OperationMetadata()
    operation.metadata.Unpack(metadata)
    return metadata


def state_text(operation: operations_pb2.Operation) -> Text:
    word = _State.Name(metadata_of(operation).state).lower()
    return Text(word, style=STATE_STYLES.get(word, ""))


def failure_reason(operation: operations_pb2.Operation) -> str:
    """Returns the stable reason of an operation that failed or was cancelled, else nothing."""
    if not operation.HasField("error"):
        return ""
    for detail in operation.error.details:
        info = ErrorInfo()
        if detail.Unpack(info):
            return str(info.reason)
    return str(operation.error.message)
