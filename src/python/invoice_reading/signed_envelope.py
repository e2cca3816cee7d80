"""The XML inside a signed envelope (.p7m): CMS signed data (RFC 5652) in DER or BER, as bytes, base64 or PEM.

The walk goes to the content and no further: certificates and signatures behind it are neither read nor checked.
"""

import base64
import binascii
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum

from invoice_reading.errors import DocumentUnreadable

_PEM_LABELS = (b"PKCS7", b"CMS")
_WHITESPACE = b" \t\r\n"
_SIGNED_DATA = bytes.fromhex("2a864886f70d010702")
_SIGNED_DATA_WITHIN = 32  # of the beginning: one header, or two, stand before it
_SEQUENCE, _SET, _INTEGER, _OBJECT_IDENTIFIER, _EXPLICIT_0 = 0x30, 0x31, 0x02, 0x06, 0xA0
_OCTETS, _OCTETS_IN_PARTS = 0x04, 0x24
_CONSTRUCTED, _LONG_TAG, _LONG_LENGTH = 0x20, 0x1F, 0x80
_MOST_LENGTH_OCTETS = 8
_DEEPEST = 16
_MOST_ELEMENTS = (
    200_000  # the parts of a content of 64 MiB have a thousand octets where programs write them
)


class EnvelopeCause(StrEnum):
    """Why nothing is read out of a signed envelope."""

    BROKEN = "BROKEN"  # cut off, or no CMS signed data of RFC 5652
    WITHOUT_CONTENT = "WITHOUT_CONTENT"  # a detached signature: what is signed is another file
    NO_XML = "NO_XML"  # something else than XML is inside
    TOO_DEEP = "TOO_DEEP"  # envelopes in envelopes, or parts in parts
    TOO_MANY_PARTS = "TOO_MANY_PARTS"


class EnvelopeUnreadable(DocumentUnreadable):
    """Metadata `cause` is an EnvelopeCause."""

    reason = "DOCUMENT_SIGNED"

    def __init__(self, cause: EnvelopeCause) -> None:
        super().__init__(
            "the document is a signed envelope (.p7m) of which no XML can be taken out",
            metadata={"cause": cause},
        )


def is_signed_envelope(head: bytes) -> bool:
    """Returns whether a document that starts with these bytes is a signed envelope, sound or not."""
    text = head.strip()
    if text.startswith(tuple(b"-----BEGIN " + label + b"-----" for label in _PEM_LABELS)):
        return True
    if text.startswith(b"MI"):  # the first bytes of DER in base64, as some mail programs leave it
        with suppress(binascii.Error):
            head = base64.b64decode(b"".join(text.split())[: 2 * _SIGNED_DATA_WITHIN])
    named = bytes((_OBJECT_IDENTIFIER, len(_SIGNED_DATA))) + _SIGNED_DATA
    return head.startswith(bytes((_SEQUENCE,))) and named in head[:_SIGNED_DATA_WITHIN]


def signed_content(data: bytes) -> bytes:
    """Returns what is signed, whoever signed it.

    Raises EnvelopeUnreadable.
    """
    return _Walk(_binary(data)).content()


def _binary(data: bytes) -> bytes:
    if data.startswith(bytes((_SEQUENCE,))):
        return data
    text = data.strip()
    for label in _PEM_LABELS:
        if text.startswith(b"-----BEGIN " + label + b"-----"):
            within, end, _ = text.partition(b"-----END " + label + b"-----")
            if not end:
                raise EnvelopeUnreadable(EnvelopeCause.BROKEN)
            text = within.partition(label + b"-----")[2]
    try:
        return base64.b64decode(text.translate(None, _WHITESPACE), validate=True)
    except binascii.Error as error:
        raise EnvelopeUnreadable(EnvelopeCause.BROKEN) from error


@dataclass(frozen=True, slots=True)
class _Element:
    """Where the content of an element stands; `closed` where its length says so, and an end of contents does not."""

    tag: int
    start: int
    end: int
    closed: bool


