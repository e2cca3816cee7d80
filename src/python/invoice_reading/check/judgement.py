"""Judges what was read or corrected: the sums, the completeness, and whether a person has to look."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from en16931.finding import Finding
from en16931.model import InvoiceContent
from en16931.sums import SUM_RULES, check_sums
from invoice_reading.annotation import FieldAnnotation, FieldStatus
from invoice_reading.check.certificate import certify
from invoice_reading.check.line_sum import LINE_SUM_RULE, check_line_sum
from invoice_reading.completeness import Completeness
from invoice_reading.decision import review_reasons
from invoice_reading.reading import DocumentForm

CONTENT_RULES = frozenset({LINE_SUM_RULE, *(rule.rule_id for rule in SUM_RULES)})


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """All findings, what they prove, and why a person has to look: nothing in `review_reasons` means nobody has to."""

    findings: tuple[Finding, ...]
    completeness: Completeness
    review_reasons: tuple[str, ...]


def check(
    content: InvoiceContent,
    annotations: Mapping[str, FieldAnnotation],
    of_document: Sequence[Finding],
    *,
    rows_seen: int,
    pages: int,
    pages_read: int,
) -> tuple[tuple[Finding, ...], Completeness]:
    """Returns all findings on the content as it is now, and what they prove of its completeness.

    `of_document` are the findings on the document itself, of none of CONTENT_RULES: they stand whatever the content
    says. A sum that needs a field whose annotation says that it could not be read is NOT_DECIDABLE.
    """
    unread = [path for path, known in annotations.items() if known.status is FieldStatus.ILLEGIBLE]
    findings = (*check_sums(content, unread=unread), *check_line_sum(content), *of_document)
    completeness = certify(
        content, findings, rows_seen=rows_seen, pages=pages, pages_read=pages_read
    )
    return findings, completeness


def judge(
    form: DocumentForm,
    content: InvoiceContent,
    annotations: Mapping[str, FieldAnnotation],
    of_document: Sequence[Finding],
    *,
    rows_seen: int,
    pages: int,
    pages_read: int,
) -> Judgement:
    """Returns the judgement of the content as it is now: `check`, and what is decided by it."""
    findings, completeness = check(
        content,
        annotations,
        of_document,
        rows_seen=rows_seen,
        pages=pages,
        pages_read=pages_read,
    )
    return Judgement(
        findings=findings,
        completeness=completeness,
        review_reasons=review_reasons(form, content, annotations, findings, completeness),
    )
