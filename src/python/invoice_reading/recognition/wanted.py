"""Which pages have no words that can be used, so that their picture has to be read."""

from invoice_reading.page import Page, PdfPages

# Right on all PDFs of the labelled data: a scan may bear a stamp or a page number as text, and a digital page a picture.
_FEWEST_CHARACTERS = 50
_LEAST_IMAGE_SHARE = 0.5


def wanted_pages(document: PdfPages) -> tuple[int, ...]:
    """Returns the numbers of the pages whose picture has to be read, in their order.

    Those are pages with less than 50 characters, half of which one image covers; and all pages where none has a word.
    """
    if not any(_characters(page) for page in document.pages):
        return tuple(page.number for page in document.pages)
    return tuple(page.number for page in document.pages if _is_picture(page))


def _is_picture(page: Page) -> bool:
    return page.image_share >= _LEAST_IMAGE_SHARE and _characters(page) < _FEWEST_CHARACTERS


def _characters(page: Page) -> int:
    return sum(len(word.text) for word in page.words if not word.hidden)
