"""The e-invoices inside a PDF: which of the attached files counts, and what the others are."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from en16931.judgement import read_judged
from en16931.xml_reading import UnknownSyntax, XmlReading, XmlReadingError
from invoice_reading.check.standard import ASKED_OF_CONTENT
from invoice_reading.page import Attachment

# The names that Factur-X, ZUGFeRD 1 and 2 and XRechnung give the file, in small letters.
_STANDARD_NAMES = frozenset({"factur-x.xml", "zugferd-invoice.xml", "xrechnung.xml"})
# What the head of an e-invoice holds, so that a broken one is known under any name.
_ROOTS = (
    b"CrossIndustryInvoice",
    b"CrossIndustryDocument",
    b"urn:oasis:names:specification:ubl:schema:xsd:Invoice-2",
    b"urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2",
)
_HEAD_BYTES = 4_096


@dataclass(frozen=True, slots=True)
class EmbeddedInvoice:
    reading: XmlReading
    attachment_sha256: str


@dataclass(frozen=True, slots=True)
class EmbeddedInvoices:
    """The e-invoice that counts, how many can be read, and whether one that is there is broken or says otherwise."""

    chosen: EmbeddedInvoice | None = None
    readable: int = 0
    broken: bool = False
    differ: bool = False


NO_FILES = EmbeddedInvoices()


def embedded_invoices(attachments: Sequence[Attachment]) -> EmbeddedInvoices:
    """Returns the e-invoices among the files; one of a standard name counts before others, else the first."""
    chosen: EmbeddedInvoice | None = None
    readable, broken, differ = 0, False, False
    for attachment in sorted(attachments, key=lambda file: not _has_standard_name(file)):
        try:
            reading = read_judged(attachment.data, without=ASKED_OF_CONTENT)
        except XmlReadingError as error:
            broken = broken or _is_invoice(attachment, error)
            continue
        readable += 1
        if chosen is None:
            chosen = EmbeddedInvoice(reading, hashlib.sha256(attachment.data).hexdigest())
        differ = differ or reading.content != chosen.reading.content
    return EmbeddedInvoices(chosen, readable, broken, differ)


def _has_standard_name(attachment: Attachment) -> bool:
    return attachment.name.strip().lower() in _STANDARD_NAMES


def _is_invoice(attachment: Attachment, error: XmlReadingError) -> bool:
    """Returns whether a file that could not be read should have been an e-invoice: by its name, or by its head."""
    if _has_standard_name(attachment):
        return True
    if isinstance(error, UnknownSyntax):
        return False
    head = attachment.data[:_HEAD_BYTES].replace(b"\0", b"")  # UTF-16 as well
    return any(root in head for root in _ROOTS)
