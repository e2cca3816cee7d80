"""A reading after a person has corrected its content: what is known of each field now, checked again."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from en16931.field_path import Leaf, is_within, leaf_type, leaves, parent_in
from en16931.finding import Finding, Outcome
from en16931.model import Group
from invoice_reading.annotation import (
    AnnotationReason,
    Candidate,
    FieldAnnotation,
    FieldStatus,
    HumanEdit,
)
from invoice_reading.changes_by_people import wants_second_look
from invoice_reading.check.as_written import told_of_xml
from invoice_reading.check.assessment import assess
from invoice_reading.check.rules import CONTENT_RULES
from invoice_reading.reading import Reading
from invoice_reading.review_reason import ReviewCode, ReviewReason
from invoice_summarizer.domain.canonical_value import canonical_text
from invoice_summarizer.domain.correction import CorrectedContent


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a correction did to one field: its value before and after, None where there is none.

    The paths are those in the content before and after; of a field of a new element, the path before is the one by
    which the correction named it, and the path after is None where the element of its list is gone. Both values are
    the same where a person confirmed what was read.
    """

    field_path: str
    field_path_after: str | None
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectedReading:
    reading: Reading
    changes: tuple[
        Change, ...
    ]  # of fields that had a value in the order of the content before, then of the others


def corrected_reading(
    reading: Reading, corrected: CorrectedContent, edit: HumanEdit
) -> CorrectedReading:
    """Returns the reading with the content as corrected, assessed again, and what has changed.

    Each corrected field has the edit as its evidence, and what the document says as a candidate; one that has no
    value any more is ABSENT. Annotations of all other fields stay as they were, and move with their elements. What
    the document itself shows (hidden text, page against XML) stays as it was found.
    """
    annotations: dict[str, FieldAnnotation] = {}
    changes: list[Change] = []
    old: dict[str, Leaf] = dict(leaves(corrected.before))
    new: dict[str, Leaf] = dict(leaves(corrected.after))
    for path in dict.fromkeys((*old, *reading.annotations, *_fields(corrected.paths))):
        named = parent_in(path, corrected.paths)
        path_after = corrected.path_after(path)
        known = reading.annotations.get(path)
        if named is None:
            if known is not None and path_after is not None:
                annotations[path_after] = known
            continue
        if _goes(path, corrected):
            path_after = None
        value = None if path_after is None else new.get(path_after)
        if path_after is not None:
            annotations[path_after] = _edited(old.get(path), known, value, edit)
        if path_after is not None or path in old:
            changes.append(
                Change(
                    field_path=path,
                    field_path_after=path_after,
                    before=_text(old.get(path)),
                    after=_text(value),
                )
            )
    return CorrectedReading(
        reading=_assessed(reading, corrected, annotations), changes=tuple(changes)
    )


def _assessed(
    reading: Reading, corrected: CorrectedContent, annotations: Mapping[str, FieldAnnotation]
) -> Reading:
    before = reading.completeness
    # Who corrects lines has seen how many there are. That there are none, where rows were seen, takes more to believe.
    vouched = any(is_within(path, {"lines"}) for path in corrected.paths)
    count = len(corrected.after.lines)
    assessment = assess(
        reading.form,
        corrected.after,
        annotations,
        tuple(_on_document(reading)),
        rows_seen=count if vouched and count else before.rows_seen,
        pages=before.pages,
        pages_read=before.pages_read,
    )
    return replace(
        reading,
        content=corrected.after,
        annotations=annotations,
        findings=assessment.findings,
        other_rules=assessment.other_rules,
        completeness=replace(
            assessment.completeness,
            parts=before.parts,
            first_page=before.first_page,
            set_aside=before.set_aside,
        ),
        review_reasons=(
            *assessment.review_reasons,
            *_sums_without_fields(reading, assessment.findings),
            *_lists_cut_short(reading, corrected),
        ),
    )


def _on_document(reading: Reading) -> Iterator[Finding]:
    """Yields the findings on the document itself; what both content and XML break is among them, told of the XML."""
    yield from (finding for finding in reading.findings if finding.rule_id not in CONTENT_RULES)
    yield from told_of_xml(reading.findings, reading.other_rules.get(Outcome.FAILED, ()))


def _sums_without_fields(before: Reading, findings: Sequence[Finding]) -> Iterator[ReviewReason]:
    """Yields each sum that the correction, or one before it, left without a field that the sum needs.

    A sum that failed would else be settled by taking away one of its sides.
    """
    undecided_before = _undecided(before.findings)
    for rule_id, count in _undecided(findings).items():
        reason = ReviewReason(ReviewCode.SUMS_NOT_DECIDABLE, rule_id)
        if count > undecided_before[rule_id] or reason in before.review_reasons:
            yield reason


def _lists_cut_short(before: Reading, corrected: CorrectedContent) -> Iterator[ReviewReason]:
    """Yields each list of which the correction, or one before it, took an element that wants a second look.

    What is known of a field goes with its element, so that nothing else would tell: of two accounts, one is left.
    """
    earlier = (
        reason.subject
        for reason in before.review_reasons
        if reason.code is ReviewCode.CHANGED_BY_PERSON and leaf_type(reason.subject) is tuple
    )
    known = (*(path for path, _ in leaves(corrected.before)), *before.annotations)
    taken = (
        path[: path.index("[")]
        for path in known
        if "[" in path and wants_second_look(path) and _goes(path, corrected)
    )
    for path in dict.fromkeys((*earlier, *taken)):
        yield ReviewReason(ReviewCode.CHANGED_BY_PERSON, path)


def _goes(path: str, corrected: CorrectedContent) -> bool:
    """Returns whether the element of a list goes that the path lies in."""
    named = parent_in(path, corrected.paths)
    return corrected.path_after(path) is None or (named is not None and "[" in path[len(named) :])


def _undecided(findings: Iterable[Finding]) -> Counter[str]:
    """Returns in how many places each rule on the content could not be decided."""
    return Counter(
        finding.rule_id
        for finding in findings
        if finding.outcome is Outcome.NOT_DECIDABLE and finding.rule_id in CONTENT_RULES
    )


def _fields(paths: Collection[str]) -> Iterator[str]:
    """Yields those of the paths that name single fields: what is not yet in the content is among them."""
    for path in paths:
        kind = leaf_type(path)
        if kind is not tuple and not issubclass(kind, Group):
            yield path


def _edited(
    before: Leaf | None, known: FieldAnnotation | None, value: Leaf | None, edit: HumanEdit
) -> FieldAnnotation:
    candidates = _candidates(before, known)
    if value is None:
        return FieldAnnotation(
            status=FieldStatus.ABSENT,
            evidence=(edit,),
            candidates=candidates,
            reasons=(AnnotationReason.CLEARED_BY_PERSON,),
        )
    return FieldAnnotation(
        status=FieldStatus.PRESENT,
        raw_text=canonical_text(value),
        confidence=1.0,
        evidence=(edit,),
        candidates=candidates,
    )


def _candidates(value: Leaf | None, known: FieldAnnotation | None) -> tuple[Candidate, ...]:
    """Returns what the document may have said. What people said before the last of them, the document did not."""
    if known is None:
        return () if value is None else (Candidate(value=canonical_text(value), confidence=0.0),)
    if value is None or any(isinstance(evidence, HumanEdit) for evidence in known.evidence):
        return known.candidates
    text = canonical_text(value)
    declared = Candidate(value=text, confidence=known.confidence or 0.0, evidence=known.evidence)
    return (declared, *(other for other in known.candidates if other.value != text))


def _text(value: Leaf | None) -> str | None:
    return None if value is None else canonical_text(value)
