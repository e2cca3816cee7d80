"""Summaries of one tenant, within a transaction."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select, tuple_
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from invoice_summarizer.adapters.postgres.failures import translated_errors
from invoice_summarizer.adapters.postgres.packed_json import HEADER_BYTES, size_of
from invoice_summarizer.adapters.postgres.rows import (
    summary_of,
    summary_row,
    summary_without_claims,
)
from invoice_summarizer.adapters.postgres.stored_summaries import StoredSummaries
from invoice_summarizer.adapters.postgres.tables import summaries
from invoice_summarizer.domain.errors import Conflict, NotFound
from invoice_summarizer.domain.summary import Summary, SummaryIdentity
from invoice_summarizer.ports.invoice_reader import number_within
from invoice_summarizer.ports.transactions import SummariesPage, SummaryPlace


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
        self,
        invoice_id: str,
        *,
        after: tuple[str, str] | None,
        limit: int,
        max_bytes: int | None = None,
    ) -> SummariesPage:
        header = func.substr(summaries.c.claims, 1, HEADER_BYTES)
        query = (
            select(summaries.c.id, summaries.c.created_at, header.label("header"))
            .where(summaries.c.invoice_id == invoice_id)
            .order_by(summaries.c.created_at.desc(), summaries.c.id.desc())
            .limit(limit)
        )
        if after is not None:
            place = tuple_(summaries.c.created_at, summaries.c.id)
            query = query.where(place < (datetime.fromisoformat(after[0]), after[1]))
        found = (await self._connection.execute(query)).all()
        number = number_within((size_of(row.header) for row in found), max_bytes)
        places = tuple(SummaryPlace(row.id, row.created_at) for row in found)
        return SummariesPage(places, await self._packed(invoice_id, places[:number]))

    async def _packed(self, invoice_id: str, places: Sequence[SummaryPlace]) -> StoredSummaries:
        query = select(summaries).where(
            summaries.c.invoice_id == invoice_id,
            summaries.c.id.in_([place.id for place in places]),
        )
        rows = {row.id: row for row in await self._connection.execute(query)}
        chosen = [rows[place.id] for place in places]
        return StoredSummaries(
            tuple(map(summary_without_claims, chosen)), tuple(row.claims for row in chosen)
        )
