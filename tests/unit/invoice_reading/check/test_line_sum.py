from decimal import Decimal

import msgspec
import pytest

from en16931.finding import Finding, Outcome
from en16931.model import DocumentTotals, InvoiceContent, InvoiceLine
from en16931.rules.declared import Declared
from invoice_reading.check.line_sum import LineSum


def _content(net: str, *amounts: str) -> InvoiceContent:
    return InvoiceContent(
        totals=DocumentTotals(amount_without_vat=Decimal(net)),
        lines=tuple(InvoiceLine(net_amount=Decimal(amount)) for amount in amounts),
    )


def _findings(content: InvoiceContent) -> list[Finding]:
    return list(LineSum().check(Declared(content)))


def test_residual_of_many_digits_is_exact() -> None:
    [finding] = _findings(_content("9" * 35 + ".01", "1"))
    assert finding.outcome is Outcome.FAILED
    assert str(finding.residual) == "9" * 34 + "8.01"


def test_lines_that_add_up_pass() -> None:
    [finding] = _findings(_content("3.00", "1.00", "2"))
    assert (finding.outcome, finding.residual) == (Outcome.PASSED, Decimal(0))


@pytest.mark.parametrize(("net", "amount"), [("sNaN", "1"), ("1", "NaN"), ("Infinity", "1")])
def test_amounts_that_are_no_finite_numbers_are_not_decidable(net: str, amount: str) -> None:
    [finding] = _findings(_content(net, amount))
    assert finding.outcome is Outcome.NOT_DECIDABLE


def test_declared_sum_of_lines_leaves_the_matter_to_br_co_10() -> None:
    content = _content("3.00", "1.00")
    assert content.totals is not None
    declared = msgspec.structs.replace(content.totals, line_net_amount=Decimal(1))
    assert _findings(msgspec.structs.replace(content, totals=declared)) == []


def test_line_without_amount_leaves_nothing_to_add_up() -> None:
    content = _content("3.00", "3.00")
    lines = (*content.lines, InvoiceLine())
    assert _findings(msgspec.structs.replace(content, lines=lines)) == []
