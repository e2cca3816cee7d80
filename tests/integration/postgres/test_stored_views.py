"""Views in one round trip: what the database guards, and what a lost connection means."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest

from invoice_summarizer.adapters.postgres.engine import PoolSettings
from invoice_summarizer.adapters.postgres.failures import DatabaseRefused
from invoice_summarizer.adapters.postgres.scope import Limits
from invoice_summarizer.adapters.postgres.single_reads import SingleReads
from invoice_summarizer.adapters.postgres.stored_views import StoredView, stored_view
from invoice_summarizer.domain.errors import Unavailable
from invoice_summarizer.rpc.invoice_views import ProtobufViewRenderer
from postgres_fixture import Database
from storage_fixture import Storage
from storage_samples import add_invoice, read_invoice, received_invoice

NAME = "stored-views"
ONE = PoolSettings(pool_size=1, pool_timeout_seconds=0.2, connect_timeout_seconds=1)
VERSION = ProtobufViewRenderer().version


def views_of(dsn: str, settings: PoolSettings = ONE, limits: Limits | None = None) -> SingleReads:
    return SingleReads(dsn, application_name=NAME, settings=settings, limits=limits or Limits())


@pytest.fixture
async def views(postgres_storage: Storage, database: Database) -> AsyncIterator[SingleReads]:
    """Views of a database in which each of two tenants has an invoice of the same id."""
    for tenant in ("acme", "other"):
        async with postgres_storage.transactions.begin(tenant) as transaction:
            await add_invoice(transaction, read_invoice(1, tenant))
            await add_invoice(transaction, received_invoice(2, tenant))
    async with postgres_storage.transactions.begin("other") as transaction:
        await add_invoice(transaction, received_invoice(3, "other"))
    created = views_of(database.service_dsn)
    yield created
    await created.aclose()


def rendered(tenant: str, *, full: bool) -> bytes:
    renderer, invoice = ProtobufViewRenderer(), read_invoice(1, tenant)
    assert invoice.reading is not None
    reading = renderer.reading(invoice.reading)
    return renderer.header(invoice) + (reading.full if full else reading.basic)


@contextmanager
def superuser(database: Database) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    with psycopg.connect(database.superuser_dsn, autocommit=True) as connection:
        yield connection


def end_connections(database: Database) -> None:
    with superuser(database) as connection:
        ended = connection.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND application_name = %s",
            (NAME,),
        ).fetchall()
    assert ended


@pytest.mark.parametrize("tenant", ["acme", "other"])
@pytest.mark.parametrize("full", [False, True])
async def test_view_is_the_tenants_own(views: SingleReads, tenant: str, full: bool) -> None:
    for _ in range(7):  # more often than it takes for a plan to be kept
        for asked in ("acme", "other", tenant):
            found = await stored_view(views, asked, "invoice-1", full=full, version=VERSION)
            assert found == StoredView(rendered(asked, full=full))


async def test_invoice_of_another_tenant_is_not_there(views: SingleReads) -> None:
    assert await stored_view(views, "other", "invoice-3", full=True, version=VERSION) is not None
    assert await stored_view(views, "acme", "invoice-3", full=True, version=VERSION) is None


async def test_received_invoice_is_its_header_alone(views: SingleReads) -> None:
    header = ProtobufViewRenderer().header(received_invoice(2))
    found = await stored_view(views, "acme", "invoice-2", full=True, version=VERSION)
    assert found == StoredView(header)


@pytest.mark.parametrize("invoice_id", ["invoice-1", "invoice-2"])
async def test_view_of_another_version_is_left_to_be_rendered(
    views: SingleReads, invoice_id: str
) -> None:
    found = await stored_view(views, "acme", invoice_id, full=True, version="next")
    assert found == StoredView(None)


@pytest.mark.parametrize("table", ["invoices", "invoice_views"])
async def test_view_of_which_one_part_is_of_another_version_is_left_to_be_rendered(
    views: SingleReads, database: Database, table: str
) -> None:
    column = {"invoices": "view_version", "invoice_views": "version"}[table]
    with superuser(database) as connection:
        connection.execute(f"UPDATE {table} SET {column} = 'last'".encode())
    found = await stored_view(views, "acme", "invoice-1", full=True, version=VERSION)
    assert found == StoredView(None)


def test_role_and_tenant_end_with_the_statement(views: SingleReads, database: Database) -> None:
    with psycopg.connect(database.service_dsn, autocommit=True) as connection:
        reading = "SELECT read_invoice_view('acme', 'invoice-1', true, %s)"
        assert connection.execute(reading, (VERSION,)).fetchone() == (rendered("acme", full=True),)
        now = connection.execute("SELECT current_user, current_setting('app.tenant')").fetchone()
        login = connection.execute("SELECT session_user").fetchone()
        assert login is not None
        assert now == (login[0], "")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("SELECT FROM invoices")


def test_function_gives_no_rights_to_who_has_none(views: SingleReads, database: Database) -> None:
    with superuser(database) as connection:
        connection.execute("CREATE ROLE a_stranger")
        try:
            connection.execute("SET SESSION AUTHORIZATION a_stranger")
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute("SELECT read_invoice_view('acme', 'invoice-1', true, 'v')")
        finally:
            connection.execute("RESET SESSION AUTHORIZATION")
            connection.execute("DROP ROLE a_stranger")


async def test_lost_connection_costs_the_caller_nothing(
    views: SingleReads, database: Database
) -> None:
    before = await stored_view(views, "acme", "invoice-1", full=True, version=VERSION)
    end_connections(database)
    assert await stored_view(views, "acme", "invoice-1", full=True, version=VERSION) == before


async def test_all_connections_lost_cost_the_caller_nothing(
    views: SingleReads, database: Database
) -> None:
    many = views_of(database.service_dsn, PoolSettings(pool_size=4, pool_timeout_seconds=5))
    reads = [stored_view(many, "acme", "invoice-1", full=True, version=VERSION) for _ in range(40)]
    await asyncio.gather(*reads)
    end_connections(database)
    assert await stored_view(many, "acme", "invoice-1", full=True, version=VERSION) is not None
    await many.aclose()


async def test_database_that_is_not_there_is_unavailable(tmp_path: Path) -> None:
    nowhere = views_of(f"postgresql://nobody@/invoices?host={tmp_path}")
    with pytest.raises(Unavailable):
        await stored_view(nowhere, "acme", "invoice-1", full=True, version=VERSION)
    await nowhere.aclose()


async def test_statement_that_takes_too_long_is_unavailable_and_the_next_is_answered(
    views: SingleReads, database: Database
) -> None:
    hasty = views_of(database.service_dsn, limits=Limits(statement=timedelta(milliseconds=100)))
    with superuser(database) as connection:
        with connection.transaction():
            connection.execute("LOCK TABLE invoices IN ACCESS EXCLUSIVE MODE")
            with pytest.raises(Unavailable):
                await stored_view(hasty, "acme", "invoice-1", full=True, version=VERSION)
        assert await stored_view(hasty, "acme", "invoice-1", full=True, version=VERSION) is not None
    await hasty.aclose()


async def test_no_free_connection_is_unavailable(views: SingleReads, database: Database) -> None:
    await stored_view(views, "acme", "invoice-1", full=True, version=VERSION)
    with superuser(database) as connection, connection.transaction():
        connection.execute("LOCK TABLE invoices IN ACCESS EXCLUSIVE MODE")
        blocked = asyncio.create_task(
            stored_view(views, "acme", "invoice-1", full=True, version=VERSION)
        )
        await asyncio.sleep(0)
        with pytest.raises(Unavailable):
            await stored_view(views, "acme", "invoice-1", full=True, version=VERSION)
        blocked.cancel()
        with pytest.raises(asyncio.CancelledError):
            await blocked
    assert await stored_view(views, "acme", "invoice-1", full=True, version=VERSION) is not None


async def test_refused_statement_tells_no_value(views: SingleReads, database: Database) -> None:
    secret = "secret-7f\0"
    with pytest.raises(DatabaseRefused) as raised:
        await stored_view(views, "acme", "invoice-1", full=True, version=secret)
    assert "secret" not in str(raised.value)
    assert raised.value.__suppress_context__
