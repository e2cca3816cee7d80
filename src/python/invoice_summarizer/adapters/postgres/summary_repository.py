"""Summaries of one tenant, within a transaction."""

from collections.abc import Mapping, Sequence
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
        [stored] = await self.add_many([summary])
        return stored

    async def add_many(self, added: Sequence[Summary]) -> list[Summary]:
        if not added:
            return []
        insertion = (
            insert(summaries)
            .on_conflict_do_nothing()  # of summaries_identity_key
            .returning(summaries.c.id)
        )
        rows = [summary_row(summary) for summary in added]
        async with translated_errors():
            new = set((await self._connection.execute(insertion, rows)).scalars())
        there = await self.find_many({s.invoice_id: s.identity for s in added if s.id not in new})
        stored = [s if s.id in new else there.get(s.invoice_id) for s in added]
        if None in stored:
            raise Conflict("the summary that was there has gone")
        return [each for each in stored if each is not None]

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

    async def find_many(self, identities: Mapping[str, SummaryIdentity]) -> Mapping[str, Summary]:
        if not identities:
            return {}
        wanted = [(invoice_id, each.sha256) for invoice_id, each in identities.items()]
        query = select(summaries).where(
            tuple_(summaries.c.invoice_id, summaries.c.identity).in_(wanted)
        )
        rows = await self._connection.execute(query)
        return {row.invoice_id: summary_of(row) for row in rows}

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
