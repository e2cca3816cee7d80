"""Where documents lie, named by their hash."""

from collections.abc import AsyncIterable, Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from invoice_summarizer.domain.errors import InvoiceSummarizerError

InUse = Callable[[str, str], Awaitable[bool]]  # of a tenant and a hash: does a row name the object?


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

    async def sweep(self, before: datetime, in_use: InUse) -> int:
        """Every object last put before that time which `in_use` denies is gone, and what interrupted puts left by then.

        Returns how many objects went. One that is put again while the sweep goes on stays.
        """
