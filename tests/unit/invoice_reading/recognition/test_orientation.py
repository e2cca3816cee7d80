"""Pages on their side or head are read upright, and evidence leads to the page as it is shown."""

import pytest

from invoice_reading.annotation import PageRegion
from invoice_reading.extract.extract import extract
from invoice_reading.page import Box, Layer, Page, PdfPages, QuarterTurn, Word
from invoice_reading.recognition.orientation import upright_lines, upright_reader
from invoice_reading.recognition.picture import FoundLine, Picture, Quadrilateral
from invoice_reading.recognition.recogniser import PageRecogniser
from invoice_reading.upright import turned_box, turned_page

TURNS: tuple[QuarterTurn, ...] = (0, 90, 180, 270)
WIDE: Quadrilateral = ((100, 40), (300, 40), (300, 60), (100, 60))
TALL: Quadrilateral = ((40, 100), (60, 100), (60, 300), (40, 300))


class Scan:
    """A page that stands upright after it is turned by `upright`; as the engine of RapidOCR it reads lines."""

    def __init__(self, upright: QuarterTurn, text: str = "Invoice number: 4711") -> None:
        self.upright, self.text = upright, text
        self.passes: list[QuarterTurn] = []

    def __call__(self, picture: Picture, turn: QuarterTurn) -> tuple[FoundLine, ...]:
        self.passes.append(turn)
        left_to_turn = (self.upright - turn) % 360
        # Tall lines are turned counterclockwise before they are read.
        legible = left_to_turn in (0, 270)
        corners = WIDE if left_to_turn in (0, 180) else TALL
        return (FoundLine(self.text if legible else "UoIAuI", 0.97 if legible else 0.7, corners),)


def picture() -> Picture:
    return Picture(1, 400, 800, b"")


@pytest.mark.parametrize("upright", TURNS)
def test_turn_is_found_with_one_more_pass_at_the_most(upright: QuarterTurn) -> None:
    scan = Scan(upright)
    turn, lines = upright_lines(scan, picture())
    assert turn == upright
    assert [line.text for line in lines] == ["Invoice number: 4711"]
    assert scan.passes == ([0] if upright == 0 else [0, upright])


def test_page_that_is_read_poorly_both_ways_stays_as_it_is() -> None:
    def engine(picture: Picture, turn: QuarterTurn) -> tuple[FoundLine, ...]:
        return (FoundLine("faint print", 0.7 if turn == 0 else 0.6, WIDE),)

    assert upright_lines(engine, picture())[0] == 0


def test_page_without_lines_is_looked_at_once() -> None:
    def engine(picture: Picture, turn: QuarterTurn) -> tuple[FoundLine, ...]:
        assert turn == 0
        return ()

    assert upright_lines(engine, picture()) == (0, ())


@pytest.mark.parametrize("turn", TURNS)
def test_box_that_is_turned_and_back_is_the_same(turn: QuarterTurn) -> None:
    box = Box(100_000, 200_000, 300_000, 250_000)
    assert turned_box(turned_box(box, turn), -turn) == box


def test_box_at_the_top_left_is_at_the_top_right_after_a_quarter_turn() -> None:
    assert turned_box(Box(0, 0, 300_000, 50_000), 90) == Box(950_000, 0, 1_000_000, 300_000)


def test_turned_page_is_as_wide_as_it_was_tall_and_takes_its_words_along() -> None:
    page = Page(1, 400, 800, (Word(0, "A", Box(0, 0, 300_000, 50_000)),))
    turned = turned_page(page, 90)
    assert (turned.width_points, turned.height_points, turned.turn) == (800, 400, 90)
    assert turned.words[0].box == Box(950_000, 0, 1_000_000, 300_000)


@pytest.mark.parametrize("upright", TURNS)
def test_evidence_leads_to_the_place_on_the_page_as_it_is_shown(upright: QuarterTurn) -> None:
    recognise = PageRecogniser(
        upright_reader(Scan(upright), lambda data, numbers: iter((picture(),))), 1
    )
    found = recognise(b"", PdfPages((Page(1, 400, 800, (), 1.0),), 1), (1,))
    width, height = picture().size(upright)
    region = extract(found.pages).annotations["invoice_number"].evidence[0]
    assert isinstance(region, PageRegion)
    assert (region.text, region.layer) == ("4711", Layer.OCR)
    # Of 20 characters the last four, in the line's place on the upright page.
    upright_box = Box(
        round(260 / width * 1e6),
        round(40 / height * 1e6),
        round(300 / width * 1e6),
        round(60 / height * 1e6),
    )
    assert region.box == turned_box(upright_box, -upright)
