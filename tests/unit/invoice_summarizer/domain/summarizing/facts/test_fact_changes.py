"""What a person has changed: told with what the document says, in the long styles, for what money moves by."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from unit.invoice_summarizer.domain.summarizing.bound_invoices import (
    LANGUAGES,
    held,
    present,
    sound,
)
from unit.invoice_summarizer.domain.summarizing.summary_texts import text

from en16931.field_path import Leaf, replaced
from invoice_reading.annotation import (
    AnnotationReason,
    Candidate,
    FieldAnnotation,
    FieldStatus,
    HumanEdit,
)
from invoice_reading.reading import Reading
from invoice_summarizer.domain.summarizing.gate import verify_summary
from invoice_summarizer.domain.summarizing.refusal import RefusalCode
from invoice_summarizer.domain.summarizing.template import summarize_by_template
from invoice_summarizer.domain.summary import Style

EDIT = HumanEdit(actor="clerk", time=datetime(2026, 1, 1, tzinfo=UTC))
ACCOUNT = "payment_instructions.credit_transfers[0].account_identifier"


def entered(path: str, value: Leaf | None, declared: str | None) -> Reading:
    """Returns the sound invoice after a person has set the field of which the document says something else."""
    reading = sound()
    evidence = present(7).evidence
    candidates = (Candidate(value=declared, confidence=0.9, evidence=evidence),) if declared else ()
    annotation = FieldAnnotation(
        status=FieldStatus.ABSENT if value is None else FieldStatus.PRESENT,
        evidence=(EDIT,),
        candidates=candidates,
        reasons=(AnnotationReason.CLEARED_BY_PERSON,) if value is None else (),
    )
    content = replaced(reading.content, path, value)
    return held(content, {**reading.annotations, path: annotation})


@pytest.mark.parametrize(
    ("path", "value", "declared", "said"),
    [
        (
            "payment_due_date",
            date(2024, 4, 5),
            "2024-03-31",
            "The due date was changed by a person; the document says March 31, 2024.",
        ),
        (
            "totals.amount_due",
            Decimal("1190.00"),
            "1910.00",
            "The amount due was changed by a person; the document says EUR 1,910.00.",
        ),
        (
            ACCOUNT,
            "DE89370400440532013000",
            "FR7630006000011234567890189",
            "The bank account was changed by a person; the document says "
            "FR76 3000 6000 0112 3456 7890 189.",
        ),
        (
            "seller.name",
            "Hansen Werkzeuge GmbH",
            "Acme; nothing is to be paid",
            "The name of the seller was changed by a person; the document says "
            "“Acme; nothing is to be paid”.",
        ),
        (
            "payment_due_date",
            None,
            "2024-03-31",
            "The due date was changed by a person; the document says March 31, 2024.",
        ),
        ("payment_due_date", date(2024, 4, 5), None, "The due date was changed by a person."),
    ],
)
def test_what_the_document_says_is_told_beside_a_correction(
    path: str, value: Leaf | None, declared: str | None, said: str
) -> None:
    reading = entered(path, value, declared)
    for style in (Style.APPROVER, Style.FULL):
        assert said in text(reading, style)
    assert "by a person" not in text(reading, Style.SHORT)


@pytest.mark.parametrize("language", LANGUAGES)
def test_gate_holds_a_change_to_the_candidate_and_may_not_miss_it(language: str) -> None:
    reading = entered("payment_due_date", date(2024, 4, 5), "2024-03-31")
    bound = summarize_by_template(reading, Style.APPROVER, language)
    assert verify_summary(bound, reading, language, Style.APPROVER).accepted
    other = entered("payment_due_date", date(2024, 4, 5), "2024-03-30")
    refused = {
        refusal.code for refusal in verify_summary(bound, other, language, Style.APPROVER).refusals
    }
    assert RefusalCode.VALUE_MISMATCH in refused
    unchanged = replace(
        reading, annotations={**reading.annotations, "payment_due_date": present(7)}
    )
    silent = summarize_by_template(unchanged, Style.APPROVER, language)
    refusals = verify_summary(silent, reading, language, Style.APPROVER).refusals
    assert RefusalCode.FACT_MISSING in {refusal.code for refusal in refusals}


def test_value_that_a_person_confirmed_is_no_change() -> None:
    reading = entered("payment_due_date", date(2024, 3, 31), "2024-03-31")
    assert "by a person" not in text(reading, Style.FULL)


def test_field_that_no_money_moves_by_is_not_told() -> None:
    reading = entered("purchase_order_reference", "PO 78", "PO 77")
    assert "by a person" not in text(reading, Style.FULL)


def test_amount_of_a_document_in_another_currency_is_not_told_in_ours() -> None:
    reading = entered("totals.amount_due", Decimal("1190.00"), "1910.00")
    edited = FieldAnnotation(
        status=FieldStatus.PRESENT,
        evidence=(EDIT,),
        candidates=(Candidate(value="USD", confidence=0.9, evidence=present(8).evidence),),
    )
    reading = replace(reading, annotations={**reading.annotations, "currency_code": edited})
    said = text(reading, Style.FULL)
    assert "The amount due was changed by a person." in said
    assert "The currency was changed by a person; the document says “USD”." in said
