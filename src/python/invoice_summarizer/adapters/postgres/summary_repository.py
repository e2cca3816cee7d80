"""Summaries of one tenant, within a transaction."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select, tuple_
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from invoice_summarizer.adapters.postgres.failures import translated_errors
from invoice_summarizer.adapters.postgres.rows import summary_of, summary_row
from invoice_summarizer.adapters.postgres.tables import summaries
from invoice_summarizer.domain.errors import Conflict, NotFound
from invoice_summarizer.domain.summary import Summary, SummaryIdentity


class PostgresSummaryRepository:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, summary: Summary) -> Summary:
        insertion = (
            insert(summaries)
            .values(summary_row(summary))
            .on_conflict_do_nothing()  # of summaries_identity_key
            .returning(summaries.c.id)
        )
        async with translated_errors():
            added = (await self._connection.execute(insertion)).first()
        if added is not None:
            return summary
        stored = await self.find(summary.invoice_id, summary.identity)
        if stored is None:
            raise Conflict("the summary that was there has gone")
        return stored

    async def get(self, invoice_id: str, summary_id: str) -> Summary:
        row = (
            await self._connection.execute(
                select(summaries).where(
                    summaries.c.invoice_id == invoice_id, summaries.c.id == summary_id
                )
            )
        ).one_or_none()
        if row is None:
            raise NotFound("no such summary")
        return summary_of(row)

    async def find(self, invoice_id: str, identity: SummaryIdentity) -> Summary | None:
        query = select(summaries).where(
            summaries.c.invoice_id == invoice_id, summaries.c.identity == identity.sha256
        )
        row = (await self._connection.execute(query)).one_or_none()
        return None if row is None else summary_of(row)

    async def page(
        self, invoice_id: str, *, after: tuple[str, str] | None, limit: int
    ) -> list[Summary]:
        query = (
            select(summaries)
            .where(summaries.c.invoice_id == invoice_id)
            .order_by(summaries.c.created_at.desc(), summaries.c.id.desc())
            .limit(limit)
        )
        if after is not None:
            place = tuple_(summaries.c.created_at, summaries.c.id)
            query = query.where(place < (datetime.fromisoformat(after[0]), after[1]))
        rows = (await self._connection.execute(query)).all()
        return await asyncio.to_thread(_summaries, rows)


def _summaries(rows: Sequence[Row[Any]]) -> list[Summary]:
    """A thousand, with what each claims, take half a second: not for an event loop."""
    return [summary_of(row) for row in rows]
