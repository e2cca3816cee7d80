"""Nobody changes alone where money goes, how much, or in which direction: the invoice waits until somebody decides."""

from datetime import UTC, datetime

import pytest

from en16931.field_path import leaf_type
from invoice_reading.annotation import HumanEdit
from invoice_reading.certainty import is_decisive
from invoice_reading.changes_by_people import SECOND_LOOK_FIELDS
from invoice_reading.limits import PdfLimits
from invoice_reading.page import PdfPages
from invoice_reading.read import read
from invoice_reading.reading import Reading
from invoice_reading.review_reason import ReviewCode
from invoice_reading.stages import Stages
from invoice_summarizer.domain.corrected_reading import corrected_reading
from invoice_summarizer.domain.correction import Correction, corrected_content
from invoice_summarizer.samples.catalogue import sample_invoices

EDIT = HumanEdit(actor="rita", time=datetime(2026, 11, 2, tzinfo=UTC))
TRANSFERS = "payment_instructions.credit_transfers"
ACCOUNT = f"{TRANSFERS}[0].account_identifier"


def no_engine(data: bytes, limits: PdfLimits) -> PdfPages:
    raise AssertionError("there is no PDF")


[SAMPLE] = [each for each in sample_invoices() if each.file_name == "nordlicht-cii.xml"]
READING = read(SAMPLE.data, "", Stages(pdf_engine=no_engine))


def corrected(reading: Reading, **values: str | None) -> Reading:
    named = {name.replace("__", "."): value for name, value in values.items()}
    return with_corrections(reading, *(Correction(*each) for each in named.items()))


def with_corrections(reading: Reading, *corrections: Correction) -> Reading:
    return corrected_reading(reading, corrected_content(reading.content, corrections), EDIT).reading


def changed(reading: Reading) -> list[str]:
    reasons = reading.review_reasons
    return [each.subject for each in reasons if each.code is ReviewCode.CHANGED_BY_PERSON]


@pytest.mark.parametrize("path", SECOND_LOOK_FIELDS)
def test_fields_are_of_the_model_and_money_moves_by_them(path: str) -> None:
    assert leaf_type(path)
    assert is_decisive(path) or path == "extras.document_kind"  # which follows `type_code`


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("type_code", "381"),
        ("currency_code", "USD"),
        ("seller.name", "Sudlicht GmbH"),
        ("payee.name", "Factoring Bank AG"),
        ("payment_instructions.means_type_code", "59"),
        (ACCOUNT, "DE02120300000000202051"),
        (f"{TRANSFERS}[1].account_identifier", "DE02120300000000202051"),
        ("payment_terms", "50 % Skonto bis 2026-05-01"),
        ("totals.amount_due", "1.00"),
        ("totals.amount_with_vat", "1.00"),
        ("totals.paid_amount", "1.00"),
        ("totals.amount_due", None),
    ],
)
def test_change_is_a_reason_until_it_is_as_the_document_says(path: str, value: str | None) -> None:
    assert not READING.review_reasons
    after = with_corrections(READING, Correction(path, value))
    assert path in changed(after)
    later = corrected(after, buyer_reference="B-1")
    assert changed(later) == changed(after)


def test_value_that_is_put_back_is_no_change() -> None:
    after = with_corrections(READING, Correction(ACCOUNT, "DE02120300000000202051"))
    back = with_corrections(after, Correction(ACCOUNT, "DE43 9990 0001 0000 1234 56"))
    assert back.review_reasons == ()


def test_value_that_a_person_confirms_is_no_change() -> None:
    after = corrected(
        READING, totals__amount_due="2368.710", seller__name="Nordlicht Bürobedarf GmbH"
    )
    assert changed(after) == []
    # A third decimal is no other amount, but none that EN 16931 knows.
    assert [each.subject for each in after.review_reasons] == ["BR-DEC-18"]


def test_number_or_date_that_was_mended_keeps_no_invoice_from_passing() -> None:
    after = corrected(READING, invoice_number="R-9", payment_due_date="2026-05-01")
    assert after.review_reasons == ()


@pytest.mark.parametrize("taken", [TRANSFERS, f"{TRANSFERS}[0]", "payment_instructions"])
def test_account_that_is_taken_away_stays_a_reason(taken: str) -> None:
    after = with_corrections(READING, Correction(taken, None))
    assert TRANSFERS in changed(after)
    again = with_corrections(after, Correction(ACCOUNT, "DE43999000010000123456"))
    assert TRANSFERS in changed(again)


def test_account_is_its_list_s_first_after_one_before_it_is_taken_away() -> None:
    two = with_corrections(
        READING, Correction(f"{TRANSFERS}[1].account_identifier", "DE02120300000000202051")
    )
    after = with_corrections(two, Correction(f"{TRANSFERS}[0]", None))
    assert changed(after) == [ACCOUNT, TRANSFERS]
