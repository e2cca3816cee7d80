"""The e-invoices inside a PDF: which of the attached files counts, and what the others are."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from en16931.judgement import read_judged
from en16931.xml_reading import UnknownSyntax, XmlReading, XmlReadingError
from invoice_reading.page import Attachment

# The names that Factur-X, ZUGFeRD 1 and 2 and XRechnung give the file, in small letters.
_STANDARD_NAMES = frozenset({"factur-x.xml", "zugferd-invoice.xml", "xrechnung.xml"})
# What the head of an e-invoice holds, so that a broken one is known under any name.
_ROOTS = (
    b"CrossIndustryInvoice",
    b"CrossIndustryDocument",
    b"urn:oasis:names:specification:ubl:schema:xsd:Invoice-2",
    b"urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2",
    b"FatturaElettronica",
)
_HEAD_BYTES = 4_096
_DAMAGED = "the file cannot be unpacked"
_UNREADABLE = "the file is no e-invoice that can be read"


@dataclass(frozen=True, slots=True)
class EmbeddedInvoice:
    reading: XmlReading
    attachment_sha256: str
    attachment: Attachment


@dataclass(frozen=True, slots=True)
class EmbeddedInvoices:
    """The e-invoice that counts, how many can be read, what is wrong with each that cannot, and whether they differ."""

    chosen: EmbeddedInvoice | None = None
    readable: int = 0
    broken: tuple[str, ...] = ()  # sentences without any text of the files
    differ: bool = False


NO_FILES = EmbeddedInvoices()


def embedded_invoices(attachments: Sequence[Attachment]) -> EmbeddedInvoices:
    """Returns the e-invoices among the files; one of a standard name counts before others, else the first."""
    chosen: EmbeddedInvoice | None = None
    readable, differ = 0, False
    broken: list[str] = []
    for attachment in sorted(attachments, key=lambda file: not _has_standard_name(file)):
        if attachment.damaged:
            if _may_be_invoice(attachment):
                broken.append(_DAMAGED)
            continue
        try:
            reading = read_judged(attachment.data)
        except XmlReadingError as error:
            if _is_invoice(attachment, error):
                broken.append(str(error) or _UNREADABLE)
            continue
        readable += 1
        if chosen is None:
            sha256 = hashlib.sha256(attachment.data).hexdigest()
            chosen = EmbeddedInvoice(reading, sha256, attachment)
        differ = differ or reading.content != chosen.reading.content
    return EmbeddedInvoices(chosen, readable, tuple(broken), differ)


def _may_be_invoice(attachment: Attachment) -> bool:
    """Returns whether a file of which nothing is left may have been an e-invoice."""
    name, kind = attachment.name.strip().lower(), (attachment.media_type or "").lower()
    return _has_standard_name(attachment) or name.endswith(".xml") or kind.endswith("xml")


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
