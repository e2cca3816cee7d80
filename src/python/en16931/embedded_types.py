"""Whether the bytes of an embedded document are of the media type that the invoice declares for it (BT-125-1).

Only the first bytes are looked at, and nothing is opened.
"""

import base64
import binascii

_HEAD_BYTES = 1_024
_HEAD_CHARACTERS = 4 * _HEAD_BYTES  # with room for line breaks and indents
_ZIP = b"PK\x03\x04"
_SIGNATURES = {
    "image/png": b"\x89PNG\r\n\x1a\n",
    "image/jpeg": b"\xff\xd8\xff",
    # Both are archives.
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": _ZIP,
    "application/vnd.oasis.opendocument.spreadsheet": _ZIP,
}
_PDF = b"%PDF-"
# What no text begins with: of documents, of archives, and of programs.
_NO_TEXT = (*_SIGNATURES.values(), _PDF, b"MZ", b"\x7fELF", b"\x1f\x8b", b"\xd0\xcf\x11\xe0")


def contradicts_type(media_type: str, text: str) -> bool:
    """Returns whether the document that begins with this base64 text cannot be of the media type.

    False of a type that is not told by its first bytes, and where the text is no base64.
    """
    head = _head(text)
    named = media_type.strip().lower()
    if not head:
        return False
    if named == "application/pdf":
        # PDF readers accept the header anywhere in the first kilobyte (ISO 32000-1, annex H.3.4.1).
        return _PDF not in head
    if named == "text/csv":
        return head.startswith(_NO_TEXT)
    signature = _SIGNATURES.get(named)
    return signature is not None and not head.startswith(signature)


def _head(text: str) -> bytes:
    characters = "".join(text[:_HEAD_CHARACTERS].split())
    if len(text) > _HEAD_CHARACTERS:
        characters = characters[: len(characters) // 4 * 4]  # where it was cut
    try:
        return base64.b64decode(characters, validate=True)[:_HEAD_BYTES]
    except (binascii.Error, ValueError):
        return b""
