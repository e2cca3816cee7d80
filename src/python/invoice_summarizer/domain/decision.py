"""Decides whether an invoice may pass without a person, and says why where it may not."""

from collections.abc import Iterable, Iterator, Mapping

from en16931.field_path import value_at
from en16931.finding import Finding, Outcome, Severity
from en16931.model import InvoiceContent
from invoice_summarizer.domain.annotation import FieldAnnotation, FieldStatus
from invoice_summarizer.domain.completeness import Completeness, Verdict
from invoice_summarizer.domain.reading import DocumentForm

# What nobody can pay without: BT-1, BT-2, BT-5, BT-27, BT-112.
REQUIRED_FIELDS = (
    "invoice_number",
    "issue_date",
    "currency_code",
    "seller.name",
    "totals.amount_with_vat",
)
MINIMUM_CONFIDENCE = 0.8
_DOUBTFUL = frozenset({FieldStatus.ILLEGIBLE, FieldStatus.AMBIGUOUS, FieldStatus.CONFLICT})


def review_reasons(
    form: DocumentForm,
    content: InvoiceContent,
    annotations: Mapping[str, FieldAnnotation],
    findings: Iterable[Finding],
    completeness: Completeness,
) -> tuple[str, ...]:
    """Returns why a person has to look: stable words, `REASON` or `REASON:field path` or `REASON:rule id`."""
    return tuple(
        dict.fromkeys(
            [
                *_rules(findings),
                *_fields(content, annotations),
                *_completeness(form, completeness),
            ]
        )
    )


def _rules(findings: Iterable[Finding]) -> Iterator[str]:
    for finding in findings:
        if finding.outcome is Outcome.FAILED and finding.severity is not Severity.INFORMATION:
            yield f"RULE_FAILED:{finding.rule_id}"


def _fields(content: InvoiceContent, annotations: Mapping[str, FieldAnnotation]) -> Iterator[str]:
    for path, annotation in annotations.items():
        if annotation.status in _DOUBTFUL:
            yield f"FIELD_{annotation.status}:{path}"
    for path in REQUIRED_FIELDS:
        if value_at(content, path) is None:
            yield f"FIELD_MISSING:{path}"
            continue
        confidence = annotations[path].confidence if path in annotations else None
        if confidence is not None and confidence < MINIMUM_CONFIDENCE:
            yield f"LOW_CONFIDENCE:{path}"


def _completeness(form: DocumentForm, completeness: Completeness) -> Iterator[str]:
    if completeness.verdict is Verdict.PARTIAL:
        yield "COMPLETENESS_PARTIAL"
    # Words on a page prove nothing of what is missing; an e-invoice without lines is a profile of its own.
    if completeness.verdict is Verdict.UNKNOWN and form is DocumentForm.PDF_TEXT:
        yield "COMPLETENESS_UNKNOWN"
