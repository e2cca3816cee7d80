"""What was understood of a document that is not stored, as a message."""

from collections.abc import Iterable, Iterator

from invoice_summarizer.domain.rule_texts.rule_text import rule_text
from invoice_summarizer.domain.summarizing.language import language_of, supported_locale
from invoice_summarizer.rpc.mapping.invoice import reading_to_invoice_proto
from invoice_summarizer.rpc.mapping.summary import claims_to_proto
from invoice_summarizer.use_cases.validate_document import ValidatedDocument
from invoices.v1 import assurance_pb2, summary_pb2, validate_service_pb2

_NOT_HELD = (assurance_pb2.Finding.FAILED, assurance_pb2.Finding.NOT_DECIDABLE)


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
        rule_texts=_rule_texts(invoice.findings, validated.language_code),
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


def _rule_texts(
    findings: Iterable[assurance_pb2.Finding], language_code: str
) -> Iterator[validate_service_pb2.RuleText]:
    """Yields the text of each rule of which a finding did not hold, once."""
    language = language_of(supported_locale(language_code))
    told: set[str] = set()
    for finding in findings:
        if finding.outcome not in _NOT_HELD or finding.rule_id in told:
            continue
        told.add(finding.rule_id)
        found = rule_text(finding.rule_id, language, finding.field_paths)
        yield validate_service_pb2.RuleText(
            rule_id=finding.rule_id, text=found.text, remedy=found.remedy
        )
