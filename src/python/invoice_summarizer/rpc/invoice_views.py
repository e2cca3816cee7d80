"""Invoices rendered as the API sends them, for storing; the bytes of the parts, one after the other, are one message.

That holds for protobuf messages of any kind: a decoder merges what follows into what came before.
"""

import hashlib
from collections.abc import Iterable, Sequence

from google.protobuf.descriptor import FileDescriptor

from invoice_reading.reading import Reading
from invoice_reading.review_reason import ReviewReason
from invoice_summarizer.domain.invoice import InvoiceHeader
from invoice_summarizer.ports.invoice_views import ReadingViews
from invoice_summarizer.rpc.mapping.invoice import header_to_proto, reading_to_invoice_proto
from invoices.v1 import invoice_pb2

# Grows when the mapping makes other messages of the same invoices, so that stored ones are no longer sent.
MAPPING_REVISION = 1

_OURS = "invoices/"

_FIRST_FIELD = b"\x0a"  # field 1, length-delimited: that of the invoices of ListInvoicesResponse


class ProtobufViewRenderer:
    """A ViewRenderer of invoices.v1.Invoice."""

    def __init__(self) -> None:
        # Later versions are greater: of one revision the one with the longer schema, since a published one only grows.
        schema = b"".join(_schema_of(invoice_pb2.DESCRIPTOR).values())
        digest = hashlib.sha256(schema).hexdigest()[:16]
        self._version = f"{MAPPING_REVISION:04}-{len(schema):07}-{digest}"

    @property
    def version(self) -> str:
        return self._version

    def header(self, header: InvoiceHeader) -> bytes:
        return header_to_proto(header).SerializeToString()

    def reading(self, reading: Reading) -> ReadingViews:
        return ReadingViews(
            basic=reading_to_invoice_proto(reading, full=False).SerializeToString(),
            full=reading_to_invoice_proto(reading, full=True).SerializeToString(),
        )

    def first_reasons(self, reasons: Sequence[ReviewReason]) -> bytes:
        return invoice_pb2.Invoice(review_reasons=map(str, reasons)).SerializeToString()


def _schema_of(file: FileDescriptor) -> dict[str, bytes]:
    """Returns the file, and those of ours that it needs, by their names."""
    schema = {file.name: file.serialized_pb}
    for needed in file.dependencies:
        if needed.name.startswith(_OURS):
            schema |= _schema_of(needed)
    return dict(sorted(schema.items()))


def listed(views: Iterable[bytes]) -> bytes:
    """Returns the field `invoices` of a ListInvoicesResponse that holds the views."""
    return b"".join(part for view in views for part in (_FIRST_FIELD, _varint(len(view)), view))


def corrected_answer(view: bytes) -> bytes:
    """Returns the field `invoice` of a CorrectInvoiceResponse that holds the view."""
    return listed((view,))


def _varint(number: int) -> bytes:
    """Returns the number as protobuf writes it: seven bits a byte, the least significant first."""
    written = bytearray()
    while number > 0x7F:
        written.append(number & 0x7F | 0x80)
        number >>= 7
    written.append(number)
    return bytes(written)
