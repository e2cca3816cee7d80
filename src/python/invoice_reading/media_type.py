"""What kind of document the bytes are: told from the bytes, never from what the sender says."""

import base64
import binascii
from contextlib import suppress
from enum import StrEnum

from invoice_reading.errors import DocumentUnreadable

_SNIFF_BYTES = 1024


class MediaType(StrEnum):
    XML = "application/xml"
    PDF = "application/pdf"
    PNG = "image/png"
    JPEG = "image/jpeg"
    TIFF = "image/tiff"

    @property
    def has_pages(self) -> bool:
        """Returns whether a document of this type can be painted page by page."""
        return self is not MediaType.XML


PICTURES = frozenset({MediaType.PNG, MediaType.JPEG, MediaType.TIFF})

_SAME = {
    "text/xml": MediaType.XML,
    "application/x-pdf": MediaType.PDF,
    "image/jpg": MediaType.JPEG,
    "image/pjpeg": MediaType.JPEG,
    "image/x-png": MediaType.PNG,
    "image/tif": MediaType.TIFF,
}
_SIGNATURES: dict[bytes, str] = {
    b"\x89PNG\r\n\x1a\n": MediaType.PNG,
    b"\xff\xd8\xff": MediaType.JPEG,
    b"II*\x00": MediaType.TIFF,
    b"MM\x00*": MediaType.TIFF,
    b"GIF8": "image/gif",
    b"BM": "image/bmp",
    b"PK\x03\x04": "application/zip",
    b"\x1f\x8b": "application/gzip",
}
_OF_PICTURES = tuple(signature for signature, name in _SIGNATURES.items() if name in PICTURES)
_XML_STARTS = (
    b"<",
    b"\xef\xbb\xbf<",
    b"\xff\xfe<\x00",
    b"\xfe\xff\x00<",
    b"<\x00",
    b"\x00<",
)

# The object identifier of CMS signed data (RFC 5652), in DER, near the beginning of a .p7m file.
_SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
_SIGNED_DATA_WITHIN = 32
_PEM_STARTS = (b"-----BEGIN PKCS7-----", b"-----BEGIN CMS-----")


def sniff(head: bytes, declared: str = "") -> MediaType:
    """Returns the type of the document that starts with these bytes.

    Raises DocumentUnreadable with reason DOCUMENT_EMPTY, DOCUMENT_SIGNED for a signed envelope (.p7m) around what it may
    be, DOCUMENT_TYPE_UNSUPPORTED (metadata `detected`, where a signature is known), or MEDIA_TYPE_MISMATCH where the
    declared media type says otherwise.
    """
    if not head:
        raise DocumentUnreadable("the document is empty", reason="DOCUMENT_EMPTY")
    if _is_signed_envelope(head[:_SNIFF_BYTES]):
        raise DocumentUnreadable(
            "the document is a signed envelope (.p7m): take the XML out of it, and send that",
            reason="DOCUMENT_SIGNED",
        )
    found = _signature(head[:_SNIFF_BYTES])
    if not isinstance(found, MediaType):
        raise DocumentUnreadable(
            "documents of this type are not read",
            reason="DOCUMENT_TYPE_UNSUPPORTED",
            metadata={"detected": found, "supported": ", ".join(MediaType)},
        )
    named = declared.partition(";")[0].strip().lower()
    if named not in ("", "application/octet-stream", found) and _SAME.get(named) != found:
        raise DocumentUnreadable(
            "the bytes are not of the media type that the request names",
            reason="MEDIA_TYPE_MISMATCH",
            metadata={"detected": found},
        )
    return found


def _is_signed_envelope(head: bytes) -> bool:
    text = head.strip()
    if text.startswith(_PEM_STARTS):
        return True
    if text.startswith(b"MI"):  # the first bytes of DER in base64, as some mail programs leave it
        with suppress(binascii.Error):
            head = base64.b64decode(b"".join(text.split())[: 2 * _SIGNED_DATA_WITHIN])
    return head.startswith(b"\x30") and _SIGNED_DATA in head[:_SIGNED_DATA_WITHIN]


def _signature(head: bytes) -> str:
    # PDF readers accept the header anywhere in the first kilobyte (ISO 32000-1, annex H.3.4.1).
    if b"%PDF-" in head and not head.startswith(_OF_PICTURES):
        return MediaType.PDF
    for signature, name in _SIGNATURES.items():
        if head.startswith(signature):
            return name
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head.lstrip(b"\x09\x0a\x0d\x20").startswith(_XML_STARTS):
        return MediaType.XML
    return "application/octet-stream"
