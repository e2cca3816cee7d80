"""Which letters mean money."""

import pytest

from invoice_reading.currency_codes import known_currencies, printed_currencies


def test_money_of_today_is_printed_and_that_of_the_past_is_known() -> None:
    assert {"EUR", "USD", "CHF", "XOF", "KES", "VND"} <= printed_currencies()
    assert "DEM" in known_currencies() - printed_currencies()


@pytest.mark.parametrize("word", ["ALL", "CUP", "MOP", "PEN", "SOS", "TOP"])
def test_code_that_is_a_word_is_known_and_says_nothing_in_print(word: str) -> None:
    assert word in known_currencies()
    assert word not in printed_currencies()
