"""Strokes in a picture, told by numbers."""

import random

import pytest

from invoice_reading.pages.likeness import LEAST_CONTRAST, LEAST_LIKENESS, likeness

_WHITE = 255
# A letter of two bars on twelve by twelve pixels.
_COVER = bytes(255 if x in (3, 8) else 0 for _ in range(12) for x in range(12))


def _picture(ink: int, ground: int = _WHITE) -> list[int]:
    return [ink if covered else ground for covered in _COVER]


def test_letter_on_an_even_ground_is_like_itself() -> None:
    assert likeness(_COVER, _picture(0), LEAST_CONTRAST) == 1
    assert likeness(_COVER, _picture(_WHITE, 0), LEAST_CONTRAST) == 1


@pytest.mark.parametrize(("contrast", "seen"), [(31, False), (32, True), (0, False)])
def test_contrast_decides(contrast: int, seen: bool) -> None:
    found = likeness(_COVER, _picture(_WHITE - contrast), LEAST_CONTRAST)
    assert (found >= LEAST_LIKENESS) is seen


def test_half_covered_pixels_have_half_the_contrast() -> None:
    half = bytes(covered // 2 for covered in _COVER)
    assert likeness(half, _picture(_WHITE - 16), LEAST_CONTRAST) == 1
    assert likeness(half, _picture(_WHITE - 15), LEAST_CONTRAST) == 0


def test_half_of_a_letter_is_half_like_it() -> None:
    upper = [level if at < 72 else _WHITE for at, level in enumerate(_picture(0))]
    assert likeness(_COVER, upper, LEAST_CONTRAST) == pytest.approx(0.5, abs=0.01)


def test_pattern_over_a_letter_is_not_like_it() -> None:
    chance = random.Random(3)
    for _ in range(50):
        noise = [chance.choice((0, _WHITE)) for _ in _COVER]
        assert likeness(_COVER, noise, LEAST_CONTRAST) < LEAST_LIKENESS


def test_darker_letters_across_a_large_pale_one_leave_it_seen() -> None:
    crossed = [0 if at % 7 == 0 else level for at, level in enumerate(_picture(200))]
    assert likeness(_COVER, crossed, LEAST_CONTRAST) >= LEAST_LIKENESS


def test_letter_that_covers_nothing_is_not_seen() -> None:
    assert likeness(bytes(144), _picture(0), LEAST_CONTRAST) == 0
    assert likeness(b"", [], LEAST_CONTRAST) == 0
