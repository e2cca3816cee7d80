"""Figures that follow from fields: when there are any, and that a claim of one is evaluated again."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import msgspec
import pytest
from unit.invoice_summarizer.domain.summarizing.bound_invoices import annotated, held, ordinary

from en16931.finding import Finding, Outcome
from en16931.model import DocumentTotals, InvoiceContent, InvoiceLine
from invoice_reading.annotation import Derivation, FieldAnnotation, FieldStatus
from invoice_reading.reading import Reading
from invoice_summarizer.domain.summarizing.derived_figures import DerivedSlot, Figure
from invoice_summarizer.domain.summarizing.finding_binding import FindingPart
from invoice_summarizer.domain.summarizing.gate import verify_summary
from invoice_summarizer.domain.summarizing.refusal import RefusalCode
from invoice_summarizer.domain.summarizing.segments import (
    Bindings,
    FindingSlot,
    Segment,
    Slot,
    assemble,
)
from invoice_summarizer.domain.summary import BoundText, Style

# A sentence for a figure is the matter of the tables of phrases, not of these tests.
_OF_WORDS = {
    RefusalCode.WORDING_UNLISTED,
    RefusalCode.CLAIM_MISPLACED,
    RefusalCode.FACT_MISSING,
    RefusalCode.FACT_UNFOUNDED,
}


def said(reading: Reading, *segments: Segment) -> BoundText:
    return assemble(segments, Bindings(reading.content, reading.annotations, "en"))


def text_of(reading: Reading, slot: DerivedSlot) -> str | None:
    found = Bindings(reading.content, reading.annotations, "en").of(slot)
    return found.text if found else None


def codes(bound: BoundText, reading: Reading) -> set[RefusalCode]:
    refusals = verify_summary(bound, reading, "en", Style.FULL).refusals
    return {refusal.code for refusal in refusals} - _OF_WORDS


def with_totals(*, statuses: Mapping[str, FieldStatus] | None = None, **totals: Decimal) -> Reading:
    content = InvoiceContent(currency_code="EUR", totals=DocumentTotals(**totals))
    annotations = annotated(content)
    for path, status in (statuses or {}).items():
        annotations[path] = FieldAnnotation(status=status)
    return held(content=content, annotations=annotations)


def with_lines(*amounts: str | None) -> Reading:
    lines = tuple(
        InvoiceLine(identifier=str(number), net_amount=Decimal(amount) if amount else None)
        for number, amount in enumerate(amounts)
    )
    content = InvoiceContent(currency_code="EUR", lines=lines)
    return held(content=content, annotations=annotated(content))


_DUE = DerivedSlot(Figure.AMOUNT_DUE)


def test_amount_due_is_the_total_less_what_is_paid_plus_rounding() -> None:
    reading = with_totals(
        amount_with_vat=Decimal("119.02"),
        paid_amount=Decimal("19.00"),
        rounding_amount=Decimal("-0.02"),
    )
    bound = said(reading, _DUE)
    [claim] = bound.claims
    paths = ("totals.amount_with_vat", "totals.paid_amount", "totals.rounding_amount")
    assert bound.text == "EUR\u00a0100.00"
    assert claim.field_paths == (*paths, "currency_code")
    assert claim.evidence == (
        Derivation(
            expression="totals.amount_with_vat - totals.paid_amount + totals.rounding_amount",
            value=Decimal("100.00"),
        ),
        *(reading.annotations[path].evidence[0] for path in claim.field_paths),
    )
    assert codes(bound, reading) == set()


@pytest.mark.parametrize(
    "reading",
    [
        with_totals(amount_with_vat=Decimal(119), amount_due=Decimal(100)),
        with_totals(
            amount_with_vat=Decimal(119), statuses={"totals.amount_due": FieldStatus.CONFLICT}
        ),
        with_totals(
            amount_with_vat=Decimal(119), statuses={"totals.paid_amount": FieldStatus.ILLEGIBLE}
        ),
        with_totals(paid_amount=Decimal(19)),
        with_totals(
            amount_without_vat=Decimal(100), vat_amount=Decimal(19), amount_with_vat=Decimal(120)
        ),
        with_totals(amount_with_vat=Decimal("NaN")),
    ],
)
def test_amount_due_that_is_stated_or_in_doubt_is_not_derived(reading: Reading) -> None:
    assert text_of(reading, _DUE) is None


def _others(*said_lines: int) -> tuple[DerivedSlot, DerivedSlot]:
    return (
        DerivedSlot(Figure.OTHER_LINES_COUNT, said_lines),
        DerivedSlot(Figure.OTHER_LINES_AMOUNT, said_lines),
    )


def test_other_lines_are_those_with_an_amount_that_the_text_does_not_speak_of() -> None:
    reading = with_lines("50.00", "0.00", None, "7.25", "-2.00")
    count, amount = _others(0, 1)
    bound = said(reading, Slot("lines[0].net_amount"), Slot("lines[1].identifier"), count, amount)
    assert bound.text == "EUR\u00a050.00 1 2 EUR\u00a05.25"
    assert [claim.evidence for claim in bound.claims[2:]] == [
        (Derivation(expression="nonzero(lines[*].net_amount) - 1", value=Decimal(2)),),
        (
            Derivation(
                expression="sum(lines[*].net_amount) - lines[0].net_amount", value=Decimal("5.25")
            ),
        ),
    ]


def test_other_lines_than_those_of_the_plan_are_refused() -> None:
    reading = with_lines(*(f"{amount}.00" for amount in range(20, 8, -1)))
    of_plan = _others(*range(10))
    assert codes(said(reading, *of_plan), reading) == set()
    for slot in (*_others(0, 3), *_others(*range(9))):
        assert codes(said(reading, slot), reading) == {RefusalCode.DERIVATION_MISMATCH}


def test_lines_are_not_summed_where_one_is_in_doubt_or_none_is_left() -> None:
    doubtful = with_lines("50", None)
    annotations = {
        **doubtful.annotations,
        "lines[1].net_amount": FieldAnnotation(status=FieldStatus.AMBIGUOUS),
    }
    none_left = with_lines("50", "0")
    for slot in _others(0):
        assert text_of(none_left, slot) is None
        assert text_of(held(doubtful.content, annotations), slot) is None
    for slot in _others():
        assert text_of(held(doubtful.content, annotations), slot) is None


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"value": Decimal("101.00")}, RefusalCode.DERIVATION_MISMATCH),
        ({"expression": "totals.amount_with_vat - 19"}, RefusalCode.DERIVATION_MISMATCH),
    ],
)
def test_derivation_that_was_changed_is_refused(
    change: dict[str, object], code: RefusalCode
) -> None:
    reading = with_totals(amount_with_vat=Decimal("119.00"), paid_amount=Decimal("19.00"))
    bound = said(reading, _DUE)
    [claim] = bound.claims
    derivation, *rest = claim.evidence
    assert isinstance(derivation, Derivation)
    forged = replace(claim, evidence=(msgspec.structs.replace(derivation, **change), *rest))
    assert codes(replace(bound, claims=(forged,)), reading) == {code}


def test_text_fields_and_evidence_of_a_derived_figure_are_held_to_it() -> None:
    reading = with_totals(amount_with_vat=Decimal("119.00"), paid_amount=Decimal("19.00"))
    bound = said(reading, _DUE)
    [claim] = bound.claims
    fewer_fields = replace(claim, field_paths=claim.field_paths[:1])
    no_operands = replace(claim, evidence=claim.evidence[:1])
    other_text = replace(bound, text=bound.text.replace("100", "101"))
    assert codes(other_text, reading) == {RefusalCode.VALUE_MISMATCH}
    assert codes(replace(bound, claims=(fewer_fields,)), reading) == {RefusalCode.CLAIM_UNFOUNDED}
    assert codes(replace(bound, claims=(no_operands,)), reading) == {RefusalCode.EVIDENCE_MISMATCH}


def _failed(reading: Reading) -> Finding:
    [finding] = [each for each in reading.findings if each.outcome is Outcome.FAILED]
    return finding


def test_difference_of_a_failed_sum_is_said_without_sign_and_with_its_direction() -> None:
    reading = ordinary()
    finding = _failed(reading)
    bound = said(reading, FindingSlot(finding, FindingPart.EXCESS))
    assert bound.text == "EUR\u00a01.00"
    assert codes(bound, reading) == set()
    bindings = Bindings(reading.content, reading.annotations, "en")
    assert bindings.of(FindingSlot(finding, FindingPart.SHORTFALL)) is None
