"""The transaction boundary on PostgreSQL."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial

from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from invoice_reading.reading import Reading
from invoice_summarizer.adapters.postgres.batch_item_repository import PostgresBatchItemRepository
from invoice_summarizer.adapters.postgres.batch_repository import PostgresBatchRepository
from invoice_summarizer.adapters.postgres.database_role import DatabaseRole
from invoice_summarizer.adapters.postgres.document_repository import PostgresDocumentRepository
from invoice_summarizer.adapters.postgres.invoice_repository import PostgresInvoiceRepository
from invoice_summarizer.adapters.postgres.operation_repository import PostgresOperationRepository
from invoice_summarizer.adapters.postgres.request_log import PostgresRequestLog
from invoice_summarizer.adapters.postgres.rows import event_row
from invoice_summarizer.adapters.postgres.scope import Limits, transaction
from invoice_summarizer.adapters.postgres.stored_reading import storable_reading
from invoice_summarizer.adapters.postgres.summary_repository import PostgresSummaryRepository
from invoice_summarizer.adapters.postgres.tables import audit_log
from invoice_summarizer.adapters.postgres.waking import Waking
from invoice_summarizer.domain.event import READ, Event, EventKind
from invoice_summarizer.ports.invoice_views import ViewRenderer
from invoice_summarizer.ports.stored_reading import StoredReading
from invoice_summarizer.ports.transactions import Transaction
from invoice_summarizer.ports.wake_ups import WakeUps


@dataclass(frozen=True, slots=True)
class PostgresTransaction:
    """One open transaction (read committed), as the application's role, on rows of one tenant."""

    documents: PostgresDocumentRepository
    invoices: PostgresInvoiceRepository
    operations: PostgresOperationRepository
    summaries: PostgresSummaryRepository
    requests: PostgresRequestLog
    batches: PostgresBatchRepository
    batch_items: PostgresBatchItemRepository
    connection: AsyncConnection
    tenant: str

    async def record(self, *events: Event) -> None:
        if events:
            rows = [event_row(event, self.tenant) for event in events]
            await self.connection.execute(insert(audit_log), rows)

    async def correctors(self, invoice_id: str) -> frozenset[str]:
        of_invoice = select(audit_log.c.id).where(audit_log.c.invoice_id == invoice_id)
        last_read = of_invoice.where(audit_log.c.kind.in_(READ)).order_by(audit_log.c.id.desc())
        corrected = (
            select(audit_log.c.actor)
            .where(audit_log.c.invoice_id == invoice_id)
            .where(audit_log.c.kind == EventKind.INVOICE_CORRECTED)
            .where(audit_log.c.id > func.coalesce(last_read.limit(1).scalar_subquery(), 0))
        )
        return frozenset((await self.connection.execute(corrected)).scalars())


class PostgresTransactions:
    def __init__(
        self,
        engine: AsyncEngine,
        renderer: ViewRenderer,
        *,
        limits: Limits | None = None,
        wake_ups: WakeUps | None = None,
    ) -> None:
        self._wake_ups = wake_ups
        self._engine = engine
        self._renderer = renderer
        self._limits = limits or Limits()

    @property
    def storable(self) -> Callable[[Reading], StoredReading]:
        return partial(storable_reading, self._renderer)

    @asynccontextmanager
    async def begin(self, tenant: str) -> AsyncIterator[Transaction]:
        waking = Waking(self._wake_ups)
        async with transaction(
            self._engine, DatabaseRole.APPLICATION, tenant=tenant, limits=self._limits
        ) as connection:
            yield PostgresTransaction(
                documents=PostgresDocumentRepository(connection),
                invoices=PostgresInvoiceRepository(connection, self._renderer),
                operations=PostgresOperationRepository(connection, waking),
                summaries=PostgresSummaryRepository(connection),
                requests=PostgresRequestLog(connection, tenant),
                batches=PostgresBatchRepository(connection),
                batch_items=PostgresBatchItemRepository(connection, tenant),
                connection=connection,
                tenant=tenant,
            )
        await waking.committed(self._engine, self._limits)
