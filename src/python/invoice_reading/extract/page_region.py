"""Evidence out of words of a page: the one way from words to a region, for extraction and for what points at words."""

from collections.abc import Sequence

from invoice_reading.annotation import PageRegion, WordSpan
from invoice_reading.page import Layer, Page


def region_of(page: Page, spans: Sequence[WordSpan]) -> PageRegion:
    """Returns the spans with their common box and their text as printed; there is at least one.

    A region with a word that OCR read is one of OCR.
    """
    words = [page.words[span.word] for span in spans]
    box = words[0].box
    for word in words:
        box = box.union(word.box)
    return PageRegion(
        page=page.number,
        box=box,
        layer=Layer.OCR if any(word.layer is Layer.OCR for word in words) else Layer.TEXT,
        words=tuple(spans),
        text=" ".join(
            word.text[span.begin : span.end] for word, span in zip(words, spans, strict=True)
        ),
    )
