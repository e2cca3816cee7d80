"""Several PDFs as one."""

from collections.abc import Sequence
from typing import Any

import pymupdf

# The types of PyMuPDF are not whole.
_pymupdf: Any = pymupdf


def joined_pdf(files: Sequence[bytes]) -> bytes:
    """Returns a PDF with the pages of the files, one behind the other; the same bytes for the same files."""
    with _pymupdf.open() as document:
        for data in files:
            with _pymupdf.open(stream=data, filetype="pdf") as file:
                document.insert_pdf(file)
        document.set_metadata({"producer": "", "creator": "", "creationDate": "", "modDate": ""})
        return bytes(document.tobytes(garbage=3, deflate=True, no_new_id=True))
