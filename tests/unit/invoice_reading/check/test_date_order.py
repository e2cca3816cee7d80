"""DUE-DATE-01: what is to be paid is not due before it was billed."""

from datetime import date
from decimal import Decimal

import pytest

from en16931.finding import Outcome
from en16931.model import DocumentTotals, InvoiceContent
from en16931.rules.declared import Declared
from invoice_reading.check.date_order import DateOrder


def outcomes(
    due: str | None, issued: str | None, *, amount: str | None = "119.00", type_code: str = "380"
) -> list[Outcome]:
    content = InvoiceContent(
        type_code=type_code,
        issue_date=date.fromisoformat(issued) if issued else None,
        payment_due_date=date.fromisoformat(due) if due else None,
        totals=DocumentTotals(amount_due=Decimal(amount)) if amount else None,
    )
    return [finding.outcome for finding in DateOrder().check(Declared(content))]


@pytest.mark.parametrize(
    ("due", "issued", "outcome"),
    [
        ("2026-03-04", "2026-03-05", Outcome.FAILED),
        ("2026-03-05", "2026-03-05", Outcome.PASSED),
        ("2026-04-04", "2026-03-05", Outcome.PASSED),
    ],
)
def test_due_date_is_not_before_the_issue_date(due: str, issued: str, outcome: Outcome) -> None:
    assert outcomes(due, issued) == [outcome]
    assert outcomes(due, issued, amount=None) == [outcome]


def test_both_dates_have_to_be_there() -> None:
    assert outcomes(None, "2026-03-05") == outcomes("2026-03-05", None) == []


@pytest.mark.parametrize(("amount", "type_code"), [("0.00", "380"), ("-5", "380"), ("5", "381")])
def test_date_by_which_nothing_is_to_be_paid_is_nobodys_concern(
    amount: str, type_code: str
) -> None:
    assert outcomes("2026-03-04", "2026-03-05", amount=amount, type_code=type_code) == []
