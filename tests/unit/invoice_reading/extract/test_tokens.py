"""Tokens are compared without case, accents and ligatures, and lead back to their characters."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from invoice_reading.extract.tokens import fold, tokens


@pytest.mark.parametrize(
    ("printed", "folded"),
    [
        ("ÉCHÉANCE", "echeance"),
        ("échéance", "echeance"),
        ("Straße", "strasse"),
        ("ﬁnal", "final"),
        ("TOTAL", "total"),
        ("Nº", "no"),
        ("№", "no"),
    ],
)
def test_fold_leaves_out_case_accents_and_ligatures(printed: str, folded: str) -> None:
    assert fold(printed) == folded


@given(st.text(st.characters(max_codepoint=0xFF)))
def test_case_and_form_of_accents_do_not_matter(printed: str) -> None:
    assert fold(printed.upper()) == fold(printed.lower()) == fold(printed.casefold())
    assert fold(unicodedata.normalize("NFD", printed)) == fold(
        unicodedata.normalize("NFC", printed)
    )


@given(st.text())
def test_what_is_folded_stays_as_it_is(printed: str) -> None:
    assert fold(fold(printed)) == fold(printed)


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("Rechnungs-Nr.: 17/a", ["rechnungs", "nr", "17", "a"]),
        ("VAT20%", ["vat", "20", "%"]),
        ("Order #4", ["order", "#", "4"]),
        ("N° 5, № 6", ["n", "5", "no", "6"]),
        ("W A R E N R E C H N U N G", ["warenrechnung"]),
        ("the R E C H N U N G 17", ["the", "rechnung", "17"]),
        ("a b c d", ["a", "b", "c", "d"]),
        ("a  b  c  d  e", ["a", "b", "c", "d", "e"]),
        ("_ . -", []),
        ("", []),
    ],
)
def test_tokens_are_letters_digits_and_the_signs_that_mean_something(
    printed: str, expected: list[str]
) -> None:
    assert [token.text for token in tokens(printed)] == expected


@given(st.text())
@example("A:A:A:A:A")
def test_tokens_stand_in_order_and_are_the_folded_characters_of_their_place(printed: str) -> None:
    end = 0
    for token in tokens(printed):
        assert end <= token.begin < token.end <= len(printed)
        end = token.end
        characters = printed[token.begin : token.end]
        assert token.text == "".join(fold(part) for part in characters.split())
