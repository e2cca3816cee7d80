"""A PDF made on the spot that has a little of all that reading looks at."""

# PyMuPDF says that it is typed, and is in part.
# mypy: allow-untyped-calls

from collections.abc import Sequence

import pymupdf

_LINES = (
    "Invoice no. R-1 \u00e9",
    "Invoice date: 5 March 2026, due 03/04/2026",
    "VAT ID: DE136695976, FR40303265045",
    "IBAN: DE02 1203 0000 0000 2020 51 BIC: BYLADEM1001",
    "Description Quantity Amount",
    "Paint 2 10.00",
    "Total EUR 10.00",
)
_HEIGHT_POINTS = 20

# A picture of one pixel.
MADE_WEBP = bytes.fromhex(
    "524946461e000000574542505650384c110000002f0000000007d0fffef7bfff8188e87f0000"
)


def made_document(files: Sequence[bytes]) -> bytes:
    """Returns a PDF of one page with words, words under a picture, and the files."""
    document = pymupdf.open()
    page = document.new_page(width=595, height=842)
    for at, line in enumerate(_LINES, start=1):
        page.insert_text((36, _HEIGHT_POINTS * at), line)
    page.insert_text((36, 600), "hidden")
    page.insert_image(
        pymupdf.Rect(0, 500, 595, 842),
        pixmap=pymupdf.Pixmap(pymupdf.csGRAY, pymupdf.IRect(0, 0, 1, 1)),
    )
    for at, file in enumerate(files):
        document.embfile_add(f"file-{at}", file)
    data: bytes = document.tobytes()
    document.close()
    return data
