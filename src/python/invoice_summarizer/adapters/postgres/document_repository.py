"""Documents of one tenant, within a transaction."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from invoice_summarizer.adapters.postgres.rows import document_of, document_row
from invoice_summarizer.adapters.postgres.tables import documents
from invoice_summarizer.domain.invoice import Document


class PostgresDocumentRepository:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, document: Document) -> Document:
        insertion = (
            insert(documents)
            .values(document_row(document))
            .on_conflict_do_nothing(constraint="documents_pkey")
            .returning(documents.c.sha256)
        )
        first = (
            select(documents)
            .where(documents.c.sha256 == document.sha256)
            .with_for_update(read=True, key_share=True)
        )
        while True:
            if (await self._connection.execute(insertion)).first() is not None:
                return document
            row = (await self._connection.execute(first)).one_or_none()
            if row is not None:
                return document_of(row)
            # The one that was there was removed between the two statements: ours is the first now.

    async def owned(self, hashes: Collection[str]) -> frozenset[str]:
        query = select(documents.c.sha256).where(documents.c.sha256.in_(hashes))
        return frozenset((await self._connection.execute(query)).scalars())
