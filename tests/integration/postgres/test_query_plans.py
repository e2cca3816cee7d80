"""The indexes serve the statements for which they were made."""

import psycopg
import pytest
from sqlalchemy import Select, select
from sqlalchemy.dialects import postgresql

from aip.ordering import OrderTerm
from invoice_summarizer.adapters.postgres.keyset import behind, ordering
from invoice_summarizer.adapters.postgres.tables import invoices
from postgres_fixture import Database


def plan(database: Database, statement: str) -> str:
    """How PostgreSQL would answer if the tables were large: then it reads no whole table and sorts none."""
    with psycopg.connect(database.service_dsn) as connection:
        connection.execute("SET enable_seqscan = off")
        connection.execute("SET enable_sort = off")
        connection.execute("SET enable_bitmapscan = off")
        connection.execute("SELECT set_config('role', 'invoices_app', true)")
        connection.execute("SELECT set_config('app.tenant', 'acme', true)")
        rows = connection.execute(f"EXPLAIN {statement}".encode()).fetchall()
    return "\n".join(str(line) for (line,) in rows)


def written(query: Select[tuple[object]]) -> str:
    compiled = query.compile(
        dialect=postgresql.dialect(), compile_kwargs={"literal_binds": True}  # type: ignore[no-untyped-call]
    )
    return str(compiled)


@pytest.mark.parametrize(
    ("field", "index"),
    [
        ("create_time", "idx_invoice_created"),
        ("issue_date", "idx_invoice_issue_date"),
        ("totals.amount_due", "idx_invoice_amount_due"),
    ],
)
def test_newest_or_largest_first_needs_no_sorting(
    database: Database, field: str, index: str
) -> None:
    order = [OrderTerm(field, descending=True)]
    found = plan(database, written(select(invoices.c.id).order_by(*ordering(order)).limit(50)))
    assert index in found
    assert "Sort" not in found


def test_next_page_begins_at_its_place_in_the_index(database: Database) -> None:
    order = [OrderTerm("create_time", descending=True)]
    position = behind(("2026-01-01T00:00:00+00:00", "an-id"), order)
    query = select(invoices.c.id).where(position).order_by(*ordering(order)).limit(50)
    [condition] = [line for line in plan(database, written(query)).splitlines() if "Cond:" in line]
    assert "created_at <=" in condition


def test_claiming_reads_the_claimable_only(database: Database) -> None:
    found = plan(
        database,
        "SELECT id FROM operations WHERE claimable_at <= now() ORDER BY claimable_at, id LIMIT 1",
    )
    assert "idx_operation_claimable" in found
    assert "Sort" not in found


@pytest.mark.parametrize(
    ("key", "index"), [("id", "invoices_pkey"), ("document_sha256", "invoices_part_key")]
)
def test_invoice_is_found_by_its_key(database: Database, key: str, index: str) -> None:
    with psycopg.connect(database.superuser_dsn) as connection:
        connection.execute(_MANY_INVOICES)
        connection.execute("ANALYZE invoices")
    assert index in plan(database, f"SELECT * FROM invoices WHERE {key} = 'x'")


_MANY_INVOICES = """
    WITH stored AS (
        INSERT INTO documents (tenant, sha256, size_bytes, media_type, created_at)
        SELECT (ARRAY['acme', 'other'])[1 + n % 2], lpad(n::text, 64, '0'), 1, 'x', now()
        FROM generate_series(1, 1000) AS n
        RETURNING tenant, sha256
    )
    INSERT INTO invoices (tenant, id, document_sha256, part, status, version, created_at, updated_at, view_version,
        header_view)
    SELECT tenant, sha256, sha256, 1, 'received', 1, now(), now(), '', '' FROM stored
"""
