from decimal import Decimal, DecimalException, Inexact

import pytest
from hypothesis import given
from hypothesis import strategies as st

from en16931.exact import EXACT, decimal_text, exact_sum, product_meets, to_cents

amounts = st.integers(min_value=-(10**40), max_value=10**40)


@given(st.lists(amounts))
def test_sum_keeps_every_digit(units: list[int]) -> None:
    assert exact_sum(Decimal(one).scaleb(-2, EXACT) for one in units).scaleb(2, EXACT) == sum(units)


@given(amounts, amounts)
def test_long_amounts_meet_their_product_and_the_cent_beside_it_only(left: int, right: int) -> None:
    one, other, product = Decimal(left), Decimal(right), Decimal(left * right)
    met = [
        product_meets(one, other, EXACT.add(product, Decimal(offset).scaleb(-2)))
        for offset in (-2, -1, 0, 1, 2)
    ]
    assert met == [False, True, True, True, False]


@pytest.mark.parametrize(
    ("value", "cents"), [("0.005", "0.01"), ("-0.005", "-0.01"), ("2", "2.00")]
)
def test_half_cents_go_away_from_zero(value: str, cents: str) -> None:
    assert str(to_cents(Decimal(value))) == cents


def test_what_digits_cannot_write_is_an_error() -> None:
    with pytest.raises(Inexact):
        EXACT.divide(Decimal(1), Decimal(3))
    with pytest.raises(DecimalException):
        exact_sum([Decimal("sNaN")])


@pytest.mark.parametrize(
    ("value", "text"), [("1E+3", "1000"), ("1E-7", "0.0000001"), ("12.300", "12.300"), ("-0", "-0")]
)
def test_decimal_text_has_all_digits_and_no_exponent(value: str, text: str) -> None:
    assert decimal_text(Decimal(value)) == text
