"""Which way the money goes: the fact that every summary has to have right."""

from decimal import Decimal

import msgspec
import pytest
from unit.invoice_summarizer.domain.summarizing.bound_invoices import (
    annotated,
    held,
    ordinary,
    sound,
)
from unit.invoice_summarizer.domain.summarizing.summary_texts import text

from en16931.model import (
    DirectDebit,
    DocumentKind,
    DocumentTotals,
    Extras,
    InvoiceContent,
    PaymentCard,
    PaymentInstructions,
    PrecedingInvoice,
)
from invoice_reading.annotation import FieldAnnotation, FieldStatus
from invoice_reading.reading import Reading
from invoice_reading.review_reason import ReviewCode, ReviewReason
from invoice_summarizer.domain.summarizing.facts.direction import direction
from invoice_summarizer.domain.summarizing.facts.kind import FactKind
from invoice_summarizer.domain.summarizing.facts.plan_context import PlanContext
from invoice_summarizer.domain.summary import Style

TRANSFERS = sound().content.payment_instructions


def kind(reading: Reading) -> FactKind:
    [fact] = direction(PlanContext(reading))
    return fact.kind


def content(*, due: str | None = "119.00", paid: str | None = None, **fields: object) -> Reading:
    """Returns an invoice over 119.00."""
    totals = DocumentTotals(
        amount_without_vat=Decimal("100.00"),
        vat_amount=Decimal("19.00"),
        amount_with_vat=Decimal("119.00"),
        paid_amount=None if paid is None else Decimal(paid),
        amount_due=None if due is None else Decimal(due),
    )
    base = msgspec.structs.replace(sound().content, totals=totals)
    changed = msgspec.structs.replace(base, **fields)
    return held(changed, annotated(changed))


def debit(**fields: str) -> PaymentInstructions:
    return PaymentInstructions(means_type_code="59", direct_debit=DirectDebit(**fields))


@pytest.mark.parametrize(
    ("reading", "expected"),
    [
        (content(), FactKind.TO_PAY),
        (content(due=None), FactKind.TO_PAY_TOTAL),
        (content(due=None, paid="19.00"), FactKind.TO_PAY_REST),
        (content(due=None, paid="119.00"), FactKind.AMOUNT_UNKNOWN),
        (content(due="-5.00", paid="124.00"), FactKind.IN_OUR_FAVOUR),
        (content(due="0.00", paid="119.00"), FactKind.PAID_ALREADY),
        (content(due="0"), FactKind.NOTHING_DUE),
        (content(type_code="381"), FactKind.CREDITED),
        (content(type_code="381", payment_instructions=debit()), FactKind.CREDITED),
        (content(payment_instructions=debit()), FactKind.COLLECTED),
        (content(due="0", payment_instructions=debit()), FactKind.NOTHING_DUE),
        (
            content(
                payment_instructions=PaymentInstructions(
                    payment_card=PaymentCard(primary_account_number="4242")
                )
            ),
            FactKind.CHARGED_TO_CARD,
        ),
        (content(type_code="325"), FactKind.NO_DEMAND),
        (content(extras=Extras(document_kind=DocumentKind.RECEIPT)), FactKind.NO_DEMAND),
        (held(InvoiceContent(), {}), FactKind.AMOUNT_UNKNOWN),
        (ordinary(), FactKind.ASKED),
    ],
)
def test_direction_follows_from_what_is_stated(reading: Reading, expected: FactKind) -> None:
    assert kind(reading) is expected


@pytest.mark.parametrize(
    "status", [FieldStatus.CONFLICT, FieldStatus.AMBIGUOUS, FieldStatus.ILLEGIBLE]
)
def test_total_does_not_stand_in_for_an_amount_due_that_is_in_doubt(status: FieldStatus) -> None:
    reading = content(due=None)
    annotations = {**reading.annotations, "totals.amount_due": FieldAnnotation(status=status)}
    assert kind(held(reading.content, annotations)) is FactKind.AMOUNT_UNKNOWN


@pytest.mark.parametrize("path", ["totals.amount_due", "totals.amount_with_vat"])
def test_unsure_amount_is_said_as_unsure_in_every_style(path: str) -> None:
    reading = content(due="15.00" if path.endswith("due") else None)
    unsure = held(
        reading.content,
        reading.annotations,
        review_reasons=(ReviewReason(ReviewCode.LOW_CONFIDENCE, path),),
    )
    assert kind(unsure) is FactKind.AMOUNT_UNKNOWN
    for style in Style:
        said = text(unsure, style)
        assert "How much is to be paid by March 31, 2024 is not certain." in said
        assert "is not certain; EUR" in said


def test_credit_names_the_invoice_and_no_account() -> None:
    reading = content(type_code="381", preceding_invoices=(PrecedingInvoice(reference="RE-1"),))
    said = text(reading, Style.FULL)
    assert "EUR 119.00 is credited to us against invoice RE-1; nothing is to be paid." in said
    assert "account" not in said
    assert said.count("RE-1") == 1


def test_credit_and_balance_are_said_without_sign() -> None:
    assert "EUR 119.00 is credited to us" in text(
        content(type_code="381", due="-119.00"), Style.SHORT
    )
    assert "EUR 5.00 is in our favour" in text(content(due="-5.00"), Style.SHORT)


def test_collection_says_from_where_and_under_which_mandate() -> None:
    instructions = debit(
        debited_account_identifier="DE89370400440532013000", mandate_reference_identifier="M-7"
    )
    assert (
        "EUR 119.00 will be collected by direct debit on March 31, 2024 from account "
        "DE89 3704 0044 0532 0130 00 under mandate M-7; nothing is to be transferred."
    ) in text(content(payment_instructions=instructions), Style.APPROVER)


def test_sum_that_does_not_close_leaves_no_amount_to_be_paid() -> None:
    assert "EUR 1,191.00 is asked for by March 31, 2024, but the sums do not add up." in text(
        ordinary(), Style.APPROVER
    )
