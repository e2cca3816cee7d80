"""Where documents lie, named by their hash."""

from collections.abc import AsyncIterable
from dataclasses import dataclass
from typing import Protocol

from invoice_summarizer.domain.errors import InvoiceSummarizerError


@dataclass(frozen=True, slots=True)
class StoredObject:
    sha256: str  # lower-case hex
    size_bytes: int


class ObjectTooLarge(InvoiceSummarizerError):
    """More bytes came than the limit allows; nothing was stored."""

    reason = "DOCUMENT_TOO_LARGE"


class ObjectNotFound(InvoiceSummarizerError):
    """No object of that hash is there."""

    reason = "OBJECT_NOT_FOUND"


class ObjectCorrupt(InvoiceSummarizerError):
    """The bytes that are there do not have that hash; they are not handed out."""

    reason = "OBJECT_CORRUPT"


class ObjectStore(Protocol):
    """A content-addressed store, apart for each tenant.

    An object is there whole or not at all: a put that fails, is cancelled or exceeds its limit leaves nothing.
    Putting the same bytes again is harmless. Every get verifies the hash.
    """

    async def put(
        self, tenant: str, chunks: AsyncIterable[bytes], *, limit_bytes: int
    ) -> StoredObject:
        """Stores the bytes durably. Raises ObjectTooLarge."""

    async def get(self, tenant: str, sha256: str) -> bytes:
        """Returns the bytes. Raises ObjectNotFound, ObjectCorrupt."""

    async def delete(self, tenant: str, sha256: str) -> None:
        """The object is gone; deleting what is not there is harmless."""
