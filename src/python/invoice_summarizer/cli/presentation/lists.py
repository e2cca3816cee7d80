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
from invoice_summarizer.cli.presentation.review_reasons import NO_OTHERS, Others, reason_words
from invoice_summarizer.cli.reasons import explained, in_words
from invoices.v1 import invoice_pb2, operation_pb2

_State = operation_pb2.OperationMetadata.State
_Kind = operation_pb2.OperationMetadata.Kind
_MOST_REASONS = 3  # as many are shown; all are in `get`
_WIDEST_STATE = max(map(len, _State.keys()))
STATE_STYLES = {"succeeded": "green", "failed": "bold red", "cancelled": "yellow"}


def invoices_view(
    invoices: Sequence[invoice_pb2.Invoice], total: int, more: bool, others: Others = NO_OTHERS
) -> RenderableType:
    """Returns a row for each invoice under headings, below it why a person has to look; what is credited has a minus."""
    shown = f"{len(invoices)} of {total}" if more else str(total)
    rest = " (--all for the rest)" if more else ""
    count = Text(f"{shown} invoice{'' if total == 1 else 's'}{rest}")
    if not invoices:
        return count
    table = FigureTable(
        ("id", "status", "kind", "number", "supplier"),
        ("issued", "due", "amount due"),
        [_invoice_row(invoice, others) for invoice in invoices],
        foldable=frozenset({"number", "supplier"}),
    )
    return Group(table, count)


def _invoice_row(invoice: invoice_pb2.Invoice, others: Others) -> FigureRow:
    content, file_name = invoice.content, invoice.document.file_name
    due = signed(content.totals.amount_due, content)
    return FigureRow(
        [
            Text(short_id(invoice.name)),
            status_text(invoice.status),
            Text(kind_of(content)),
            Text(printable(content.invoice_number)),
            Text("" if invoice.failure_reason else printable(content.seller.name or file_name)),
        ],
        [
            content.issue_date,
            content.payment_due_date,
            f"{due} {content.currency_code}".strip() if due else "",
        ],
        _why(invoice, others),
    )


def _why(invoice: invoice_pb2.Invoice, others: Others) -> str:
    if invoice.failure_reason:
        file_name = invoice.document.file_name or "document without a name"
        return printable(f"{file_name}: {in_words(invoice.failure_reason)}")
    return some_reasons(invoice.review_reasons, others)


def some_reasons(reasons: Sequence[str], others: Others = NO_OTHERS) -> str:
    """Returns the first of the reasons, and how many there are beside them."""
    said = [reason_words(reason, others) for reason in reasons[:_MOST_REASONS]]
    if len(reasons) > len(said):
        said.append(f"and {len(reasons) - len(said)} more")
    return printable("; ".join(said))


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
            lines.append(f", {printable(explained(reason))}", style="bold red")
        lines.append("\n")
    count = f"{len(operations)} operation{'' if len(operations) == 1 else 's'}"
    return lines.append(f"{count} (--all for the rest)" if more else count)


def operation_view(operation: operations_pb2.Operation) -> RenderableType:
    metadata, reason = metadata_of(operation), failure_reason(operation)
    lines = Text()
    for name, value in (
        ("operation", short_id(operation.name)),
        ("invoice", short_id(metadata.invoice)),
        ("kind", _Kind.Name(metadata.kind).lower()),
        ("state", state_text(operation)),
        ("reason", printable(explained(reason)) if reason else ""),
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
