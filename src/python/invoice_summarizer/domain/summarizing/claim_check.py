"""Looks one claim up again: is its text what the content says at the places that it names?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from en16931.finding import Finding
from en16931.model import InvoiceContent
from invoice_reading.annotation import DateDerivation, Derivation, FieldStatus
from invoice_reading.changes_by_people import is_by_person
from invoice_reading.completeness import Completeness
from invoice_summarizer.domain.summarizing.binding import (
    Annotations,
    bound_value,
    candidate_text,
    companion,
    counted_path,
    is_bound,
    member_count,
)
from invoice_summarizer.domain.summarizing.completeness_binding import CompletenessPart
from invoice_summarizer.domain.summarizing.derived_binding import (
    derived_binding,
    derived_renderings,
)
from invoice_summarizer.domain.summarizing.derived_figures import DerivedFigure
from invoice_summarizer.domain.summarizing.finding_binding import (
    FindingSides,
    finding_currency,
    side_evidence,
)
from invoice_summarizer.domain.summarizing.language import language_of
from invoice_summarizer.domain.summarizing.printable import printable
from invoice_summarizer.domain.summarizing.refusal import RefusalCode
from invoice_summarizer.domain.summarizing.rendering import (
    amount_renderings,
    companion_path,
    count_renderings,
    renderings,
)
from invoice_summarizer.domain.summary import Claim

_COMPLETENESS = frozenset(CompletenessPart)


@dataclass(frozen=True, slots=True)
class Known:
    """What a claim is held against."""

    content: InvoiceContent
    annotations: Annotations
    findings: Sequence[Finding]
    locale: str
    sides: FindingSides
    figures: Mapping[str, DerivedFigure]  # those of the plan, by expression
    completeness: Completeness

    @property
    def language(self) -> str:
        """The language of the words."""
        return language_of(self.locale)


def claim_defect(claim: Claim, text: str, known: Known) -> RefusalCode | None:
    """Returns why the claim does not bear its text; None where it does."""
    if claim.finding_rule_ids:
        return _finding_defect(claim, text, known)
    if not claim.field_paths:
        return _completeness_defect(claim, text, known)
    if not claim.evidence:
        return RefusalCode.EVIDENCE_MISSING
    if _is_candidate(claim, known.annotations):
        return _candidate_defect(claim, text, known)
    figure = figure_of(claim, known)
    if figure is not None:
        return _figure_defect(figure, claim, text, known)
    if is_derived(claim, known.annotations):
        return _count_defect(claim, text, known)
    if not all(is_bound(known.annotations, path) for path in claim.field_paths):
        return RefusalCode.FIELD_NOT_PRESENT
    if not _is_field_with_companion(claim.field_paths):
        return RefusalCode.CLAIM_UNFOUNDED
    if not _rests_on_its_fields(claim, known.annotations):
        return RefusalCode.EVIDENCE_MISMATCH
    return _field_defect(claim, text, known)


def _completeness_defect(claim: Claim, text: str, known: Known) -> RefusalCode | None:
    """Returns what is wrong with a claim of how many pages or rows there are; nothing else is of no field."""
    if len(claim.evidence) != 1 or not isinstance(claim.evidence[0], Derivation):
        return RefusalCode.CLAIM_UNFOUNDED
    derivation = claim.evidence[0]
    if derivation.expression not in _COMPLETENESS:
        return RefusalCode.CLAIM_UNFOUNDED
    count = CompletenessPart(derivation.expression).counted_in(known.completeness)
    if derivation.value != count:
        return RefusalCode.DERIVATION_MISMATCH
    accepted = count_renderings(count, known.locale)
    return None if text in accepted else RefusalCode.VALUE_MISMATCH


def _is_candidate(claim: Claim, annotations: Annotations) -> bool:
    """Says whether the claim is of a value that an AMBIGUOUS field might have, or that a person has changed."""
    annotation = annotations.get(claim.field_paths[0])
    if annotation is None:
        return False
    if annotation.status is FieldStatus.AMBIGUOUS:
        return True
    return is_by_person(annotation) and any(
        candidate.evidence == claim.evidence for candidate in annotation.candidates
    )


def _candidate_defect(claim: Claim, text: str, known: Known) -> RefusalCode | None:
    if len(claim.field_paths) != 1:
        return RefusalCode.CLAIM_UNFOUNDED
    [path] = claim.field_paths
    candidates = known.annotations[path].candidates
    meant = [candidate for candidate in candidates if candidate.evidence == claim.evidence]
    if not meant:
        return RefusalCode.EVIDENCE_MISMATCH
    shown = {
        candidate_text(candidate, path, known.content, known.annotations, known.locale)
        for candidate in meant
    }
    return None if text in shown else RefusalCode.VALUE_MISMATCH


def is_derived(claim: Claim, annotations: Annotations) -> bool:
    """Says whether the claim rests on an expression rather than on the evidence of its fields."""
    computed = bool(claim.evidence) and isinstance(claim.evidence[0], Derivation | DateDerivation)
    return computed and not _rests_on_its_fields(claim, annotations)


def figure_of(claim: Claim, known: Known) -> DerivedFigure | None:
    """Returns the derived figure that the claim speaks of."""
    if not is_derived(claim, known.annotations):
        return None
    derivation = claim.evidence[0]
    assert isinstance(derivation, Derivation | DateDerivation)
    return known.figures.get(derivation.expression)


def _field_defect(claim: Claim, text: str, known: Known) -> RefusalCode | None:
    path, *beside = claim.field_paths
    value = bound_value(known.content, known.annotations, path)
    found = companion(known.content, known.annotations, path) if beside else None
    if value is None or (beside and found is None):
        return RefusalCode.FIELD_NOT_PRESENT
    if text not in renderings(value, path, known.locale, found[1] if found else None):
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
    derivation = next((side for side in sides if claim.evidence[0] == side), None)
    if derivation is None:
        return RefusalCode.DERIVATION_MISMATCH
    if claim.evidence != side_evidence(derivation, known.annotations):
        return RefusalCode.EVIDENCE_MISMATCH
    currency = finding_currency(finding, known.content, known.annotations)
    accepted = amount_renderings(derivation.value, known.locale, currency)
    return None if text in accepted else RefusalCode.VALUE_MISMATCH


def _figure_defect(
    figure: DerivedFigure, claim: Claim, text: str, known: Known
) -> RefusalCode | None:
    expected = derived_binding(figure, known.content, known.annotations, known.locale)
    if expected is None or claim.evidence[0] != figure.derivation:
        return RefusalCode.DERIVATION_MISMATCH
    if claim.field_paths != expected.field_paths:
        return RefusalCode.CLAIM_UNFOUNDED
    if claim.evidence != expected.evidence:
        return RefusalCode.EVIDENCE_MISMATCH
    accepted = derived_renderings(figure, known.content, known.annotations, known.locale)
    return None if text in accepted else RefusalCode.VALUE_MISMATCH


def _count_defect(claim: Claim, text: str, known: Known) -> RefusalCode | None:
    """Returns what is wrong with a claim of how many members a group has; no other expression is left to be claimed."""
    derivation = claim.evidence[0]
    counted = counted_path(derivation.expression) if isinstance(derivation, Derivation) else None
    if not isinstance(derivation, Derivation) or counted is None:
        return RefusalCode.DERIVATION_MISMATCH
    if len(claim.evidence) != 1:
        return RefusalCode.CLAIM_UNFOUNDED
    count = member_count(known.content, known.annotations, counted)
    if count is None:
        return RefusalCode.FIELD_NOT_PRESENT
    if claim.field_paths != (counted,):
        return RefusalCode.CLAIM_UNFOUNDED
    if derivation.value != count:
        return RefusalCode.DERIVATION_MISMATCH
    accepted = count_renderings(int(count), known.locale)
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
