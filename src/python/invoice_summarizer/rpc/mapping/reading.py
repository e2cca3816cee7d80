"""What was understood of a document that is not stored, as a message."""

from invoice_reading.reading import Reading
from invoice_summarizer.domain.summary import BoundText, Style
from invoice_summarizer.rpc.mapping.assurance import (
    add_annotations,
    completeness_to_proto,
    finding_to_proto,
)
from invoice_summarizer.rpc.mapping.content import content_to_proto
from invoice_summarizer.rpc.mapping.invoice import form_to_proto
from invoice_summarizer.rpc.mapping.summary import claims_to_proto
from invoices.v1 import summary_pb2, validate_service_pb2


def reading_to_proto(
    reading: Reading, summary: BoundText, language_code: str, style: Style
) -> validate_service_pb2.ValidateInvoiceResponse:
    message = validate_service_pb2.ValidateInvoiceResponse(
        form=form_to_proto(reading.form),
        content=content_to_proto(reading.content),
        findings=map(finding_to_proto, reading.findings),
        completeness=completeness_to_proto(reading.completeness),
        review_reasons=reading.review_reasons,
        summary=summary_pb2.Summary(
            text=summary.text,
            language_code=language_code,
            style=summary_pb2.Summary.Style.Value(style),
            origin=summary_pb2.Summary.Origin.TEMPLATE,
            claims=claims_to_proto(summary.claims),
        ),
    )
    add_annotations(message.annotations, reading.annotations, reading.content)
    return message
