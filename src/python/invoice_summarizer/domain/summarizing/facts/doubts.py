"""What is unsure: values that could not be read for certain, and what may be missing."""

from collections.abc import Iterable, Iterator, Mapping

from invoice_reading.annotation import FieldAnnotation, FieldStatus
from invoice_reading.completeness import Gap
from invoice_reading.reading import DocumentForm
from invoice_reading.review_reason import ReviewCode
from invoice_summarizer.domain.summarizing.facts.due import DUE_DATE, due_date, has_parts
from invoice_summarizer.domain.summarizing.facts.fact import Fact, FieldName, Filling
from invoice_summarizer.domain.summarizing.facts.ground import CHECK_DIGITS, Ground
from invoice_summarizer.domain.summarizing.facts.kind import PAYABLE, FactKind
from invoice_summarizer.domain.summarizing.roles import role_of_path
from invoice_summarizer.domain.summarizing.segments import CandidateSlot, Slot

_STATUSES: Mapping[FieldStatus, FactKind] = {
    FieldStatus.AMBIGUOUS: FactKind.AMBIGUOUS,
    FieldStatus.CONFLICT: FactKind.CONFLICT,
    FieldStatus.ILLEGIBLE: FactKind.ILLEGIBLE,
}
ACCOUNT = "payment_instructions.credit_transfers[0].account_identifier"
# What a payer goes by, in the order in which it is said.
_FIRST = (
    "totals.amount_due",
    "totals.amount_with_vat",
    "currency_code",
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
_SAID_OF_FIELDS = frozenset(
    {
        ReviewCode.RULE_FAILED,
        ReviewCode.FIELD_AMBIGUOUS,
        ReviewCode.FIELD_CONFLICT,
        ReviewCode.FIELD_ILLEGIBLE,
        ReviewCode.FIELD_MISSING,
        ReviewCode.LOW_CONFIDENCE,
    }
)


def doubts(ground: Ground) -> Iterator[Fact]:
    """Yields a fact for each field that could not be read for certain, and for each reason to look at the whole."""
    of_fields: dict[tuple[FactKind, str], Fact] = {}
    for kind, path in (*_uncertain(ground), *_low(ground), *_missing(ground)):
        of_fields.setdefault((kind, role_of_path(path)), _doubt(kind, path, ground))
    yield from (fact for _, fact in sorted(of_fields.items(), key=lambda item: _rank(item[0][1])))
    yield from _of_whole(ground)


def not_given(ground: Ground, direction: FactKind) -> Iterator[Fact]:
    """Yields what a payer looks for and the document does not say, though nothing is wrong with that."""
    if direction not in PAYABLE:
        return
    transfers = ground.content.payment_instructions
    wanted = [] if has_parts(ground) or due_date(ground) else [DUE_DATE]
    if transfers is None or not transfers.credit_transfers:
        wanted.append(ACCOUNT)
    for path in wanted:
        if ground.is_absent(path):
            yield _doubt(_absent(ground), path, ground)


def _absent(ground: Ground) -> FactKind:
    is_page = ground.reading.form is DocumentForm.PDF_TEXT
    return FactKind.NOT_FOUND if is_page else FactKind.NOT_STATED


def _uncertain(ground: Ground) -> Iterator[tuple[FactKind, str]]:
    for path, annotation in ground.reading.annotations.items():
        if annotation.status in _STATUSES:
            yield _STATUSES[annotation.status], path


def _low(ground: Ground) -> Iterator[tuple[FactKind, str]]:
    # Why such a value is unsure is said as what is wrong.
    wrong = {
        path
        for finding in ground.failed
        if finding.rule_id in CHECK_DIGITS
        for path in finding.field_paths
    }
    return ((FactKind.UNSURE, path) for path in ground.unsure if path and path not in wrong)


def _missing(ground: Ground) -> Iterator[tuple[FactKind, str]]:
    for path in ground.subjects(ReviewCode.FIELD_MISSING):
        if path and ground.is_absent(path):
            yield _absent(ground), path


def _doubt(kind: FactKind, path: str, ground: Ground) -> Fact:
    slots: dict[str, Filling] = {"subject": FieldName(role_of_path(path))}
    if kind is FactKind.UNSURE and ground.stated(path) is not None:
        slots["value"] = Slot(path)
    if kind is FactKind.AMBIGUOUS:
        slots |= _candidates(path, ground.reading.annotations[path])
    return Fact(kind, slots)


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


def _of_whole(ground: Ground) -> Iterator[Fact]:
    codes = [reason.code for reason in ground.reading.review_reasons]
    facts: list[FactKind] = []
    for code in codes:
        if code is ReviewCode.COMPLETENESS_PARTIAL:
            facts += _said_gaps(ground, missing=True) or _partly_read(ground)
        elif code is ReviewCode.COMPLETENESS_UNKNOWN:
            facts += _said_gaps(ground, missing=False) or [FactKind.COMPLETENESS_UNKNOWN]
        elif code is ReviewCode.SUMS_NOT_DECIDABLE:
            facts.append(FactKind.SUMS_UNCHECKED)
        elif code is ReviewCode.DUPLICATE_SUSPECTED:
            facts.append(FactKind.DUPLICATE_SUSPECTED)
        elif code not in _SAID_OF_FIELDS:
            facts.append(FactKind.OTHER_REASON)
    yield from map(Fact, dict.fromkeys(facts))


def _partly_read(ground: Ground) -> list[FactKind]:
    """Of an e-invoice all is read: that its lines do not come to their sum is said as the sum that it is."""
    is_page = ground.reading.form is DocumentForm.PDF_TEXT
    return [FactKind.PARTIAL] if is_page or not ground.failed_sums else []


def _said_gaps(ground: Ground, *, missing: bool) -> list[FactKind]:
    gaps: Iterable[Gap] = ground.reading.completeness.gaps
    wanted = [gap for gap in gaps if (gap.verdict is Gap.PAGES_NOT_READ.verdict) is missing]
    return [_GAPS[gap] for gap in wanted if gap in _GAPS]
