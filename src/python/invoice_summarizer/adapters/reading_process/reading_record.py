"""A reading as it goes from process to process: every value comes out as it went in, each digit of a decimal too."""

from collections.abc import Iterator, Mapping
from itertools import islice

import msgspec

from en16931.finding import Finding, Outcome
from en16931.model import InvoiceContent
from invoice_reading.annotation import (
    Candidate,
    Derivation,
    Evidence,
    FieldAnnotation,
    FieldStatus,
    HumanEdit,
    PageRegion,
    XmlNode,
)
from invoice_reading.completeness import Completeness
from invoice_reading.reading import DocumentForm, Reading

# One call of the decoder lets no other thread run, so that what can be long goes piece by piece.
_ANNOTATIONS_EACH = 500


class RegionRecord(msgspec.Struct, frozen=True, array_like=True, gc=False, tag="region"):
    region: PageRegion


class NodeRecord(msgspec.Struct, frozen=True, array_like=True, gc=False, tag="node"):
    xpath: str
    line: int
    attachment_sha256: str | None


class DerivationRecord(msgspec.Struct, frozen=True, array_like=True, tag="derivation"):
    derivation: Derivation


class EditRecord(msgspec.Struct, frozen=True, array_like=True, tag="edit"):
    edit: HumanEdit


EvidenceRecord = RegionRecord | NodeRecord | DerivationRecord | EditRecord


class CandidateRecord(msgspec.Struct, frozen=True, array_like=True):
    value: str
    confidence: float
    evidence: tuple[EvidenceRecord, ...]


class AnnotationRecord(msgspec.Struct, frozen=True, array_like=True):
    status: FieldStatus
    raw_text: str | None
    confidence: float | None
    evidence: tuple[EvidenceRecord, ...]
    candidates: tuple[CandidateRecord, ...]
    reasons: tuple[str, ...]


class ReadingRecord(msgspec.Struct, frozen=True, array_like=True, tag="reading"):
    """`annotations` are pieces of the mapping, each encoded by itself."""

    form: DocumentForm
    content: InvoiceContent
    annotations: tuple[msgspec.Raw, ...]
    findings: tuple[Finding, ...]
    completeness: Completeness
    review_reasons: tuple[str, ...]
    other_rules: dict[Outcome, tuple[str, ...]]

    @property
    def is_small(self) -> bool:
        """Says whether putting the reading together takes a millisecond or two, and not seconds."""
        return len(self.annotations) <= 1


_encoder = msgspec.msgpack.Encoder()
_annotations = msgspec.msgpack.Decoder(dict[str, AnnotationRecord])


def reading_record(reading: Reading) -> ReadingRecord:
    return ReadingRecord(
        reading.form,
        reading.content,
        tuple(_pieces(reading.annotations)),
        reading.findings,
        reading.completeness,
        reading.review_reasons,
        dict(reading.other_rules),
    )


def reading_of(record: ReadingRecord) -> Reading:
    """Returns the reading of the record. Raises msgspec.DecodeError where a piece of it is none."""
    return Reading(
        form=record.form,
        content=record.content,
        annotations={
            path: _annotation(each)
            for piece in record.annotations
            for path, each in _annotations.decode(piece).items()
        },
        findings=record.findings,
        completeness=record.completeness,
        review_reasons=record.review_reasons,
        other_rules=record.other_rules,
    )


def _pieces(annotations: Mapping[str, FieldAnnotation]) -> Iterator[msgspec.Raw]:
    items = iter(annotations.items())
    while piece := {path: _record(each) for path, each in islice(items, _ANNOTATIONS_EACH)}:
        yield msgspec.Raw(_encoder.encode(piece))


def _record(annotation: FieldAnnotation) -> AnnotationRecord:
    return AnnotationRecord(
        annotation.status,
        annotation.raw_text,
        annotation.confidence,
        _evidence_records(annotation.evidence),
        tuple(
            CandidateRecord(each.value, each.confidence, _evidence_records(each.evidence))
            for each in annotation.candidates
        ),
        annotation.reasons,
    )


def _annotation(record: AnnotationRecord) -> FieldAnnotation:
    return FieldAnnotation(
        status=record.status,
        raw_text=record.raw_text,
        confidence=record.confidence,
        evidence=_evidence(record.evidence),
        candidates=tuple(
            Candidate(
                value=each.value, confidence=each.confidence, evidence=_evidence(each.evidence)
            )
            for each in record.candidates
        ),
        reasons=record.reasons,
    )


def _evidence_records(evidence: tuple[Evidence, ...]) -> tuple[EvidenceRecord, ...]:
    return tuple(map(_evidence_record, evidence))


def _evidence_record(evidence: Evidence) -> EvidenceRecord:
    match evidence:
        case PageRegion():
            return RegionRecord(evidence)
        case XmlNode():
            return NodeRecord(evidence.xpath, evidence.line, evidence.attachment_sha256)
        case Derivation():
            return DerivationRecord(evidence)
        case HumanEdit():
            return EditRecord(evidence)


def _evidence(records: tuple[EvidenceRecord, ...]) -> tuple[Evidence, ...]:
    return tuple(map(_of_record, records))


def _of_record(record: EvidenceRecord) -> Evidence:
    match record:
        case RegionRecord():
            return record.region
        case NodeRecord():
            return XmlNode(
                xpath=record.xpath, line=record.line, attachment_sha256=record.attachment_sha256
            )
        case DerivationRecord():
            return record.derivation
        case EditRecord():
            return record.edit
