"""Items, units, signs and prices of the lines are those of the page, in its notation."""

from collections.abc import Sequence
from decimal import Decimal

import pytest

from en16931.model import InvoiceContent, InvoiceLine, Item, LineVat, PriceDetails
from invoice_reading.agreement.compare import compare
from invoice_reading.agreement.comparison import Verdict
from page_builder import Printed, page, table, text

_EDGES = (50, 300, 340, 420, 500)
WRENCH = ("Torque wrench 20 Nm", "4", "pcs", "118.40", "473.60")
HOURS = ("Calibration on site", "2.5", "hours", "80.00", "200.00")


def line(
    name: str, quantity: str, price: str, amount: str, unit: str = "C62", base: str | None = None
) -> InvoiceLine:
    return InvoiceLine(
        item=Item(name=name),
        invoiced_quantity=Decimal(quantity),
        quantity_unit_code=unit,
        net_amount=Decimal(amount),
        price=PriceDetails(
            net_price=Decimal(price), base_quantity=Decimal(base) if base is not None else None
        ),
        vat=LineVat(rate=Decimal(20)),
    )


def wrong(lines: Sequence[InvoiceLine], rows: Sequence[Sequence[str]], *more: Printed) -> set[str]:
    printed = table(200, _EDGES, rows, left_columns=1)
    found = compare(InvoiceContent(lines=tuple(lines)), [page(*more, *printed)])
    return {each.path for each in found if each.verdict is Verdict.DISAGREES}


SOUND = [
    line("Torque wrench 20 Nm", "4", "118.40", "473.60"),
    line("Calibration on site", "2.5", "80.00", "200.00", "HUR"),
]


def test_lines_as_they_are_printed_agree() -> None:
    assert wrong(SOUND, [WRENCH, HOURS]) == set()


@pytest.mark.parametrize(
    "name",
    ["Soap on a rope", "Torque wrench 60 Nm", "Torque hammer 20 Nm", "Calibration on site"],
)
def test_another_item_beside_the_amount_disagrees(name: str) -> None:
    changed = [line(name, "4", "118.40", "473.60"), SOUND[1]]
    assert wrong(changed, [WRENCH, HOURS]) == {"lines[0].item.name"}


@pytest.mark.parametrize(
    "printed",
    ["TORQUE WRENCH 20 NM", "Torque wrench", "Wrench, torque 20 Nm", "A-77 Torque wrench 20 Nm"],
)
def test_item_may_be_printed_in_another_notation(printed: str) -> None:
    assert wrong(SOUND, [(printed, *WRENCH[1:]), HOURS]) == set()


def test_item_may_go_on_in_the_next_row() -> None:
    rows = [("Torque wrench", *WRENCH[1:]), ("20 Nm", "", "", "", ""), HOURS]
    assert wrong(SOUND, rows) == set()


@pytest.mark.parametrize("unit", ["DAY", "KGM", "C62"])
def test_another_unit_beside_the_quantity_disagrees(unit: str) -> None:
    changed = [SOUND[0], line("Calibration on site", "2.5", "80.00", "200.00", unit)]
    assert wrong(changed, [WRENCH, HOURS]) == {"lines[1].quantity_unit_code"}


@pytest.mark.parametrize("unit", ["H87", "EA", "XPP"])
def test_codes_of_one_unit_are_alike(unit: str) -> None:
    changed = [line("Torque wrench 20 Nm", "4", "118.40", "473.60", unit), SOUND[1]]
    assert wrong(changed, [WRENCH, HOURS]) == set()


def test_measure_in_the_name_of_an_item_is_no_unit() -> None:
    rows = [("Wrench for 4 mm", "4", "", "118.40", "473.60")]
    assert wrong([line("Wrench for 4 mm", "4", "118.40", "473.60")], rows) == set()


def test_minus_of_a_line_that_only_one_side_has_disagrees() -> None:
    printed = [("Scrap taken back", "1", "pcs", "50.00", "-50.00"), HOURS]
    for amount, paths in (("-50.00", set()), ("50.00", {"lines[0].net_amount"})):
        changed = [line("Scrap taken back", "1", "50.00", amount), SOUND[1]]
        assert wrong(changed, printed) == paths
    plain = [("Scrap taken back", "1", "pcs", "50.00", "50.00"), HOURS]
    changed = [line("Scrap taken back", "1", "50.00", "-50.00"), SOUND[1]]
    assert wrong(changed, plain) == {"lines[0].net_amount"}


def test_line_of_a_discount_need_not_print_its_minus() -> None:
    printed = [("Discount for friends", "1", "pcs", "50.00", "50.00")]
    assert wrong([line("Discount for friends", "1", "50.00", "-50.00")], printed) == set()


@pytest.mark.parametrize(
    ("price", "base", "amount", "printed"),
    [
        ("1.2345", None, "3.70", "1.23"),
        ("1.2355", None, "3.71", "1.24"),
        ("123.45", "100", "3.70", "1.2345"),
        ("123.45", "100", "3.70", "1.23"),
        ("1.2345", None, "3.70", "123.45"),  # the page says per how many
        ("1.00", None, "3.00", "1.20"),  # with VAT
    ],
)
def test_price_may_be_rounded_or_for_another_number(
    price: str, base: str | None, amount: str, printed: str
) -> None:
    rows = [("Screw, price per 100", "3", "pcs", printed, amount), HOURS]
    changed = [line("Screw, price per 100", "3", price, amount, base=base), SOUND[1]]
    assert wrong(changed, rows) == set()


@pytest.mark.parametrize("price", ["1.33", "12.34", "0.01", "12345"])
def test_another_price_disagrees(price: str) -> None:
    rows = [("Screw", "3", "pcs", "1.23", "3.69"), HOURS]
    found = wrong([line("Screw", "3", price, "3.69"), SOUND[1]], rows, text(50, 50, "Invoice"))
    assert found == {"lines[0].price.net_price"}


def test_item_that_is_sold_in_many_lines_is_compared_in_each() -> None:
    lines = [
        line(f"Widget {at % 3} blue", str(at % 20 + 1), "3.50", f"{(at % 20 + 1) * 3.5:.2f}")
        for at in range(60)
    ]
    rows = [
        (f"Widget {at % 3} blue", str(at % 20 + 1), "pcs", "3.50", f"{(at % 20 + 1) * 3.5:.2f}")
        for at in range(60)
    ]
    pages = [
        page(*table(50, (50, 300, 340, 420, 500), rows[begin : begin + 30]), number=number)
        for number, begin in ((1, 0), (2, 30))
    ]
    found = compare(InvoiceContent(lines=tuple(lines)), pages)
    assert {each.path for each in found if each.verdict is Verdict.DISAGREES} == set()
    lines[59] = line("Widget 2 blue", "20", "3.50", "71.00")
    found = compare(InvoiceContent(lines=tuple(lines)), pages)
    assert "lines[59].net_amount" in {
        each.path for each in found if each.verdict is Verdict.DISAGREES
    }
