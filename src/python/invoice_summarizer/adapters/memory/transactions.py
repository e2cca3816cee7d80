"""The transaction boundary in memory."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from itertools import takewhile

from invoice_reading.reading import Reading
from invoice_summarizer.adapters.memory.batch_item_repository import MemoryBatchItemRepository
from invoice_summarizer.adapters.memory.batch_repository import MemoryBatchRepository
from invoice_summarizer.adapters.memory.document_repository import MemoryDocumentRepository
from invoice_summarizer.adapters.memory.invoice_repository import MemoryInvoiceRepository
from invoice_summarizer.adapters.memory.operation_repository import MemoryOperationRepository
from invoice_summarizer.adapters.memory.reading_in_memory import ReadingInMemory
from invoice_summarizer.adapters.memory.request_log import MemoryRequestLog
from invoice_summarizer.adapters.memory.store import MemoryStore
from invoice_summarizer.adapters.memory.summary_repository import MemorySummaryRepository
from invoice_summarizer.domain.event import READ, Event, EventKind
from invoice_summarizer.ports.clock import Clock, utc_now
from invoice_summarizer.ports.stored_reading import StoredReading
from invoice_summarizer.ports.transactions import Transaction


@dataclass(frozen=True, slots=True)
class MemoryTransaction:
    """One open transaction on rows of one tenant; it has the store to itself until it ends."""

    documents: MemoryDocumentRepository
    invoices: MemoryInvoiceRepository
    operations: MemoryOperationRepository
    summaries: MemorySummaryRepository
    requests: MemoryRequestLog
    batches: MemoryBatchRepository
    batch_items: MemoryBatchItemRepository
    log: Callable[[Event], None]
    logged: Callable[[str], Iterator[Event]]

    async def record(self, *events: Event) -> None:
        for event in events:
            self.log(event)

    async def correctors(self, invoice_id: str) -> frozenset[str]:
        newest_first = self.logged(invoice_id)
        since_read = takewhile(lambda event: event.kind not in READ, newest_first)
        return frozenset(
            event.actor for event in since_read if event.kind is EventKind.INVOICE_CORRECTED
        )


class MemoryTransactions:
    def __init__(self, store: MemoryStore, *, clock: Clock = utc_now) -> None:
        self._store = store
        self._clock = clock

    @property
    def storable(self) -> Callable[[Reading], StoredReading]:
        return ReadingInMemory

    @asynccontextmanager
    async def begin(self, tenant: str) -> AsyncIterator[Transaction]:
        arrivals: list[None] = []
        done: list[str] = []
        async with self._store.transaction() as tables:
            requests = MemoryRequestLog(tables, tenant, self._clock)
            yield MemoryTransaction(
                documents=MemoryDocumentRepository(tables, tenant),
                invoices=MemoryInvoiceRepository(tables, tenant),
                operations=MemoryOperationRepository(
                    tables, tenant, self._clock, lambda: arrivals.append(None), done.append
                ),
                summaries=MemorySummaryRepository(tables, tenant),
                requests=requests,
                batches=MemoryBatchRepository(tables, tenant),
                batch_items=MemoryBatchItemRepository(tables, tenant),
                log=partial(self._store.log, tables, tenant),
                logged=partial(tables.logged, tenant),
            )
            requests.require_operations()
        if arrivals:
            self._store.work_arrived.set()
        for operation_id in done:
            self._store.done.wake(operation_id)
