"""The object store in memory."""

import hashlib
from collections.abc import AsyncGenerator, AsyncIterable, AsyncIterator
from datetime import datetime
from itertools import count

from invoice_summarizer.ports.clock import Clock, utc_now
from invoice_summarizer.ports.object_store import (
    ListedObject,
    ObjectNotFound,
    ObjectTooLarge,
    StoredObject,
)


class MemoryObjectStore:
    def __init__(self, *, clock: Clock = utc_now) -> None:
        self._clock = clock
        self._objects: dict[tuple[str, str], bytes] = {}
        self._put_times: dict[tuple[str, str], datetime] = {}
        self._puts: dict[tuple[str, str], int] = {}
        self._generations = count(1)

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
        self._puts[tenant, sha256] = next(self._generations)
        return StoredObject(sha256, len(data))

    async def get(self, tenant: str, sha256: str) -> bytes:
        try:
            return self._objects[tenant, sha256]
        except KeyError:
            raise ObjectNotFound("no object of that hash") from None

    async def chunks(
        self, tenant: str, sha256: str, *, chunk_bytes: int
    ) -> AsyncGenerator[bytes, None]:
        data = await self.get(tenant, sha256)
        for begin in range(0, len(data), chunk_bytes):
            yield data[begin : begin + chunk_bytes]

    async def list(self, before: datetime) -> AsyncIterator[ListedObject]:
        for (tenant, sha256), time in sorted(self._put_times.items()):
            if time < before:
                yield ListedObject(tenant, sha256, self._generation(tenant, sha256))

    async def delete(self, listed: ListedObject) -> bool:
        place = (listed.tenant, listed.sha256)
        if self._generation(*place) != listed.generation:
            return False
        del self._objects[place], self._put_times[place], self._puts[place]
        return True

    def _generation(self, tenant: str, sha256: str) -> str:
        return str(self._puts.get((tenant, sha256), ""))
