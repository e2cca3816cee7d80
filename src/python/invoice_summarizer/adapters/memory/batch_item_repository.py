"""Items of batches of one tenant, within a transaction."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from aip.filter_expression import Expression
from invoice_summarizer.adapters.memory.filter_matching import matches
from invoice_summarizer.adapters.memory.store import Key, Tables
from invoice_summarizer.domain.batch import BatchItem, ItemState, counts_of


class MemoryBatchItemRepository:
    def __init__(self, tables: Tables, tenant: str) -> None:
        self._tables = tables
        self._tenant = tenant

    async def add_matching(self, batch_id: str, filter: Expression | None, limit: int) -> int:
        found = sorted(
            (
                invoice
                for _, invoice in self._tables.invoices.items((self._tenant,))
                if filter is None or matches(filter, invoice)
            ),
            key=lambda invoice: (invoice.create_time, invoice.id),
        )[:limit]
        items = [BatchItem(ordinal=n, invoice_id=invoice.id) for n, invoice in enumerate(found)]
        await self.add(batch_id, items)
        return len(items)

    async def add(self, batch_id: str, items: Sequence[BatchItem]) -> None:
        for item in items:
            self._put(batch_id, item)

    async def pending(self, batch_id: str, first: int, last: int) -> list[BatchItem]:
        return [
            item
            for item in self._of(batch_id)
            if first <= item.ordinal < last and item.state is ItemState.PENDING
        ]

    async def finish(self, batch_id: str, items: Sequence[BatchItem]) -> list[BatchItem]:
        finished = [item for item in items if self._is_pending(batch_id, item.ordinal)]
        for item in finished:
            self._put(batch_id, item)
        if finished:
            key = (self._tenant, batch_id)
            batch = self._tables.batches.get(key)
            assert batch is not None, "items are of a batch"
            counts = batch.counts + counts_of(finished)
            self._tables.batches.put(key, replace(batch, counts=counts))
        return finished

    async def page(
        self, batch_id: str, *, states: frozenset[ItemState], after: int | None, limit: int
    ) -> list[BatchItem]:
        found = [
            self._as_listed(item)
            for item in self._of(batch_id)
            if (not states or item.state in states) and (after is None or item.ordinal > after)
        ]
        return found[:limit]

    def _as_listed(self, item: BatchItem) -> BatchItem:
        key = (self._tenant, item.invoice_id or "", item.summary_id or "")
        there = self._tables.summaries.get(key) is not None
        return replace(item, summary_id=item.summary_id if there else None, origin=None)

    def _is_pending(self, batch_id: str, ordinal: int) -> bool:
        item = self._tables.batch_items.get(self._key(batch_id, ordinal))
        return item is not None and item.state is ItemState.PENDING

    def _of(self, batch_id: str) -> Iterator[BatchItem]:
        found = (item for _, item in self._tables.batch_items.items((self._tenant, batch_id)))
        return iter(sorted(found, key=lambda item: item.ordinal))

    def _put(self, batch_id: str, item: BatchItem) -> None:
        self._tables.batch_items.put(self._key(batch_id, item.ordinal), item)

    def _key(self, batch_id: str, ordinal: int) -> Key:
        return (self._tenant, batch_id, str(ordinal))
