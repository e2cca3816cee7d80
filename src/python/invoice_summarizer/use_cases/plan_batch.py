"""Lists the documents of a batch as its items, which is the first thing that a job does."""

from collections.abc import Iterator
from contextlib import aclosing
from itertools import islice
from tempfile import TemporaryFile
from typing import TextIO

from invoice_summarizer.domain.batch import (
    MOST_ITEMS,
    Batch,
    BatchEmpty,
    BatchItem,
    BatchTooLarge,
)
from invoice_summarizer.domain.errors import InvalidInput, NotFound, Unavailable
from invoice_summarizer.ports.import_source import ImportNotConfigured, ImportSource
from invoice_summarizer.ports.transactions import Transactions

_AT_ONCE = 5_000  # items that are held in memory
_FIELD = "uri_prefix"


class PlanBatch:
    """Returns how many items the batch has; they are there now, all of them or none.

    A batch of which the documents cannot be listed has none and a `plan_failure`, by which its operation fails. One
    that has its items keeps them, whatever lies in the folder by now. Raises NotFound where there is no such batch.

    The folder is walked before anything is locked, since that can take minutes; a file keeps what was found.
    """

    def __init__(self, transactions: Transactions, imports: ImportSource) -> None:
        self._transactions = transactions
        self._imports = imports

    async def __call__(self, tenant: str, batch_id: str) -> int:
        async with self._transactions.begin(tenant) as transaction:
            batch = await transaction.batches.get(batch_id)
        if _needs_no_plan(batch):
            return batch.total or 0
        with TemporaryFile("w+", encoding="utf-8") as listed:
            try:
                total = await self._list(batch, listed)
            except ImportNotConfigured:
                raise Unavailable("no import folder is configured here") from None
            except (InvalidInput, NotFound) as error:
                return await self._put(batch, None, error.reason, listed)
            return await self._put(batch, total, None, listed)

    async def _list(self, batch: Batch, listed: TextIO) -> int:
        """Returns how many documents there are; their URIs are written, one a line."""
        total = 0
        async with aclosing(self._imports.uris(batch.tenant, batch.source.text)) as uris:
            async for uri in uris:
                total += 1
                if total > MOST_ITEMS:
                    raise BatchTooLarge(MOST_ITEMS, _FIELD)
                listed.write(f"{uri}\n")
        if not total:
            raise BatchEmpty("the folder has no document", field=_FIELD)
        return total

    async def _put(
        self, batch: Batch, total: int | None, failure: str | None, listed: TextIO
    ) -> int:
        """Stores the plan, unless another job has stored one by now; returns how many items there are."""
        async with self._transactions.begin(batch.tenant) as transaction:
            batch = await transaction.batches.get(batch.id, lock=True)
            if _needs_no_plan(batch):
                return batch.total or 0
            if total is not None:
                for items in _items(listed):
                    await transaction.batch_items.add(batch.id, items)
            await transaction.batches.put_plan(batch.id, total=total, failure=failure)
        return total or 0


def _needs_no_plan(batch: Batch) -> bool:
    return batch.total is not None or batch.plan_failure is not None or batch.state.done


def _items(listed: TextIO) -> Iterator[list[BatchItem]]:
    """Yields the documents of the file as items, some thousand at a time."""
    listed.seek(0)
    numbered = enumerate(listed)
    while lines := [*islice(numbered, _AT_ONCE)]:
        yield [BatchItem(ordinal=n, document_uri=line.rstrip("\n")) for n, line in lines]
