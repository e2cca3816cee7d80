"""Corrections of an invoice, and what they changed, as messages."""

from collections.abc import Iterable

from invoice_summarizer.domain.check_change import CheckChange
from invoice_summarizer.domain.corrected_reading import Change
from invoice_summarizer.domain.correction import Correction
from invoice_summarizer.domain.errors import InvalidInput
from invoice_summarizer.rpc.mapping.bounded import fitting
from invoice_summarizer.rpc.mapping.invoice import status_to_proto
from invoice_summarizer.use_cases.correct_invoice import CorrectedInvoice
from invoices.v1 import assurance_pb2, correction_pb2, review_service_pb2

CHANGED_TEXT_LIMIT = 1_000
_CHANGES_LIMIT_BYTES = 384 * 1024  # beside an invoice that is as large as an answer may be


def corrections_from_proto(messages: Iterable[correction_pb2.Correction]) -> list[Correction]:
    """Raises InvalidInput where one says neither what stands at its place nor that nothing does."""
    return [_correction(number, message) for number, message in enumerate(messages)]


def corrected_to_proto(corrected: CorrectedInvoice) -> review_service_pb2.CorrectInvoiceResponse:
    """Returns the answer without the invoice, with the first of the changes."""
    return review_service_pb2.CorrectInvoiceResponse(
        changes=fitting(map(_change_to_proto, corrected.changes), _CHANGES_LIMIT_BYTES),
        change_count=corrected.change_count,
        check_changes=map(_check_change_to_proto, corrected.check_changes),
        status_before=status_to_proto(corrected.status_before),
    )


def _correction(number: int, message: correction_pb2.Correction) -> Correction:
    if message.WhichOneof("correction") == "value":
        return Correction(message.field_path, message.value)
    if not message.clear:
        raise InvalidInput(
            f"corrections[{number}] must have a value, or say `clear: true`",
            field=f"corrections[{number}]",
            reason="INVALID_CORRECTION",
        )
    return Correction(message.field_path, None)


def _change_to_proto(change: Change) -> correction_pb2.Change:
    return correction_pb2.Change(
        field_path=change.field_path,
        field_path_after=change.field_path_after,
        before=_shortened(change.before),
        after=_shortened(change.after),
    )


def _check_change_to_proto(change: CheckChange) -> correction_pb2.CheckChange:
    return correction_pb2.CheckChange(
        rule_id=change.rule_id,
        before=assurance_pb2.Finding.Outcome.Value(change.before),
        after=assurance_pb2.Finding.Outcome.Value(change.after),
    )


def _shortened(text: str | None) -> str | None:
    return text if text is None or len(text) <= CHANGED_TEXT_LIMIT else text[:CHANGED_TEXT_LIMIT]
