"""Invoices rendered as the API sends them, for storing; the bytes of the parts, one after the other, are one message.

That holds for protobuf messages of any kind: a decoder merges what follows into what came before.
"""

import hashlib
from collections.abc import Iterable

from invoice_reading.reading import Reading
from invoice_summarizer.domain.invoice import InvoiceHeader
from invoice_summarizer.ports.invoice_views import ReadingViews
from invoice_summarizer.rpc.mapping.invoice import header_to_proto, reading_to_invoice_proto
from invoices.v1 import assurance_pb2, content_pb2, invoice_pb2

# Grows when the mapping makes other messages of the same invoices, so that stored ones are no longer sent.
MAPPING_REVISION = 1

_INVOICES_TAG = b"\x0a"  # field 1, length-delimited, of ListInvoicesResponse


class ProtobufViewRenderer:
    """A ViewRenderer of invoices.v1.Invoice."""

    def __init__(self) -> None:
        schema = hashlib.sha256(str(MAPPING_REVISION).encode())
        for module in (assurance_pb2, content_pb2, invoice_pb2):
            schema.update(module.DESCRIPTOR.serialized_pb)
        self._version = schema.hexdigest()[:16]

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


def listed(views: Iterable[bytes]) -> bytes:
    """Returns the field `invoices` of a ListInvoicesResponse that holds the views."""
    return b"".join(part for view in views for part in (_INVOICES_TAG, _varint(len(view)), view))


def _varint(number: int) -> bytes:
    """Returns the number as protobuf writes it: seven bits a byte, the least significant first."""
    written = bytearray()
    while number > 0x7F:
        written.append(number & 0x7F | 0x80)
        number >>= 7
    written.append(number)
    return bytes(written)
