"""Annotations, evidence, findings and the completeness certificate as messages."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from google.protobuf.internal.containers import RepeatedCompositeFieldContainer

from en16931.exact import decimal_text
from en16931.finding import Finding, Outcome
from invoice_reading.annotation import (
    DateDerivation,
    Derivation,
    Evidence,
    FieldAnnotation,
    FieldStatus,
    HumanEdit,
    PageRegion,
    XmlNode,
)
from invoice_reading.calibration.confidence import calibrated_confidence
from invoice_reading.completeness import Completeness
from invoice_reading.page import Layer
from invoice_summarizer.rpc.mapping.times import time_to_proto
from invoices.v1 import assurance_pb2

_STATUSES = {status: assurance_pb2.FieldAnnotation.Status.Value(status) for status in FieldStatus}
_LAYERS = {layer: assurance_pb2.PageRegion.Layer.Value(layer) for layer in Layer}


def add_annotations(
    messages: RepeatedCompositeFieldContainer[assurance_pb2.FieldAnnotation],
    annotations: Mapping[str, FieldAnnotation],
    paths: Iterable[str],
) -> None:
    """Adds the annotations in the order of the paths, those that are there of the content, then all others by path.

    There are hundreds of them in an invoice, and messages that are filled in place cost a third of those that are
    built and copied.
    """
    declared = [path for path in paths if path in annotations]
    others = sorted(annotations.keys() - set(declared))
    for path in (*declared, *others):
        _fill_annotation(messages.add(), path, annotations[path])


def annotation_to_proto(path: str, annotation: FieldAnnotation) -> assurance_pb2.FieldAnnotation:
    message = assurance_pb2.FieldAnnotation()
    _fill_annotation(message, path, annotation)
    return message


def evidence_to_proto(evidence: Evidence) -> assurance_pb2.Evidence:
    message = assurance_pb2.Evidence()
    _fill_evidence(message, evidence)
    return message


def _fill_annotation(
    message: assurance_pb2.FieldAnnotation, path: str, annotation: FieldAnnotation
) -> None:
    message.field_path = path
    message.status = _STATUSES[annotation.status]
    if annotation.raw_text is not None:
        message.raw_text = annotation.raw_text
    confidence = calibrated_confidence(path, annotation)
    if confidence is not None:
        message.confidence = confidence
    for evidence in annotation.evidence:
        _fill_evidence(message.evidence.add(), evidence)
    for candidate in annotation.candidates:
        added = message.candidates.add(value=candidate.value, confidence=candidate.confidence)
        for evidence in candidate.evidence:
            _fill_evidence(added.evidence.add(), evidence)
    message.reasons.extend(annotation.reasons)


def _fill_evidence(message: assurance_pb2.Evidence, evidence: Evidence) -> None:
    match evidence:
        case PageRegion():
            _fill_page_region(message.page_region, evidence)
        case XmlNode():
            message.xml_node.xpath = evidence.xpath
            message.xml_node.line = evidence.line
            message.xml_node.attachment_sha256 = evidence.attachment_sha256 or ""
        case Derivation():
            message.derivation.expression = evidence.expression
            message.derivation.value = decimal_text(evidence.value)
        case DateDerivation():
            message.derivation.expression = evidence.expression
            message.derivation.value = evidence.value.isoformat()
        case HumanEdit():
            message.human_edit.actor = evidence.actor
            message.human_edit.time.CopyFrom(time_to_proto(evidence.time))


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
        xml_node=_xml_node(finding),
    )


def _xml_node(finding: Finding) -> assurance_pb2.XmlNode | None:
    if finding.xpath is None:
        return None
    return assurance_pb2.XmlNode(xpath=finding.xpath, line=finding.line or 0)


def other_rules_to_proto(
    other_rules: Mapping[Outcome, tuple[str, ...]],
) -> list[assurance_pb2.RuleOutcomes]:
    return [
        assurance_pb2.RuleOutcomes(
            outcome=assurance_pb2.Finding.Outcome.Value(outcome), rule_ids=rule_ids
        )
        for outcome, rule_ids in other_rules.items()
    ]


def completeness_to_proto(completeness: Completeness) -> assurance_pb2.Completeness:
    return assurance_pb2.Completeness(
        verdict=assurance_pb2.Completeness.Verdict.Value(completeness.verdict),
        rows_seen=completeness.rows_seen,
        rows_returned=completeness.rows_returned,
        pages=completeness.pages,
        pages_read=completeness.pages_read,
        sums_close=completeness.sums_close,
        gaps=completeness.gaps,
        parts=completeness.parts,
    )


def _fill_page_region(message: assurance_pb2.PageRegion, region: PageRegion) -> None:
    message.page = region.page
    message.layer = _LAYERS[region.layer]
    message.text = region.text
    box = message.box
    box.left, box.top = region.box.left, region.box.top
    box.right, box.bottom = region.box.right, region.box.bottom
    for span in region.words:
        message.words.add(word=span.word, begin=span.begin, end=span.end)


def _decimal(value: Decimal | None) -> str | None:
    return None if value is None else decimal_text(value)
