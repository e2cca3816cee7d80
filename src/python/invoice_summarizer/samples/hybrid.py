"""A PDF that carries its invoice as XML, in the manner of Factur-X and ZUGFeRD."""

import io

from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, NameObject

_FILE_NAME = "factur-x.xml"


def with_invoice_xml(pdf: bytes, xml: bytes) -> bytes:
    """Returns the PDF with the XML as its associated file, an alternative to its pages; the same bytes each time.

    Fonts stay as they are, so that this is no PDF/A-3, which Factur-X asks for beside the attachment.
    """
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf)))
    embedded = writer.add_attachment(_FILE_NAME, xml)
    embedded.subtype = NameObject("/text/xml")
    embedded.associated_file_relationship = NameObject("/Alternative")
    specification = embedded.pdf_object.indirect_reference or writer._add_object(
        embedded.pdf_object
    )
    writer.root_object[NameObject("/AF")] = ArrayObject([specification])
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
