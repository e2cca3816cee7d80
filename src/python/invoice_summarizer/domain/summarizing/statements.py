"""What a summary says in words alone: fields that are not PRESENT or not shown, rules, and reasons for a review.

Such a sentence has no claim. The gate accepts it only where it is true of the reading.
"""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from en16931.field_path import leaves
from en16931.finding import Finding, Outcome
from invoice_reading.annotation import FieldStatus
from invoice_reading.reading import Reading
from invoice_reading.review_reason import ReviewCode, ReviewReason
from invoice_summarizer.domain.summarizing.binding import Annotations, bound_value
from invoice_summarizer.domain.summarizing.holes import KIND_FIELDS, roles_of_hole
from invoice_summarizer.domain.summarizing.pattern import holes
from invoice_summarizer.domain.summarizing.phrases import Phrases
from invoice_summarizer.domain.summarizing.quotation import Quotation, quotation
from invoice_summarizer.domain.summarizing.segments import Bindings, Slot

_STATUSES = {
    ReviewCode.FIELD_MISSING: FieldStatus.ABSENT,
    ReviewCode.FIELD_ILLEGIBLE: FieldStatus.ILLEGIBLE,
    ReviewCode.FIELD_AMBIGUOUS: FieldStatus.AMBIGUOUS,
    ReviewCode.FIELD_CONFLICT: FieldStatus.CONFLICT,
}


class Statements:
    """The sentences without a claim that hold of one reading."""

    def __init__(self, reading: Reading, bindings: Bindings, phrases: Phrases) -> None:
        self._reading = reading
        self._bindings = bindings
        self._phrases = phrases

    def hold(self, sentence: str, *, rules_said: int, claims: int) -> bool:
        """Says whether the sentence is true in a text that names so many broken rules and has so many claims."""
        phrases = self._phrases
        if sentence == phrases.nothing:
            return not claims and not self._headline_can_be_said()
        if sentence == phrases.more_rules:
            return len(failed_findings(self._reading.findings)) > rules_said
        if sentence == phrases.no_rule_failed:
            return no_rule_failed(self._reading.findings)
        if sentence == _left_out_sentence(phrases.other_subject, phrases):
            return self._another_field_is_left_out
        return sentence in self._said_of_fields

    @cached_property
    def _said_of_fields(self) -> frozenset[str]:
        """What is said of the fields that have a subject of their own, and for what reasons a person has to look."""
        phrases = self._phrases
        left_out = (path for path in phrases.subjects if is_left_out(self._bindings, path))
        return frozenset(
            (
                *caveat_sentences(self._reading.annotations, phrases, absent_too=True),
                *_all_reason_sentences(self._reading.review_reasons, phrases),
                *left_out_sentences(left_out, phrases),
            )
        )

    @cached_property
    def _another_field_is_left_out(self) -> bool:
        """Looks at every value, of which there may be very many: only a text that says so needs it."""
        return any(
            path not in self._phrases.subjects and is_left_out(self._bindings, path)
            for path, _ in leaves(self._bindings.content)
        )

    def _headline_can_be_said(self) -> bool:
        patterns = (*self._phrases.headline, *self._phrases.tail)
        paths = {
            path for pattern in patterns for hole in holes(pattern) for path in roles_of_hole(hole)
        }
        return any(
            self._bindings.of(Slot(path)) is not None and not is_left_out(self._bindings, path)
            for path in paths
        )


def possible_statements(phrases: Phrases) -> frozenset[str]:
    """Returns every sentence of the table that stands without a claim."""
    subjects = (*phrases.subjects.values(), phrases.other_subject)
    predicates = (*phrases.predicates.values(), phrases.low_confidence, phrases.left_out)
    return frozenset(
        (
            *(f"{subject} {predicate}" for subject in subjects for predicate in predicates),
            *phrases.reasons.values(),
            phrases.other_reason,
            phrases.more_rules,
            phrases.no_rule_failed,
            phrases.nothing,
        )
    )


def failed_findings(findings: Iterable[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.outcome is Outcome.FAILED]


def no_rule_failed(findings: Sequence[Finding]) -> bool:
    """Says whether rules were checked and none of them is broken."""
    passed = any(finding.outcome is Outcome.PASSED for finding in findings)
    return passed and not failed_findings(findings)


def is_left_out(bindings: Bindings, field_path: str) -> bool:
    """Says whether the field has a value with evidence that no text can show as it is."""
    value = bound_value(bindings.content, bindings.annotations, field_path)
    if isinstance(value, bool | StrEnum) or field_path in KIND_FIELDS:
        return False
    if isinstance(value, Decimal | int):
        return bindings.of(Slot(field_path)) is None
    if not isinstance(value, str) or not value.strip():
        return False
    found = bindings.of(Slot(field_path))
    return found is None or (
        quotation(found.text, field_path, bindings.language) is Quotation.IMPOSSIBLE
    )


def left_out_sentences(field_paths: Iterable[str], phrases: Phrases) -> Iterator[str]:
    """Yields what is said of the fields that are left out, each sentence once."""
    subjects = (phrases.subjects.get(path, phrases.other_subject) for path in field_paths)
    return (_left_out_sentence(subject, phrases) for subject in dict.fromkeys(subjects))


def _left_out_sentence(subject: str, phrases: Phrases) -> str:
    return f"{subject} {phrases.left_out}"


def caveat_sentences(
    annotations: Annotations, phrases: Phrases, *, absent_too: bool
) -> Iterator[str]:
    """Yields a sentence for each field that a payer goes by and that could not be read for certain."""
    for path, subject in phrases.subjects.items():
        annotation = annotations.get(path)
        if annotation is None or annotation.status not in phrases.predicates:
            continue
        if absent_too or annotation.status is not FieldStatus.ABSENT:
            yield f"{subject} {phrases.predicates[annotation.status]}"


def reason_sentences(
    review_reasons: Sequence[ReviewReason], annotations: Annotations, phrases: Phrases
) -> Iterable[str]:
    """Returns a sentence for each reason that the findings and the caveats have not said already."""
    said = set(caveat_sentences(annotations, phrases, absent_too=True))
    sentences = dict.fromkeys(_all_reason_sentences(review_reasons, phrases))
    return [sentence for sentence in sentences if sentence not in said]


def _all_reason_sentences(
    review_reasons: Sequence[ReviewReason], phrases: Phrases
) -> Iterator[str]:
    for reason in review_reasons:
        sentence = _reason_sentence(reason, phrases)
        if sentence:
            yield sentence


def _reason_sentence(reason: ReviewReason, phrases: Phrases) -> str | None:
    if reason.code is ReviewCode.RULE_FAILED:
        return None
    if reason.code in phrases.reasons:
        return phrases.reasons[reason.code]
    subject = phrases.subjects.get(reason.subject, phrases.other_subject)
    if reason.code is ReviewCode.LOW_CONFIDENCE:
        return f"{subject} {phrases.low_confidence}"
    status = _STATUSES.get(reason.code)
    predicate = phrases.predicates.get(status) if status is not None else None
    return f"{subject} {predicate}" if predicate else phrases.other_reason
