from datetime import date
from decimal import Decimal

import pytest

from en16931.model import DocumentTotals, InvoiceContent, InvoiceLine
from invoice_summarizer.cli.corrections import corrected
from invoice_summarizer.cli.exit_codes import ExitCode
from invoice_summarizer.cli.failures import CommandFailed

CONTENT = InvoiceContent(
    invoice_number="1",
    totals=DocumentTotals(amount_due=Decimal("9.90")),
    lines=(InvoiceLine(net_amount=Decimal("1")),),
)


def test_each_text_becomes_a_value_of_its_fields_type() -> None:
    content, paths = corrected(
        CONTENT,
        [
            "issue_date=2026-11-24",
            "totals.amount_due = 10.00",
            "content.lines[0].net_amount=2",
            "seller.name=A = B",
            "extras.document_kind=credit_note",
            "extras.copy=true",
            "extras.cash_discounts[0].days=14",
        ],
    )
    assert content.issue_date == date(2026, 11, 24)
    assert content.totals is not None and str(content.totals.amount_due) == "10.00"
    assert content.lines[0].net_amount == Decimal(2)
    assert content.seller is not None and content.seller.name == "A = B"
    assert content.extras is not None and content.extras.document_kind == "CREDIT_NOTE"
    assert content.extras.copy is True
    assert content.extras.cash_discounts[0].days == 14
    assert paths[2] == "lines[0].net_amount"


def test_empty_value_clears_the_field() -> None:
    content, _ = corrected(CONTENT, ["totals.amount_due="])
    assert content.totals is not None and content.totals.amount_due is None


@pytest.mark.parametrize(
    "typed",
    [
        "totals.amount_due",
        "=1",
        "none=1",
        "lines[5].net_amount=1",
        "lines=1",
        "totals.amount_due=NaN",
        "totals.amount_due=1,00",
        "issue_date=2026-13-01",
        "extras.copy=yes",
        "extras.document_kind=bill",
        "extras.cash_discounts[0].days=x",
    ],
)
def test_what_cannot_be_is_wrong_usage(typed: str) -> None:
    with pytest.raises(CommandFailed) as refused:
        corrected(CONTENT, [typed])
    assert refused.value.exit_code is ExitCode.USAGE
