"""The transaction boundary on PostgreSQL."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncEngine

from invoice_summarizer.adapters.postgres.audit_log import PostgresAuditLog
from invoice_summarizer.adapters.postgres.invoice_repository import PostgresInvoiceRepository
from invoice_summarizer.adapters.postgres.operation_repository import PostgresOperationRepository
from invoice_summarizer.adapters.postgres.request_log import PostgresRequestLog
from invoice_summarizer.adapters.postgres.roles import Role
from invoice_summarizer.adapters.postgres.scope import Limits, transaction
from invoice_summarizer.adapters.postgres.summary_repository import PostgresSummaryRepository
from invoice_summarizer.ports.transactions import Transaction


@dataclass(frozen=True, slots=True)
class PostgresTransaction:
    """One open transaction (read committed), as the application's role, on rows of one tenant."""

    invoices: PostgresInvoiceRepository
    operations: PostgresOperationRepository
    summaries: PostgresSummaryRepository
    requests: PostgresRequestLog
    audit: PostgresAuditLog


class PostgresTransactions:
    def __init__(self, engine: AsyncEngine, *, limits: Limits | None = None) -> None:
        self._engine = engine
        self._limits = limits or Limits()

    @asynccontextmanager
    async def begin(self, tenant: str) -> AsyncIterator[Transaction]:
        async with transaction(
            self._engine, Role.APPLICATION, tenant=tenant, limits=self._limits
        ) as connection:
            yield PostgresTransaction(
                invoices=PostgresInvoiceRepository(connection),
                operations=PostgresOperationRepository(connection),
                summaries=PostgresSummaryRepository(connection),
                requests=PostgresRequestLog(connection, tenant),
                audit=PostgresAuditLog(connection, tenant),
            )
