"""A generated document as a scan or a photo, its truth carried along."""

import random
from dataclasses import replace

from invoice_generator.content.document import INVOICE_KINDS
from invoice_generator.drawing.raster import pdf_of_pictures, pictures_of
from invoice_generator.generate import Generated
from invoice_generator.scanning.degradation import (
    Degraded,
    chosen_degradation,
    jpeg,
    png,
    tiff,
)
from invoice_generator.truth import Row, Truth, Word
from invoice_generator.version import GENERATOR_VERSION


def scanned(generated: Generated, seed: int, number: int) -> Generated:
    """Returns the document as a PDF of pictures, PNG, JPEG or TIFF; boxes are where the words went.

    Several pages are a PDF or a TIFF. In a picture the boxes are in pixels, in a PDF in points.
    """
    rng = random.Random(f"{GENERATOR_VERSION}:{seed}:{number}:scan")
    how = chosen_degradation(rng)
    pages = [Degraded(*picture, how, rng) for picture in pictures_of(generated.data, how.dpi)]
    suffix = rng.choice(
        (".pdf", ".pdf", ".tiff") if len(pages) > 1 else (".pdf", ".png", ".jpg", ".tiff")
    )
    pictures = [page.picture for page in pages]
    if suffix == ".png":
        data = png(pictures[0])
    elif suffix == ".jpg":
        data = jpeg(pictures[0], how.jpeg_quality)
    elif suffix == ".tiff":
        data = tiff(pictures)
    else:
        encoded = [(p.shape[1], p.shape[0], jpeg(p, how.jpeg_quality)) for p in pictures]
        data = pdf_of_pictures(encoded, how.dpi)
    unit = 72 / how.dpi if suffix == ".pdf" else 1.0
    kind = "pdf-scan-sim" if suffix == ".pdf" else "img-scan-sim"
    return replace(
        generated,
        suffix=suffix,
        data=data,
        kind=kind if generated.document.kind in INVOICE_KINDS else kind.replace("sim", "other"),
        truth=_moved(generated.truth, pages, how.dpi / 72, unit),
    )


def _moved(truth: Truth, pages: list[Degraded], scale: float, unit: float) -> Truth:
    def moved(item: Word | Row) -> tuple[float, float, float, float]:
        x0, y0, x1, y1 = pages[item.page].box(item.box, scale)
        return x0 * unit, y0 * unit, x1 * unit, y1 * unit

    sizes = tuple((page.picture.shape[1] * unit, page.picture.shape[0] * unit) for page in pages)
    return replace(
        truth,
        pages=sizes,
        words=tuple(replace(word, box=moved(word)) for word in truth.words),
        rows=tuple(replace(row, box=moved(row)) for row in truth.rows),
    )
