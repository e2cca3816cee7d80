"""What is unsure: values that could not be read for certain, and what may be missing."""

from collections.abc import Iterator, Mapping

from invoice_reading.annotation import FieldAnnotation, FieldStatus
from invoice_reading.completeness import Gap, Verdict
from invoice_reading.reading import PAGE_FORMS
from invoice_reading.review_reason import ReviewCode
from invoice_summarizer.domain.summarizing.completeness_binding import CompletenessPart
from invoice_summarizer.domain.summarizing.facts.due import DUE_DATE, due_date, has_parts
from invoice_summarizer.domain.summarizing.facts.fact import Fact, FieldName, Filling
from invoice_summarizer.domain.summarizing.facts.kind import PAYABLE, FactKind
from invoice_summarizer.domain.summarizing.facts.plan_context import CHECK_DIGITS, PlanContext
from invoice_summarizer.domain.summarizing.roles import role_of_path
from invoice_summarizer.domain.summarizing.segments import CandidateSlot, CompletenessSlot, Slot

_STATUSES: Mapping[FieldStatus, FactKind] = {
    FieldStatus.AMBIGUOUS: FactKind.AMBIGUOUS,
    FieldStatus.CONFLICT: FactKind.CONFLICT,
    FieldStatus.ILLEGIBLE: FactKind.ILLEGIBLE,
}
_VAT = "totals.vat_amount"
ACCOUNT = "payment_instructions.credit_transfers[0].account_identifier"
CURRENCY = "currency_code"
_TO_PAY = ("totals.amount_due", "totals.amount_with_vat")
# What a payer goes by, in the order in which it is said.
_FIRST = (
    *_TO_PAY,
    CURRENCY,
    "payment_due_date",
    role_of_path(ACCOUNT),
    "seller.name",
    "invoice_number",
    "issue_date",
)
_GAPS: Mapping[Gap, FactKind] = {
    Gap.PAGES_NOT_READ: FactKind.PAGES_NOT_READ,
    Gap.ROWS_NOT_RETURNED: FactKind.ROWS_NOT_READ,
    Gap.NO_LINES: FactKind.NO_LINES,
    Gap.LINE_SUM_NOT_DECIDABLE: FactKind.COMPLETENESS_UNKNOWN,
}
_MISSING_OF: Mapping[FactKind, tuple[CompletenessPart, CompletenessPart]] = {
    FactKind.PAGES_NOT_READ: (CompletenessPart.PAGES, CompletenessPart.MISSING_PAGES),
    FactKind.ROWS_NOT_READ: (CompletenessPart.ROWS, CompletenessPart.MISSING_ROWS),
}
# What other facts say.
_SAID_OF_FIELDS = frozenset(
    {
        ReviewCode.RULE_FAILED,
        ReviewCode.FIELD_AMBIGUOUS,
        ReviewCode.FIELD_CONFLICT,
        ReviewCode.FIELD_ILLEGIBLE,
        ReviewCode.FIELD_MISSING,
        ReviewCode.LOW_CONFIDENCE,
        ReviewCode.CHANGED_BY_PERSON,
    }
)


def doubts(context: PlanContext) -> Iterator[Fact]:
    """Yields a fact for each field that could not be read for certain, and for each reason to look at the whole."""
    of_fields: dict[tuple[FactKind, str], Fact] = {}
    for kind, path in (*_uncertain(context), *_low(context), *_missing(context)):
        of_fields.setdefault((kind, role_of_path(path)), _doubt(kind, path, context))
    yield from (fact for _, fact in sorted(of_fields.items(), key=lambda item: _rank(item[0][1])))
    yield from _of_whole(context)


def not_given(context: PlanContext, direction: FactKind) -> Iterator[Fact]:
    """Yields what a payer looks for and the document does not say, though nothing is wrong with that."""
    if direction not in PAYABLE:
        return
    transfers = context.content.payment_instructions
    wanted = [] if has_parts(context) or due_date(context) else [DUE_DATE]
    if transfers is None or not transfers.credit_transfers:
        wanted.append(ACCOUNT)
    if direction is FactKind.AMOUNT_UNKNOWN and not context.content.vat_breakdown:
        wanted.append(_VAT)
    said = {role_of_path(path) for path in context.subjects(ReviewCode.FIELD_MISSING)}
    for path in wanted:
        if context.is_absent(path) and role_of_path(path) not in said:
            yield _doubt(_absent(context), path, context)


def _absent(context: PlanContext) -> FactKind:
    is_page = context.reading.form in PAGE_FORMS
    return FactKind.NOT_FOUND if is_page else FactKind.NOT_STATED


