"""Annotations, evidence, findings and the completeness certificate as messages."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from en16931.field_path import leaves
from en16931.finding import Finding
from en16931.model import InvoiceContent
from invoice_summarizer.domain.annotation import (
    Candidate,
    Derivation,
    Evidence,
    FieldAnnotation,
    HumanEdit,
    PageRegion,
    XmlNode,
)
from invoice_summarizer.domain.completeness import Completeness
from invoice_summarizer.rpc.mapping.times import time_to_proto
from invoices.v1 import assurance_pb2


def annotations_to_proto(
    annotations: Mapping[str, FieldAnnotation], content: InvoiceContent
) -> Iterator[assurance_pb2.FieldAnnotation]:
    """Yields the annotations in the order of the content, then those of fields without a value by path."""
    declared = [path for path, _ in leaves(content) if path in annotations]
    others = sorted(annotations.keys() - set(declared))
    for path in (*declared, *others):
        yield annotation_to_proto(path, annotations[path])


def annotation_to_proto(path: str, annotation: FieldAnnotation) -> assurance_pb2.FieldAnnotation:
    return assurance_pb2.FieldAnnotation(
        field_path=path,
        status=assurance_pb2.FieldAnnotation.Status.Value(annotation.status),
        raw_text=annotation.raw_text,
        confidence=annotation.confidence,
        evidence=map(evidence_to_proto, annotation.evidence),
        candidates=map(_candidate_to_proto, annotation.candidates),
        reasons=annotation.reasons,
    )


def evidence_to_proto(evidence: Evidence) -> assurance_pb2.Evidence:
    match evidence:
        case PageRegion():
            return assurance_pb2.Evidence(page_region=_page_region_to_proto(evidence))
        case XmlNode():
            node = assurance_pb2.XmlNode(
                xpath=evidence.xpath,
                line=evidence.line,
                attachment_sha256=evidence.attachment_sha256 or "",
            )
            return assurance_pb2.Evidence(xml_node=node)
        case Derivation():
            derivation = assurance_pb2.Derivation(
                expression=evidence.expression, value=format(evidence.value, "f")
            )
            return assurance_pb2.Evidence(derivation=derivation)
        case HumanEdit():
            edit = assurance_pb2.HumanEdit(actor=evidence.actor, time=time_to_proto(evidence.time))
            return assurance_pb2.Evidence(human_edit=edit)


def finding_to_proto(finding: Finding) -> assurance_pb2.Finding:
    return assurance_pb2.Finding(
        rule_id=finding.rule_id,
        rule_pack=finding.rule_pack,
        severity=assurance_pb2.Finding.Severity.Value(finding.severity),
        outcome=assurance_pb2.Finding.Outcome.Value(finding.outcome),
        field_paths=finding.field_paths,
        message=finding.message,
        left=_decimal(finding.left),
        right=_decimal(finding.right),
        residual=_decimal(finding.residual),
        tolerance=_decimal(finding.tolerance),
    )


def completeness_to_proto(completeness: Completeness) -> assurance_pb2.Completeness:
    return assurance_pb2.Completeness(
        verdict=assurance_pb2.Completeness.Verdict.Value(completeness.verdict),
        rows_seen=completeness.rows_seen,
        rows_returned=completeness.rows_returned,
        pages=completeness.pages,
        pages_read=completeness.pages_read,
        sums_close=completeness.sums_close,
        gaps=completeness.gaps,
    )


def _page_region_to_proto(region: PageRegion) -> assurance_pb2.PageRegion:
    return assurance_pb2.PageRegion(
        page=region.page,
        box=assurance_pb2.Box(
            left=region.box.left,
            top=region.box.top,
            right=region.box.right,
            bottom=region.box.bottom,
        ),
        layer=assurance_pb2.PageRegion.Layer.Value(region.layer),
        words=[
            assurance_pb2.WordSpan(word=span.word, begin=span.begin, end=span.end)
            for span in region.words
        ],
        text=region.text,
    )


def _candidate_to_proto(candidate: Candidate) -> assurance_pb2.Candidate:
    return assurance_pb2.Candidate(
        value=candidate.value,
        confidence=candidate.confidence,
        evidence=map(evidence_to_proto, candidate.evidence),
    )


def _decimal(value: Decimal | None) -> str | None:
    return None if value is None else format(value, "f")
