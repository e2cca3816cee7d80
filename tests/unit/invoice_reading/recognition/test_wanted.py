"""Which pages want OCR, and what a document is whose pages do."""

from collections.abc import Iterator, Sequence

import pytest

from invoice_reading.page import Box, Layer, Page, PdfPages, Word
from invoice_reading.reading import DocumentForm
from invoice_reading.recognition.outcome import pages_outcome
from invoice_reading.recognition.picture import FoundLine, PictureLines
from invoice_reading.recognition.recogniser import PageRecogniser
from invoice_reading.recognition.wanted import wanted_pages

CORNERS = ((0.0, 0.0), (9.0, 0.0), (9.0, 9.0), (0.0, 9.0))


def page(number: int, characters: int, image_share: float, hidden: bool = False) -> Page:
    words = (Word(0, "1" * characters, Box(0, 0, 9, 9), hidden=hidden),) if characters else ()
    return Page(number, 595, 842, words, image_share)


def document(*pages: Page) -> PdfPages:
    return PdfPages(pages, len(pages))


@pytest.mark.parametrize(
    ("characters", "share", "wanted"),
    [(49, 0.5, (2,)), (50, 0.5, ()), (49, 0.49, ()), (0, 0.4, ()), (0, 1.0, (2,))],
)
def test_page_with_few_characters_on_a_picture_is_wanted(
    characters: int, share: float, wanted: tuple[int, ...]
) -> None:
    assert wanted_pages(document(page(1, 500, 0), page(2, characters, share))) == wanted


def test_hidden_text_keeps_no_picture_from_being_read() -> None:
    assert wanted_pages(document(page(1, 500, 0), page(2, 500, 1.0, hidden=True))) == (2,)


def test_all_pages_are_wanted_where_none_has_a_word() -> None:
    assert wanted_pages(document(page(1, 0, 0), page(2, 9, 0, hidden=True))) == (1, 2)


def test_digital_pages_are_no_scan() -> None:
    found = pages_outcome(document(page(1, 500, 1.0)), recognised=False)
    assert (found.form, found.pages_read, found.reasons) == (DocumentForm.PDF_TEXT, 1, ())


def test_scan_without_ocr_says_so_and_counts_no_page_as_read() -> None:
    found = pages_outcome(document(page(1, 500, 0), page(2, 0, 1.0)), recognised=False)
    assert (found.form, found.pages_read) == (DocumentForm.SCAN, 1)
    assert [str(reason) for reason in found.reasons] == ["OCR_UNAVAILABLE"]


def test_blank_scan_says_that_nothing_was_read() -> None:
    found = pages_outcome(document(page(1, 0, 1.0)), recognised=True)
    assert [str(reason) for reason in found.reasons] == ["NOTHING_READ"]


def recognised(pages: PdfPages, most: int, painted: tuple[int, ...]) -> PdfPages:
    def read(data: bytes, numbers: Sequence[int]) -> Iterator[PictureLines]:
        for number in set(numbers) & set(painted):
            yield PictureLines(number, 0, 9, 9, (FoundLine(f"word{number}", 0.9, CORNERS),))

    recognise = PageRecogniser(read, most)
    return recognise(b"", pages, wanted_pages(pages))


def test_pages_that_are_not_read_are_left_out() -> None:
    pages = document(page(1, 500, 0), page(2, 0, 1.0), page(3, 0, 1.0), page(4, 0, 1.0))
    found = recognised(pages, most=2, painted=(2, 4))
    assert [each.number for each in found.pages] == [1, 2]  # 3 was not painted, 4 is one too many
    assert found.pages_total == 4
    assert found.pages[1].words[0].layer is Layer.OCR
