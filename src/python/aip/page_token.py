"""Pages of a list (AIP-158): tokens that only we can make and only the same request can use, and page sizes."""

import base64
import hashlib
import json
import os
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from aip.errors import PageSizeError, PageTokenError

Cursor = tuple[str | None, ...]

KEY_BYTES = 32
_NONCE_BYTES = 12


@dataclass(frozen=True, slots=True)
class PageTokenCodec:
    """Turns cursors into page tokens and back. All servers that answer the same list share one key.

    A token is urlsafe base64, without padding, of a nonce and the cursor under AES-256-GCM, with the request's other
    parameters as associated data: a cursor may hold what a document says, and tokens end up in URLs.
    """

    key: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.key) != KEY_BYTES:
            raise ValueError(f"the page token key has {KEY_BYTES} bytes")

    def encode(self, cursor: Cursor, request: bytes) -> str:
        """Returns a token that leads to the cursor for this request and no other.

        `request` is every parameter that decides what is listed and how it is sorted, in one unambiguous form.
        """
        nonce = os.urandom(_NONCE_BYTES)
        payload = json.dumps(cursor, separators=(",", ":")).encode()
        return _text(nonce + AESGCM(self.key).encrypt(nonce, payload, _checksum(request)))

    def decode(self, token: str, request: bytes) -> Cursor:
        """Returns the cursor in the token. Raises PageTokenError unless `encode` made it for this request."""
        try:
            content = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
        except ValueError:
            raise PageTokenError from None
        # Base64 decoders skip foreign characters and ignore spare bits: only the one spelling we wrote is ours.
        if _text(content) != token:
            raise PageTokenError
        nonce, sealed = content[:_NONCE_BYTES], content[_NONCE_BYTES:]
        try:
            payload = AESGCM(self.key).decrypt(nonce, sealed, _checksum(request))
        except (InvalidTag, ValueError):
            raise PageTokenError from None
        return tuple(json.loads(payload))


def _checksum(request: bytes) -> bytes:
    return hashlib.sha256(request).digest()


def page_size(requested: int, default: int, maximum: int) -> int:
    """Returns how many rows a page may have: the default for 0, and never more than the maximum.

    Raises PageSizeError where a negative number is requested.
    """
    if requested < 0:
        raise PageSizeError(requested)
    return min(requested or default, maximum)


def _text(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")
