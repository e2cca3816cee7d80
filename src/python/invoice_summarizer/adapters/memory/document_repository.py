"""Documents of one tenant, within a transaction."""

from collections.abc import Collection, Sequence

from invoice_summarizer.adapters.memory.store import Tables, require_tenant
from invoice_summarizer.domain.invoice import Document


class MemoryDocumentRepository:
    def __init__(self, tables: Tables, tenant: str) -> None:
        self._tables = tables
        self._tenant = tenant

    async def add(self, document: Document) -> Document:
        require_tenant(self._tenant, document.tenant)
        key = (self._tenant, document.sha256)
        known = self._tables.documents.get(key)
        if known is not None:
            return known
        self._tables.documents.put(key, document)
        return document

    async def add_many(self, documents: Sequence[Document]) -> list[Document]:
        return [await self.add(each) for each in documents]

    async def owned(self, hashes: Collection[str]) -> frozenset[str]:
        return frozenset(
            sha256
            for sha256 in hashes
            if self._tables.documents.get((self._tenant, sha256)) is not None
        )
