"""An object store that fails as it is told."""

from collections.abc import AsyncIterable, AsyncIterator
from datetime import datetime

from invoice_summarizer.adapters.faulty.faults import Faults
from invoice_summarizer.ports.object_store import ListedObject, ObjectStore, StoredObject


class FaultyObjectStore:
    def __init__(self, store: ObjectStore, faults: Faults) -> None:
        self._store = store
        self._faults = faults

    async def put(
        self, tenant: str, chunks: AsyncIterable[bytes], *, limit_bytes: int
    ) -> StoredObject:
        await self._faults.meet("put", tenant)
        return await self._store.put(tenant, chunks, limit_bytes=limit_bytes)

    async def get(self, tenant: str, sha256: str) -> bytes:
        await self._faults.meet("get", sha256)
        return await self._store.get(tenant, sha256)

    async def list(self, before: datetime) -> AsyncIterator[ListedObject]:
        await self._faults.meet("list", before)
        async for listed in self._store.list(before):
            yield listed

    async def delete(self, listed: ListedObject) -> bool:
        await self._faults.meet("delete", listed)
        return await self._store.delete(listed)
