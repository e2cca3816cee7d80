"""Whether the database is as this version needs it: there, and with a schema of its revision or a later one."""

from collections.abc import AsyncIterator

import psycopg
import pytest

from invoice_summarizer.adapters.embedded_postgres.databases import OWNER, SERVICE
from invoice_summarizer.adapters.embedded_postgres.server import EmbeddedPostgres
from invoice_summarizer.adapters.postgres.database import SCHEMA_REVISION, opened_database
from invoice_summarizer.adapters.postgres.engine import PoolSettings
from invoice_summarizer.adapters.postgres.migrate import newest_revision
from invoice_summarizer.adapters.postgres.scope import Limits
from invoice_summarizer.ports.long_work import in_a_thread
from invoice_summarizer.rpc.invoice_views import ProtobufViewRenderer
from postgres_fixture import Database


def test_revision_that_this_version_needs_is_the_newest() -> None:
    assert newest_revision() == SCHEMA_REVISION


async def problem(dsn: str) -> str:
    pool, limits = PoolSettings(pool_size=1, max_overflow=0), Limits()
    async with opened_database(
        dsn, ProtobufViewRenderer(), in_a_thread, application_name="test", pool=pool, limits=limits
    ) as database:
        return await database.problem()


async def test_migrated_database_has_no_problem(database: Database) -> None:
    assert await problem(database.service_dsn) == ""


@pytest.mark.parametrize(
    ("revision", "is_good"), [("0000", False), (SCHEMA_REVISION, True), ("9999", True)]
)
async def test_schema_of_this_version_or_a_later_one_is_good(
    database: Database, revision: str, is_good: bool
) -> None:
    with psycopg.connect(database.superuser_dsn) as connection:
        connection.execute("UPDATE alembic_version SET version_num = %s", [revision])
    assert (await problem(database.service_dsn) == "") is is_good
    with psycopg.connect(database.superuser_dsn) as connection:
        connection.execute("UPDATE alembic_version SET version_num = %s", [SCHEMA_REVISION])


@pytest.fixture
async def empty_database(database_server: EmbeddedPostgres) -> AsyncIterator[str]:
    name = "without_schema"
    with psycopg.connect(database_server.dsn("postgres", "postgres"), autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name} OWNER {OWNER} TEMPLATE template0".encode())
        yield database_server.dsn(SERVICE, name)
        server.execute(f"DROP DATABASE {name}".encode())


async def test_database_without_a_schema_asks_for_migrate(empty_database: str) -> None:
    assert await problem(empty_database) == "the database has no schema: run migrate"


async def test_database_that_is_away_does_not_answer() -> None:
    assert await problem("postgresql://nobody@127.0.0.1:1/x") == "the database does not answer"


async def test_rush_that_takes_every_connection_is_no_outage(database: Database) -> None:
    pool = PoolSettings(pool_size=1, max_overflow=0, pool_timeout_seconds=0.1)
    async with (
        opened_database(
            database.service_dsn,
            ProtobufViewRenderer(),
            in_a_thread,
            application_name="test",
            pool=pool,
            limits=Limits(),
        ) as opened,
        opened.engine.connect(),
    ):
        assert await opened.problem() == ""
