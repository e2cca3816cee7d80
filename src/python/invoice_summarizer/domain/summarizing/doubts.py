"""What a summary says, in words without figures, of fields that are not PRESENT and of the reasons for a review."""

from collections.abc import Iterable, Iterator, Sequence

from invoice_reading.annotation import FieldStatus
from invoice_summarizer.domain.summarizing.binding import Annotations
from invoice_summarizer.domain.summarizing.phrases import Phrases


def doubt_sentences(
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
    review_reasons: Sequence[str], annotations: Annotations, phrases: Phrases
) -> Iterable[str]:
    """Returns a sentence for each reason that the findings and the doubts have not said already."""
    said = set(doubt_sentences(annotations, phrases, absent_too=True))
    sentences = (_reason_sentence(reason, phrases) for reason in review_reasons)
    return [sentence for sentence in dict.fromkeys(sentences) if sentence and sentence not in said]


def _reason_sentence(reason: str, phrases: Phrases) -> str | None:
    name, _, place = reason.partition(":")
    if name == "RULE_FAILED":
        return None
    if name in phrases.reasons:
        return phrases.reasons[name]
    subject = phrases.subjects.get(place, phrases.other_subject)
    if name == "LOW_CONFIDENCE":
        return f"{subject} {phrases.low_confidence}"
    status = "ABSENT" if name == "FIELD_MISSING" else name.removeprefix("FIELD_")
    predicate = next((text for key, text in phrases.predicates.items() if key == status), None)
    return f"{subject} {predicate}" if predicate else phrases.other_reason
