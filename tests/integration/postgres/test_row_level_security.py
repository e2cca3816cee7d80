"""What the database itself refuses, whatever the code above forgets."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import psycopg
import pytest
from psycopg import errors

from invoice_summarizer.domain.batch import BatchItem
from invoice_summarizer.domain.event import Event, EventKind
from postgres_fixture import Database
from storage_fixture import Storage
from storage_samples import (
    add_invoice,
    batch_of_operation,
    pending_operation,
    read_invoice,
    summary_of_invoice,
)

TENANT_TABLES = (
    "documents",
    "invoices",
    "invoice_views",
    "invoice_terms",
    "summaries",
    "operations",
    "idempotency_keys",
    "audit_log",
    "batches",
    "batch_items",
    "tenant_revisions",
)
Connection = psycopg.Connection[tuple[object, ...]]


@pytest.fixture
async def filled(postgres_storage: Storage, database: Database) -> Database:
    """A database with rows in every table for each of two tenants, and one in the schedule."""
    for tenant in ("acme", "other"):
        async with postgres_storage.transactions.begin(tenant) as transaction:
            invoice = await add_invoice(transaction, read_invoice(1, tenant))
            operation = pending_operation(invoice)
            await transaction.operations.add(operation)
            await transaction.summaries.add(summary_of_invoice(invoice))
            await transaction.batches.add(batch_of_operation(operation))
            await transaction.batch_items.add(
                operation.id, [BatchItem(ordinal=0, invoice_id=invoice.id)]
            )
            await transaction.requests.record("request", "print", operation.id)
            event = Event(
                kind=EventKind.INVOICE_READY,
                actor="actor",
                time=invoice.update_time,
                invoice_id=invoice.id,
            )
            await transaction.record(event)
    await postgres_storage.schedule.take("sweep", timedelta(minutes=1))
    return database


@contextmanager
def as_role(dsn: str, role: str, tenant: str | None) -> Iterator[Connection]:
    with psycopg.connect(dsn) as connection:
        connection.execute("SELECT set_config('role', %s, true)", (role,))
        if tenant is not None:
            connection.execute("SELECT set_config('app.tenant', %s, true)", (tenant,))
        yield connection
        connection.rollback()


def tenants_in(connection: Connection, table: str) -> list[object]:
    rows = connection.execute(f"SELECT DISTINCT tenant FROM {table} ORDER BY tenant".encode())
    return [tenant for (tenant,) in rows]


@pytest.mark.parametrize("table", TENANT_TABLES)
def test_every_table_has_rows_of_both_tenants(filled: Database, table: str) -> None:
    with psycopg.connect(filled.superuser_dsn) as connection:
        assert tenants_in(connection, table) == ["acme", "other"]


@pytest.mark.parametrize("table", TENANT_TABLES)
def test_application_sees_the_rows_of_its_tenant_only(filled: Database, table: str) -> None:
    with as_role(filled.service_dsn, "invoices_app", "acme") as connection:
        assert tenants_in(connection, table) == ["acme"]


@pytest.mark.parametrize("table", TENANT_TABLES)
@pytest.mark.parametrize("tenant", [None, "", "ACME", "nobody"])
def test_application_without_a_tenant_sees_nothing(
    filled: Database, table: str, tenant: str | None
) -> None:
    with as_role(filled.service_dsn, "invoices_app", tenant) as connection:
        assert tenants_in(connection, table) == []


def test_tenant_ends_with_its_transaction(filled: Database) -> None:
    with psycopg.connect(filled.service_dsn) as connection:
        connection.execute("SELECT set_config('role', 'invoices_app', true)")
        connection.execute("SELECT set_config('app.tenant', 'acme', true)")
        assert tenants_in(connection, "invoices") == ["acme"]
        connection.commit()
        connection.execute("SELECT set_config('role', 'invoices_app', true)")
        assert tenants_in(connection, "invoices") == []


@pytest.mark.parametrize("table", TENANT_TABLES)
def test_owner_is_bound_as_well(filled: Database, table: str) -> None:
    with psycopg.connect(filled.owner_dsn) as connection:
        assert tenants_in(connection, table) == []


@pytest.mark.parametrize("table", TENANT_TABLES)
def test_login_of_the_services_has_no_right_of_its_own(filled: Database, table: str) -> None:
    with (
        psycopg.connect(filled.service_dsn) as connection,
        pytest.raises(errors.InsufficientPrivilege),
    ):
        tenants_in(connection, table)


def test_application_cannot_write_rows_of_another_tenant(filled: Database) -> None:
    with as_role(filled.service_dsn, "invoices_app", "acme") as connection:
        changed = connection.execute("UPDATE invoices SET status = 'failed' WHERE tenant = 'other'")
        assert changed.rowcount == 0
        assert connection.execute("DELETE FROM operations WHERE tenant = 'other'").rowcount == 0
        with pytest.raises(errors.InsufficientPrivilege, match="row-level security"):
            connection.execute("UPDATE invoices SET tenant = 'other'")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_log SET actor = 'nobody'",
        "DELETE FROM audit_log",
        "TRUNCATE audit_log",
        "TRUNCATE invoices",
        "UPDATE idempotency_keys SET operation_id = 'x'",
        "SELECT FROM scheduled_tasks",
        "UPDATE scheduled_tasks SET due_at = now()",
        "ALTER TABLE invoices DISABLE ROW LEVEL SECURITY",
        "ALTER TABLE invoices NO FORCE ROW LEVEL SECURITY",
        "DROP POLICY tenant_rows ON invoices",
        "ALTER TABLE audit_log DISABLE TRIGGER audit_log_append_only",
        "CREATE TABLE mine ()",
        "SET ROLE invoices_owner",
        "SET ROLE postgres",
        "INSERT INTO audit_log (tenant, created_at, actor, kind, invoice_id, changed)"
        " VALUES ('other', now(), 'a', 'b', 'c', '{}')",
    ],
)
def test_application_cannot(filled: Database, statement: str) -> None:
    with (
        as_role(filled.service_dsn, "invoices_app", "acme") as connection,
        pytest.raises(errors.InsufficientPrivilege),
    ):
        connection.execute(statement.encode())


@pytest.mark.parametrize(
    "statement", ["UPDATE audit_log SET actor = ''", "DELETE FROM audit_log", "TRUNCATE audit_log"]
)
@pytest.mark.parametrize("superuser", [False, True])
def test_audit_log_refuses_even_those_who_own_it(
    filled: Database, statement: str, superuser: bool
) -> None:
    dsn = filled.superuser_dsn if superuser else filled.owner_dsn
    with (
        psycopg.connect(dsn) as connection,
        pytest.raises(errors.InsufficientPrivilege, match="append-only"),
    ):
        connection.execute(statement.encode())


SEEN_BY_WORKERS = ("operations", "invoices", "invoice_views")


@pytest.mark.parametrize("table", SEEN_BY_WORKERS)
def test_worker_sees_rows_of_all_tenants(filled: Database, table: str) -> None:
    with as_role(filled.service_dsn, "invoices_worker", None) as connection:
        assert tenants_in(connection, table) == ["acme", "other"]


def test_worker_sees_the_schedule(filled: Database) -> None:
    with as_role(filled.service_dsn, "invoices_worker", None) as connection:
        assert connection.execute("SELECT name FROM scheduled_tasks").fetchall() == [("sweep",)]


def test_worker_sees_nothing_of_other_tables(filled: Database) -> None:
    for table in {*TENANT_TABLES} - {*SEEN_BY_WORKERS}:
        with (
            as_role(filled.service_dsn, "invoices_worker", "acme") as connection,
            pytest.raises(errors.InsufficientPrivilege),
        ):
            tenants_in(connection, table)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE operations SET tenant = 'other'",
        "UPDATE operations SET invoice_id = 'x'",
        "UPDATE operations SET failure_reason = 'x'",
        "DELETE FROM operations",
        "INSERT INTO operations (tenant, id) VALUES ('acme', 'x')",
        "SELECT request_id FROM idempotency_keys",
        "SELECT content FROM invoices",
        "SELECT header_view FROM invoices",
        "SELECT basic FROM invoice_views",
        "UPDATE invoices SET view_version = ''",
        "DELETE FROM invoice_views",
        "UPDATE idempotency_keys SET created_at = now()",
        "DELETE FROM scheduled_tasks",
        "CREATE TABLE mine ()",
    ],
)
def test_worker_cannot(filled: Database, statement: str) -> None:
    with (
        as_role(filled.service_dsn, "invoices_worker", "acme") as connection,
        pytest.raises(errors.InsufficientPrivilege),
    ):
        connection.execute(statement.encode())


def test_owner_sees_nothing_of_the_schedule(filled: Database) -> None:
    with psycopg.connect(filled.owner_dsn) as connection:
        assert connection.execute("SELECT name FROM scheduled_tasks").fetchall() == []


def test_deleting_an_invoice_leaves_the_audit_log(filled: Database) -> None:
    with as_role(filled.service_dsn, "invoices_app", "acme") as connection:
        assert connection.execute("DELETE FROM invoices").rowcount == 1
        assert tenants_in(connection, "operations") == []
        assert tenants_in(connection, "summaries") == []
        assert tenants_in(connection, "invoice_terms") == []
        assert tenants_in(connection, "audit_log") == ["acme"]
