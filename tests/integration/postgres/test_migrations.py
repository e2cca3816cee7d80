import asyncio

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, select

from invoice_summarizer.adapters.embedded_postgres.databases import OWNER
from invoice_summarizer.adapters.embedded_postgres.server import EmbeddedPostgres
from invoice_summarizer.adapters.postgres.engine import driver_url
from invoice_summarizer.adapters.postgres.migrate import migrate, newest_revision
from invoice_summarizer.adapters.postgres.tables import field_column, invoices, metadata
from invoice_summarizer.domain.invoice_fields import SORT_FIELDS
from postgres_fixture import Database


def test_tables_are_what_the_migrations_make(database: Database) -> None:
    engine = create_engine(driver_url(database.superuser_dsn))
    with engine.connect() as connection:
        options = {"compare_type": True, "include_object": _is_declared}
        context = MigrationContext.configure(connection, opts=options)
        differences = compare_metadata(context, metadata)
    engine.dispose()
    assert differences == []


def _is_declared(
    thing: object, name: str | None, kind: str, reflected: bool, compared: object
) -> bool:
    # Indexes and foreign keys serve the database alone, so only the migrations know them.
    return kind not in ("index", "foreign_key_constraint") and name != "alembic_version"


@pytest.mark.parametrize("field", sorted(SORT_FIELDS))
def test_every_field_that_is_sorted_by_has_a_column(field: str, database: Database) -> None:
    query = select(field_column(field)).select_from(invoices)
    engine = create_engine(driver_url(database.superuser_dsn))
    with engine.connect() as connection:
        assert connection.execute(query).all() == []
    engine.dispose()


def test_migrating_again_changes_nothing(database: Database) -> None:
    migrate(database.owner_dsn)
    with psycopg.connect(database.owner_dsn) as connection:
        found = connection.execute("SELECT version_num FROM alembic_version").fetchall()
    assert found == [(newest_revision(),)]


async def test_several_may_migrate_at_once(database_server: EmbeddedPostgres) -> None:
    name = "migrated_at_once"
    with psycopg.connect(database_server.dsn("postgres", "postgres"), autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name} OWNER {OWNER} TEMPLATE template0".encode())
        dsn = database_server.dsn(OWNER, name)
        await asyncio.gather(*(asyncio.to_thread(migrate, dsn) for _ in range(3)))
        with psycopg.connect(dsn) as connection:
            assert connection.execute("SELECT count(*) FROM invoices").fetchone() == (0,)
        server.execute(f"DROP DATABASE {name}".encode())


def test_operators_find_the_index_on_the_status(database: Database) -> None:
    with psycopg.connect(database.superuser_dsn) as connection:
        found = connection.execute(
            "SELECT indexdef FROM pg_indexes WHERE indexname = 'idx_invoice_status'"
        ).fetchone()
    assert found == (
        "CREATE INDEX idx_invoice_status ON public.invoices USING btree (status, created_at)",
    )


@pytest.mark.parametrize(
    ("content", "column"),
    [
        ('{"issue_date": "yesterday"}', "issue_date"),
        ('{"totals": {"amount_due": "12,50"}}', "totals_amount_due"),
        ('{"totals": {"amount_due": "NaN"}}', "totals_amount_due"),
        ('{"totals": {"amount_due": "1E+999999"}}', "totals_amount_due"),
        ('{"totals": "none"}', "totals_amount_due"),
        ('{"seller": []}', "seller_name"),
        ('{"lines": "none"}', "lines_item_name"),
        ('{"lines": [1, {"item": []}]}', "lines_item_name"),
        ('{"payment_instructions": {"credit_transfers": [1, {}]}}', "kind"),
        ('{"payment_instructions": {"credit_transfers": {"a": 1}}}', "kind"),
    ],
)
def test_content_that_is_no_value_stops_no_write(
    database: Database, content: str, column: str
) -> None:
    with psycopg.connect(database.superuser_dsn) as connection:
        connection.execute(_DOCUMENT)
        found = connection.execute(
            f"""
            INSERT INTO invoices (tenant, id, document_sha256, part, status, version, created_at,
                updated_at, view_version, header_view, form, content, annotations, annotation_ends, findings,
                completeness, review_reasons)
            VALUES ('t', 'i', repeat('0', 64), 1, 'ready', 1, now(), now(), '', '', 'XML', %s,
                '', '{{}}', '[]', '{{}}', '[]')
            RETURNING {column}
            """.encode(),
            (content,),
        ).fetchone()
        connection.rollback()
    assert found == (None,)


@pytest.mark.parametrize("status", ["", "done", "READY", "processing"])
def test_status_is_one_of_its_words(database: Database, status: str) -> None:
    with (
        psycopg.connect(database.superuser_dsn) as connection,
        pytest.raises(psycopg.errors.CheckViolation, match="status"),
    ):
        connection.execute(_DOCUMENT)
        connection.execute(_UNREAD_INVOICE, (status, None))


def test_reading_is_there_whole_or_not_at_all(database: Database) -> None:
    with (
        psycopg.connect(database.superuser_dsn) as connection,
        pytest.raises(psycopg.errors.CheckViolation, match="reading"),
    ):
        connection.execute(_DOCUMENT)
        connection.execute(_UNREAD_INVOICE, ("ready", "XML"))


_DOCUMENT = b"INSERT INTO documents VALUES ('t', repeat('0', 64), 1, 'x', NULL, now())"
_UNREAD_INVOICE = b"""
    INSERT INTO invoices (tenant, id, document_sha256, part, status, version, created_at,
        updated_at, view_version, header_view, form)
    VALUES ('t', 'i', repeat('0', 64), 1, %s, 1, now(), now(), '', '', %s)
"""
