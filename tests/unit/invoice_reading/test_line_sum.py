from decimal import Decimal

import pytest

from en16931.finding import Outcome
from en16931.model import DocumentTotals, InvoiceContent, InvoiceLine
from invoice_reading.check.line_sum import check_line_sum


def _content(net: str, *amounts: str) -> InvoiceContent:
    return InvoiceContent(
        totals=DocumentTotals(amount_without_vat=Decimal(net)),
        lines=tuple(InvoiceLine(net_amount=Decimal(amount)) for amount in amounts),
    )


def test_residual_of_many_digits_is_exact() -> None:
    [finding] = check_line_sum(_content("9" * 35 + ".01", "1"))
    assert finding.outcome is Outcome.FAILED
    assert str(finding.residual) == "9" * 34 + "8.01"


def test_lines_that_add_up_pass() -> None:
    [finding] = check_line_sum(_content("3.00", "1.00", "2"))
    assert (finding.outcome, finding.residual) == (Outcome.PASSED, Decimal(0))


@pytest.mark.parametrize(("net", "amount"), [("sNaN", "1"), ("1", "NaN"), ("Infinity", "1")])
def test_amounts_that_are_no_finite_numbers_are_not_decidable(net: str, amount: str) -> None:
    [finding] = check_line_sum(_content(net, amount))
    assert finding.outcome is Outcome.NOT_DECIDABLE
