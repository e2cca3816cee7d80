"""An amount is what the nearest caption says: beside it, or at the head of its column."""

from decimal import Decimal

import pytest

from invoice_reading.extract.amount_captions import (
    AmountGroup,
    AmountKind,
    amount_groups,
    caption_kind,
    headed_amounts,
)
from invoice_reading.extract.extract import extract
from invoice_reading.extract.lexicon import CaptionWord as Word
from invoice_reading.extract.marked_rows import marked_rows
from page_builder import page, right, table, text


@pytest.mark.parametrize(
    ("words", "kind", "plain"),
    [
        ([Word.TOTAL, Word.EXCLUDING, Word.TAX], AmountKind.NET, True),
        ([Word.TOTAL, Word.INCLUDING, Word.TAX], AmountKind.TOTAL, True),
        ([Word.INCLUDING, Word.TAX], AmountKind.TAX, False),
        ([Word.TAX, Word.TOTAL], AmountKind.TAX, True),
        ([Word.NET, Word.TAX], AmountKind.NET, True),
        ([Word.TAX, Word.NET], AmountKind.TAX, False),
        ([Word.TOTAL, Word.CHARGE], AmountKind.CHARGE, True),
        ([Word.NET, Word.DUE], AmountKind.DUE, True),
        ([Word.TOTAL, Word.CARRIED], AmountKind.CARRIED, True),
        ([Word.TAXABLE, Word.TAX], AmountKind.TAXABLE, True),
        ([Word.GROSS, Word.TOTAL], AmountKind.TOTAL, True),
        ([Word.LINES], AmountKind.LINES, True),
        ([Word.TOTAL], AmountKind.TOTAL, False),
        ([Word.OTHER, Word.TOTAL], None, True),
        ([], None, False),
    ],
)
def test_captions_mean_what_their_words_say_together(
    words: list[Word], kind: AmountKind | None, plain: bool
) -> None:
    assert caption_kind(words) == (kind, plain)


def groups(*texts: str) -> tuple[AmountGroup, ...]:
    """The groups of one row, whose texts stand in columns."""
    [row] = marked_rows([page(*(text(40 + 180 * at, 40, one) for at, one in enumerate(texts)))])
    return amount_groups(row)


def said(found: tuple[AmountGroup, ...]) -> list[tuple[AmountKind | None, list[str]]]:
    return [(group.kind, [number.digits for number in group.numbers]) for group in found]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["Total excl. VAT", "1,200.00"], [(AmountKind.NET, ["1,200.00"])]),
        (["Gesamtbetrag 119,00 EUR"], [(AmountKind.TOTAL, ["119,00"])]),
        (
            ["Net 100.00", "VAT 20.00", "Total 120.00"],
            [
                (AmountKind.NET, ["100.00"]),
                (AmountKind.TAX, ["20.00"]),
                (AmountKind.TOTAL, ["120.00"]),
            ],
        ),
        (["Flowers", "12.00"], [(None, ["12.00"])]),
        (["12.00", "24.00"], [(None, ["12.00", "24.00"])]),
        (["Total"], []),
    ],
)
def test_amounts_of_a_row_have_the_caption_on_their_left(
    texts: list[str], expected: list[tuple[AmountKind | None, list[str]]]
) -> None:
    assert said(groups(*texts)) == expected


def test_rate_and_amounts_of_one_caption_are_one_group() -> None:
    [group] = groups("VAT 20%", "100.00", "20.00")
    assert group.kind is AmountKind.TAX
    assert [rate.digits for rate in group.rates] == ["20"]
    assert [amount.digits for amount in group.amounts] == ["100.00", "20.00"]


def test_sentence_that_speaks_of_a_total_is_no_caption() -> None:
    caption = "a b c d e f g h i total"
    assert [group.kind for group in groups(f"{caption} 1.00")] == [AmountKind.TOTAL]
    sentence = "we ask you to pay what is the total of all that you have from us 1.00"
    assert [group.kind for group in groups(sentence)] == [None]


def under_heading(heading: tuple[str, ...], *rows: tuple[str, ...], top: float = 40) -> list[str]:
    """What the amounts under the first row are, as KIND amount."""
    printed = table(top, [150, 300, 450], [heading, *rows], left_columns=0)
    all_rows = marked_rows([page(printed)])
    found = headed_amounts(all_rows, all_rows[0])
    return [f"{kind} {number.digits}" for kind, _, number in found]


def test_amounts_stand_under_the_captions_of_a_table_of_totals() -> None:
    assert under_heading(
        ("Net", "VAT amount", "Gross"),
        ("100.00", "20.00", "120.00"),
        ("50.00", "10.00", "60.00"),
    ) == [
        "NET 100.00",
        "TAX 20.00",
        "TOTAL 120.00",
        "NET 50.00",
        "TAX 10.00",
        "TOTAL 60.00",
    ]


def test_column_of_rates_and_column_without_a_meaning_head_no_amounts() -> None:
    assert under_heading(("VAT %", "Flower", "Gross"), ("20.00", "1.00", "120.00")) == [
        "TOTAL 120.00"
    ]


def test_row_with_an_amount_of_its_own_heads_nothing() -> None:
    assert under_heading(("Net", "VAT", "5.00"), ("100.00", "20.00", "120.00")) == []


def test_amounts_far_below_or_on_another_page_have_no_heading() -> None:
    heading, amount = right(150, 40, "Net total"), right(150, 200, "100.00")
    far = marked_rows([page(heading, amount)])
    assert [*headed_amounts(far, far[0])] == []
    turned = marked_rows([page(heading), page(right(150, 40, "100.00"), number=2)])
    assert [*headed_amounts(turned, turned[0])] == []


@pytest.mark.parametrize(
    "terms",
    [
        "Due to global inflation our payment term has changed to 15 days.",
        "Due to global inflation our payment term has changed to 15",
        "The total is payable within 30 days of the invoice date.",
        "Payment terms: Net 30",
        "Net 14 days",
        "Restbetrag zahlbar innerhalb von 30 Tagen",
        "Montant total à payer sous 45 jours",
        "Balance due 30 days after delivery",
    ],
)
def test_days_of_a_payment_term_are_no_amount(terms: str) -> None:
    read = extract(
        [page(text(40, 40, terms), table(300, [330, 550], [("Total including VAT", "279.84 USD")]))]
    )
    assert read.content.totals is not None
    assert read.content.totals.amount_with_vat == Decimal("279.84")
    assert read.content.totals.amount_due is None
    assert read.content.totals.amount_without_vat is None


def test_whole_number_right_behind_its_caption_is_an_amount() -> None:
    read = extract([page(table(300, [330, 550], [("Grand total", "1939")]))])
    assert read.content.totals is not None
    assert read.content.totals.amount_with_vat == Decimal(1939)


def test_portuguese_taxable_value_is_no_tax() -> None:
    [head] = groups("Valor tributável", "110,00")
    assert head.kind is AmountKind.TAXABLE
