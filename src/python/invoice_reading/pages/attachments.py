"""The files inside a PDF: named in its tree of embedded files, associated with it or a page, or pinned to a page."""

# PyMuPDF says that it is typed, and is in part.
# mypy: allow-untyped-calls

from collections.abc import Callable, Iterator
from functools import partial
from typing import TypeVar

import pymupdf
from pymupdf import mupdf

from invoice_reading.errors import PdfLimit, PdfLimitExceeded
from invoice_reading.page import Attachment

_FIRST_READ_BYTES = 64 * 1024
_T = TypeVar("_T")


def attachments(document: pymupdf.Document, most_bytes: int) -> tuple[Attachment, ...]:
    """Returns each file once, in the order in which the places above name it.

    A file that cannot be unpacked is there as a damaged one. Raises PdfLimitExceeded where all of them together unpack
    to more than `most_bytes`, and MemoryError. A name is what the document says; it leads nowhere.
    """
    pdf = pymupdf._as_pdf_document(document)
    associated = {_number(specification) for specification in _associated(pdf)}
    found: list[Attachment] = []
    seen: set[int] = set()
    left = most_bytes
    for specification in _file_specifications(pdf):
        stream = _embedded_stream(specification)
        number = mupdf.pdf_to_num(stream) if stream is not None else -1
        if stream is None or number in seen:
            continue
        seen.add(number)
        data = _sound(partial(_unpacked, stream, left))
        left -= len(data or b"")
        found.append(
            Attachment(
                name=_name(specification),
                media_type=_media_type(stream),
                data=data or b"",
                relationship=_relationship(specification),
                associated=number in associated,
                damaged=data is None or (not data and _is_stored(stream)),
            )
        )
    return tuple(found)


def _associated(pdf: mupdf.PdfDocument) -> Iterator[mupdf.PdfObj]:
    yield from _members(mupdf.pdf_dict_getp(mupdf.pdf_trailer(pdf), "Root/AF"))


def _number(specification: mupdf.PdfObj) -> int:
    stream = _embedded_stream(specification)
    return mupdf.pdf_to_num(stream) if stream is not None else 0


def _relationship(specification: mupdf.PdfObj) -> str | None:
    name: str = mupdf.pdf_to_name(mupdf.pdf_dict_gets(specification, "AFRelationship"))
    return _writable(name) or None


def _sound(look: Callable[[], _T]) -> _T | None:
    """Returns what is found, or None where this part of the document is broken. Raises MemoryError."""
    try:
        return look()
    except mupdf.FzErrorSystem:
        raise MemoryError from None
    except mupdf.FzErrorBase:
        return None


def _file_specifications(pdf: mupdf.PdfDocument) -> Iterator[mupdf.PdfObj]:
    tree = _sound(partial(mupdf.pdf_load_name_tree, pdf, mupdf.PDF_ENUM_NAME_EmbeddedFiles))
    if tree is not None:
        for index in range(mupdf.pdf_dict_len(tree)):
            yield mupdf.pdf_dict_get_val(tree, index)
    yield from _associated(pdf)
    for index in range(mupdf.pdf_count_pages(pdf)):
        page = _sound(partial(mupdf.pdf_lookup_page_obj, pdf, index))
        if page is None:
            continue
        yield from _members(mupdf.pdf_dict_gets(page, "AF"))
        for annotation in _members(mupdf.pdf_dict_gets(page, "Annots")):
            yield from _members(mupdf.pdf_dict_gets(annotation, "AF"))
            if mupdf.pdf_to_name(mupdf.pdf_dict_gets(annotation, "Subtype")) == "FileAttachment":
                yield mupdf.pdf_dict_gets(annotation, "FS")


def _members(array: mupdf.PdfObj) -> Iterator[mupdf.PdfObj]:
    for index in range(mupdf.pdf_array_len(array)):
        yield mupdf.pdf_array_get(array, index)


def _embedded_stream(specification: mupdf.PdfObj) -> mupdf.PdfObj | None:
    for key in ("EF/UF", "EF/F", "EF/Unix", "EF/DOS", "EF/Mac"):
        stream = mupdf.pdf_dict_getp(specification, key)
        if mupdf.pdf_is_stream(stream):
            return stream
    return None


def _unpacked(stream: mupdf.PdfObj, most_bytes: int) -> bytes:
    # Measured first, since MuPDF's own limit on unpacking starts at a hundred megabytes.
    if mupdf.fz_skip(mupdf.pdf_open_stream(stream), most_bytes + 1) > most_bytes:
        raise PdfLimitExceeded(PdfLimit.ATTACHMENTS)
    data: bytes = mupdf.fz_buffer_extract_copy(
        mupdf.fz_read_all(mupdf.pdf_open_stream(stream), _FIRST_READ_BYTES)
    )
    return data


def _is_stored(stream: mupdf.PdfObj) -> bool:
    """Returns whether the PDF has bytes of the file. MuPDF unpacks what is broken as far as it goes, and says nothing."""
    length: int = mupdf.pdf_dict_get_int(stream, mupdf.pdf_new_name("Length"))
    return length > 0


def _name(specification: mupdf.PdfObj) -> str:
    for key in ("UF", "F"):
        name: str = mupdf.pdf_to_text_string(mupdf.pdf_dict_gets(specification, key))
        if name:
            return _writable(name)
    return ""


def _media_type(stream: mupdf.PdfObj) -> str | None:
    name: str = mupdf.pdf_to_name(mupdf.pdf_dict_gets(stream, "Subtype"))
    return _writable(name) or None


def _writable(text: str) -> str:
    """Returns the text without the lone surrogates that stand for bytes which are no UTF-8."""
    return text.encode(errors="replace").decode()
