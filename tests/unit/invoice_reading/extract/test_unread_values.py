"""A due date, a buyer or an account that stands on a page and was not read makes the field illegible, with its place."""

import pytest

from invoice_reading.annotation import AnnotationReason, FieldStatus
from invoice_reading.extract.extract import extract
from page_builder import Printed, page, text

DUE, BUYER = "payment_due_date", "buyer.name"
ACCOUNT = "payment_instructions.credit_transfers[0].account_identifier"


def status(path: str, *printed: Printed | str) -> tuple[FieldStatus, str | None]:
    placed = [
        text(40, 40 + 30 * at, each) if isinstance(each, str) else each
        for at, each in enumerate(printed)
    ]
    annotation = extract([page(placed)]).annotations[path]
    if annotation.status is FieldStatus.ILLEGIBLE:
        assert annotation.evidence
    return annotation.status, annotation.raw_text


@pytest.mark.parametrize(
    ("line", "raw"),
    [
        ("Due date: 31.02.2026", "31.02.2026"),
        ("Due date: 3O.11.2026", "3O.11.2026"),
        ("Fällig am: 30. Novembr 2026", "30. Novembr 2026"),
        ("Due date: 2026-13-01", "2026-13-01"),
        ("Pay by: whichever is later, 04.04.2026", "04.04.2026"),
    ],
)
def test_text_like_a_date_beside_a_label_of_due_dates_is_illegible(line: str, raw: str) -> None:
    assert status(DUE, line) == (FieldStatus.ILLEGIBLE, raw)


def test_text_like_a_date_under_a_label_of_due_dates_is_illegible() -> None:
    under = (text(40, 40, "Due date"), text(40, 54, "31 February 2O26"))
    assert status(DUE, *under) == (FieldStatus.ILLEGIBLE, "31 February 2O26")


@pytest.mark.parametrize(
    "line",
    [
        "Total due 1.234.567,00",
        "Due 12 345.67",
        "Payment due within 30 days",
        "Please pay by transfer",
        "Zahlbar bis 04.04.2026 mit 2 % Skonto",
        "Phone 030 12.34.567",
    ],
)
def test_other_text_is_no_due_date_that_was_not_read(line: str) -> None:
    assert status(DUE, line)[0] is FieldStatus.ABSENT


def test_due_date_that_was_read_stays() -> None:
    assert status(DUE, "Due date: 04.04.2026", "Pay by: 31.02.2026")[0] is FieldStatus.PRESENT


@pytest.mark.parametrize(
    ("printed", "raw"),
    [
        (("Bill to: Studio 1234567",), "Studio 1234567"),
        ((text(40, 40, "Bill to"), text(40, 54, "Studio 1234567")), "Studio 1234567"),
    ],
)
def test_text_under_a_label_of_the_buyer_that_is_no_name_is_illegible(
    printed: tuple[Printed | str, ...], raw: str
) -> None:
    assert status(BUYER, *printed) == (FieldStatus.ILLEGIBLE, raw)


@pytest.mark.parametrize(
    "line", ["Customer: 104582", "Client: CASH", "Customer: VAT no. GB123456789", "Customer"]
)
def test_number_nobody_and_another_field_are_no_buyer_that_was_not_read(line: str) -> None:
    assert status(BUYER, line)[0] is FieldStatus.ABSENT


def test_beginning_of_an_account_behind_its_label_is_illegible() -> None:
    assert status(ACCOUNT, "IBAN: DE68 2105") == (FieldStatus.ILLEGIBLE, "DE68 2105")
    assert status(ACCOUNT, "DE68 2105")[0] is FieldStatus.ABSENT


def test_reason_says_that_the_value_was_not_read() -> None:
    annotations = extract([page(text(40, 40, "Due date: 31.02.2026"))]).annotations
    assert annotations[DUE].reasons == (AnnotationReason.NOT_READ,)