def _uncertain(context: PlanContext) -> Iterator[tuple[FactKind, str]]:
    for path, annotation in context.reading.annotations.items():
        if annotation.status in _STATUSES:
            yield _STATUSES[annotation.status], path


def _low(context: PlanContext) -> Iterator[tuple[FactKind, str]]:
    # Why such a value is unsure is said as what is wrong.
    wrong = {
        path
        for finding in context.failed
        if finding.rule_id in CHECK_DIGITS
        for path in finding.field_paths
    }
    return ((FactKind.UNSURE, path) for path in context.unsure if path and path not in wrong)


def _missing(context: PlanContext) -> Iterator[tuple[FactKind, str]]:
    for path in context.subjects(ReviewCode.FIELD_MISSING):
        if path and context.is_absent(path):
            yield _absent(context), path


def _doubt(kind: FactKind, path: str, context: PlanContext) -> Fact:
    slots: dict[str, Filling] = {"subject": FieldName(role_of_path(path))}
    if kind is FactKind.UNSURE and context.stated(path) is not None:
        slots["value"] = Slot(_as_read(path, context))
    if kind is FactKind.AMBIGUOUS:
        slots |= _candidates(path, context.reading.annotations[path])
    return Fact(kind, slots)


def _as_read(path: str, context: PlanContext) -> str:
    """Returns the path of what is told of an unsure value: of a currency the amount that was read with it.

    Nothing else tells that amount, since it is no surer than its currency.
    """
    if path != CURRENCY:
        return path
    stated = (amount for amount in _TO_PAY if context.stated(amount) is not None)
    amount = next(stated, None)
    return path if amount is None or amount in context.doubtful else amount


def _candidates(path: str, annotation: FieldAnnotation) -> dict[str, Filling]:
    """Returns two values that the field might have; none where there are more or fewer to choose from."""
    by_value = {
        candidate.value: CandidateSlot(path, index)
        for index, candidate in enumerate(annotation.candidates)
        if candidate.evidence
    }
    if len(by_value) != len(("first", "other")):
        return {}
    return dict(zip(("first", "other"), by_value.values(), strict=True))


def _rank(role: str) -> int:
    return _FIRST.index(role) if role in _FIRST else len(_FIRST)


def _of_whole(context: PlanContext) -> Iterator[Fact]:
    codes = [reason.code for reason in context.reading.review_reasons]
    facts: list[FactKind] = []
    for code in codes:
        if code is ReviewCode.COMPLETENESS_PARTIAL:
            facts += _said_gaps(context, missing=True) or _partly_read(context)
        elif code is ReviewCode.COMPLETENESS_UNKNOWN:
            facts += _said_gaps(context, missing=False) or [FactKind.COMPLETENESS_UNKNOWN]
        elif code is ReviewCode.SUMS_NOT_DECIDABLE:
            facts.append(FactKind.SUMS_UNCHECKED)
        elif code is ReviewCode.DUPLICATE_SUSPECTED:
            facts.append(FactKind.DUPLICATE_SUSPECTED)
        elif code not in _SAID_OF_FIELDS:
            facts.append(FactKind.OTHER_REASON)
    yield from (Fact(kind, _missing_parts(context, kind)) for kind in dict.fromkeys(facts))


def _missing_parts(context: PlanContext, kind: FactKind) -> dict[str, Filling]:
    """Returns how many pages or rows were not read, and of how many, where that is known."""
    if kind not in _MISSING_OF:
        return {}
    whole, missing = _MISSING_OF[kind]
    certificate = context.reading.completeness
    slots = {
        "missing": CompletenessSlot(certificate, missing),
        "whole": CompletenessSlot(certificate, whole),
    }
    return {**slots} if missing.counted_in(certificate) > 0 else {}


def _partly_read(context: PlanContext) -> list[FactKind]:
    """Of an e-invoice all is read: that its lines do not come to their sum is said as the sum that it is.

    That other invoices may stand in the file is said by its rule.
    """
    if _gaps(context, missing=True) == [Gap.SEVERAL_INVOICES]:
        return []
    is_page = context.reading.form in PAGE_FORMS
    return [FactKind.PARTIAL] if is_page or not context.failed_sums else []


def _said_gaps(context: PlanContext, *, missing: bool) -> list[FactKind]:
    return [_GAPS[gap] for gap in _gaps(context, missing=missing) if gap in _GAPS]


def _gaps(context: PlanContext, *, missing: bool) -> list[Gap]:
    gaps = context.reading.completeness.gaps
    return [gap for gap in gaps if (gap.verdict is Verdict.PARTIAL) is missing]
