"""Removes the documents that no invoice has any more."""

import asyncio
from datetime import timedelta

import structlog

from invoice_summarizer.domain.errors import InvoiceSummarizerError
from invoice_summarizer.ports.clock import Clock
from invoice_summarizer.ports.object_store import ObjectStore
from invoice_summarizer.ports.transactions import Transactions

# Longer than any call may take from storing a document to committing the row that names it.
GRACE = timedelta(hours=1)
INTERVAL = timedelta(minutes=10)

_log = structlog.get_logger()


class SweepObjects:
    """Objects that are older than the grace and that no row names are gone: of invoices that were deleted, and of
    requests that ended between storing the document and committing. Returns how many those were.
    """

    def __init__(self, transactions: Transactions, objects: ObjectStore, clock: Clock) -> None:
        self._transactions = transactions
        self._objects = objects
        self._clock = clock

    async def __call__(self) -> int:
        return await self._objects.sweep(self._clock() - GRACE, self._in_use)

    async def regularly(self, stop: asyncio.Event) -> None:
        """Sweeps at once and then every ten minutes, until `stop` is set; what fails is tried again the next time."""
        while not stop.is_set():
            try:
                _log.info("objects_swept", count=await self())
            except InvoiceSummarizerError as error:
                _log.warning("sweep_failed", reason=error.reason)
            try:
                async with asyncio.timeout(INTERVAL.total_seconds()):
                    await stop.wait()
            except TimeoutError:
                continue

    async def _in_use(self, tenant: str, sha256: str) -> bool:
        async with self._transactions.begin(tenant) as transaction:
            return await transaction.invoices.has_document(sha256)
