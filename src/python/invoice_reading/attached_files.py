"""The files that an e-invoice carries as supporting documents (BT-125), taken out of it as they are; none is opened."""

from collections.abc import Iterator
from dataclasses import dataclass

from en16931.hardened_xml import parse_document
from en16931.model.references import AttachedDocument
from en16931.reader import read_every
from en16931.writing.attachments import attachments_of
from en16931.xml_reading import XmlReadingError
from invoice_reading.limits import PdfLimits
from invoice_reading.media_type import MediaType, sniff
from invoice_reading.signed_xml import signed_xml
from invoice_reading.stages import PdfEngine

_LIMITS = PdfLimits()


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """A file, and what the invoice says of it: its name and its media type are the words of a stranger."""

    document: AttachedDocument
    data: bytes


def attached_file(
    data: bytes, sha256: str, pdf_engine: PdfEngine, limits: PdfLimits = _LIMITS
) -> AttachedFile | None:
    """Returns the file of that digest (lower-case hexadecimal) among those that the e-invoice in the document carries.

    The e-invoice is the document itself, or lies in its signed envelope or in the PDF. None where no supporting document
    has such a file. Raises DocumentUnreadable where the envelope or the PDF cannot be opened.
    """
    for xml in _e_invoices(data, pdf_engine, limits):
        try:
            found = _file_in(xml, sha256)
        except XmlReadingError:
            continue
        if found is not None:
            return found
    return None


def _e_invoices(data: bytes, pdf_engine: PdfEngine, limits: PdfLimits) -> Iterator[bytes]:
    match sniff(data):
        case MediaType.XML:
            yield data
        case MediaType.SIGNED_XML:
            yield signed_xml(data)
        case MediaType.PDF:
            for attachment in pdf_engine(data, limits).attachments:
                if not attachment.damaged:
                    yield attachment.data


def _file_in(xml: bytes, sha256: str) -> AttachedFile | None:
    """Raises XmlReadingError."""
    document = parse_document(xml)
    for reading in read_every(document):
        for supporting in reading.content.supporting_documents:
            attached = supporting.attached_document
            if attached is not None and attached.sha256 == sha256:
                file = attachments_of(document.root).get(sha256)
                return None if file is None else AttachedFile(attached, file)
    return None
