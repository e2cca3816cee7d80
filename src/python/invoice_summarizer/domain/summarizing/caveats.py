"""What a summary says, in words without figures, of fields that are not PRESENT and of the reasons for a review."""

from collections.abc import Iterable, Iterator, Sequence

from invoice_reading.annotation import FieldStatus
from invoice_reading.review_reason import ReviewCode, ReviewReason
from invoice_summarizer.domain.summarizing.binding import Annotations
from invoice_summarizer.domain.summarizing.phrases import Phrases

_STATUSES = {
    ReviewCode.FIELD_MISSING: FieldStatus.ABSENT,
    ReviewCode.FIELD_ILLEGIBLE: FieldStatus.ILLEGIBLE,
    ReviewCode.FIELD_AMBIGUOUS: FieldStatus.AMBIGUOUS,
    ReviewCode.FIELD_CONFLICT: FieldStatus.CONFLICT,
}


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
    sentences = (_reason_sentence(reason, phrases) for reason in review_reasons)
    return [sentence for sentence in dict.fromkeys(sentences) if sentence and sentence not in said]


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
