"""Which pages have no words that can be used, so that their picture has to be read, and which may hide more in one."""

from collections.abc import Sequence

from invoice_reading.page import Layer, Page, PdfPages
from invoice_reading.recognition.garbled import is_garbled

# Right on all PDFs of the labelled data: a scan may bear a stamp or a page number as text, and a digital page a picture.
_FEWEST_CHARACTERS = 50
_LEAST_IMAGE_SHARE = 0.5
_LEAST_LETTERHEAD_SHARE = 0.005  # of the page; a line of a few words in large print
_FIRST, _LAST = (
    2,
    1,
)  # pages with a picture beside their text: letterheads stand on the first, totals on the last


def wanted_pages(document: PdfPages) -> tuple[int, ...]:
    """Returns the numbers of the pages whose picture has to be read, in their order.

    Those are pages with less than 50 characters, half of which one image covers; pages whose fonts are broken; and all
    pages where none has a word.
    """
    if not any(_characters(page) for page in document.pages):
        return tuple(page.number for page in document.pages)
    return tuple(page.number for page in document.pages if _is_picture(page) or is_garbled(page))


def pages_with_pictures(pages: Sequence[Page]) -> tuple[int, ...]:
    """Returns the numbers of the pages whose pictures may say what their text lacks: the first ones and the last.

    A page that was recognised is none of them.
    """
    numbers = [
        page.number
        for page in pages
        if page.image_share >= _LEAST_LETTERHEAD_SHARE
        and not any(word.layer is Layer.OCR for word in page.words)
    ]
    return tuple(dict.fromkeys((*numbers[:_FIRST], *numbers[-_LAST:])))


def _is_picture(page: Page) -> bool:
    return page.image_share >= _LEAST_IMAGE_SHARE and _characters(page) < _FEWEST_CHARACTERS


def _characters(page: Page) -> int:
    return sum(len(word.text) for word in page.words if not word.hidden)
