"""Numbers of every locale that invoices come in."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invoice_reading.extract.layout import rows
from invoice_reading.extract.numbers import (
    DecimalMark,
    decimal_mark,
    numbers,
    own_mark,
    parse_number,
)
from page_builder import page, right, text

COMMA, POINT = DecimalMark.COMMA, DecimalMark.POINT
GROUPINGS = [
    (".", COMMA),
    (",", POINT),
    (" ", COMMA),
    ("\u00a0", COMMA),
    ("\u202f", COMMA),
    ("'", POINT),
    ("’", POINT),
]
AMOUNTS = st.decimals(min_value=0, max_value=10**9, places=2, allow_nan=False, allow_infinity=False)


def printed(value: Decimal, group: str, mark: DecimalMark) -> str:
    return f"{abs(value):,.2f}".replace(",", "\0").replace(".", mark.value).replace("\0", group)


@given(AMOUNTS, st.sampled_from(GROUPINGS), st.sampled_from(["", "EUR ", "€ ", "$", "CHF "]))
def test_amount_printed_in_any_locale_reads_back(
    value: Decimal, locale: tuple[str, DecimalMark], currency: str
) -> None:
    group, mark = locale
    assert parse_number(currency + printed(value, group, mark), mark) == value


@given(AMOUNTS.filter(lambda value: value > 0), st.sampled_from(GROUPINGS))
def test_minus_before_after_and_brackets_are_negative(
    value: Decimal, locale: tuple[str, DecimalMark]
) -> None:
    plain = printed(value, *locale)
    for negative in (
        f"-{plain}",
        f"\u2212{plain}",
        f"{plain}-",
        f"({plain})",
        f"€ -{plain}",
        f"- {plain} €",
    ):
        assert parse_number(negative, locale[1]) == -value, negative


@pytest.mark.parametrize("digits", ["1.234", "1,234", "1234", "12"])
def test_digits_that_prove_no_mark_are_left_open(digits: str) -> None:
    assert own_mark(digits) is None


@pytest.mark.parametrize(
    ("digits", "mark"),
    [
        ("1.234,56", COMMA),
        ("1,234.56", POINT),
        ("12,5", COMMA),
        ("0.123", POINT),
        ("1.234.567", COMMA),
        ("10000,0000", COMMA),
    ],
)
def test_digits_that_prove_their_mark(digits: str, mark: DecimalMark) -> None:
    assert own_mark(digits) is mark


def test_group_of_three_without_knowledge_of_the_mark_has_no_value() -> None:
    assert parse_number("1.234", None) is None
    assert parse_number("1.234", COMMA) == 1234
    assert parse_number("1.234", POINT) == Decimal("1.234")


@pytest.mark.parametrize(
    "noise", ["03.04.2026", "2013-471102", "A4", "DE136695976", "3/7", "12.12.12.12"]
)
def test_parts_of_dates_and_identifiers_are_no_numbers(noise: str) -> None:
    [row] = rows(page(text(40, 40, f"x {noise} y")))
    assert numbers(row) == ()


def test_numbers_of_two_columns_are_not_joined_to_thousands() -> None:
    [row] = rows(page(right(100, 40, "20"), right(200, 40, "198,00")))
    assert [number.digits for number in numbers(row)] == ["20", "198,00"]


def test_thousands_with_a_space_are_one_number() -> None:
    [row] = rows(page(text(40, 40, "Total 1 234,56 €")))
    assert [number.value(None) for number in numbers(row)] == [Decimal("1234.56")]


def test_document_mark_follows_the_majority_of_amounts() -> None:
    found = [
        number
        for row in rows(
            page(text(40, 40, "4,55 €"), text(40, 60, "1.980,00 €"), text(40, 80, "2.5"))
        )
        for number in numbers(row)
    ]
    assert decimal_mark(found) is COMMA


def test_percentage_is_known_as_such() -> None:
    [row] = rows(page(text(40, 40, "VAT 19 % 12.00")))
    assert [(number.digits, number.percent) for number in numbers(row)] == [
        ("19", True),
        ("12.00", False),
    ]


@pytest.mark.parametrize("line", ["Paint - 5,00 l", "198,00 - net", "10,00 – 20,00"])
def test_dash_between_words_is_no_minus(line: str) -> None:
    [row] = rows(page(text(40, 40, line)))
    assert not any(number.negative for number in numbers(row))


@pytest.mark.parametrize(
    "digits", ["1" * 21, "1" * 5000, "1" * 21 + ",00", ".".join(["111"] * 8), "١٢٫٥", "١٢", "1٢"]
)
def test_codes_of_many_digits_and_digits_of_other_scripts_are_no_numbers(digits: str) -> None:
    [row] = rows(page(text(40, 40, f"Total {digits} EUR")))
    assert numbers(row) == ()
    assert parse_number(digits, COMMA) is None


def test_longest_numbers_keep_every_digit_with_their_sign() -> None:
    [row] = rows(page(text(40, 40, f"Total -{'9' * 20},999999")))
    assert [str(number.value(COMMA)) for number in numbers(row)] == [f"-{'9' * 20}.999999"]


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("2.400,-- EUR", "2400"),
        ("75,–", "75"),
        ("CHF 12'300.—", "12300"),
        ("990.-", "990"),
        ("*1.240,50", "1240.50"),
        ("$ 52.10 CR", "-52.10"),
        ("52.10CR", "-52.10"),
        ("318. 40", "318.40"),
        ("1.318, 40 EUR", "1318.40"),
        ("1. 318,40", "1318.40"),
        ("GBP 0. 12500", "0.12500"),
    ],
)
def test_amount_is_read_whole_with_its_dash_credit_sign_or_gap(line: str, value: str) -> None:
    [row] = rows(page(text(40, 40, line)))
    [number] = numbers(row)
    assert number.value(COMMA if "," in line else POINT) == Decimal(value)
    cited = parse_number(row.text[number.begin : number.end], COMMA if "," in line else POINT)
    assert cited == Decimal(value)


def test_gap_beside_other_words_leaves_no_half_of_a_number() -> None:
    [row] = rows(page(text(40, 40, "Total due 318. 40")))
    assert numbers(row) == ()


def test_number_that_ends_a_sentence_is_not_joined_to_the_next() -> None:
    [row] = rows(page(text(40, 40, "within 30. 12 boxes")))
    assert [number.digits for number in numbers(row)] == ["30", "12"]


@pytest.mark.parametrize(
    ("line", "values"),
    [("RM-9427", []), ("EUR-9427.50", ["-9427.50"]), ("RM -50", ["-50"]), ("RM 50", ["50"])],
)
def test_letters_a_hyphen_and_a_whole_number_are_a_code(line: str, values: list[str]) -> None:
    [row] = rows(page(text(40, 40, line)))
    assert [str(number.value(None)) for number in numbers(row)] == values
