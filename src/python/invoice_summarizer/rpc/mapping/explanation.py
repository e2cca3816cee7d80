"""The explanation of a claim as a message."""

from invoice_summarizer.domain.summarizing.explanation import ExplainedField
from invoice_summarizer.rpc.mapping.assurance import annotation_to_proto, finding_to_proto
from invoice_summarizer.rpc.mapping.bounded import ANSWER_LIMIT_BYTES, fitting
from invoice_summarizer.rpc.mapping.summary import claims_to_proto
from invoice_summarizer.use_cases.explain_claim import ExplainedClaim
from invoices.v1 import assurance_pb2, summarize_service_pb2


def explanation_to_proto(
    explained: ExplainedClaim,
) -> summarize_service_pb2.ExplainClaimResponse:
    explanation = explained.explanation
    [claim] = claims_to_proto([explained.claim])
    return summarize_service_pb2.ExplainClaimResponse(
        index=explained.index,
        text=explained.text,
        claim=claim,
        fields=fitting(map(_field, explanation.fields), ANSWER_LIMIT_BYTES // 2),
        field_count=len(explained.claim.field_paths),
        recomputations=(
            summarize_service_pb2.Recomputation(
                expression=each.expression, with_values=each.with_values, value=each.value
            )
            for each in explanation.recomputations
        ),
        findings=map(finding_to_proto, explanation.findings),
        invoice_changed=explained.invoice_changed,
    )


def _field(field: ExplainedField) -> summarize_service_pb2.ExplainedField:
    annotation = (
        annotation_to_proto(field.path, field.annotation)
        if field.annotation
        else assurance_pb2.FieldAnnotation(field_path=field.path)
    )
    return summarize_service_pb2.ExplainedField(value=field.value, annotation=annotation)
