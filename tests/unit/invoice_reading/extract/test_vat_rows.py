"""A row of the VAT breakdown is proven by its product, however it is set."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from invoice_reading.extract.amount_captions import amount_groups
from invoice_reading.extract.extract import extract
from invoice_reading.extract.marked_rows import marked_rows
from invoice_reading.extract.numbers import DecimalMark
from invoice_reading.extract.vat_rows import VatRow, proven_vat_rows
from page_builder import page, table, text


def proven(*lines: str, line_rows: frozenset[int] = frozenset()) -> tuple[VatRow, ...]:
    """The proven rows of lines whose texts stand in columns, parted by bars."""
    printed = [
        text(40 + 130 * column, 40 + 20 * at, cell)
        for at, line in enumerate(lines)
        for column, cell in enumerate(line.split(" | "))
    ]
    all_rows = marked_rows([page(printed)])
    groups = {row.index: amount_groups(row) for row in all_rows}
    return proven_vat_rows(groups, line_rows, DecimalMark.POINT)


def values(*lines: str) -> list[tuple[str, str, str]]:
    return [
        (str(row.rate_value), str(row.taxable_value), str(row.tax_value)) for row in proven(*lines)
    ]


@given(
    st.sampled_from(["5.5", "7", "19", "20"]),
    st.decimals(min_value=1, max_value=10**6, places=2, allow_nan=False, allow_infinity=False),
)
@settings(deadline=None)
def test_rate_amount_and_their_product_are_a_row(rate: str, taxable: Decimal) -> None:
    tax = (taxable * Decimal(rate) / 100).quantize(Decimal("0.01"))
    [row] = proven(f"VAT {rate}% | {taxable} | {tax}")
    assert (row.rate_value, row.taxable_value, row.tax_value) == (Decimal(rate), taxable, tax)


@pytest.mark.parametrize(
    "line", ["VAT 20% | 100.00 | 20.00", "100.00 | 20% | 20.00", "Flowers | 20.00 | 100.00 | 20.00"]
)
def test_rate_stands_anywhere_with_or_without_its_sign(line: str) -> None:
    [(rate, taxable, tax)] = values(line)
    assert Decimal(rate) == Decimal(20)
    assert (taxable, tax) == ("100.00", "20.00")


@pytest.mark.parametrize(
    "line",
    [
        "VAT 20% | 100.00 | 20.02",
        "VAT 20% | 20.00 | 100.00",
        "VAT 20% | 100.00",
        "VAT 20% | 100 | 20",
        "VAT 50% | 100.00 | 50.00",
        "Flowers 0% | 100.00 | 0.00",
        "VAT 20% | 0.00 | 0.00",
    ],
)
def test_what_proves_nothing_is_no_row(line: str) -> None:
    assert values(line) == []


def test_cent_of_rounding_is_allowed() -> None:
    assert values("VAT 20% | 100.00 | 20.01") == [("20", "100.00", "20.01")]


def test_nothing_is_owed_where_the_caption_speaks_of_tax() -> None:
    assert values("VAT 0% | 100.00 | 0.00") == [("0", "100.00", "0.00")]


def test_row_that_is_printed_twice_counts_once_and_rows_of_lines_do_not() -> None:
    lines = ("VAT 20% | 100.00 | 20.00", "VAT 20% | 100.00 | 20.00", "VAT 7% | 100.00 | 7.00")
    assert len(proven(*lines)) == 2
    [row] = proven(*lines, line_rows=frozenset({0, 1}))
    assert row.rate_value == 7


def breakdown(*lines: tuple[str, ...]) -> set[tuple[Decimal | None, ...]]:
    """The VAT breakdown of a document with these sums: rate, taxable amount, tax."""
    edges = [300.0, 400.0, 480.0, 560.0]
    content = extract([page(table(300, edges, lines))]).content
    return {(row.rate, row.taxable_amount, row.tax_amount) for row in content.vat_breakdown}


SUMS = [("Net total", "500.00"), ("Total VAT", "44.00"), ("Grand total", "544.00")]


def test_row_at_no_rate_counts_where_it_is_the_rest_of_the_net_amount() -> None:
    rows = [("Rate", "Goods", "Duty"), ("0%", "280.00", "0.00"), ("20%", "220.00", "44.00")]
    twenty = (Decimal("20"), Decimal("220.00"), Decimal("44.00"))
    assert breakdown(*SUMS, *rows) == {twenty, (Decimal("0"), Decimal("280.00"), Decimal("0.00"))}
    rows[1] = ("0%", "281.00", "0.00")
    assert breakdown(*SUMS, *rows) == {twenty}


def test_several_rates_whose_taxes_add_up_are_rows_without_what_is_taxed() -> None:
    rows = [("VAT 5 %", "4.00"), ("VAT 20 %", "40.00")]
    assert breakdown(SUMS[0], *rows, SUMS[2]) == {
        (Decimal("5"), None, Decimal("4.00")),
        (Decimal("20"), None, Decimal("40.00")),
    }
    assert breakdown(SUMS[0], rows[0], ("VAT 20 %", "41.00"), SUMS[2]) == set()
