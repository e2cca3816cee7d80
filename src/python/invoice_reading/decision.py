"""Decides whether an invoice may pass without a person, and says why where it may not."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from en16931.fatturapa.sums import TOTAL
from en16931.field_path import value_at
from en16931.finding import Finding, Outcome
from en16931.model import InvoiceContent
from en16931.profiles import has_no_lines, specification_of
from en16931.rules.derived_totals import AMOUNT_WITH_VAT
from invoice_reading.agreement.rule_ids import CONTRADICTIONS
from invoice_reading.annotation import FieldAnnotation, FieldStatus
from invoice_reading.certainty import is_of_unpaid_fields, wants_person
from invoice_reading.changes_by_people import is_changed_by_person, wants_second_look
from invoice_reading.check.read_twice import RULE_ID as READ_TWICE
from invoice_reading.check.weight import keeps_from_passing
from invoice_reading.completeness import Completeness, Verdict
from invoice_reading.reading import PAGE_FORMS, DocumentForm
from invoice_reading.review_reason import ReviewCode, ReviewReason

# What nobody can pay without: BT-1, BT-2, BT-5, BT-27, BT-112.
REQUIRED_FIELDS = (
    "invoice_number",
    "issue_date",
    "currency_code",
    "seller.name",
    "totals.amount_with_vat",
)
# BT-3 says whether money is owed or given back. A page says so by its words, an e-invoice by this code alone.
REQUIRED_IN_XML = ("type_code",)
_TOTAL_SUMS = frozenset({AMOUNT_WITH_VAT.rule_id, TOTAL.rule_id})
_UNCERTAIN = {
    FieldStatus.ILLEGIBLE: ReviewCode.FIELD_ILLEGIBLE,
    FieldStatus.AMBIGUOUS: ReviewCode.FIELD_AMBIGUOUS,
    FieldStatus.CONFLICT: ReviewCode.FIELD_CONFLICT,
}


def review_reasons(
    form: DocumentForm,
    content: InvoiceContent,
    annotations: Mapping[str, FieldAnnotation],
    findings: Sequence[Finding],
    completeness: Completeness,
) -> tuple[ReviewReason, ...]:
    """Returns the reasons why a person has to look, each once."""
    reasons = (
        *_form(form, findings),
        *_changes(annotations),
        *_rules(findings),
        *_sums(content, findings),
        *_fields(form, content, annotations),
        *_completeness(form, content, completeness),
    )
    return tuple(dict.fromkeys(reasons))


def missing_fields(
    content: InvoiceContent, required: Sequence[str] = REQUIRED_FIELDS
) -> tuple[str, ...]:
    """Returns the required fields that have no value."""
    return tuple(path for path in required if value_at(content, path) is None)


def _form(form: DocumentForm, findings: Iterable[Finding]) -> Iterator[ReviewReason]:
    # A misread digit looks like any other: only what something else tells as well is known to be read right.
    told = any(
        finding.rule_id == READ_TWICE and finding.outcome is Outcome.PASSED for finding in findings
    )
    if form is DocumentForm.SCAN and not told:
        yield ReviewReason(ReviewCode.PAGES_ARE_PICTURES)


def _changes(annotations: Mapping[str, FieldAnnotation]) -> Iterator[ReviewReason]:
    for path, annotation in annotations.items():
        if is_changed_by_person(path, annotation) and wants_second_look(path):
            yield ReviewReason(ReviewCode.CHANGED_BY_PERSON, path)


def _rules(findings: Iterable[Finding]) -> Iterator[ReviewReason]:
    for finding in findings:
        if (
            finding.outcome is Outcome.FAILED
            and keeps_from_passing(finding)
            and (finding.rule_id in CONTRADICTIONS or not is_of_unpaid_fields(finding.field_paths))
        ):
            yield ReviewReason(ReviewCode.RULE_FAILED, finding.rule_id)


def _sums(content: InvoiceContent, findings: Iterable[Finding]) -> Iterator[ReviewReason]:
    # Header totals count only where the sums close. Where no VAT is due, BT-112 equals BT-109, and the rule passes.
    undecided = any(
        finding.rule_id in _TOTAL_SUMS and finding.outcome is Outcome.NOT_DECIDABLE
        for finding in findings
    )
    if undecided and not _closes_by_breakdown(content):
        yield ReviewReason(ReviewCode.SUMS_NOT_DECIDABLE)


def _closes_by_breakdown(content: InvoiceContent) -> bool:
    """Returns whether BT-112 is BT-109 plus every BT-117: an invoice with several rates may print no BT-110."""
    totals = content.totals
    if totals is None or totals.amount_without_vat is None or totals.vat_amount is not None:
        return False
    taxes = [row.tax_amount for row in content.vat_breakdown if row.tax_amount is not None]
    if not taxes or len(taxes) < len(content.vat_breakdown):
        return False
    return totals.amount_with_vat == sum(taxes, totals.amount_without_vat)


def _fields(
    form: DocumentForm, content: InvoiceContent, annotations: Mapping[str, FieldAnnotation]
) -> Iterator[ReviewReason]:
    for path, annotation in annotations.items():
        code = _UNCERTAIN.get(annotation.status)
        if code is not None:
            yield ReviewReason(code, path)
        elif wants_person(path, annotation):
            yield ReviewReason(ReviewCode.LOW_CONFIDENCE, path)
    in_xml = () if form in PAGE_FORMS else REQUIRED_IN_XML
    for path in missing_fields(content, (*REQUIRED_FIELDS, *in_xml)):
        yield ReviewReason(ReviewCode.FIELD_MISSING, path)


def _completeness(
    form: DocumentForm, content: InvoiceContent, completeness: Completeness
) -> Iterator[ReviewReason]:
    if completeness.verdict is Verdict.PARTIAL:
        yield ReviewReason(ReviewCode.COMPLETENESS_PARTIAL)
    # Words on a page prove nothing of what is missing. An e-invoice has all that it declares, and it declares lines.
    if completeness.verdict is Verdict.UNKNOWN and (form in PAGE_FORMS or _lacks_lines(content)):
        yield ReviewReason(ReviewCode.COMPLETENESS_UNKNOWN)


def _lacks_lines(content: InvoiceContent) -> bool:
    """Returns whether there are no lines although the profile of the e-invoice has them (BR-16)."""
    return not content.lines and not has_no_lines(specification_of(content))
