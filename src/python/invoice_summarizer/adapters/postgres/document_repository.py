"""Documents of one tenant, within a transaction."""

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from invoice_summarizer.adapters.postgres.rows import document_of, document_row
from invoice_summarizer.adapters.postgres.tables import documents
from invoice_summarizer.domain.invoice import Document

_ADDING = (
    insert(documents)
    .on_conflict_do_nothing(constraint="documents_pkey")
    .returning(documents.c.sha256)
)
_HELD = select(documents).order_by(documents.c.sha256).with_for_update(read=True, key_share=True)


class PostgresDocumentRepository:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, document: Document) -> Document:
        [stored] = await self.add_many([document])
        return stored

    async def add_many(self, added: Sequence[Document]) -> list[Document]:
        stored: dict[str, Document] = {}
        # Again where one that was there was removed between the two statements: ours is the first now.
        while missing := {each.sha256: each for each in added if each.sha256 not in stored}:
            rows = [document_row(each) for each in missing.values()]
            new = (await self._connection.execute(_ADDING, rows)).scalars()
            stored |= {sha256: missing.pop(sha256) for sha256 in new}
            if missing:
                first = _HELD.where(documents.c.sha256.in_([*missing]))
                found = map(document_of, await self._connection.execute(first))
                stored |= {each.sha256: each for each in found}
        return [stored[each.sha256] for each in added]

    async def owned(self, hashes: Collection[str]) -> frozenset[str]:
        query = select(documents.c.sha256).where(documents.c.sha256.in_(hashes))
        return frozenset((await self._connection.execute(query)).scalars())
