"""PDFs with XML inside, of which one value is changed in the XML alone, as bytes: the pages stay what they are."""

# PyMuPDF says that it is typed, and is in part.
# mypy: allow-untyped-calls

import re
from datetime import date

import pymupdf

from en16931.field_path import Leaf, leaves
from en16931.model import InvoiceContent
from en16931.reader import read_xml
from en16931.xml_reading import XmlReadingError
from invoice_reading.extract.field_values import canonical_text
from invoice_reading.limits import PdfLimits
from invoice_reading.pages.engine import MuPdfEngine

# What follows from the type, the currency, or the root of the document, and is no field that was changed.
_FOLLOWS = frozenset({"extras.document_kind", "extras.sign_convention"})
_BLANK = rb"(?:\s|&#1[03];|&#x[AaDd];)+"


def embedded_xml(pdf: bytes) -> bytes:
    """Returns the one file inside."""
    [attachment] = MuPdfEngine()(pdf, PdfLimits()).attachments
    return attachment.data


def with_embedded_xml(pdf: bytes, xml: bytes) -> bytes:
    """Returns the PDF with other bytes in the one file inside."""
    old = embedded_xml(pdf)
    with pymupdf.open(stream=pdf, filetype="pdf") as document:
        [stream] = [
            number
            for number in range(1, document.xref_length())
            if document.xref_is_stream(number) and document.xref_stream(number) == old
        ]
        document.update_stream(stream, xml)
        changed: bytes = document.tobytes()
    return changed


def with_value_in_xml(xml: bytes, path: str, raw_text: str, value: Leaf) -> bytes:
    """Returns the XML in which this field alone has another value; raises LookupError where none of its texts is it."""
    before = dict(leaves(read_xml(xml).content))
    if path == "currency_code":
        return xml.replace(raw_text.encode(), str(value).encode())
    text = _BLANK.join(re.escape(_escaped(piece)) for piece in raw_text.split())
    written = re.compile(rb"(>\s*|unitCode=\")" + text + rb"(\s*<|\")")
    for match in written.finditer(xml):
        new = match[1] + _as_written(raw_text, value) + match[2]
        changed = xml[: match.start()] + new + xml[match.end() :]
        try:
            after = dict(leaves(read_xml(changed).content))
        except XmlReadingError:
            continue
        differing = {key for key in before | after if before.get(key) != after.get(key)}
        if differing - _FOLLOWS == {path}:
            return changed
    raise LookupError(path)


def content_of(pdf: bytes) -> InvoiceContent:
    return read_xml(embedded_xml(pdf)).content


def _as_written(raw_text: str, value: Leaf) -> bytes:
    if isinstance(value, date):
        return value.strftime("%Y-%m-%d" if "-" in raw_text else "%Y%m%d").encode()
    return _escaped(canonical_text(value))


def _escaped(text: str) -> bytes:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").encode()
