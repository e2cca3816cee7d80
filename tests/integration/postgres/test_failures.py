import asyncio
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from invoice_summarizer.adapters.postgres.engine import PoolSettings, create_engine
from invoice_summarizer.adapters.postgres.failures import DatabaseRefused
from invoice_summarizer.adapters.postgres.operation_queue import PostgresOperationQueue
from invoice_summarizer.adapters.postgres.scope import Limits
from invoice_summarizer.adapters.postgres.transactions import PostgresTransactions
from invoice_summarizer.domain.errors import Unavailable
from invoice_summarizer.rpc.invoice_views import ProtobufViewRenderer
from postgres_fixture import Database
from storage_fixture import Storage, fail_the_test
from storage_samples import TENANT, add_invoice, found_invoice, read_invoice, received_invoice

LEASE = timedelta(seconds=30)


async def test_database_that_is_not_there_is_unavailable(tmp_path: Path) -> None:
    engine = create_engine(f"postgresql://nobody@/invoices?host={tmp_path}", application_name="t")
    with pytest.raises(Unavailable):
        async with PostgresTransactions(engine, ProtobufViewRenderer()).begin(TENANT):
            pass
    queue = PostgresOperationQueue(engine, max_attempts=3, listening_failed=fail_the_test)
    with pytest.raises(Unavailable):
        await queue.claim("worker", LEASE, 1)
    await queue.wait(timedelta(milliseconds=10))
    await queue.aclose()
    await engine.dispose()


async def test_connection_lost_in_a_transaction_is_unavailable_and_the_next_works(
    engine: AsyncEngine, database: Database
) -> None:
    transactions = PostgresTransactions(engine, ProtobufViewRenderer())
    with pytest.raises(Unavailable):
        async with transactions.begin(TENANT) as transaction:
            await add_invoice(transaction, received_invoice(1))
            _end_connections(database)
            await add_invoice(transaction, received_invoice(2))
    async with transactions.begin(TENANT) as transaction:
        assert await add_invoice(transaction, received_invoice(1)) == received_invoice(1)


async def test_transaction_begins_though_its_connection_was_lost_while_idle(
    database: Database,
) -> None:
    settings = PoolSettings(pool_size=1, max_overflow=0, pool_timeout_seconds=5)
    engine = create_engine(database.service_dsn, application_name="test", settings=settings)
    transactions = PostgresTransactions(engine, ProtobufViewRenderer())
    async with transactions.begin(TENANT) as transaction:
        await add_invoice(transaction, received_invoice(1))
    _end_connections(database)
    async with transactions.begin(TENANT) as transaction:
        assert await found_invoice(transaction, "invoice-1") == received_invoice(1)
    await engine.dispose()


def _end_connections(database: Database) -> None:
    with psycopg.connect(database.superuser_dsn) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND application_name = 'test'"
        )


async def test_waiting_goes_on_after_the_listening_connection_is_lost(
    postgres_storage: Storage, database: Database
) -> None:
    await postgres_storage.queue.wait(timedelta(seconds=5))
    with psycopg.connect(database.superuser_dsn) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND application_name = 'worker-wake-up'"
        )
    await postgres_storage.queue.wait(timedelta(milliseconds=100))
    await postgres_storage.add_pending(1)
    assert await postgres_storage.queue.claim("worker", LEASE, 1) != []


async def test_no_free_connection_is_unavailable(database: Database) -> None:
    settings = PoolSettings(pool_size=1, max_overflow=0, pool_timeout_seconds=0.05)
    engine = create_engine(database.service_dsn, application_name="t", settings=settings)
    transactions = PostgresTransactions(engine, ProtobufViewRenderer())
    async with transactions.begin(TENANT):
        with pytest.raises(Unavailable, match="^Connection pool timeout: "):
            async with transactions.begin(TENANT):
                pass
    await engine.dispose()


async def test_lock_that_is_not_had_in_time_is_unavailable(engine: AsyncEngine) -> None:
    transactions = PostgresTransactions(
        engine, ProtobufViewRenderer(), limits=Limits(lock=timedelta(milliseconds=50))
    )
    invoice = received_invoice(1)
    async with transactions.begin(TENANT) as transaction:
        await add_invoice(transaction, invoice)
    async with transactions.begin(TENANT) as first:
        await first.invoices.header(invoice.id, lock=True)
        with pytest.raises(Unavailable):
            async with transactions.begin(TENANT) as second:
                await second.invoices.header(invoice.id, lock=True)


async def test_refused_statement_shows_no_value(engine: AsyncEngine) -> None:
    secret = "SECRET-7"
    wrong = read_invoice(1)
    wrong = replace(wrong, document=replace(wrong.document, sha256=secret, file_name=secret))
    with pytest.raises(DatabaseRefused) as raised:
        async with PostgresTransactions(engine, ProtobufViewRenderer()).begin(
            TENANT
        ) as transaction:
            await add_invoice(transaction, wrong)
    error: BaseException | None = raised.value
    assert "documents_sha256_check" in str(error)
    assert secret not in str(error)
    assert error is not None
    assert error.__suppress_context__


async def test_cancelled_transaction_gives_its_connection_back(database: Database) -> None:
    settings = PoolSettings(pool_size=1, max_overflow=0, pool_timeout_seconds=5)
    engine = create_engine(database.service_dsn, application_name="t", settings=settings)
    transactions = PostgresTransactions(engine, ProtobufViewRenderer())
    begun = asyncio.Event()

    async def hold() -> None:
        async with transactions.begin(TENANT) as transaction:
            await add_invoice(transaction, received_invoice(1))
            begun.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(hold())
    await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with transactions.begin(TENANT) as transaction:
        await add_invoice(transaction, received_invoice(2))
    await engine.dispose()
