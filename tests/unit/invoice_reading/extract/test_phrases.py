"""Phrases are found in tokens: the longest at each place, none over another, none over a gap between columns."""

from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invoice_reading.extract.layout import COLUMN, LOOSE
from invoice_reading.extract.phrases import PhraseTable
from invoice_reading.extract.tokens import tokens


class Flower(StrEnum):
    ROSE = "ROSE"
    DOG_ROSE = "DOG_ROSE"
    TULIP = "TULIP"


TABLE = PhraseTable(
    {
        Flower.ROSE: {"en": ("rose", "red rose"), "de": ("rose",)},
        Flower.DOG_ROSE: {"en": ("dog rose", "dog rose of the hedge")},
        Flower.TULIP: {"en": ("tulip",), "fr": ("tulipe", "rose")},
    }
)
WORDS = st.lists(st.sampled_from("rose red dog tulip of the hedge x".split()))


def found(text: str) -> list[str]:
    return [text[phrase.begin : phrase.end] for phrase in TABLE.search(text, tokens(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a Dog-Rose, please", ["Dog-Rose"]),
        ("dog rose of the hedge", ["dog rose of the hedge"]),
        ("dog rose of the garden", ["dog rose"]),
        ("dog tulip", ["tulip"]),
        ("red red rose", ["red rose"]),
        ("rose dog rose tulip", ["rose", "dog rose", "tulip"]),
        (f"dog{LOOSE}rose", [f"dog{LOOSE}rose"]),
        (f"dog{COLUMN}rose", ["rose"]),
        ("roses", []),
        ("", []),
    ],
)
def test_longest_phrase_at_each_place_is_found(text: str, expected: list[str]) -> None:
    assert found(text) == expected


def test_phrase_of_several_meanings_has_each_of_them_and_of_its_languages_once() -> None:
    [phrase] = TABLE.search("rose", tokens("rose"))
    assert phrase.meanings == (Flower.ROSE, Flower.TULIP)
    assert phrase.languages == ("en", "de", "fr")


def test_phrase_can_be_asked_for_at_one_place() -> None:
    text = "the dog rose"
    of = tokens(text)
    phrase = TABLE.at(text, of, 1)
    assert phrase is not None
    assert (phrase.first, phrase.last, phrase.meanings) == (1, 2, (Flower.DOG_ROSE,))
    assert TABLE.at(text, of, 0) is None


@given(WORDS)
def test_phrases_come_from_left_to_right_and_none_lies_over_another(words: list[str]) -> None:
    text = " ".join(words)
    of = tokens(text)
    last = -1
    for phrase in TABLE.search(text, of):
        assert last < phrase.first <= phrase.last
        assert (phrase.begin, phrase.end) == (of[phrase.first].begin, of[phrase.last].end)
        last = phrase.last
