"""The largest documents that are accepted: at the limits of lines, of values and of text, as XML and inside a PDF."""

from collections.abc import Mapping
from decimal import Decimal
from itertools import count

from hostile_documents import pdf_with_file
from small_invoice import ubl_invoice

LINES = 10_000
_ATTRIBUTES = (
    1  # of an item: with what else a line has, nine values of the ten that there is room for
)
_CHARACTERS = 3_400_000
_NAME_END = b"</cbc:Name></cac:Item>"
_numbers = count(1)


def largest_invoices(lines: int = LINES) -> Mapping[str, bytes]:
    """Returns the documents by what each has most of; with fewer lines they are as much smaller."""
    plain = ubl_invoice(lines=lines)
    values = _with_attributes(plain)
    return {
        "lines": plain,
        "values": values,
        "characters": _with_long_names(plain, _CHARACTERS // LINES),
        "PDF": pdf_with_file(values),
    }


def another(document: bytes) -> bytes:
    """Returns the same document in other bytes, which no document had before."""
    number = next(_numbers)
    return (
        document + (f"\n%{number}" if document.startswith(b"%PDF") else f"<!--{number}-->").encode()
    )


def _with_attributes(document: bytes) -> bytes:
    attributes = "".join(
        "<cac:AdditionalItemProperty>"
        f"<cbc:Name>Property {number}</cbc:Name><cbc:Value>{Decimal(number) / 8}</cbc:Value>"
        "</cac:AdditionalItemProperty>"
        for number in range(_ATTRIBUTES)
    )
    return document.replace(_NAME_END, f"</cbc:Name>{attributes}</cac:Item>".encode())


def _with_long_names(document: bytes, characters: int) -> bytes:
    words = " of the finest quality, delivered where you are" * characters
    return document.replace(_NAME_END, words[:characters].encode() + _NAME_END)
