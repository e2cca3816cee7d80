"""Discounts, the due date and instalments of payment terms as figures that the gate works out again."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

import msgspec
import pytest
from unit.invoice_summarizer.domain.summarizing.bound_invoices import annotated, held

from en16931.model import CashDiscount, DocumentTotals, Extras, InvoiceContent
from invoice_reading.annotation import DateDerivation, FieldAnnotation, FieldStatus
from invoice_reading.reading import Reading
from invoice_summarizer.domain.summarizing.claim_check import Known, claim_defect
from invoice_summarizer.domain.summarizing.derived_figures import (
    DerivedFigure,
    DerivedFigures,
    DerivedSlot,
    Figure,
)
from invoice_summarizer.domain.summarizing.finding_binding import FindingSides
from invoice_summarizer.domain.summarizing.gate import verify_summary
from invoice_summarizer.domain.summarizing.refusal import RefusalCode
from invoice_summarizer.domain.summarizing.segments import Bindings, assemble
from invoice_summarizer.domain.summarizing.template import summarize_by_template
from invoice_summarizer.domain.summary import BoundText, Style

_OF_WORDS = {
    RefusalCode.WORDING_UNLISTED,
    RefusalCode.CLAIM_MISPLACED,
    RefusalCode.FACT_MISSING,
    RefusalCode.FACT_UNFOUNDED,
}
_OF_TERMS = (
    Figure.DUE_DATE,
    Figure.DISCOUNT_PERCENT,
    Figure.DISCOUNT_LAST_DAY,
    Figure.DISCOUNT_SAVING,
    Figure.DISCOUNTED_AMOUNT,
    Figure.INSTALMENT_AMOUNT,
    Figure.INSTALMENT_LAST_DAY,
)
_STAIRS = "3 % Skonto innerhalb 10 Tagen, 2 % Skonto innerhalb 20 Tagen, 30 Tage netto"


def with_terms(terms: str, **fields: object) -> Reading:
    content = InvoiceContent(
        issue_date=date(2026, 2, 20),
        currency_code="EUR",
        payment_terms=terms,
        totals=DocumentTotals(amount_due=Decimal("1190.00")),
    )
    content = msgspec.structs.replace(content, **fields)
    return held(content=content, annotations=annotated(content))


def said(reading: Reading, figure: Figure, index: int = 0, language: str = "en") -> str | None:
    slot = DerivedSlot(figure, index=index)
    found = Bindings(reading.content, reading.annotations, language).of(slot)
    return found.text.replace("\u00a0", " ") if found else None


def figures_of(derived: DerivedFigures) -> Iterator[DerivedFigure]:
    """Yields all figures of terms that there are."""
    slots = (DerivedSlot(figure, index=index) for figure in _OF_TERMS for index in range(3))
    found = (figure for slot in slots if (figure := derived.of(slot)) is not None)
    yield from {figure.derivation.expression: figure for figure in found}.values()


def codes(bound: BoundText, reading: Reading) -> set[RefusalCode]:
    refusals = verify_summary(bound, reading, "en", Style.FULL).refusals
    return {refusal.code for refusal in refusals} - _OF_WORDS


def test_each_discount_has_percent_last_day_saving_and_amount() -> None:
    reading = with_terms(_STAIRS)
    figures = (
        Figure.DISCOUNT_PERCENT,
        Figure.DISCOUNT_LAST_DAY,
        Figure.DISCOUNT_SAVING,
        Figure.DISCOUNTED_AMOUNT,
    )
    assert [said(reading, figure) for figure in figures] == [
        "3%",
        "March 2, 2026",
        "EUR 35.70",
        "EUR 1,154.30",
    ]
    assert [said(reading, figure, 1, "de-AT") for figure in figures] == [
        "2 %",
        "12. März 2026",
        "EUR 23,80",
        "EUR 1.166,20",
    ]
    assert said(reading, Figure.DISCOUNT_PERCENT, 2) is None
    assert said(reading, Figure.DUE_DATE) == "March 22, 2026"


def test_every_figure_is_accepted_with_its_own_expression() -> None:
    reading = with_terms(_STAIRS)
    content, annotations = reading.content, reading.annotations
    derived = DerivedFigures(content, annotations)
    figures = [*figures_of(derived)]
    assert len(figures) == 9
    by_expression = {figure.derivation.expression: figure for figure in figures}
    for figure in figures:
        bound = assemble([figure.slot], Bindings(content, annotations, "en"))
        known = Known(
            content,
            annotations,
            (),
            "en",
            FindingSides(content),
            by_expression,
            reading.completeness,
        )
        [claim] = bound.claims
        assert codes(bound, reading) == set()
        assert claim_defect(claim, bound.text[claim.begin : claim.end], known) is None


def test_last_day_is_bound_to_the_date_of_the_invoice_and_to_the_terms() -> None:
    reading = with_terms("#SKONTO#TAGE=14#PROZENT=2.25#\n")
    slot = DerivedSlot(Figure.DISCOUNT_LAST_DAY)
    found = Bindings(reading.content, reading.annotations, "en").of(slot)
    assert found is not None
    assert found.field_paths == ("issue_date", "payment_terms")
    assert found.evidence == (
        DateDerivation(
            expression="issue_date + number(payment_terms, 13, 15) days", value=date(2026, 3, 6)
        ),
        *reading.annotations["issue_date"].evidence,
        *reading.annotations["payment_terms"].evidence,
    )


@pytest.mark.parametrize("expression", ["issue_date + 15 days", "issue_date + 14 days"])
def test_last_day_by_another_expression_is_refused(expression: str) -> None:
    reading = with_terms("#SKONTO#TAGE=14#PROZENT=2.25#\n")
    slot = DerivedSlot(Figure.DISCOUNT_LAST_DAY)
    bound = assemble([slot], Bindings(reading.content, reading.annotations, "en"))
    [claim] = bound.claims
    forged = DateDerivation(expression=expression, value=date(2026, 3, 6))
    changed = replace(claim, evidence=(forged, *claim.evidence[1:]))
    assert codes(replace(bound, claims=(changed,)), reading) == {RefusalCode.DERIVATION_MISMATCH}


def test_saving_is_of_the_base_amount_and_rounded_to_the_decimals_of_the_currency() -> None:
    based = with_terms("#SKONTO#TAGE=14#PROZENT=2.25#BASISBETRAG=357.93#")
    yen = with_terms(
        "2/10 net 30", currency_code="JPY", totals=DocumentTotals(amount_due=Decimal(1234))
    )
    assert said(based, Figure.DISCOUNT_SAVING) == "EUR 8.05"
    assert said(yen, Figure.DISCOUNT_SAVING) == "JPY 25"


@pytest.mark.parametrize(
    ("terms", "amount"),
    [
        ("#SKONTO#TAGE=14#PROZENT=50.00#BASISBETRAG=9999.00#", Decimal("1190.00")),
        ("2/10 net 30", Decimal("0.00")),
        ("2/10 net 30", Decimal("-100.00")),
        ("2/10 net 30", Decimal("0.10")),
        ("2/10 net 30", None),
        ("2/10 net 30", Decimal("NaN")),
    ],
)
def test_saving_that_cannot_be_is_not_said(terms: str, amount: Decimal | None) -> None:
    reading = with_terms(terms, totals=DocumentTotals(amount_due=amount))
    assert said(reading, Figure.DISCOUNT_SAVING) is None
    assert said(reading, Figure.DISCOUNTED_AMOUNT) is None


def test_discount_whose_days_and_date_disagree_is_none() -> None:
    agreeing = with_terms("3% Skonto innerhalb 10 Tagen bis 02.03.2026")
    disagreeing = with_terms("3% Skonto innerhalb 10 Tagen bis 15.03.2026")
    assert said(agreeing, Figure.DISCOUNT_LAST_DAY) == "March 2, 2026"
    assert said(disagreeing, Figure.DISCOUNT_LAST_DAY) is None
    assert said(disagreeing, Figure.DISCOUNT_PERCENT) is None


def test_due_date_that_is_stated_or_in_doubt_is_not_derived() -> None:
    stated = with_terms("30 Tage netto", payment_due_date=date(2026, 3, 31))
    reading = with_terms("30 Tage netto")
    doubtful = {
        **reading.annotations,
        "payment_due_date": FieldAnnotation(status=FieldStatus.AMBIGUOUS),
    }
    unbound = {
        **reading.annotations,
        "issue_date": FieldAnnotation(status=FieldStatus.CONFLICT),
    }
    assert said(reading, Figure.DUE_DATE) == "March 22, 2026"
    assert said(stated, Figure.DUE_DATE) is None
    assert said(held(reading.content, doubtful), Figure.DUE_DATE) is None
    assert said(held(reading.content, unbound), Figure.DUE_DATE) is None


@pytest.mark.parametrize(
    ("terms", "amounts"),
    [
        ("50 % within 30 days, 50 % by 15.05.2026", ["EUR 595.00", "EUR 595.00"]),
        ("EUR 1,000.00 on 15.03.2026 and EUR 190.00 on 15.04.2026", ["EUR 1,000.00", "EUR 190.00"]),
        ("EUR 1,000.00 on 15.03.2026 and EUR 180.00 on 15.04.2026", [None, None]),
        ("USD 1,000.00 on 15.03.2026 and USD 190.00 on 15.04.2026", [None, None]),
        ("50 % by 15.03.2026, 50 % by 31.02.2026", [None, None]),
    ],
)
def test_instalments_make_the_amount_due_or_are_none(terms: str, amounts: list[str | None]) -> None:
    reading = with_terms(terms)
    assert [said(reading, Figure.INSTALMENT_AMOUNT, index) for index in (0, 1)] == amounts
    days = [said(reading, Figure.INSTALMENT_LAST_DAY, index) for index in (0, 1)]
    assert [day is None for day in days] == [amount is None for amount in amounts]


def test_terms_that_are_not_understood_make_no_figure() -> None:
    reading = with_terms("our payment term has changed to 15 days")
    assert [*figures_of(DerivedFigures(reading.content, reading.annotations))] == []


def with_fields(*discounts: CashDiscount, terms: str = "", **fields: object) -> Reading:
    return with_terms(terms, extras=Extras(cash_discounts=discounts), **fields)


def written(reading: Reading) -> str:
    return summarize_by_template(reading, Style.FULL, "en").text.replace("\u00a0", " ")


def test_discount_of_fields_says_the_amount_to_transfer() -> None:
    reading = with_fields(CashDiscount(days=10, percentage=Decimal("2.00")))
    assert (
        "If it is paid by March 2, 2026, EUR 1,166.20 is to be transferred instead;"
        " the discount of 2% saves EUR 23.80." in written(reading)
    )
    bound = summarize_by_template(reading, Style.FULL, "en")
    assert verify_summary(bound, reading, "en", Style.FULL).accepted
    said_by = {
        bound.text[claim.begin : claim.end].replace("\u00a0", " "): claim.field_paths
        for claim in bound.claims
    }
    assert said_by["2%"] == ("extras.cash_discounts[0].percentage",)
    assert said_by["EUR 23.80"][:2] == ("totals.amount_due", "extras.cash_discounts[0].percentage")
    assert said_by["March 2, 2026"] == ("issue_date", "extras.cash_discounts[0].days")


def test_discount_of_fields_is_of_its_base_amount() -> None:
    discount = CashDiscount(days=10, percentage=Decimal("2.00"), base_amount=Decimal("500.00"))
    assert "EUR 1,180.00 is to be transferred instead" in written(with_fields(discount))


def test_discount_that_field_and_text_state_is_said_once() -> None:
    stated = CashDiscount(days=10, percentage=Decimal("3.00"))
    text = written(with_fields(stated, terms=_STAIRS))
    assert text.count("3% if it is paid by March 2, 2026") == 1
    assert text.count("2% if it is paid by March 12, 2026") == 1
    other = written(with_fields(stated, terms="2 % Skonto innerhalb 20 Tagen"))
    assert "These discounts are alternatives: 3%" in other and "; or 2%" in other


def test_discount_with_a_day_of_its_own_is_said_once_with_that_day() -> None:
    discount = CashDiscount(percentage=Decimal("2.00"), due_date=date(2026, 3, 1))
    text = written(with_fields(discount, terms="2 % Skonto bis 01.03.2026"))
    assert text.count("the discount of 2%") == 1 and "alternatives" not in text
    assert "If it is paid by March 1, 2026" in text


def test_discount_of_fields_without_what_it_needs_says_what_there_is() -> None:
    discount = CashDiscount(days=10, percentage=Decimal("2.00"))
    undated = with_fields(discount, issue_date=None)
    assert "A discount of 2% is given if it is paid within 10 days." in written(undated)
    no_days = with_fields(CashDiscount(percentage=Decimal("2.00")))
    assert "A discount of 2% is given." in written(no_days)
    for reading in (undated, no_days, with_fields(CashDiscount(days=10))):
        bound = summarize_by_template(reading, Style.FULL, "en")
        assert verify_summary(bound, reading, "en", Style.FULL).accepted
