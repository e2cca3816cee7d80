"""Lists as tables of cells, as `--output csv` gives them."""

from collections.abc import Sequence
from decimal import Decimal

from google.longrunning import operations_pb2

from invoice_summarizer.cli.export.columns import (
    INVOICE_COLUMNS,
    LINE_COLUMNS,
    invoice_row,
    line_row,
)
from invoice_summarizer.cli.export.table import Cell, Sheet, decimal_cell
from invoice_summarizer.cli.names import short_id
from invoice_summarizer.cli.presentation.enum_words import enum_words
from invoice_summarizer.cli.presentation.lists import failure_reason, metadata_of
from invoices.v1 import batch_pb2, event_pb2, invoice_pb2, operation_pb2, query_service_pb2

_EVENT_COLUMNS = ("time", "event", "actor", "comment", "reason", "changed", "operation")
_OPERATION_COLUMNS = ("operation", "kind", "state", "attempt", "create_time", "invoice", "reason")
_BATCH_ITEM_COLUMNS = ("ordinal", "state", "document_uri", "invoice", "summary", "reason")
_AGGREGATE_COLUMNS = (
    *("currency_code", "supplier", "month", "status", "count", "amount_without_vat"),
    *("vat_amount", "amount_with_vat", "amount_due", "credit_note_count"),
)


def invoices_sheet(invoices: Sequence[invoice_pb2.Invoice]) -> Sheet:
    return Sheet(INVOICE_COLUMNS, [invoice_row(each) for each in invoices])


def lines_sheet(
    invoice: invoice_pb2.Invoice, lines: Sequence[query_service_pb2.AnnotatedLine]
) -> Sheet:
    return Sheet(LINE_COLUMNS, [line_row(invoice, each) for each in lines])


def events_sheet(events: Sequence[event_pb2.Event]) -> Sheet:
    return Sheet(_EVENT_COLUMNS, [_event_row(each) for each in events])


def operations_sheet(operations: Sequence[operations_pb2.Operation]) -> Sheet:
    return Sheet(_OPERATION_COLUMNS, [_operation_row(each) for each in operations])


def batch_items_sheet(items: Sequence[batch_pb2.BatchItem]) -> Sheet:
    return Sheet(_BATCH_ITEM_COLUMNS, [_batch_item_row(each) for each in items])


def aggregates_sheet(answer: query_service_pb2.AggregateInvoicesResponse) -> Sheet:
    """Returns a row for each group, and none for totals: who sums a column would count everything twice."""
    return Sheet(_AGGREGATE_COLUMNS, [_aggregate_row(each) for each in answer.aggregates])


def _event_row(event: event_pb2.Event) -> Sequence[Cell]:
    return (
        event.time.ToJsonString(),
        enum_words(event_pb2.Event.Kind.Name(event.kind)),
        event.actor,
        event.comment,
        event.reason,
        "; ".join(event.changed),
        short_id(event.operation),
    )


def _operation_row(operation: operations_pb2.Operation) -> Sequence[Cell]:
    metadata = metadata_of(operation)
    return (
        short_id(operation.name),
        enum_words(operation_pb2.OperationMetadata.Kind.Name(metadata.kind)),
        enum_words(operation_pb2.OperationMetadata.State.Name(metadata.state)),
        Decimal(metadata.attempt),
        metadata.create_time.ToJsonString(),
        short_id(metadata.invoice),
        failure_reason(operation),
    )


def _batch_item_row(item: batch_pb2.BatchItem) -> Sequence[Cell]:
    return (
        Decimal(item.ordinal),
        enum_words(batch_pb2.BatchItem.State.Name(item.state)),
        item.document_uri,
        short_id(item.invoice),
        short_id(item.summary),
        item.failure_reason,
    )


def _aggregate_row(row: query_service_pb2.InvoiceAggregate) -> Sequence[Cell]:
    return (
        row.currency_code,
        row.supplier,
        row.month,
        enum_words(invoice_pb2.Invoice.Status.Name(row.status)) if row.status else "",
        Decimal(row.count),
        decimal_cell(row.amount_without_vat),
        decimal_cell(row.vat_amount),
        decimal_cell(row.amount_with_vat),
        decimal_cell(row.amount_due),
        Decimal(row.credit_note_count),
    )
