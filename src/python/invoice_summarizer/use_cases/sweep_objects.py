"""Removes the documents that no invoice has any more."""

from collections.abc import AsyncIterator
from datetime import timedelta

from invoice_summarizer.ports.clock import Clock
from invoice_summarizer.ports.object_store import ListedObject, ObjectStore
from invoice_summarizer.ports.transactions import Transactions
from invoice_summarizer.use_cases.housekeeping import GoOn

# Longer than any call may take from storing a document to committing the row that names it. A batch, which can take
# longer, stores the document again (`take_in_documents`).
GRACE = timedelta(hours=1)
BATCH = 500


class SweepObjects:
    """Objects that are older than the grace and that no row names are gone: of invoices that were deleted, and of
    requests that ended between storing the document and committing. Unless `go_on` says no before, in which case some
    of them stay. Returns how many went.
    """

    def __init__(self, transactions: Transactions, objects: ObjectStore, clock: Clock) -> None:
        self._transactions = transactions
        self._objects = objects
        self._clock = clock

    async def __call__(self, go_on: GoOn) -> int:
        listed = self._objects.list(self._clock() - GRACE)
        swept = 0
        async for batch in _batches(listed):
            if not await go_on():
                break
            swept += await self._sweep(batch)
        return swept

    async def _sweep(self, batch: list[ListedObject]) -> int:
        async with self._transactions.begin(batch[0].tenant) as transaction:
            owned = await transaction.documents.owned([each.sha256 for each in batch])
        gone = [await self._objects.delete(each) for each in batch if each.sha256 not in owned]
        return sum(gone)


async def _batches(listed: AsyncIterator[ListedObject]) -> AsyncIterator[list[ListedObject]]:
    """Yields the objects in their order, those of one tenant together and at most BATCH of them."""
    batch: list[ListedObject] = []
    async for each in listed:
        if batch and (len(batch) == BATCH or batch[0].tenant != each.tenant):
            yield batch
            batch = []
        batch.append(each)
    if batch:
        yield batch
