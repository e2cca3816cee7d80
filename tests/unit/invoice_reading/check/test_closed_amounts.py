"""Amounts are told by sums and products that close, and by nothing less."""

from decimal import Decimal

import pytest

from en16931.model import (
    DocumentAllowance,
    DocumentTotals,
    InvoiceContent,
    InvoiceLine,
    PriceDetails,
    VatBreakdown,
)
from invoice_reading.check.closed_amounts import closed_amounts

NET, TAX, WHOLE, DUE = (
    "totals.amount_without_vat",
    "totals.vat_amount",
    "totals.amount_with_vat",
    "totals.amount_due",
)


def totals(
    net: str | None = None, tax: str | None = None, whole: str | None = None, due: str | None = None
) -> DocumentTotals:
    def amount(text: str | None) -> Decimal | None:
        return None if text is None else Decimal(text)

    return DocumentTotals(
        amount_without_vat=amount(net),
        vat_amount=amount(tax),
        amount_with_vat=amount(whole),
        amount_due=amount(due),
    )


@pytest.mark.parametrize(
    ("found", "told"),
    [
        (totals("100.00", "19.00", "119.00"), {NET, TAX, WHOLE}),
        (totals("100.00", "19.00", "119.00", "119.00"), {NET, TAX, WHOLE, DUE}),
        (totals("100.00", "19.00", "119.10"), set()),
        (totals("100.00", None, "119.00"), set()),
        # The same amount twice: misread alike, it would close as well.
        (totals("100.00", "0.00", "100.00"), set()),
        (totals(None, None, "119.00", "119.00"), set()),
    ],
)
def test_totals_are_told_by_a_sum_of_three(found: DocumentTotals, told: set[str]) -> None:
    assert closed_amounts(InvoiceContent(totals=found)) == told


def line(amount: str, quantity: str | None = None, price: str | None = None) -> InvoiceLine:
    return InvoiceLine(
        net_amount=Decimal(amount),
        invoiced_quantity=None if quantity is None else Decimal(quantity),
        price=None if price is None else PriceDetails(net_price=Decimal(price)),
    )


def test_lines_tell_the_total_where_no_tax_is_due() -> None:
    content = InvoiceContent(
        totals=totals("100.00", "0.00", "100.00"), lines=(line("60.00"), line("40.00"))
    )
    assert {NET, TAX, WHOLE} <= closed_amounts(content)


def test_product_of_the_only_line_tells_the_total() -> None:
    def told(quantity: str) -> frozenset[str]:
        price = str(Decimal(100) / Decimal(quantity))
        return closed_amounts(
            InvoiceContent(
                totals=totals("100.00", "0.00", "100.00"), lines=(line("100.00", quantity, price),)
            )
        )

    assert {NET, WHOLE} <= told("4")
    assert not told("1")


def test_allowance_is_a_term_of_the_sum() -> None:
    content = InvoiceContent(
        totals=totals("90.00", None, None),
        lines=(line("100.00"),),
        allowances=(DocumentAllowance(amount=Decimal("10.00")),),
    )
    assert closed_amounts(content) == {NET, "lines[0].net_amount", "allowances[0].amount"}


def test_row_of_vat_tells_its_rate() -> None:
    def told(tax: str) -> frozenset[str]:
        row = VatBreakdown(
            taxable_amount=Decimal("33.33"), rate=Decimal("19"), tax_amount=Decimal(tax)
        )
        return closed_amounts(InvoiceContent(vat_breakdown=(row,)))

    assert {path.rpartition(".")[2] for path in told("6.33")} == {
        "taxable_amount",
        "rate",
        "tax_amount",
    }
    assert not told("6.43")
