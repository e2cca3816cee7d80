"""What kind of document the bytes are: told from the bytes, never from what the sender says."""

from enum import StrEnum

from invoice_reading.errors import DocumentUnreadable
from invoice_reading.signed_envelope import is_signed_envelope

_SNIFF_BYTES = 1024


class MediaType(StrEnum):
    XML = "application/xml"
    SIGNED_XML = "application/pkcs7-mime"  # the XML is inside
    PDF = "application/pdf"
    PNG = "image/png"
    JPEG = "image/jpeg"
    TIFF = "image/tiff"
    WEBP = "image/webp"

    @property
    def has_pages(self) -> bool:
        """Returns whether a document of this type can be painted page by page."""
        return self not in (MediaType.XML, MediaType.SIGNED_XML)


PICTURES = frozenset({MediaType.PNG, MediaType.JPEG, MediaType.TIFF, MediaType.WEBP})

_SAME = {
    "text/xml": MediaType.XML,
    "application/x-pkcs7-mime": MediaType.SIGNED_XML,
    "application/pkcs7-signature": MediaType.SIGNED_XML,
    "application/x-pkcs7-signature": MediaType.SIGNED_XML,
    "application/cms": MediaType.SIGNED_XML,
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
_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"mif1"})  # ISO/IEC 23008-12
_OF_PICTURES = tuple(signature for signature, name in _SIGNATURES.items() if name in PICTURES)
_XML_STARTS = (
    b"<",
    b"\xef\xbb\xbf<",
    b"\xff\xfe<\x00",
    b"\xfe\xff\x00<",
    b"<\x00",
    b"\x00<",
)


def sniff(head: bytes, declared: str = "") -> MediaType:
    """Returns the type of the document that starts with these bytes.

    Raises DocumentUnreadable with reason DOCUMENT_EMPTY, DOCUMENT_TYPE_UNSUPPORTED (metadata `detected`, where a signature
    is known), or MEDIA_TYPE_MISMATCH where the declared media type says otherwise.
    """
    if not head:
        raise DocumentUnreadable("the document is empty", reason="DOCUMENT_EMPTY")
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


def _signature(head: bytes) -> str:
    if is_signed_envelope(head):
        return MediaType.SIGNED_XML
    # PDF readers accept the header anywhere in the first kilobyte (ISO 32000-1, annex H.3.4.1).
    if b"%PDF-" in head and not _starts_as_picture(head):
        return MediaType.PDF
    for signature, name in _SIGNATURES.items():
        if head.startswith(signature):
            return name
    if _starts_as_webp(head):
        return MediaType.WEBP
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC_BRANDS:
        return "image/heic"
    if head.lstrip(b"\x09\x0a\x0d\x20").startswith(_XML_STARTS):
        return MediaType.XML
    return "application/octet-stream"


def _starts_as_picture(head: bytes) -> bool:
    return head.startswith(_OF_PICTURES) or _starts_as_webp(head)


def _starts_as_webp(head: bytes) -> bool:
    return head[:4] == b"RIFF" and head[8:12] == b"WEBP"  # RFC 9649