class _Walk:
    """One way through the bytes, from the first to the content; every element is counted."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._elements = 0

    def content(self) -> bytes:
        envelope = self._element(0, len(self._data), _SEQUENCE)
        kind = self._element(envelope.start, envelope.end, _OBJECT_IDENTIFIER)
        if self._data[kind.start : kind.end] != _SIGNED_DATA:
            raise EnvelopeUnreadable(EnvelopeCause.BROKEN)
        wrapped = self._element(kind.end, envelope.end, _EXPLICIT_0)
        signed = self._element(wrapped.start, wrapped.end, _SEQUENCE)
        version = self._element(signed.start, signed.end, _INTEGER)
        digests = self._element(version.end, signed.end, _SET)
        within = self._element(self._after(digests), signed.end, _SEQUENCE)
        content_kind = self._element(within.start, within.end, _OBJECT_IDENTIFIER)
        if self._is_end(within, content_kind.end):
            raise EnvelopeUnreadable(EnvelopeCause.WITHOUT_CONTENT)
        explicit = self._element(content_kind.end, within.end, _EXPLICIT_0)
        octets = self._element(explicit.start, explicit.end, _OCTETS, _OCTETS_IN_PARTS)
        content = bytearray()
        self._collect(octets, content)
        return bytes(content)

    def _element(self, at: int, end: int, *tags: int) -> _Element:
        """Returns the element that begins there and ends before the end; it is of one of the tags where any are named."""
        self._elements += 1
        if self._elements > _MOST_ELEMENTS:
            raise EnvelopeUnreadable(EnvelopeCause.TOO_MANY_PARTS)
        if end - at < 2:
            raise EnvelopeUnreadable(EnvelopeCause.BROKEN)
        tag, length = self._data[at], self._data[at + 1]
        at += 2
        if tag & _LONG_TAG == _LONG_TAG or (tags and tag not in tags):
            raise EnvelopeUnreadable(EnvelopeCause.BROKEN)
        if length == _LONG_LENGTH:
            if not tag & _CONSTRUCTED:
                raise EnvelopeUnreadable(EnvelopeCause.BROKEN)
            return _Element(tag, at, end, closed=False)
        if length > _LONG_LENGTH:
            octets = length - _LONG_LENGTH
            if octets > min(_MOST_LENGTH_OCTETS, end - at):
                raise EnvelopeUnreadable(EnvelopeCause.BROKEN)
            length = int.from_bytes(self._data[at : at + octets])
            at += octets
        if length > end - at:
            raise EnvelopeUnreadable(EnvelopeCause.BROKEN)
        return _Element(tag, at, at + length, closed=True)

    def _is_end(self, element: _Element, at: int) -> bool:
        if element.closed:
            return at == element.end
        return self._data[at : min(at + 2, element.end)] == b"\x00\x00"

    def _after(self, element: _Element, depth: int = 0) -> int:
        """Returns where the next element begins."""
        if element.closed:
            return element.end
        if depth == _DEEPEST:
            raise EnvelopeUnreadable(EnvelopeCause.TOO_DEEP)
        at = element.start
        while not self._is_end(element, at):
            at = self._after(self._element(at, element.end), depth + 1)
        return at + 2

    def _collect(self, octets: _Element, into: bytearray, depth: int = 0) -> int:
        """Adds the octets, of all parts in their order; returns where the next element begins."""
        if octets.tag == _OCTETS:
            into += self._data[octets.start : octets.end]
            return octets.end
        if depth == _DEEPEST:
            raise EnvelopeUnreadable(EnvelopeCause.TOO_DEEP)
        at = octets.start
        while not self._is_end(octets, at):
            part = self._element(at, octets.end, _OCTETS, _OCTETS_IN_PARTS)
            at = self._collect(part, into, depth + 1)
        return at if octets.closed else at + 2
