"""An account is an IBAN where its country, its length and its check digits agree."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from invoice_reading.iban import bare_iban, is_iban, is_right_iban

_GERMANY = "1314"  # "DE" in the digits of ISO 13616
GERMAN = st.integers(min_value=0, max_value=10**18 - 1).map(
    lambda number: f"DE{98 - int(f'{number:018}{_GERMANY}00') % 97:02}{number:018}"
)


@given(GERMAN, st.integers(min_value=2, max_value=21), st.integers(min_value=1, max_value=9))
@settings(deadline=None)
def test_one_wrong_digit_makes_it_no_iban(iban: str, at: int, more: int) -> None:
    wrong = f"{iban[:at]}{(int(iban[at]) + more) % 10}{iban[at + 1:]}"
    assert is_iban(iban) and is_right_iban(iban) is True
    assert not is_iban(wrong) and is_right_iban(wrong) is False


def test_what_stands_between_groups_and_case_do_not_matter() -> None:
    assert bare_iban(" de63 9990\u00a00002\n0007-6543 21 ") == "DE63999000020007654321"


@pytest.mark.parametrize(
    "account",
    [
        "",
        "1234567",
        "123-4567",  # Bankgiro
        "20-00-00 55779911",  # sort code and number
        "GB29",
        "ravi42@upi",
        "DE63XXXXXXXXXXXX4321",
        "CITIUS33XXX",
    ],
)
def test_local_account_has_no_check_digits_to_be_wrong(account: str) -> None:
    assert is_right_iban(account) is None


@pytest.mark.parametrize(
    "account",
    [
        "DE63 9990 0002 0007 6543 2",  # a digit is missing
        "DE63 9990 0002 0007 6543 2O",  # an O for a 0
        "AA63 9990 0002 0007 6543 21",  # no such country
    ],
)
def test_account_in_the_form_of_an_iban_that_is_none_is_wrong(account: str) -> None:
    assert is_right_iban(account) is False
