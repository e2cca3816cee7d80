"""A claim looks at a bounded number of tenants, and every tenant has its turn."""

from collections.abc import Iterator
from datetime import timedelta

import psycopg
import pytest

from invoice_summarizer.adapters.embedded_postgres.server import EmbeddedPostgres
from invoice_summarizer.adapters.postgres.engine import create_engine
from invoice_summarizer.adapters.postgres.operation_queue import PostgresOperationQueue
from invoice_summarizer.adapters.postgres.tenants_in_turn import TENANTS_EACH, WAITING
from postgres_fixture import Database, emptied_at_the_end
from storage_fixture import fail_the_test

TENANTS = 4 * TENANTS_EACH + 1
LEASE = timedelta(seconds=30)
_ROWS = """
    INSERT INTO operations (tenant, id, kind, state, created_at, updated_at, due_at, payload, result,
        progress_done, progress_total, attempt)
    SELECT 'tenant-' || lpad(n::text, 5, '0'), 'operation-' || n, 'ingest', 'pending', now(), now(),
        now() + %s, '{}', '{}', 0, 1, 0
    FROM generate_series(%s::integer, %s::integer) AS n
"""


@pytest.fixture
def many(database_server: EmbeddedPostgres) -> Iterator[Database]:
    with emptied_at_the_end(database_server) as database:
        yield database


def add(database: Database, first: int, last: int, due_in: timedelta = timedelta()) -> None:
    with psycopg.connect(database.superuser_dsn, autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute(_ROWS, (due_in, first, last))
        connection.execute("VACUUM ANALYZE operations")


async def claimed(database: Database, times: int, limit: int) -> list[str]:
    """Returns the tenants of what so many claims of one worker get."""
    engine = create_engine(database.service_dsn, application_name="test")
    queue = PostgresOperationQueue(engine, max_attempts=3, listening_failed=fail_the_test)
    try:
        rounds = [await queue.claim("worker", LEASE, limit) for _ in range(times)]
    finally:
        await engine.dispose()
    return [claim.operation.tenant for claims in rounds for claim in claims]


def test_walk_over_the_tenants_ends_after_a_few_of_them(many: Database) -> None:
    add(many, 1, TENANTS)
    statement = str(WAITING).replace(":after", "''").replace(":tenants", str(TENANTS_EACH))
    with psycopg.connect(many.superuser_dsn) as connection:
        explain = f"EXPLAIN (ANALYZE, TIMING off, FORMAT json) {statement}"
        [(plan,)] = connection.execute(explain.encode()).fetchall()
    [looked_at] = [node for node in _nodes(plan[0]["Plan"]) if node["Node Type"] == "CTE Scan"]
    assert looked_at["Actual Rows"] == TENANTS_EACH


async def test_each_of_many_tenants_is_claimed_from_once_before_any_is_again(
    many: Database,
) -> None:
    add(many, 1, TENANTS)
    found = await claimed(many, times=TENANTS, limit=1)
    assert len(found) == len(set(found)) == TENANTS


async def test_what_is_due_is_found_behind_many_tenants_whose_time_has_not_come(
    many: Database,
) -> None:
    add(many, 1, TENANTS, timedelta(hours=1))
    add(many, TENANTS + 1, TENANTS + 1)
    assert await claimed(many, times=2, limit=1) == [f"tenant-{TENANTS + 1:05}"]


async def test_nothing_is_claimed_where_all_tenants_wait_for_their_time(many: Database) -> None:
    add(many, 1, TENANTS, timedelta(hours=1))
    assert await claimed(many, times=1, limit=1) == []


def _nodes(plan: dict[str, object]) -> Iterator[dict[str, object]]:
    yield plan
    plans = plan.get("Plans", [])
    assert isinstance(plans, list)
    for each in plans:
        yield from _nodes(each)
