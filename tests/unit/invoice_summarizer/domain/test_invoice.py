"""An invoice's way from status to status, its etag, and the fields that lists go by."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from en16931.field_path import leaf_type
from invoice_reading.reading import Reading
from invoice_reading.review_reason import ReviewReason
from invoice_summarizer.domain.errors import StaleVersion, WrongState
from invoice_summarizer.domain.etag import invoice_etag, require_etag
from invoice_summarizer.domain.field_text import field_text, field_value
from invoice_summarizer.domain.invoice import (
    KNOWN_STATUSES,
    TRANSITIONS,
    InvoiceHeader,
    InvoiceStatus,
    read_as,
    reopened,
    status_in_words,
    with_reading,
)
from invoice_summarizer.domain.invoice_fields import INVOICE_FIELDS
from storage_samples import read_invoice, reading_of, received_invoice

NOW = datetime(2026, 11, 24, tzinfo=UTC)
S = InvoiceStatus

# As architecture.md draws them, each arrow once.
ARROWS = {
    (S.RECEIVED, S.READY),
    (S.RECEIVED, S.REVIEW_PENDING),
    (S.RECEIVED, S.FAILED),
    (S.REVIEW_PENDING, S.APPROVED),
    (S.REVIEW_PENDING, S.REJECTED),
    (S.READY, S.APPROVED),
    (S.READY, S.REJECTED),
}


def reading(*review_reasons: ReviewReason) -> Reading:
    return replace(reading_of(read_invoice(1).content), review_reasons=review_reasons)


@pytest.mark.parametrize("before", S)
@pytest.mark.parametrize("after", S)
def test_invoice_moves_as_the_states_allow(before: InvoiceStatus, after: InvoiceStatus) -> None:
    invoice = replace(received_invoice(1), status=before)
    if after not in TRANSITIONS[before]:
        with pytest.raises(WrongState) as caught:
            invoice.moved(after, NOW)
        assert caught.value.metadata == {"status": before.value, "wanted": after.value}
    else:
        moved = invoice.moved(after, NOW)
        assert (moved.status, moved.version, moved.update_time) == (after, invoice.version + 1, NOW)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (S.APPROVED, S.APPROVED, "the invoice is approved already"),
        (S.REJECTED, S.REJECTED, "the invoice is rejected already"),
        (S.APPROVED, S.REJECTED, "the invoice is approved, and cannot be rejected"),
        (S.RECEIVED, S.APPROVED, "the invoice has not been read yet, and cannot be approved"),
        (S.FAILED, S.APPROVED, "the invoice could not be read, and cannot be approved"),
    ],
)
def test_what_the_states_forbid_is_said_as_people_say_it(
    before: InvoiceStatus, after: InvoiceStatus, said: str
) -> None:
    with pytest.raises(WrongState) as caught:
        replace(received_invoice(1), status=before).moved(after, NOW)
    assert caught.value.message == said


def test_every_status_has_words() -> None:
    assert len({status_in_words(status) for status in S}) == len(S)


def test_every_arrow_of_the_architecture_is_a_transition() -> None:
    assert all(after in TRANSITIONS[before] for before, after in ARROWS)
    assert all(
        S.ARCHIVED in TRANSITIONS[status] for status in KNOWN_STATUSES if status is not S.ARCHIVED
    )


def test_what_a_person_has_approved_is_not_read_again() -> None:
    approved = replace(received_invoice(1), status=S.APPROVED)
    for needs_review in (False, True):
        with pytest.raises(WrongState) as caught:
            read_as(approved, NOW, needs_review=needs_review)
        assert caught.value.metadata["status"] == S.APPROVED


@pytest.mark.parametrize("before", [S.APPROVED, S.REJECTED])
@pytest.mark.parametrize(("needs_review", "after"), [(False, S.READY), (True, S.REVIEW_PENDING)])
def test_decision_that_is_taken_back_leaves_what_the_reading_says(
    before: InvoiceStatus, needs_review: bool, after: InvoiceStatus
) -> None:
    decided = replace(read_invoice(1).header, status=before, decision_comment="fine")
    header = reopened(decided, NOW, needs_review=needs_review)
    assert (header.status, header.decision_comment) == (after, None)
    assert (header.version, header.update_time) == (decided.version + 1, NOW)


@pytest.mark.parametrize("before", [s for s in S if s not in (S.APPROVED, S.REJECTED)])
def test_only_what_a_person_has_decided_is_taken_back(before: InvoiceStatus) -> None:
    with pytest.raises(WrongState) as caught:
        reopened(replace(read_invoice(1).header, status=before), NOW, needs_review=False)
    assert caught.value.metadata == {"status": before}


def test_reading_makes_the_invoice_ready_or_has_it_reviewed() -> None:
    received = received_invoice(1)
    assert read_as(received, NOW, needs_review=False).status is S.READY
    assert read_as(received, NOW, needs_review=True).status is S.REVIEW_PENDING


def test_decision_ends_when_the_document_is_read_again() -> None:
    rejected = replace(read_invoice(1), status=S.REJECTED, decision_comment="wrong buyer")
    assert read_as(rejected, NOW, needs_review=False).decision_comment is None


def test_invoice_is_its_header_and_its_reading() -> None:
    for invoice in (received_invoice(1), read_invoice(2)):
        assert with_reading(invoice.header, invoice.reading) == invoice
        assert type(invoice.header) is InvoiceHeader


def test_reason_of_failure_is_there_exactly_while_the_invoice_has_failed() -> None:
    failed = received_invoice(1).failed("PDF_ENCRYPTED", NOW)
    assert (failed.status, failed.failure_reason) == (S.FAILED, "PDF_ENCRYPTED")
    assert read_as(failed, NOW, needs_review=False).failure_reason is None


def test_etag_is_of_one_state_of_one_invoice() -> None:
    invoice = received_invoice(1)
    etags = {
        invoice_etag(invoice),
        invoice_etag(received_invoice(2)),
        invoice_etag(invoice.moved(S.FAILED, NOW)),
    }
    assert len(etags) == 3
    require_etag(invoice, invoice_etag(invoice))
    require_etag(invoice, "")
    with pytest.raises(StaleVersion):
        require_etag(invoice, invoice_etag(received_invoice(2)))


def test_field_of_a_list_is_a_path_of_the_content_or_of_the_invoice() -> None:
    invoice = read_invoice(1)
    own = {
        *("invoice_id", "status", "form", "create_time", "update_time"),
        *("document.file_name", "document.sha256"),
    }
    derived = {"kind", "review_reasons"}
    for name, field in INVOICE_FIELDS.items():
        if name in derived or not field.filter.sortable:
            continue
        if name not in own:
            assert leaf_type(name) in (str, Decimal, date)
        assert field.value(received_invoice(1)) is None or name in own
    assert INVOICE_FIELDS["totals.amount_due"].value(invoice) == Decimal("1234.5")
    assert INVOICE_FIELDS["status"].filter.values == KNOWN_STATUSES


@given(
    st.decimals(allow_nan=False, allow_infinity=False)
    | st.dates()
    | st.datetimes(timezones=st.just(UTC))
    | st.text()
    | st.none()
)
def test_value_of_a_cursor_comes_back_as_it_was(
    value: Decimal | date | datetime | str | None,
) -> None:
    field = {
        Decimal: "totals.amount_due",
        date: "issue_date",
        datetime: "create_time",
        str: "seller.name",
        type(None): "seller.name",
    }[type(value)]
    assert field_value(field, field_text(value)) == value


@pytest.mark.parametrize(
    ("field", "text"), [("totals.amount_due", "x"), ("issue_date", "x"), ("create_time", "x")]
)
def test_text_that_is_no_value_of_its_field_is_refused(field: str, text: str) -> None:
    with pytest.raises(ValueError):
        field_value(field, text)
