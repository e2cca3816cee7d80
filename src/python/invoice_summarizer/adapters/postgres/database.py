"""The database of a process: its pool, its limits, and whether it is as this version needs it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from invoice_summarizer.adapters.postgres.database_role import DatabaseRole
from invoice_summarizer.adapters.postgres.engine import PoolSettings, create_engine
from invoice_summarizer.adapters.postgres.failures import DatabaseRefused
from invoice_summarizer.adapters.postgres.invoice_reader import PostgresInvoiceReader
from invoice_summarizer.adapters.postgres.scope import Limits, transaction
from invoice_summarizer.adapters.postgres.transactions import PostgresTransactions
from invoice_summarizer.adapters.postgres.view_renewal import PostgresViewRenewal
from invoice_summarizer.domain.errors import InvoiceSummarizerError
from invoice_summarizer.ports.invoice_views import ViewRenderer
from invoice_summarizer.ports.long_work import LongWork
from invoice_summarizer.ports.wake_ups import WakeUps

# The schema that this version works on, and every later one: migrations run before the processes that need them start.
SCHEMA_REVISION = "0005"

_CHECK_LIMITS = Limits(statement=timedelta(seconds=2), lock=timedelta(seconds=2))
_CHECK_SECONDS = 5.0
_REVISION = text("SELECT version_num FROM alembic_version")


@dataclass(frozen=True, slots=True, kw_only=True)
class PostgresDatabase:
    """`checks` is a connection of its own: a rush that takes every connection of the pool is no outage."""

    transactions: PostgresTransactions
    reader: PostgresInvoiceReader
    view_renewal: PostgresViewRenewal
    engine: AsyncEngine
    limits: Limits
    checks: AsyncEngine

    async def problem(self) -> str:
        """Returns why the database cannot be worked on now, for an operator; empty where it can."""
        try:
            async with (
                asyncio.timeout(_CHECK_SECONDS),
                transaction(
                    self.checks, DatabaseRole.APPLICATION, read_only=True, limits=_CHECK_LIMITS
                ) as connection,
            ):
                revision = (await connection.execute(_REVISION)).scalar()
        except DatabaseRefused:
            return "the database has no schema: run migrate"
        except (InvoiceSummarizerError, TimeoutError):
            return "the database does not answer"
        if revision is None or revision < SCHEMA_REVISION:
            return f"the schema is older than revision {SCHEMA_REVISION}: run migrate"
        return ""


@asynccontextmanager
async def opened_database(
    dsn: str,
    renderer: ViewRenderer,
    work: LongWork,
    *,
    application_name: str,
    pool: PoolSettings,
    limits: Limits,
    wake_ups: WakeUps | None = None,
) -> AsyncIterator[PostgresDatabase]:
    """Yields the database, which connects when first used; at the end no connection is left."""
    engine = create_engine(dsn, application_name=application_name, settings=pool)
    one = PoolSettings(pool_size=1, max_overflow=0, pool_timeout_seconds=_CHECK_SECONDS)
    checks = create_engine(dsn, application_name=f"{application_name}-readiness", settings=one)
    reader = PostgresInvoiceReader(
        engine,
        renderer,
        work,
        limits=limits,
        application_name=f"{application_name}-views",
        pool=pool,
    )
    try:
        yield PostgresDatabase(
            transactions=PostgresTransactions(engine, renderer, limits=limits, wake_ups=wake_ups),
            reader=reader,
            view_renewal=PostgresViewRenewal(engine, renderer, work, limits=limits),
            engine=engine,
            limits=limits,
            checks=checks,
        )
    finally:
        await reader.aclose()
        await checks.dispose()
        await engine.dispose()
