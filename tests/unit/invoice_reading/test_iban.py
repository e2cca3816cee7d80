"""An account is an IBAN where its country, its length and its check digits agree."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum.iban import calc_check_digits

from en16931.finding import Outcome
from invoice_reading.iban import bare_iban, iban_outcome, is_iban

_GERMANY = "1314"  # "DE" in the digits of ISO 13616
GERMAN = st.integers(min_value=0, max_value=10**18 - 1).map(
    lambda number: f"DE{98 - int(f'{number:018}{_GERMANY}00') % 97:02}{number:018}"
)


@given(GERMAN, st.integers(min_value=2, max_value=21), st.integers(min_value=1, max_value=9))
@settings(deadline=None)
def test_one_wrong_digit_makes_it_no_iban(iban: str, at: int, more: int) -> None:
    wrong = f"{iban[:at]}{(int(iban[at]) + more) % 10}{iban[at + 1:]}"
    assert is_iban(iban) and iban_outcome(iban) is Outcome.PASSED
    assert not is_iban(wrong) and iban_outcome(wrong) is Outcome.FAILED


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
        "CITIUS33XXX",
    ],
)
def test_local_account_has_no_check_digits_to_be_wrong(account: str) -> None:
    assert iban_outcome(account) is None


@pytest.mark.parametrize(
    "account",
    [
        "DE63 9990 0002 0007 6543 2",  # a digit is missing
        "DE63 9990 0002 0007 6543 2O",  # an O for a 0
        "AA63 9990 0002 0007 6543 21",  # no such country
        "AA63 XXXX XXXX XXXX 43",
        "MT00MALT011000012345MTLCXXX001S",  # the X stand where letters may
    ],
)
def test_account_in_the_form_of_an_iban_that_is_none_is_wrong(account: str) -> None:
    assert iban_outcome(account) is Outcome.FAILED


def test_account_with_x_by_right_is_checked_as_any_other() -> None:
    check_digits = calc_check_digits("MT00MALT011000012345MTLCXXX001S")
    assert iban_outcome(f"MT{check_digits}MALT011000012345MTLCXXX001S") is Outcome.PASSED
    assert iban_outcome(f"MT{int(check_digits) - 1}MALT011000012345MTLCXXX001S") is Outcome.FAILED


@pytest.mark.parametrize(
    "account",
    [
        "DE63XXXXXXXXXXXX4321",
        "de63 xxxx xxxx xxxx xx43 21",
        "GB29NWBK60XXXXXXXX6819",
        "GB29XXXXXXXXXXXXXX6819",  # the letters of the bank too
        "MT84MALTXXXXXXXXXXXXXXXXXXX001S",
    ],
)
def test_of_a_masked_iban_it_cannot_be_told(account: str) -> None:
    assert iban_outcome(account) is Outcome.NOT_DECIDABLE
