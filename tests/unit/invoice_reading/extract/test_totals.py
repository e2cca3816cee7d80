"""Arithmetic judges between the amounts that could be totals."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invoice_reading.annotation import FieldStatus
from invoice_reading.extract.confidence import CHECKED
from invoice_reading.extract.extract import extract
from invoice_reading.extraction import Extraction
from page_builder import hidden, page, right, table, text

WITH = "totals.amount_with_vat"


def test_total_is_the_sum_and_not_the_subtotal() -> None:
    read = extract(
        [
            page(
                table(
                    300,
                    [330, 550],
                    [
                        ("Subtotal", "100.00"),
                        ("VAT 20%", "20.00"),
                        ("Total", "120.00"),
                        ("Total savings", "5.00"),
                    ],
                )
            )
        ]
    )
    assert read.content.totals is not None
    assert read.content.totals.amount_with_vat == Decimal("120.00")
    assert read.content.totals.amount_without_vat == Decimal("100.00")
    assert read.content.totals.vat_amount == Decimal("20.00")


def test_total_above_tax_and_grand_total_is_the_net_amount_where_that_closes() -> None:
    def read(grand_total: str) -> Extraction:
        rows = [("Total", "6,169.40"), ("Tax", "61.69"), ("Grand total", grand_total)]
        return extract([page(table(300, [330, 550], rows))])

    closing = read("6,231.09").content.totals
    assert closing is not None
    assert closing.amount_without_vat == Decimal("6169.40")
    assert closing.amount_with_vat == Decimal("6231.09")
    open_sum = read("6,231.10").content.totals
    assert open_sum is None or open_sum.amount_without_vat is None


def test_sums_that_do_not_close_are_a_conflict_without_a_value() -> None:
    read = extract(
        [
            page(
                table(
                    300,
                    [330, 550],
                    [("Net amount", "100.00"), ("VAT 20%", "20.00"), ("Total", "121.00")],
                )
            )
        ]
    )
    assert read.content.totals is None
    found = read.annotations[WITH]
    assert found.status is FieldStatus.CONFLICT
    assert [one.value for one in found.candidates] == ["121.00"]
    assert found.evidence


def test_rows_of_tax_prove_a_total_without_a_printed_sum_of_tax() -> None:
    read = extract(
        [
            page(
                text(40, 40, "Rechnung", 18),
                table(
                    300,
                    [200, 400, 550],
                    [
                        ("Rechnungssumme Netto (excl. USt.)", "", "473,00"),
                        ("USt. 7%", "275,00", "19,25"),
                        ("USt. 19%", "198,00", "37,62"),
                        ("Rechnungssumme Brutto (inkl. USt.)", "", "529,87"),
                    ],
                ),
            )
        ]
    )
    assert read.content.totals is not None
    assert read.content.totals.amount_with_vat == Decimal("529.87")
    assert read.content.totals.vat_amount is None
    assert [row.rate for row in read.content.vat_breakdown] == [7, 19]


def test_hidden_words_change_no_total() -> None:
    visible = table(300, [330, 550], [("Net", "100.00"), ("VAT", "20.00"), ("Total", "120.00")])
    read = extract([page(visible, hidden(330, 400, "Grand total"), hidden(500, 400, "9120.00"))])
    assert read.content.totals is not None
    assert read.content.totals.amount_with_vat == Decimal("120.00")


def test_credit_note_keeps_the_printed_sign() -> None:
    read = extract(
        [
            page(
                text(40, 40, "Gutschrift", 18),
                table(
                    300,
                    [330, 550],
                    [
                        ("Nettobetrag", "100,00-"),
                        ("19 % USt", "19,00-"),
                        ("Gesamtbetrag", "119,00-"),
                    ],
                ),
            )
        ]
    )
    assert read.content.totals is not None and read.content.extras is not None
    assert read.content.type_code == "381"
    assert read.content.totals.amount_with_vat == Decimal("-119.00")
    assert read.content.extras.sign_convention == "CREDIT_IS_NEGATIVE"


def test_amount_due_after_a_payment_is_proven() -> None:
    read = extract(
        [
            page(
                table(
                    300,
                    [330, 550],
                    [
                        ("Total HT", "100,00"),
                        ("TVA 20 %", "20,00"),
                        ("Total TTC", "120,00"),
                        ("Acompte versé", "50,00"),
                        ("Solde à payer", "70,00"),
                    ],
                )
            )
        ]
    )
    assert read.content.totals is not None
    assert read.content.totals.amount_due == Decimal("70.00")
    assert read.content.totals.paid_amount == Decimal("50.00")


def test_total_below_the_sum_of_lines_is_a_conflict() -> None:
    lines = [("Description", "Quantity", "Unit price", "Amount"), ("Chair", "2", "50.00", "100.00")]
    read = extract(
        [page(table(200, [40, 300, 420, 550], lines), table(300, [330, 550], [("Total", "20.00")]))]
    )
    assert read.content.totals is None
    assert read.annotations[WITH].status is FieldStatus.CONFLICT


def test_balance_brought_forward_makes_the_amount_due_no_total() -> None:
    read = extract(
        [
            page(
                table(
                    300,
                    [330, 550],
                    [
                        ("Previous balance", "150.00"),
                        ("Current charges", "80.00"),
                        ("Total due", "230.00"),
                    ],
                )
            )
        ]
    )
    assert read.content.totals is not None
    assert read.content.totals.amount_due == Decimal("230.00")
    assert read.content.totals.amount_with_vat is None


def test_subtotal_with_shipping_is_no_amount_without_vat() -> None:
    read = extract(
        [
            page(
                table(
                    300,
                    [330, 550],
                    [
                        ("Subtotal", "100.00"),
                        ("Sales tax", "8.00"),
                        ("Shipping", "8.50"),
                        ("Total", "$116.50"),
                    ],
                )
            )
        ]
    )
    assert read.content.totals is not None
    assert read.content.totals.amount_with_vat == Decimal("116.50")
    assert read.content.totals.line_net_amount == Decimal("100.00")
    assert read.content.totals.amount_without_vat is None


@given(
    st.decimals(min_value=Decimal("0.01"), max_value=10**6, places=2),
    st.sampled_from([Decimal(7), Decimal(19), Decimal(20), Decimal("5.5")]),
    st.integers(min_value=1, max_value=500),
)
def test_wrong_total_is_never_returned(net: Decimal, rate: Decimal, error_cents: int) -> None:
    tax = (net * rate / 100).quantize(Decimal("0.01"))
    wrong = net + tax + Decimal(error_cents) / 100
    lines = [("Total HT", net), (f"TVA {rate} %", tax), ("Total TTC", wrong)]
    built = page(
        [text(330, 300 + at * 16, caption) for at, (caption, _) in enumerate(lines)],
        [
            right(550, 300 + at * 16, f"{value:.2f}".replace(".", ","))
            for at, (_, value) in enumerate(lines)
        ],
    )
    read = extract([built])
    assert read.content.totals is None or read.content.totals.amount_with_vat is None


def test_long_numbers_in_rows_of_tax_are_no_error() -> None:
    nines = "9" * 30
    rows = [("VAT 19%", f"{nines}.99", f"{nines}.99"), ("Total", "120.00")]
    assert extract([page(table(300, [130, 330, 560], rows))]).content.vat_breakdown == ()


def sums(*rows: tuple[str, ...]) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    """Net amount, tax and total of a document that prints these rows alone."""
    totals = extract([page(table(300, [330, 550], rows))]).content.totals
    if totals is None:
        return None, None, None
    return totals.amount_without_vat, totals.vat_amount, totals.amount_with_vat


def test_sum_whose_tax_is_more_than_any_rate_proves_nothing() -> None:
    assert sums(("Net amount", "20.00"), ("VAT", "100.00"), ("Total", "120.00")) == (None,) * 3
    assert sums(("Net amount", "-100.00"), ("VAT", "20.00"), ("Total", "-80.00")) == (None,) * 3


def test_sum_that_the_only_printed_rate_contradicts_is_not_proven() -> None:
    read = extract(
        [
            page(
                table(
                    300,
                    [330, 550],
                    [("Net amount", "100.00"), ("VAT 20%", "7.00"), ("Total", "107.00")],
                )
            )
        ]
    )
    confidence = read.annotations[WITH].confidence
    assert confidence is not None and confidence < CHECKED


def test_total_in_a_second_currency_is_not_the_total() -> None:
    own = [("Net amount", "100.00 EUR"), ("VAT 20%", "20.00 EUR"), ("Total", "120.00 EUR")]
    other = [("Net amount", "430.00 PLN"), ("VAT 20%", "86.00 PLN"), ("Total", "516.00 PLN")]
    right = (Decimal("100.00"), Decimal("20.00"), Decimal("120.00"))
    currency = ("Currency:", "EUR")
    assert sums(currency, *own, *other) == sums(currency, *other, *own) == right
    assert sums(*own, ("Total in PLN", "516.00")) == right


@pytest.mark.parametrize("nothing", ["0", "0,00", "0,-"])
def test_no_tax_is_zero_however_it_is_printed(nothing: str) -> None:
    net = Decimal("80.00")
    rows = (("Nettobetrag", "80,00 €"), ("MwSt 0 %", nothing), ("Gesamtbetrag", "80,00 €"))
    assert sums(*rows) == (net, Decimal(0), net)


def test_amounts_stand_under_captions_that_print_a_rate() -> None:
    captions = ("Net amount", "VAT 20%", "Total")
    cells = table(300, [200, 380, 550], [captions, ("100.00", "20.00", "120.00")], left_columns=0)
    totals = extract([page(cells)]).content.totals
    assert totals is not None
    assert (totals.vat_amount, totals.amount_with_vat) == (Decimal("20.00"), Decimal("120.00"))


def test_three_amounts_in_a_row_of_sums_are_what_they_add_up_to() -> None:
    row = table(300, [300, 380, 460, 550], [("Totals", "100.00", "20.00", "120.00")])
    totals = extract([page(row)]).content.totals
    assert totals is not None
    read = (totals.amount_without_vat, totals.vat_amount, totals.amount_with_vat)
    assert read == (Decimal("100.00"), Decimal("20.00"), Decimal("120.00"))
    other = table(300, [300, 380, 460, 550], [("Totals", "100.00", "20.00", "121.00")])
    found = extract([page(other)]).content.totals
    assert found is None or found.vat_amount is None


def test_rate_on_a_part_of_the_net_amount_contradicts_nothing() -> None:
    rows = [("Net amount", "100.00"), ("VAT 20% on 35.00", "7.00"), ("Total", "107.00")]
    read = extract([page(table(300, [330, 550], rows))])
    assert read.annotations[WITH].confidence == CHECKED


def test_tax_as_large_as_the_total_is_a_conflict() -> None:
    read = extract([page(table(300, [330, 550], [("VAT", "63.80"), ("Total", "63.80")]))])
    assert read.annotations["totals.vat_amount"].status is FieldStatus.CONFLICT
    assert read.content.totals is not None
    assert read.content.totals.amount_with_vat == Decimal("63.80")
