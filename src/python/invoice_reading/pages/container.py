"""What a PDF says of itself as a whole: its XMP metadata and its output intents."""

# PyMuPDF says that it is typed, and is in part.
# mypy: allow-untyped-calls

import pymupdf
from pymupdf import mupdf

from invoice_reading.page import PdfContainer

_MOST_METADATA = 1 << 20  # bytes; more is not looked at
_MOST_INTENTS = 16
_FIRST_READ_BYTES = 16 * 1024


def container(document: pymupdf.Document) -> PdfContainer:
    """Returns what is there; what is broken for itself is as if it were not there. Raises MemoryError."""
    root = mupdf.pdf_dict_gets(mupdf.pdf_trailer(pymupdf._as_pdf_document(document)), "Root")
    try:
        return PdfContainer(_metadata(root), _output_intents(root))
    except mupdf.FzErrorSystem:
        raise MemoryError from None
    except mupdf.FzErrorBase:
        return PdfContainer()


def _metadata(root: mupdf.PdfObj) -> bytes:
    stream = mupdf.pdf_dict_gets(root, "Metadata")
    if not mupdf.pdf_is_stream(stream):
        return b""
    if mupdf.fz_skip(mupdf.pdf_open_stream(stream), _MOST_METADATA + 1) > _MOST_METADATA:
        return b""
    data: bytes = mupdf.fz_buffer_extract_copy(
        mupdf.fz_read_all(mupdf.pdf_open_stream(stream), _FIRST_READ_BYTES)
    )
    return data


def _output_intents(root: mupdf.PdfObj) -> tuple[str, ...]:
    intents = mupdf.pdf_dict_gets(root, "OutputIntents")
    names = (
        str(mupdf.pdf_to_name(mupdf.pdf_dict_gets(mupdf.pdf_array_get(intents, index), "S")))
        for index in range(min(mupdf.pdf_array_len(intents), _MOST_INTENTS))
    )
    return tuple(name.encode(errors="replace").decode() for name in names)
