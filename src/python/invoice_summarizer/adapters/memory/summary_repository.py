"""Summaries of one tenant, within a transaction."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from invoice_summarizer.adapters.memory.in_memory import InMemory
from invoice_summarizer.adapters.memory.store import Tables
from invoice_summarizer.domain.errors import NotFound
from invoice_summarizer.domain.summary import Summary, SummaryIdentity
from invoice_summarizer.ports.invoice_reader import number_within
from invoice_summarizer.ports.transactions import SummariesPage, SummaryPlace


class MemorySummaryRepository:
    def __init__(self, tables: Tables, tenant: str) -> None:
        self._tables = tables
        self._tenant = tenant

    async def add(self, summary: Summary) -> Summary:
        self._tables.require_invoice(self._tenant, summary.tenant, summary.invoice_id)
        equal = await self.find(summary.invoice_id, summary.identity)
        if equal is not None:
            return equal
        self._tables.summaries.put((self._tenant, summary.invoice_id, summary.id), summary)
        return summary

    async def add_many(self, summaries: Sequence[Summary]) -> list[Summary]:
        return [await self.add(summary) for summary in summaries]

    async def get(self, invoice_id: str, summary_id: str) -> Summary:
        summary = self._tables.summaries.get((self._tenant, invoice_id, summary_id))
        if summary is None:
            raise NotFound("no such summary")
        return summary

    async def find(self, invoice_id: str, identity: SummaryIdentity) -> Summary | None:
        return next((s for s in self._newest_first(invoice_id) if s.identity == identity), None)

    async def find_many(self, identities: Mapping[str, SummaryIdentity]) -> Mapping[str, Summary]:
        found = {each: await self.find(each, identity) for each, identity in identities.items()}
        return {invoice_id: s for invoice_id, s in found.items() if s is not None}

    async def page(
        self,
        invoice_id: str,
        *,
        after: tuple[str, str] | None,
        limit: int,
        max_bytes: int | None = None,
    ) -> SummariesPage:
        place = None if after is None else (datetime.fromisoformat(after[0]), after[1])
        newest_first = self._newest_first(invoice_id)
        found = [s for s in newest_first if place is None or (s.create_time, s.id) < place][:limit]
        number = number_within((len(repr(s.claims)) for s in found), max_bytes)
        return SummariesPage(
            tuple(SummaryPlace(s.id, s.create_time) for s in found), InMemory(found[:number])
        )

    def _newest_first(self, invoice_id: str) -> list[Summary]:
        found = (summary for _, summary in self._tables.summaries.items((self._tenant, invoice_id)))
        return sorted(found, key=lambda s: (s.create_time, s.id), reverse=True)
