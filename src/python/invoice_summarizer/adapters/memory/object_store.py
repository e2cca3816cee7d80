"""The object store in memory."""

import hashlib
from collections.abc import AsyncIterable

from invoice_summarizer.ports.object_store import ObjectNotFound, ObjectTooLarge, StoredObject


class MemoryObjectStore:
    def __init__(self) -> None:
        self._objects: dict[tuple[str, str], bytes] = {}

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
        return StoredObject(sha256, len(data))

    async def get(self, tenant: str, sha256: str) -> bytes:
        try:
            return self._objects[tenant, sha256]
        except KeyError:
            raise ObjectNotFound("no object of that hash") from None

    async def delete(self, tenant: str, sha256: str) -> None:
        self._objects.pop((tenant, sha256), None)
