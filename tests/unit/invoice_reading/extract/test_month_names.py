"""Names of months in every language that invoices are read in, folded, each of one month."""

import pytest
from babel import Locale

from invoice_reading.extract.month_names import LANGUAGES, month_numbers
from invoice_reading.extract.tokens import fold


@pytest.mark.parametrize("language", ["en", "de", "fr", "nl", "es", "it", "pl", "pt"])
def test_full_names_of_a_language_have_their_numbers(language: str) -> None:
    names = Locale(language).months["format"]["wide"]
    assert {number: month_numbers().get(fold(name)) for number, name in names.items()} == {
        number: number for number in range(1, 13)
    }


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("jan", 1),
        ("janner", 1),
        ("feber", 2),
        ("fev", 2),
        ("mrz", 3),
        ("maerz", 3),
        ("avr", 4),
        ("mei", 5),
        ("juin", 6),
        ("juil", 7),
        ("aout", 8),
        ("sept", 9),
        ("sep", 9),
        ("okt", 10),
        ("nov", 11),
        ("dez", 12),
        ("dec", 12),
    ],
)
def test_abbreviations_of_invoices_have_their_numbers(name: str, number: int) -> None:
    assert month_numbers()[name] == number


def test_names_are_folded_words_of_three_letters_at_least() -> None:
    for name, number in month_numbers().items():
        assert len(name) >= 3
        assert name.isalpha()
        assert fold(name) == name
        assert 1 <= number <= 12


def test_name_that_two_languages_share_is_the_same_month_in_both() -> None:
    for language in LANGUAGES:
        months = Locale(language).months
        for width in ("wide", "abbreviated"):
            for number, name in months["format"][width].items():
                known = month_numbers().get(fold(name).rstrip("."))
                assert known in (None, number), (language, name)
