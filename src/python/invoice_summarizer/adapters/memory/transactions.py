"""The transaction boundary in memory."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from invoice_summarizer.adapters.memory.audit_log import MemoryAuditLog
from invoice_summarizer.adapters.memory.invoice_repository import MemoryInvoiceRepository
from invoice_summarizer.adapters.memory.operation_repository import MemoryOperationRepository
from invoice_summarizer.adapters.memory.request_log import MemoryRequestLog
from invoice_summarizer.adapters.memory.store import MemoryStore
from invoice_summarizer.adapters.memory.summary_repository import MemorySummaryRepository
from invoice_summarizer.ports.clock import Clock, utc_now
from invoice_summarizer.ports.transactions import Transaction


@dataclass(frozen=True, slots=True)
class MemoryTransaction:
    """One open transaction on rows of one tenant; it has the store to itself until it ends."""

    invoices: MemoryInvoiceRepository
    operations: MemoryOperationRepository
    summaries: MemorySummaryRepository
    requests: MemoryRequestLog
    audit: MemoryAuditLog


class MemoryTransactions:
    def __init__(self, store: MemoryStore, *, clock: Clock = utc_now) -> None:
        self._store = store
        self._clock = clock

    @asynccontextmanager
    async def begin(self, tenant: str) -> AsyncIterator[Transaction]:
        arrivals: list[None] = []
        async with self._store.transaction() as tables:
            requests = MemoryRequestLog(tables, tenant)
            yield MemoryTransaction(
                invoices=MemoryInvoiceRepository(tables, tenant),
                operations=MemoryOperationRepository(
                    tables, tenant, self._clock, lambda: arrivals.append(None)
                ),
                summaries=MemorySummaryRepository(tables, tenant),
                requests=requests,
                audit=MemoryAuditLog(tables, tenant, self._clock),
            )
            requests.require_operations()
        if arrivals:
            self._store.work_arrived.set()
