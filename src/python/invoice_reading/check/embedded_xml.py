"""The e-invoice inside a PDF: which of the attached files it is, and whether that is beyond doubt."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from en16931.finding import Finding, Outcome, Severity
from en16931.reader import read_xml
from en16931.reading import UnknownSyntax, XmlReading, XmlReadingError
from invoice_reading.check.page_agreement import RULE_PACK
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


def embedded_invoice(
    attachments: Sequence[Attachment],
) -> tuple[EmbeddedInvoice | None, tuple[Finding, ...]]:
    """Returns the e-invoice among the files, one of a standard name before others, and what the files leave in doubt.

    There are no findings where no file is an e-invoice. One that is there and cannot be read fails EMBEDDED-XML-01,
    since nobody would learn of it otherwise; two that say different things fail EMBEDDED-XML-02.
    """
    chosen: EmbeddedInvoice | None = None
    readable, broken, differ = 0, False, False
    for attachment in sorted(attachments, key=lambda one: not _has_standard_name(one)):
        try:
            reading = read_xml(attachment.data)
        except XmlReadingError as error:
            broken = broken or _is_invoice(attachment, error)
            continue
        readable += 1
        if chosen is None:
            chosen = EmbeddedInvoice(reading, hashlib.sha256(attachment.data).hexdigest())
        differ = differ or reading.content != chosen.reading.content
    return chosen, tuple(_findings(readable, broken, differ))


def _findings(readable: int, broken: bool, differ: bool) -> Iterator[Finding]:
    if readable or broken:
        yield Finding(
            rule_id="EMBEDDED-XML-01",
            rule_pack=RULE_PACK,
            severity=Severity.WARNING,
            outcome=Outcome.FAILED if broken else Outcome.PASSED,
            field_paths=(),
            message="every e-invoice inside the PDF can be read",
        )
    if readable > 1:
        yield Finding(
            rule_id="EMBEDDED-XML-02",
            rule_pack=RULE_PACK,
            severity=Severity.WARNING,
            outcome=Outcome.FAILED if differ else Outcome.PASSED,
            field_paths=(),
            message="the e-invoices inside the PDF say the same",
        )


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
