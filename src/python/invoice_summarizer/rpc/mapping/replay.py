"""The outcome of a replay as a message."""

from invoice_summarizer.domain.operation import Operation
from invoice_summarizer.domain.replay import FieldDifference, ReplayedSummary, ReplayOutcome
from invoice_summarizer.rpc.mapping.names import INVOICE, SUMMARY
from invoices.v1 import operation_pb2


def replay_to_proto(operation: Operation) -> operation_pb2.ReplayResult:
    """Returns what came of an operation of the kind REPLAY that has succeeded."""
    assert operation.invoice_id is not None
    outcome = ReplayOutcome.of(operation.result)
    return operation_pb2.ReplayResult(
        invoice=INVOICE.format(tenant=operation.tenant, invoice=operation.invoice_id),
        invoice_etag=outcome.invoice_etag,
        build=outcome.build,
        reading_equal=outcome.reading.is_equal,
        differences=map(_difference, outcome.reading.differences),
        difference_count=outcome.reading.difference_count,
        other_differences=outcome.reading.other_differences,
        summaries=(_summary(each, operation) for each in outcome.summaries),
        more_summaries=outcome.more_summaries,
    )


def _difference(difference: FieldDifference) -> operation_pb2.FieldDifference:
    return operation_pb2.FieldDifference(
        field_path=difference.field_path,
        old_value=difference.old_value,
        new_value=difference.new_value,
        annotation_differs=difference.annotation_differs,
        changed_by_person=difference.changed_by_person,
    )


def _summary(replayed: ReplayedSummary, operation: Operation) -> operation_pb2.ReplayedSummary:
    name = SUMMARY.format(
        tenant=operation.tenant, invoice=operation.invoice_id or "", summary=replayed.summary_id
    )
    return operation_pb2.ReplayedSummary(
        summary=name,
        outcome=operation_pb2.ReplayedSummary.Outcome.Value(replayed.verdict),
        old_text=replayed.old_text,
        new_text=replayed.new_text,
        same_writer=replayed.same_writer,
        reasons=replayed.reasons,
    )
