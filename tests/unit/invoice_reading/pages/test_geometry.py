from hypothesis import given
from hypothesis import strategies as st

from invoice_reading.page import MILLIONTHS
from invoice_reading.pages.geometry import Rectangle, box_on_page
from invoice_reading.pages.words import Block, Character, drawn_words

_POINTS = st.integers(-2000, 2000)
_RECTANGLES = st.builds(
    lambda x, y, width, height: Rectangle(x, y, x + width, y + height),
    *(_POINTS, _POINTS, st.integers(0, 500), st.integers(0, 500)),
)
_QUARTER = (0.0, 1.0, -1.0, 0.0, 300.0, 0.0)


@given(_RECTANGLES)
def test_four_quarter_turns_of_a_square_page_bring_a_place_back(place: Rectangle) -> None:
    turned = place
    for _ in range(4):
        turned = turned.turned(_QUARTER)
        assert turned.area == place.area
    assert turned == place


@given(_RECTANGLES, st.integers(1, 2000), st.integers(1, 2000))
def test_box_lies_on_the_page(place: Rectangle, width: int, height: int) -> None:
    box = box_on_page(place, Rectangle(0, 0, width, height))
    assert 0 <= box.left <= box.right <= MILLIONTHS
    assert 0 <= box.top <= box.bottom <= MILLIONTHS


@given(_RECTANGLES, _RECTANGLES)
def test_overlap_lies_in_both(one: Rectangle, other: Rectangle) -> None:
    shared = one.overlap(other)
    assert shared == other.overlap(one)
    assert shared.area <= min(one.area, other.area)


@given(st.lists(st.text(alphabet="ab1,.\u00e9\u00a0\u2009 ", max_size=20), max_size=4))
def test_words_are_the_text_without_its_white_space(spans: list[str]) -> None:
    line = "".join(spans)
    words = list(drawn_words([_block(spans)]))
    assert [word.text for word in words] == line.split()
    for word in words:
        assert word.place.right - word.place.left == len(word.text)
        assert line[int(word.place.left) : int(word.place.right)] == word.text


@given(st.text(alphabet=st.characters(), max_size=20))
def test_any_text_gives_words_that_can_be_written_down(text: str) -> None:
    for word in drawn_words([_block([text])]):
        assert word.text
        assert word.text.encode().decode() == word.text
        assert not any(c.isspace() for c in word.text)


def _block(spans: list[str]) -> Block:
    """Returns a line of characters a point wide, in spans of one ink."""
    places = iter(range(100_000))
    return {
        "lines": [
            {
                "spans": [
                    {
                        "chars": [_character(c, next(places)) for c in text],
                        "color": 0,
                        "alpha": 255,
                        "char_flags": 16,
                        "size": 10,
                        "ascender": 0.8,
                        "descender": -0.2,
                    }
                    for text in spans
                ],
                "dir": (1.0, 0.0),
                "wmode": 0,
            }
        ]
    }


def _character(c: str, x: int) -> Character:
    return {"c": c, "bbox": (x, 0, x + 1, 10), "origin": (x, 8)}
