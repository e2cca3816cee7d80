"""Changes to the pages of a PDF: a text more, or a page that is damaged."""

import io

from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DecodedStreamObject, NameObject

from pdf_addition import Addition

_NESTED_TOO_DEEPLY = b"[" * 100_000  # content that ends the reading of its page


def texts(*of: tuple[float, float, str], size: float = 9.5, colour: str = "0 g") -> Addition:
    """Returns texts at places in points from the lower left corner, in Helvetica, for the first page."""
    shown = (f"1 0 0 1 {x} {y} Tm ({text}) Tj" for x, y, text in of)
    return Addition(f"q {colour} BT /HiF {size} Tf {' '.join(shown)} ET Q\n")


def with_damaged_page(document: bytes, number: int) -> bytes:
    """Returns the document with one page, counted from 1, that no reader can read."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(document)))
    page = writer.pages[number - 1]
    damage = DecodedStreamObject()
    damage.set_data(_NESTED_TOO_DEEPLY)
    page[NameObject("/Contents")] = ArrayObject(
        [writer._add_object(damage), page.raw_get("/Contents")]
    )
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
