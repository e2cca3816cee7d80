"""Looks one claim up again: is its text what the content says at the places that it names?"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from en16931.derivation import DerivationError, derive
from en16931.finding import Finding
from en16931.model import InvoiceContent
from invoice_reading.annotation import Derivation, FieldStatus
from invoice_summarizer.domain.summarizing.binding import (
    Annotations,
    bound_value,
    candidate_text,
    companion,
    counted_path,
    is_bound,
    member_count,
)
from invoice_summarizer.domain.summarizing.finding_binding import (
    FindingSides,
    finding_currency,
)
from invoice_summarizer.domain.summarizing.printable import printable
from invoice_summarizer.domain.summarizing.refusal import RefusalCode
from invoice_summarizer.domain.summarizing.rendering import (
    amount_renderings,
    companion_path,
    renderings,
)
from invoice_summarizer.domain.summary import Claim


@dataclass(frozen=True, slots=True)
class Known:
    """What a claim is held against."""

    content: InvoiceContent
    annotations: Annotations
    findings: Sequence[Finding]
    language: str
    sides: FindingSides


def claim_defect(claim: Claim, text: str, known: Known) -> RefusalCode | None:
    """Returns why the claim does not bear its text; None where it does."""
    if claim.finding_rule_ids:
        return _finding_defect(claim, text, known)
    if not claim.field_paths:
        return RefusalCode.CLAIM_UNFOUNDED
    if not claim.evidence:
        return RefusalCode.EVIDENCE_MISSING
    if _is_candidate(claim, known.annotations):
        return _candidate_defect(claim, text, known)
    if is_derived(claim, known.annotations):
        return _derivation_defect(claim, text, known)
    if not all(is_bound(known.annotations, path) for path in claim.field_paths):
        return RefusalCode.FIELD_NOT_PRESENT
    if not _is_field_with_companion(claim.field_paths):
        return RefusalCode.CLAIM_UNFOUNDED
    if not _rests_on_its_fields(claim, known.annotations):
        return RefusalCode.EVIDENCE_MISMATCH
    return _field_defect(claim, text, known)


def _is_candidate(claim: Claim, annotations: Annotations) -> bool:
    """Says whether the claim is of a value that an AMBIGUOUS field might have."""
    annotation = annotations.get(claim.field_paths[0])
    return annotation is not None and annotation.status is FieldStatus.AMBIGUOUS


def _candidate_defect(claim: Claim, text: str, known: Known) -> RefusalCode | None:
    if len(claim.field_paths) != 1:
        return RefusalCode.CLAIM_UNFOUNDED
    [path] = claim.field_paths
    candidates = known.annotations[path].candidates
    meant = [candidate for candidate in candidates if candidate.evidence == claim.evidence]
    if not meant:
        return RefusalCode.EVIDENCE_MISMATCH
    shown = {
        candidate_text(candidate, path, known.content, known.annotations, known.language)
        for candidate in meant
    }
    return None if text in shown else RefusalCode.VALUE_MISMATCH


def is_derived(claim: Claim, annotations: Annotations) -> bool:
    """Says whether the claim rests on an expression rather than on the evidence of its fields."""
    computed = all(isinstance(evidence, Derivation) for evidence in claim.evidence)
    return computed and not _rests_on_its_fields(claim, annotations)


def _field_defect(claim: Claim, text: str, known: Known) -> RefusalCode | None:
    path, *beside = claim.field_paths
    value = bound_value(known.content, known.annotations, path)
    found = companion(known.content, known.annotations, path) if beside else None
    if value is None or (beside and found is None):
        return RefusalCode.FIELD_NOT_PRESENT
    if text not in renderings(value, path, known.language, found[1] if found else None):
        return RefusalCode.VALUE_MISMATCH
    return None


def _finding_defect(claim: Claim, text: str, known: Known) -> RefusalCode | None:
    if len(claim.finding_rule_ids) != 1:
        return RefusalCode.CLAIM_UNFOUNDED
    meant = [
        finding
        for finding in known.findings
        if finding.rule_id == claim.finding_rule_ids[0] and finding.field_paths == claim.field_paths
    ]
    if not meant:
        return RefusalCode.FINDING_UNKNOWN
    defects = [_defect_of(finding, claim, text, known) for finding in meant]
    return None if None in defects else defects[0]


def _defect_of(finding: Finding, claim: Claim, text: str, known: Known) -> RefusalCode | None:
    if not claim.evidence:
        return None if text == printable(finding.rule_id) else RefusalCode.EVIDENCE_MISSING
    sides = known.sides.of(finding).values()
    derivation = next((side for side in sides if claim.evidence == (side,)), None)
    if derivation is None:
        return RefusalCode.DERIVATION_MISMATCH
    currency = finding_currency(finding, known.content, known.annotations)
    accepted = amount_renderings(derivation.value, known.language, currency)
    return None if text in accepted else RefusalCode.VALUE_MISMATCH


def _derivation_defect(claim: Claim, text: str, known: Known) -> RefusalCode | None:
    derivation = claim.evidence[0]
    if len(claim.evidence) != 1 or not isinstance(derivation, Derivation):
        return RefusalCode.CLAIM_UNFOUNDED
    counted = counted_path(derivation.expression)
    if counted is not None:
        count = member_count(known.content, known.annotations, counted)
        return _derived_defect(claim, text, count, (counted,), None, known)
    try:
        derived = derive(derivation.expression, known.content)
    except DerivationError:
        return RefusalCode.DERIVATION_MISMATCH
    if not all(is_bound(known.annotations, path) for path in derived.field_paths):
        return RefusalCode.FIELD_NOT_PRESENT
    beside = companion(known.content, known.annotations, "amount")
    currency = beside[1] if beside else None
    return _derived_defect(claim, text, derived.value, derived.field_paths, currency, known)


def _derived_defect(
    claim: Claim,
    text: str,
    value: Decimal | None,
    field_paths: Sequence[str],
    currency: str | None,
    known: Known,
) -> RefusalCode | None:
    [derivation] = claim.evidence
    if value is None:
        return RefusalCode.FIELD_NOT_PRESENT
    if set(claim.field_paths) != set(field_paths):
        return RefusalCode.CLAIM_UNFOUNDED
    if not isinstance(derivation, Derivation) or derivation.value != value:
        return RefusalCode.DERIVATION_MISMATCH
    accepted = amount_renderings(value, known.language, currency)
    return None if text in accepted else RefusalCode.VALUE_MISMATCH


def _is_field_with_companion(field_paths: Sequence[str]) -> bool:
    return len(field_paths) == 1 or (
        len(field_paths) == 2 and companion_path(field_paths[0]) == field_paths[1]
    )


def _rests_on_its_fields(claim: Claim, annotations: Annotations) -> bool:
    """Says whether the evidence is of the fields, some of each."""
    if not all(is_bound(annotations, path) for path in claim.field_paths):
        return False
    evidence_by_path = [annotations[path].evidence for path in claim.field_paths]
    return all(
        any(evidence in own for own in evidence_by_path) for evidence in claim.evidence
    ) and all(any(evidence in own for evidence in claim.evidence) for own in evidence_by_path)
