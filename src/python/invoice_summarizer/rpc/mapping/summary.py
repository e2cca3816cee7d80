"""Summaries as messages."""

from collections.abc import Iterable, Iterator

from invoice_summarizer.domain.summary import Claim, Style, Summary
from invoice_summarizer.rpc.mapping.assurance import evidence_to_proto
from invoice_summarizer.rpc.mapping.names import SUMMARY
from invoice_summarizer.rpc.mapping.times import time_to_proto
from invoices.v1 import summary_pb2


def summary_to_proto(summary: Summary, *, stored_before: bool = False) -> summary_pb2.Summary:
    provenance = summary.provenance
    return summary_pb2.Summary(
        name=SUMMARY.format(tenant=summary.tenant, invoice=summary.invoice_id, summary=summary.id),
        text=summary.text,
        language_code=summary.language_code,
        style=summary_pb2.Summary.Style.Value(summary.style),
        origin=summary_pb2.Summary.Origin.Value(summary.origin),
        claims=claims_to_proto(summary.claims),
        refusal_reasons=summary.refusal_reasons,
        provenance=summary_pb2.Provenance(
            engine=provenance.engine,
            model=provenance.model,
            model_sha256=provenance.model_sha256,
            prompt=provenance.prompt,
            prompt_sha256=provenance.prompt_sha256,
            schema_sha256=provenance.schema_sha256,
            decode_parameters=provenance.decode_parameters,
            build=provenance.build,
        ),
        create_time=time_to_proto(summary.create_time),
        invoice_etag=summary.invoice_etag,
        stored_before=stored_before,
    )


def claims_to_proto(claims: Iterable[Claim]) -> Iterator[summary_pb2.Claim]:
    for claim in claims:
        yield summary_pb2.Claim(
            begin=claim.begin,
            end=claim.end,
            field_paths=claim.field_paths,
            finding_rule_ids=claim.finding_rule_ids,
            evidence=map(evidence_to_proto, claim.evidence),
        )


def style_from_proto(style: summary_pb2.Summary.Style.ValueType) -> Style:
    """Returns the style, SHORT where none is named. Numbers without a name do not come as far as this."""
    return Style(summary_pb2.Summary.Style.Name(style)) if style else Style.SHORT
