"""An object store that fails and waits as it is told."""

from collections.abc import AsyncGenerator, AsyncIterable, AsyncIterator
from contextlib import aclosing
from datetime import datetime

from invoice_summarizer.adapters.faulty.faults import Faults
from invoice_summarizer.ports.object_store import ListedObject, ObjectStore, StoredObject


class FaultyObjectStore:
    """Each chunk that is handed out is a call of "chunk"; "chunks" is what comes before the first."""

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

    async def chunks(
        self, tenant: str, sha256: str, *, chunk_bytes: int
    ) -> AsyncGenerator[bytes, None]:
        await self._faults.meet("chunks", sha256)
        async with aclosing(self._store.chunks(tenant, sha256, chunk_bytes=chunk_bytes)) as chunks:
            async for chunk in chunks:
                await self._faults.meet("chunk", sha256)
                yield chunk

    async def list(self, before: datetime) -> AsyncIterator[ListedObject]:
        await self._faults.meet("list", before)
        async for listed in self._store.list(before):
            yield listed

    async def delete(self, listed: ListedObject) -> bool:
        await self._faults.meet("delete", listed)
        return await self._store.delete(listed)
