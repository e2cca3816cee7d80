"""A region is its words: their common box, their text, and the layer that they are of."""

from dataclasses import replace

import pytest

from invoice_reading.annotation import PageRegion, WordSpan
from invoice_reading.extract.page_region import region_of
from invoice_reading.page import Box, Layer, Page, Word

PAGE = Page(
    3,
    595.0,
    842.0,
    (
        Word(0, "Total:", Box(10, 20, 30, 40)),
        Word(1, "119,00", Box(50, 18, 70, 44)),
        Word(2, "(EUR)", Box(72, 21, 90, 39)),
    ),
)


def test_region_has_the_box_and_the_text_of_its_words() -> None:
    spans = (WordSpan(1, 0, 6), WordSpan(2, 1, 4))
    assert region_of(PAGE, spans) == PageRegion(
        page=3, box=Box(50, 18, 90, 44), layer=Layer.TEXT, words=spans, text="119,00 EUR"
    )


@pytest.mark.parametrize(
    ("recognised", "layer"),
    [((), Layer.TEXT), ((0,), Layer.TEXT), ((1,), Layer.OCR), ((1, 2), Layer.OCR)],
)
def test_region_with_a_recognised_word_is_recognised(
    recognised: tuple[int, ...], layer: Layer
) -> None:
    words = tuple(
        replace(word, layer=Layer.OCR) if word.index in recognised else word for word in PAGE.words
    )
    region = region_of(replace(PAGE, words=words), (WordSpan(1, 0, 6), WordSpan(2, 0, 5)))
    assert region.layer is layer
