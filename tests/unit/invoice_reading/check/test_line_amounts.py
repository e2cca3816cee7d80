"""LINE-AMOUNT-01 and LINE-RATE-01: lines are quantity times price, and their rates are in the VAT breakdown."""

from decimal import Decimal

import pytest

from en16931.finding import Outcome
from en16931.model import (
    InvoiceContent,
    InvoiceLine,
    LineAllowance,
    LineVat,
    PriceDetails,
    VatBreakdown,
)
from en16931.rules.declared import Declared
from invoice_reading.check.line_amounts import LineAmounts, LineRates


def _line(
    quantity: str, price: str, amount: str, base: str | None = None, less: str = "0"
) -> InvoiceLine:
    return InvoiceLine(
        invoiced_quantity=Decimal(quantity),
        price=PriceDetails(net_price=Decimal(price), base_quantity=Decimal(base) if base else None),
        net_amount=Decimal(amount),
        allowances=(LineAllowance(amount=Decimal(less)),),
        vat=LineVat(rate=Decimal("19.00")),
    )


def _declared(*lines: InvoiceLine, rate: str = "19", is_complete: bool = True) -> Declared:
    rows = (VatBreakdown(rate=Decimal(rate)),)
    return Declared(InvoiceContent(lines=lines, vat_breakdown=rows), is_complete=is_complete)


@pytest.mark.parametrize(
    ("line", "outcome"),
    [
        (_line("3", "10.00", "30.00"), Outcome.PASSED),
        (_line("3", "10.00", "31.00"), Outcome.FAILED),
        (_line("-3", "10.00", "-30.00"), Outcome.PASSED),
        (_line("250", "12.00", "30.00", base="100"), Outcome.PASSED),
        (_line("3", "10.00", "25.00", less="5"), Outcome.PASSED),
        (_line("1000", "0.03", "33.33"), Outcome.PASSED),  # a price of 0.0333, rounded
        (_line("3", "3.33", "10.00"), Outcome.PASSED),
        (_line("3", "3.33", "10.05"), Outcome.FAILED),
    ],
)
def test_amount_is_quantity_times_price(line: InvoiceLine, outcome: Outcome) -> None:
    [finding] = LineAmounts().check(_declared(line))
    assert finding.outcome is outcome


def test_line_that_differs_is_named_with_both_sides() -> None:
    [finding] = LineAmounts().check(
        _declared(_line("1", "10.00", "10.00"), _line("3", "10.00", "31.00"))
    )
    assert finding.field_paths[0] == "lines[1].net_amount"
    assert (finding.left, finding.right) == (Decimal("31.00"), Decimal("30.00"))
    assert finding.residual == Decimal("1.00")


def test_lines_of_a_page_are_not_asked() -> None:
    declared = _declared(_line("3", "10.00", "31.00"), rate="7", is_complete=False)
    assert not list(LineAmounts().check(declared))
    assert not list(LineRates().check(declared))


def test_line_without_a_price_is_not_asked() -> None:
    assert not list(LineAmounts().check(_declared(InvoiceLine(net_amount=Decimal(1)))))


@pytest.mark.parametrize(("rate", "outcome"), [("19.0", Outcome.PASSED), ("7", Outcome.FAILED)])
def test_rate_of_a_line_is_in_the_breakdown(rate: str, outcome: Outcome) -> None:
    [finding] = LineRates().check(_declared(_line("1", "1", "1"), rate=rate))
    assert finding.outcome is outcome
