"""Letters are found by the glyphs that paint them, and no more of them than can be looked at."""

import pytest

from invoice_reading.pages.geometry import Rectangle
from invoice_reading.pages.sought_letters import Letter, SoughtLetters
from invoice_reading.pages.words import Character, DrawnWord, Ink

_INK = Ink(color=0, invisible=False, clips=False, large=False)


def word(text: str, left: float = 100) -> DrawnWord:
    characters: list[Character] = [
        {"c": c, "bbox": (left + at, 90, left + at + 1, 101), "origin": (left + at, 100)}
        for at, c in enumerate(text)
    ]
    return DrawnWord(text, Rectangle(left, 90, left + len(text), 101), _INK, characters)


@pytest.mark.parametrize("aside", [-0.2, 0, 0.2])
def test_letter_is_found_where_it_begins(aside: float) -> None:
    sought = SoughtLetters([word("47")])
    assert sought.painted_by(ord("7"), (101 + aside, 100 + aside)) == [Letter(0, 1)]
    assert sought.painted_by(ord("7"), (100 + aside, 100)) == []
    assert sought.painted_by(ord("4"), (101 + aside, 100)) == []


def test_ligature_paints_the_first_of_its_letters() -> None:
    sought = SoughtLetters([word("fi")])
    assert sought.painted_by(ord("ﬁ"), (100, 100)) == [Letter(0, 0)]


def test_glyph_of_no_character_paints_nothing() -> None:
    sought = SoughtLetters([word("4")])
    assert sought.painted_by(-1, (100, 100)) == []
    assert sought.painted_by(0x110000, (100, 100)) == []


def test_letters_of_which_too_many_stand_in_one_place_are_not_sought() -> None:
    copies = [word("4") for _ in range(20)]
    sought = SoughtLetters([*copies, word("7", left=300)])
    assert len(sought.painted_by(ord("4"), (100, 100))) == 20
    sought = SoughtLetters([*copies, word("4"), word("7", left=300)])
    assert sought.crowded == {Letter(at, 0) for at in range(21)}
    assert sought.painted_by(ord("4"), (100, 100)) == []
    assert sought.painted_by(ord("7"), (300, 100)) == [Letter(21, 0)]
