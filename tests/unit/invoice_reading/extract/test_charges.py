"""Charges and allowances of pages: what leads from the sum of the lines to the net total."""

from decimal import Decimal

from invoice_reading.extract.extract import extract
from invoice_reading.extraction import Extraction
from page_builder import page, table

HEADING = ("Description", "Qty", "Unit price", "Amount")
LINES = [HEADING, ("Valve DN 50", "10", "60.00", "600.00"), ("Gasket", "40", "10.00", "400.00")]
EDGES = [40.0, 330.0, 430.0, 550.0]


def read(*between: tuple[str, str], net: str, tax: str, total: str) -> Extraction:
    totals = [("Subtotal", "1,000.00"), *between, ("Net total", net), ("VAT 20%", tax)]
    return extract(
        [
            page(
                table(200, EDGES, LINES, left_columns=1),
                table(420, [430, 550], [*totals, ("Total", total)]),
            )
        ]
    )


def amounts(read: Extraction) -> tuple[list[Decimal | None], list[Decimal | None]]:
    content = read.content
    return [each.amount for each in content.charges], [each.amount for each in content.allowances]


def test_freight_and_a_discount_are_a_charge_and_an_allowance() -> None:
    found = read(
        ("Freight", "50.00"), ("Discount", "-30.00"), net="1,020.00", tax="204.00", total="1,224.00"
    )
    assert amounts(found) == ([Decimal("50.00")], [Decimal("30.00")])


def test_printed_total_of_charges_and_allowances_is_none_of_them() -> None:
    found = read(
        ("Freight", "10.00"),
        ("Discount", "-30.00"),
        ("Allowances", "-20.00"),
        net="980.00",
        tax="196.00",
        total="1,176.00",
    )
    assert amounts(found) == ([Decimal("10.00")], [Decimal("30.00")])


def test_two_choices_that_lead_to_the_net_total_leave_it_open() -> None:
    found = read(
        ("Freight", "50.00"),
        ("Discount", "-80.00"),
        ("Handling", "20.00"),
        ("Rebate", "-50.00"),
        net="970.00",
        tax="194.00",
        total="1,164.00",
    )
    assert amounts(found) == ([], [])
