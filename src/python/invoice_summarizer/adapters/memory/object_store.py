"""The object store in memory."""

import hashlib
from collections.abc import AsyncIterable
from datetime import datetime

from invoice_summarizer.ports.clock import Clock, utc_now
from invoice_summarizer.ports.object_store import (
    InUse,
    ObjectNotFound,
    ObjectTooLarge,
    StoredObject,
)


class MemoryObjectStore:
    def __init__(self, *, clock: Clock = utc_now) -> None:
        self._clock = clock
        self._objects: dict[tuple[str, str], bytes] = {}
        self._put_times: dict[tuple[str, str], datetime] = {}

    async def put(
        self, tenant: str, chunks: AsyncIterable[bytes], *, limit_bytes: int
    ) -> StoredObject:
        data = bytearray()
        async for chunk in chunks:
            if len(data) + len(chunk) > limit_bytes:
                raise ObjectTooLarge(f"the document is larger than {limit_bytes} bytes")
            data += chunk
        sha256 = hashlib.sha256(data).hexdigest()
        self._objects[tenant, sha256] = bytes(data)
        self._put_times[tenant, sha256] = self._clock()
        return StoredObject(sha256, len(data))

    async def get(self, tenant: str, sha256: str) -> bytes:
        try:
            return self._objects[tenant, sha256]
        except KeyError:
            raise ObjectNotFound("no object of that hash") from None

    async def sweep(self, before: datetime, in_use: InUse) -> int:
        swept = 0
        for place in [place for place, time in self._put_times.items() if time < before]:
            if not await in_use(*place) and self._put_times.get(place, before) < before:
                del self._objects[place], self._put_times[place]
                swept += 1
        return swept
