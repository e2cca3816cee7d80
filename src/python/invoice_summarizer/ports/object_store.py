"""Where documents lie, named by their hash."""

from collections.abc import AsyncGenerator, AsyncIterable, AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from invoice_summarizer.domain.errors import InvoiceSummarizerError


@dataclass(frozen=True, slots=True)
class StoredObject:
    sha256: str  # lower-case hex
    size_bytes: int


@dataclass(frozen=True, slots=True)
class ListedObject:
    """An object as it was when it was listed; `generation` changes when it is put again."""

    tenant: str
    sha256: str
    generation: str


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

    An object is there whole or not at all: a put that fails, is cancelled or exceeds its limit leaves nothing. One
    that stays is there at every moment, whatever is put and deleted meanwhile. Putting the same bytes again is
    harmless. No byte is handed out before the hash of all of them has been verified.
    """

    async def put(
        self, tenant: str, chunks: AsyncIterable[bytes], *, limit_bytes: int
    ) -> StoredObject:
        """Stores the bytes durably. Raises ObjectTooLarge."""

    async def get(self, tenant: str, sha256: str) -> bytes:
        """Returns the bytes. Raises ObjectNotFound, ObjectCorrupt, and Unavailable where the store itself is lost."""

    def chunks(self, tenant: str, sha256: str, *, chunk_bytes: int) -> AsyncGenerator[bytes, None]:
        """Yields the bytes, `chunk_bytes` at a time and the rest last; holds no more of them than a few chunks.

        So an object is read twice, once to verify it and once to hand it out, and the second time surely the same bytes:
        by the file that is open, or by a copy of them in a file of the store's own. Raises ObjectNotFound and ObjectCorrupt, both before the
        first chunk.
        """

    def list(self, before: datetime) -> AsyncIterator[ListedObject]:
        """Yields the objects of all tenants that were last put before that time, those of a tenant one after another.

        They are looked up while they are asked for: what is put or deleted meanwhile may be among them or not. What puts that were interrupted before that time left is gone.
        """

    async def delete(self, listed: ListedObject) -> bool:
        """The object is gone, unless it was put again after it was listed; tells whether it went."""
