"""Summaries as messages."""

from collections.abc import Iterable, Iterator, Sequence

from invoice_summarizer.domain.errors import InvalidInput
from invoice_summarizer.domain.principal import Principal, Role
from invoice_summarizer.domain.summary import Claim, InstructionOutcome, Style, Summary
from invoice_summarizer.ports.packed import Packed
from invoice_summarizer.rpc.mapping.assurance import evidence_to_proto
from invoice_summarizer.rpc.mapping.bounded import fitting
from invoice_summarizer.rpc.mapping.names import SUMMARY
from invoice_summarizer.rpc.mapping.times import time_to_proto
from invoices.v1 import query_service_pb2, summary_pb2

LONGEST_INSTRUCTION = 500  # characters


def summary_to_proto(
    summary: Summary, reader: Principal, *, stored_before: bool = False
) -> summary_pb2.Summary:
    """Returns what this reader may see of it."""
    provenance = summary.provenance
    return summary_pb2.Summary(
        name=SUMMARY.format(tenant=summary.tenant, invoice=summary.invoice_id, summary=summary.id),
        text=summary.text,
        language_code=summary.language_code,
        style=summary_pb2.Summary.Style.Value(summary.style),
        origin=summary_pb2.Summary.Origin.Value(summary.origin),
        claims=claims_to_proto(summary.claims),
        refusal_reasons=summary.refusal_reasons,
        refused_answer=summary.refused_answer if Role.REVIEWER in reader.roles else "",
        instruction=summary.instruction,
        provenance=summary_pb2.Provenance(
            engine=provenance.engine,
            model=provenance.model,
            model_sha256=provenance.model_sha256,
            tokenizer_sha256=provenance.tokenizer_sha256,
            prompt=provenance.prompt,
            prompt_sha256=provenance.prompt_sha256,
            schema_sha256=provenance.schema_sha256,
            decode_parameters=provenance.decode_parameters,
            build=provenance.build,
        ),
        create_time=time_to_proto(summary.create_time),
        invoice_etag=summary.invoice_etag,
        stored_before=stored_before,
        instruction_outcome=instruction_outcome_to_proto(summary.instruction_outcome),
    )


def summaries_answer(
    packed: Packed[Sequence[Summary]], reader: Principal, most: int
) -> tuple[bytes, int]:
    """Returns the field `summaries` of a ListSummariesResponse with the first that fit, and how many they are."""
    summaries = fitting(summary_to_proto(summary, reader) for summary in packed.unpacked()[:most])
    answer = query_service_pb2.ListSummariesResponse(summaries=summaries)
    return answer.SerializeToString(), len(summaries)


def claims_to_proto(claims: Iterable[Claim]) -> Iterator[summary_pb2.Claim]:
    for claim in claims:
        yield summary_pb2.Claim(
            begin=claim.begin,
            end=claim.end,
            field_paths=claim.field_paths,
            finding_rule_ids=claim.finding_rule_ids,
            evidence=map(evidence_to_proto, claim.evidence),
        )


def instruction_outcome_to_proto(
    outcome: InstructionOutcome | None,
) -> summary_pb2.Summary.InstructionOutcome.ValueType:
    kinds = summary_pb2.Summary.InstructionOutcome
    return kinds.Value(outcome) if outcome else kinds.INSTRUCTION_OUTCOME_UNSPECIFIED


def style_from_proto(style: summary_pb2.Summary.Style.ValueType) -> Style:
    """Returns the style, SHORT where none is named. Numbers without a name do not come as far as this."""
    return Style(summary_pb2.Summary.Style.Name(style)) if style else Style.SHORT


def instruction_from_proto(instruction: str) -> str:
    """Returns the instruction in one line. Raises InvalidInput where it is too long."""
    line = " ".join(instruction.split())
    if len(line) > LONGEST_INSTRUCTION:
        raise InvalidInput(
            f"an instruction has at most {LONGEST_INSTRUCTION} characters", field="instruction"
        )
    return line
