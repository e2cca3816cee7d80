"""What was understood of a document that is not stored, as a message."""

from invoice_summarizer.rpc.mapping.invoice import reading_to_invoice_proto
from invoice_summarizer.rpc.mapping.summary import claims_to_proto
from invoice_summarizer.use_cases.validate_document import ValidatedDocument
from invoices.v1 import summary_pb2, validate_service_pb2


def validated_to_proto(
    validated: ValidatedDocument, *, bounded: bool = True
) -> validate_service_pb2.ValidateInvoiceResponse:
    """Returns the message; where it is bounded, every client can take it as an answer."""
    summary = validated.summary
    invoice = reading_to_invoice_proto(validated.reading, full=True, bounded=bounded)
    return validate_service_pb2.ValidateInvoiceResponse(
        form=invoice.form,
        content=invoice.content,
        annotations=invoice.annotations,
        findings=invoice.findings,
        other_rules=invoice.other_rules,
        completeness=invoice.completeness,
        review_reasons=invoice.review_reasons,
        line_count=invoice.line_count,
        omitted=invoice.omitted,
        summary=summary_pb2.Summary(
            text=summary.text,
            language_code=validated.language_code,
            style=summary_pb2.Summary.Style.Value(validated.style),
            origin=summary_pb2.Summary.Origin.TEMPLATE,
            claims=claims_to_proto(summary.claims),
        ),
    )


def validated_answer(validated: ValidatedDocument) -> bytes:
    """Returns the message, serialized."""
    return validated_to_proto(validated).SerializeToString()
