"""Which pictures a document asks others to read, and what it takes of what they found."""

import pytest

from invoice_reading.page import Box, Layer, Page, PdfPages, Word
from invoice_reading.recognition.picture import FoundLine, PictureLines
from invoice_summarizer.adapters.reading_process.pictures_elsewhere import (
    PicturesElsewhere,
    PicturesWanted,
)
from invoice_summarizer.adapters.reading_process.protocol import Pictures, encode_picture_lines

CORNERS = ((0.0, 0.0), (90.0, 0.0), (90.0, 9.0), (0.0, 9.0))


def scan(*numbers: int) -> PdfPages:
    return PdfPages(tuple(Page(each, 595, 842, (), 1.0) for each in numbers), len(numbers))


def letterhead(*numbers: int) -> PdfPages:
    """Pages with words of their own, and a picture beside them."""
    words = tuple(
        Word(at, "words", Box(0, 50_000 * at, 90_000, 50_000 * at + 9_000)) for at in range(15)
    )
    return PdfPages(tuple(Page(each, 595, 842, words, 0.1) for each in numbers), len(numbers))


def lines(page: int) -> bytes:
    found = FoundLine(f"word{page}", 0.9, CORNERS)
    return encode_picture_lines(PictureLines(page, 0, 100, 100, (found,)))


def wanted_by(pictures: Pictures, pages: PdfPages) -> tuple[int, ...]:
    with pytest.raises(PicturesWanted) as raised:
        recognise = PicturesElsewhere(pictures)
        recognise(b"", pages, [each.number for each in pages.pages])
        recognise.require_all()
    return raised.value.pages


def test_pages_without_words_are_wanted_at_once_and_no_more_than_may_be() -> None:
    with pytest.raises(PicturesWanted) as raised:
        PicturesElsewhere(Pictures(2))(b"", scan(1, 2, 3), (1, 2, 3))
    assert raised.value.pages == (1, 2)


def test_pages_that_have_words_are_taken_as_they_are_until_all_are_known() -> None:
    pages = letterhead(1, 2)
    recognise = PicturesElsewhere(Pictures(9))
    assert recognise(b"", pages, (1,)) == pages
    assert recognise(b"", pages, (2,)) == pages
    with pytest.raises(PicturesWanted) as raised:
        recognise.require_all()
    assert raised.value.pages == (1, 2)


def test_what_was_asked_for_is_not_wanted_again_and_counts() -> None:
    assert wanted_by(Pictures(3, (1, 2), (lines(1), lines(2))), letterhead(1, 2, 3, 4)) == (3,)


def test_pages_have_what_was_read_and_those_without_it_are_left_out() -> None:
    recognise = PicturesElsewhere(Pictures(3, (1, 2, 3), (lines(3), lines(1))))
    found = recognise(b"", scan(1, 2, 3, 4), (1, 2, 3, 4))  # 2 is not painted, 4 is one too many
    recognise.require_all()
    assert [each.number for each in found.pages] == [1, 3]
    assert [word.text for each in found.pages for word in each.words] == ["word1", "word3"]
    assert {word.layer for each in found.pages for word in each.words} == {Layer.OCR}
