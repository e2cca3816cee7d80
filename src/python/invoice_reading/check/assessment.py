"""Assesses what was read or corrected: the rules, the completeness, and whether a person has to look."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from en16931.finding import Finding, Outcome
from en16931.model import InvoiceContent
from en16931.profiles import claims_en16931, specification_of
from en16931.rules.declared import Declared
from en16931.rules.outcomes import RuleOutcomes, rule_outcomes
from invoice_reading.annotation import AnnotationReason, FieldAnnotation, FieldStatus
from invoice_reading.check.as_written import told_once
from invoice_reading.check.certificate import certify
from invoice_reading.check.rules import SUMS_IN_FULL, packs_of
from invoice_reading.completeness import Completeness
from invoice_reading.decision import review_reasons
from invoice_reading.reading import PAGE_FORMS, DocumentForm
from invoice_reading.review_reason import ReviewReason


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """What the rules said, what that proves, and why a person has to look.

    `findings` and `other_rules` are those of `RuleOutcomes`; nothing in `review_reasons` means that nobody has to look.
    """

    findings: tuple[Finding, ...]
    other_rules: Mapping[Outcome, tuple[str, ...]]
    completeness: Completeness
    review_reasons: tuple[ReviewReason, ...]


def check(
    form: DocumentForm,
    content: InvoiceContent,
    annotations: Mapping[str, FieldAnnotation],
    of_document: Sequence[Finding],
    *,
    rows_seen: int,
    pages: int,
    pages_read: int,
    is_as_read: bool = True,
) -> tuple[RuleOutcomes, Completeness]:
    """Returns what the rules say of the content as it is now, and what that proves of its completeness.

    `of_document` are the findings on the document itself: they stand whatever the content says, but for the official
    verdicts of rules that the content breaks as well, which are told once while the content is as it was read: their ids
    are among the other rules, as FAILED. Content
    that claims EN 16931 states all that it has; of other content, what is not there was perhaps not read. A
    sum that needs a field whose annotation says that it could not be read is NOT_DECIDABLE.
    """
    unread = [path for path, known in annotations.items() if _is_unread(known)]
    is_complete = claims_en16931(specification_of(content))
    declared = Declared(content, unread, is_complete=is_complete)
    of_content = (finding for pack in packs_of(content) for finding in pack.check(declared))
    of_rules = rule_outcomes(of_content, in_full=SUMS_IN_FULL)
    others = dict(of_rules.others)
    if is_as_read:
        of_document, of_both = told_once(of_document, of_rules.findings)
        if of_both:
            others[Outcome.FAILED] = of_both
    outcomes = RuleOutcomes((*of_rules.findings, *of_document), others)
    completeness = certify(
        content,
        outcomes.findings,
        rows_seen=rows_seen,
        pages=pages,
        pages_read=pages_read,
        by_words=form in PAGE_FORMS,
    )
    return outcomes, completeness


def _is_unread(known: FieldAnnotation) -> bool:
    """Returns whether the document states the field, and it has no value: it cannot be read, or says several things."""
    return known.status is FieldStatus.ILLEGIBLE or AnnotationReason.DECLARED_TWICE in known.reasons


def assess(
    form: DocumentForm,
    content: InvoiceContent,
    annotations: Mapping[str, FieldAnnotation],
    of_document: Sequence[Finding],
    *,
    rows_seen: int,
    pages: int,
    pages_read: int,
) -> Assessment:
    """Returns the assessment of content that a person has corrected: `check`, and what is decided by it.

    A breach of the XML as it was written stays told, whatever is corrected: the document says it still.
    """
    outcomes, completeness = check(
        form,
        content,
        annotations,
        of_document,
        rows_seen=rows_seen,
        pages=pages,
        pages_read=pages_read,
        is_as_read=False,
    )
    return Assessment(
        findings=outcomes.findings,
        other_rules=outcomes.others,
        completeness=completeness,
        review_reasons=review_reasons(form, content, annotations, outcomes.findings, completeness),
    )
