"""Lists the documents of a batch as its items, which is the first thing that a job does."""

from collections.abc import AsyncIterator

from invoice_summarizer.domain.batch import (
    MOST_ITEMS,
    Batch,
    BatchEmpty,
    BatchItem,
    BatchTooLarge,
)
from invoice_summarizer.domain.errors import InvalidInput, NotFound, Unavailable
from invoice_summarizer.ports.import_source import ImportNotConfigured, ImportSource
from invoice_summarizer.ports.transactions import Transaction, Transactions

_AT_ONCE = 5_000  # items that are held in memory
_FIELD = "uri_prefix"


class PlanBatch:
    """Returns how many items the batch has; they are there now, all of them or none.

    A batch of which the documents cannot be listed has none and a `plan_failure`, by which its operation fails. One
    that has its items keeps them, whatever lies in the folder by now. Raises NotFound where there is no such batch.
    """

    def __init__(self, transactions: Transactions, imports: ImportSource) -> None:
        self._transactions = transactions
        self._imports = imports

    async def __call__(self, tenant: str, batch_id: str) -> int:
        try:
            async with self._transactions.begin(tenant) as transaction:
                batch = await transaction.batches.get(batch_id, lock=True)
                if batch.total is not None or batch.plan_failure or batch.state.done:
                    return batch.total or 0
                total = await self._list(transaction, batch)
                await transaction.batches.put_plan(batch_id, total=total, failure=None)
                return total
        except _Unlisted as unlisted:
            async with self._transactions.begin(tenant) as transaction:
                batch = await transaction.batches.get(batch_id, lock=True)
                if batch.total is None and not batch.state.done:
                    await transaction.batches.put_plan(
                        batch_id, total=None, failure=unlisted.reason
                    )
            return batch.total or 0

    async def _list(self, transaction: Transaction, batch: Batch) -> int:
        """Stores the items. Raises _Unlisted, and then the transaction stores none."""
        total = 0
        try:
            async for uris in _batches(self._imports.uris(batch.tenant, batch.source.text)):
                items = [
                    BatchItem(ordinal=ordinal, document_uri=uri)
                    for ordinal, uri in enumerate(uris, start=total)
                ]
                total += len(items)
                if total > MOST_ITEMS:
                    raise BatchTooLarge(MOST_ITEMS, _FIELD)
                await transaction.batch_items.add(batch.id, items)
            if not total:
                raise BatchEmpty("the folder has no document", field=_FIELD)
        except ImportNotConfigured:
            raise Unavailable("no import folder is configured here") from None
        except (InvalidInput, NotFound) as error:
            raise _Unlisted(error.reason) from error
        return total


class _Unlisted(Exception):
    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


async def _batches(uris: AsyncIterator[str]) -> AsyncIterator[list[str]]:
    batch: list[str] = []
    async for uri in uris:
        batch.append(uri)
        if len(batch) == _AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch
