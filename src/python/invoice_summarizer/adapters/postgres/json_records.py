"""The JSON in which parts of invoices and summaries are stored.

The content is the canonical JSON of the model: snake_case names, decimals and dates as text, nothing for what was not
declared. Evidence is an object with one member that names its kind, as in `{"xml_node": {...}}`.
"""

from collections.abc import Mapping
from typing import TypeVar

import msgspec

from en16931.model import InvoiceContent, InvoiceLine
from en16931.rules.outcomes import RuleOutcomes
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
from invoice_summarizer.adapters.postgres.storable_text import storable_json
from invoice_summarizer.domain.summary import Claim, Provenance

T = TypeVar("T")


class EvidenceRecord(msgspec.Struct, frozen=True, omit_defaults=True):
    """Exactly one member is set."""

    page_region: PageRegion | None = None
    xml_node: XmlNode | None = None
    derivation: Derivation | None = None
    human_edit: HumanEdit | None = None


class CandidateRecord(msgspec.Struct, frozen=True, omit_defaults=True):
    value: str
    confidence: float
    evidence: tuple[EvidenceRecord, ...] = ()


class AnnotationRecord(msgspec.Struct, frozen=True, omit_defaults=True):
    status: FieldStatus
    raw_text: str | None = None
    confidence: float | None = None
    evidence: tuple[EvidenceRecord, ...] = ()
    candidates: tuple[CandidateRecord, ...] = ()
    reasons: tuple[str, ...] = ()


class ClaimRecord(msgspec.Struct, frozen=True, omit_defaults=True):
    begin: int
    end: int
    field_paths: tuple[str, ...]
    finding_rule_ids: tuple[str, ...] = ()
    evidence: tuple[EvidenceRecord, ...] = ()


_encoder = msgspec.json.Encoder()


def encode(value: object) -> bytes:
    """Returns the value's JSON, with every text in it storable."""
    try:
        encoded = _encoder.encode(value)
    except UnicodeEncodeError:  # half a surrogate pair
        pass
    else:
        if b"\\u0000" not in encoded:
            return encoded
    return _encoder.encode(storable_json(msgspec.to_builtins(value)))


def decoded(kind: type[T], encoded: bytes) -> T:
    """Returns the value of that type that the JSON is of."""
    return msgspec.json.decode(encoded, type=kind)


_content = msgspec.json.Decoder(InvoiceContent)
_lines = msgspec.json.Decoder(tuple[InvoiceLine, ...])
_annotations = msgspec.json.Decoder(dict[str, AnnotationRecord])
_outcomes = msgspec.json.Decoder(RuleOutcomes)
_claims = msgspec.json.Decoder(tuple[ClaimRecord, ...])
_objects = msgspec.json.Decoder(dict[str, object])
_texts = msgspec.json.Decoder(tuple[str, ...])


def content_of(encoded: bytes) -> InvoiceContent:
    return _content.decode(encoded)


def lines_of(encoded: bytes) -> tuple[InvoiceLine, ...]:
    return _lines.decode(encoded)


def outcomes_of(encoded: bytes) -> RuleOutcomes:
    return _outcomes.decode(encoded)


def texts_of(encoded: bytes) -> tuple[str, ...]:
    return _texts.decode(encoded)


def completeness_of(encoded: bytes) -> Completeness:
    return decoded(Completeness, encoded)


def object_of(encoded: bytes) -> dict[str, object]:
    """Returns a JSON object of plain values."""
    return _objects.decode(encoded)


def provenance_of(encoded: bytes) -> Provenance:
    return decoded(Provenance, encoded)


def encode_annotations(annotations: Mapping[str, FieldAnnotation]) -> bytes:
    return encode({path: _annotation_record(a) for path, a in annotations.items()})


def annotations_of(encoded: bytes) -> dict[str, FieldAnnotation]:
    return {path: _annotation(record) for path, record in _annotations.decode(encoded).items()}


def encode_claims(claims: tuple[Claim, ...]) -> bytes:
    return encode(
        tuple(
            ClaimRecord(c.begin, c.end, c.field_paths, c.finding_rule_ids, _records(c.evidence))
            for c in claims
        )
    )


def claims_of(encoded: bytes) -> tuple[Claim, ...]:
    return tuple(
        Claim(
            begin=record.begin,
            end=record.end,
            field_paths=record.field_paths,
            finding_rule_ids=record.finding_rule_ids,
            evidence=_evidence(record.evidence),
        )
        for record in _claims.decode(encoded)
    )


def _annotation_record(annotation: FieldAnnotation) -> AnnotationRecord:
    return AnnotationRecord(
        annotation.status,
        annotation.raw_text,
        annotation.confidence,
        _records(annotation.evidence),
        tuple(
            CandidateRecord(c.value, c.confidence, _records(c.evidence))
            for c in annotation.candidates
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
            Candidate(value=c.value, confidence=c.confidence, evidence=_evidence(c.evidence))
            for c in record.candidates
        ),
        reasons=record.reasons,
    )


def _records(evidence: tuple[Evidence, ...]) -> tuple[EvidenceRecord, ...]:
    return tuple(map(_record, evidence))


def _record(evidence: Evidence) -> EvidenceRecord:
    match evidence:
        case PageRegion():
            return EvidenceRecord(page_region=evidence)
        case XmlNode():
            return EvidenceRecord(xml_node=evidence)
        case Derivation():
            return EvidenceRecord(derivation=evidence)
        case HumanEdit():
            return EvidenceRecord(human_edit=evidence)


def _evidence(records: tuple[EvidenceRecord, ...]) -> tuple[Evidence, ...]:
    return tuple(
        record.page_region or record.xml_node or record.derivation or _human_edit(record)
        for record in records
    )


def _human_edit(record: EvidenceRecord) -> HumanEdit:
    assert record.human_edit is not None
    return record.human_edit
