"""Words that the engine ran together, told apart by the white space between them."""

import pytest

from invoice_reading.recognition.word_gaps import with_wide_gaps

_HEIGHT = 32
_CHARACTER = 10  # pixels from one to the next


def line(text: str, gap: int, behind: int) -> tuple[list[float], list[bool]]:
    """Returns the centres and the ink of a text with that much white space behind so many characters."""
    centres: list[float] = []
    ink: list[bool] = []
    for at, character in enumerate(text):
        if character == " ":
            ink += [False] * _CHARACTER
            continue
        centres.append(len(ink) + _CHARACTER / 2)
        ink += [False, *[True] * (_CHARACTER - 2), False]
        if at + 1 == behind:
            ink += [False] * gap
    return centres, ink


@pytest.mark.parametrize(
    ("text", "behind", "expected"),
    [
        ("March 15, 2023Account", 14, "March 15, 2023 Account"),
        ("2023Account no.: 67671", 4, "2023 Account no.: 67671"),
        ("ANZAHLEINZELPREIS", 6, "ANZAHL EINZELPREIS"),
    ],
)
def test_wide_white_space_parts_words(text: str, behind: int, expected: str) -> None:
    centres, ink = line(text, 20, behind)
    assert with_wide_gaps(text, centres, ink, _HEIGHT) == expected


@pytest.mark.parametrize("gap", [0, 4, 9])
def test_white_space_as_between_digits_parts_nothing(gap: int) -> None:
    centres, ink = line("GBP 1,111.00", gap, 6)
    assert with_wide_gaps("GBP 1,111.00", centres, ink, _HEIGHT) == "GBP 1,111.00"


def test_white_space_beside_a_space_is_that_space() -> None:
    # The engine sees the space one character too early.
    centres, ink = line("no. 40684 Your", 20, 11)
    assert with_wide_gaps("no. 40684 Your", centres, ink, _HEIGHT) == "no. 40684 Your"


def test_white_space_at_either_end_parts_nothing() -> None:
    for behind in (1, 5):
        centres, ink = line("Total:", 20, behind)
        assert with_wide_gaps("Total:", centres, ink, _HEIGHT) == "Total:"


def test_line_whose_characters_are_not_told_is_left_as_it_is() -> None:
    _, ink = line("2023Account", 20, 4)
    assert with_wide_gaps("2023Account", [], ink, _HEIGHT) == "2023Account"
