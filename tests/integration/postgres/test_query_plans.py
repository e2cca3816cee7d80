"""How PostgreSQL itself chooses to answer the adapters' statements among 50,000 invoices of eleven tenants."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine

from aip.filter import parse_filter
from aip.ordering import OrderTerm
from aip.page_token import Cursor
from invoice_reading.completeness import Completeness, Verdict
from invoice_summarizer.adapters.embedded_postgres.server import EmbeddedPostgres
from invoice_summarizer.adapters.postgres.engine import create_engine
from invoice_summarizer.adapters.postgres.invoice_reader import PostgresInvoiceReader
from invoice_summarizer.adapters.postgres.json_records import encode
from invoice_summarizer.adapters.postgres.operation_queue import PostgresOperationQueue
from invoice_summarizer.adapters.postgres.packed_json import packed
from invoice_summarizer.adapters.postgres.transactions import PostgresTransactions
from invoice_summarizer.domain.event import EventKind
from invoice_summarizer.domain.invoice_fields import (
    ACCOUNTS,
    FIELD_ALIASES,
    FILTER_FIELDS,
    REVIEW_REASONS,
)
from invoice_summarizer.domain.summary import Origin, Provenance, Style, SummaryIdentity
from invoice_summarizer.ports.long_work import in_a_thread
from invoice_summarizer.ports.transactions import Transaction
from invoice_summarizer.rpc.invoice_views import ProtobufViewRenderer
from postgres_fixture import Database, emptied_at_the_end
from storage_fixture import fail_the_test

TENANT = "acme"
INVOICE = "invoice-41000"
VERSION = ProtobufViewRenderer().version
COMPLETENESS = encode(
    Completeness(
        verdict=Verdict.COMPLETE,
        rows_seen=0,
        rows_returned=0,
        pages=1,
        pages_read=1,
        sums_close=True,
    )
).decode()
PROVENANCE = encode(Provenance(engine="template", build="1")).decode()

CLAIMS = rf"\x{packed(encode(())).hex()}"
# Half of the invoices are of one tenant. One in a hundred waits for review; few operations are left to do.
_NUMBERS = """
    SELECT n, CASE WHEN n % 2 = 0 THEN 'acme' ELSE 'tenant-' || n % 19 END AS tenant,
        timestamptz '2026-01-01 00:00Z' + n * interval '1 minute' AS at
    FROM generate_series(1, 50000) AS n
"""
_ROWS = (
    f"""
    INSERT INTO documents (tenant, sha256, size_bytes, media_type, file_name, created_at)
    SELECT tenant, lpad(n::text, 64, '0'), 1, 'application/pdf', n || '.pdf', at FROM ({_NUMBERS}) AS numbers
    """,
    f"""
    INSERT INTO invoices (tenant, id, document_sha256, part, status, version, created_at, updated_at, view_version,
        header_view, form, content, annotations, annotation_ends, findings, completeness, review_reasons)
    SELECT tenant, 'invoice-' || n, lpad(n::text, 64, '0'), 1,
        CASE WHEN n % 100 = 0 THEN 'review_pending' ELSE 'ready' END, 1, at, at, '{VERSION}', '', 'PDF_TEXT',
        jsonb_build_object(
            'issue_date', (at::date)::text,
            'payment_due_date', (at::date + 30)::text,
            'buyer_reference', 'unit ' || n % 1000,
            'purchase_order_reference', 'order ' || n,
            'totals', jsonb_build_object('amount_due', n::text)
        ),
        '', '{{}}', '{{"findings": [], "others": {{}}}}', '{COMPLETENESS}', '[]'
    FROM ({_NUMBERS}) AS numbers
    """,
    f"""
    INSERT INTO invoice_terms (tenant, invoice_id, field, value)
    SELECT tenant, 'invoice-' || n, '{REVIEW_REASONS}', 'FIELD_MISSING' FROM ({_NUMBERS}) AS numbers WHERE n % 50 = 0
    UNION ALL
    SELECT tenant, 'invoice-' || n, '{ACCOUNTS}', 'DE' || n % 5000 FROM ({_NUMBERS}) AS numbers
    """,
    f"""
    INSERT INTO invoice_views (tenant, invoice_id, version, basic, "full")
    SELECT tenant, 'invoice-' || n, '{VERSION}', repeat('x', 1000)::bytea, '' FROM ({_NUMBERS}) AS numbers
    """,
    f"""
    INSERT INTO operations (tenant, id, kind, invoice_id, state, created_at, updated_at, due_at, payload, result,
        progress_done, progress_total, attempt)
    SELECT tenant, 'operation-' || n, 'ingest', 'invoice-' || n,
        CASE WHEN n % 500 = 0 THEN 'pending' ELSE 'succeeded' END, at, at, timestamptz '2026-01-01 00:00Z', '{{}}',
        '{{}}', 1, 1, 0
    FROM ({_NUMBERS}) AS numbers
    """,
    f"""
    INSERT INTO summaries (tenant, invoice_id, id, text, language_code, style, origin, claims, refusal_reasons,
        provenance, created_at, invoice_etag, instruction, identity, refused_answer)
    SELECT tenant, 'invoice-' || n, 'summary', 'text', 'en', '{Style.SHORT}', '{Origin.TEMPLATE}', '{CLAIMS}', '[]',
        '{PROVENANCE}', at, 'etag', '', n::text, ''
    FROM ({_NUMBERS}) AS numbers
    """,
    f"""
    INSERT INTO batch_items (tenant, batch_id, ordinal, document_uri, invoice_id)
    SELECT tenant, 'batch-' || n % 3, n, 'file:///import/' || n, 'invoice-' || n FROM ({_NUMBERS}) AS numbers
    """,
    f"""
    INSERT INTO audit_log (tenant, created_at, kind, actor, invoice_id, changed)
    SELECT tenant, at, '{EventKind.INVOICE_READY}', 'worker', 'invoice-' || n, '{{}}' FROM ({_NUMBERS}) AS numbers
    """,
)


@pytest.fixture(scope="module")
def large(database_server: EmbeddedPostgres) -> Iterator[Database]:
    with emptied_at_the_end(database_server) as database:
        with psycopg.connect(database.superuser_dsn, autocommit=True) as connection:
            # As a replica would: keys that were made to fit need no looking up.
            connection.execute("SET session_replication_role = replica")
            for statement in _ROWS:
                connection.execute(statement.encode())
            connection.execute("VACUUM ANALYZE")
        yield database


class Plans:
    """The plans of what an adapter asks, as the login that asks it would get them."""

    def __init__(self, engine: AsyncEngine, database: Database) -> None:
        self.engine = engine
        self._database = database
        self._asked: list[tuple[str, Any]] = []
        event.listen(engine.sync_engine, "before_cursor_execute", self._note)

    def _note(
        self, connection: Any, cursor: Any, statement: str, parameters: Any, *rest: Any
    ) -> None:
        self._asked.append((statement, parameters))

    async def of(
        self, asking: Awaitable[object], role: str = "invoices_app", having: str = ""
    ) -> str:
        """Returns the plan of the last statement that was asked and that has these words."""
        await asking
        statement, parameters = [asked for asked in self._asked if having in asked[0]][-1]
        with psycopg.connect(self._database.service_dsn) as connection:
            entering = "SELECT set_config('role', %s, true), set_config('app.tenant', %s, true)"
            connection.execute(entering, (role, TENANT))
            rows = connection.execute(f"EXPLAIN {statement}".encode(), parameters).fetchall()
            connection.rollback()
        return "\n".join(str(line) for (line,) in rows)

    async def within(
        self, asking: Callable[[Transaction], Awaitable[object]], having: str = ""
    ) -> str:
        """Returns the plan of the last statement that was asked in a transaction and that has these words."""

        async def asked() -> None:
            transactions = PostgresTransactions(self.engine, ProtobufViewRenderer())
            async with transactions.begin(TENANT) as transaction:
                await asking(transaction)

        return await self.of(asked(), having=having)

    async def page(
        self, filter: str, order: Sequence[OrderTerm], after: Cursor | None = None
    ) -> str:
        reader = PostgresInvoiceReader(self.engine, ProtobufViewRenderer(), in_a_thread)
        expression = parse_filter(filter, FILTER_FIELDS, FIELD_ALIASES)
        return await self.of(
            reader.page(TENANT, filter=expression, order=order, after=after, limit=50),
            having="ORDER BY",
        )


@pytest.fixture
async def plans(large: Database) -> AsyncIterator[Plans]:
    engine = create_engine(large.service_dsn, application_name="test")
    yield Plans(engine, large)
    await engine.dispose()


NEWEST = (OrderTerm("create_time", descending=True),)
PLACES = {
    "create_time": "2026-01-10T00:00:00+00:00",
    "issue_date": "2026-01-10",
    "totals.amount_due": "20000",
}


@pytest.mark.parametrize("behind_another", [False, True])
@pytest.mark.parametrize(
    ("field", "index"),
    [
        ("create_time", "idx_invoice_created"),
        ("issue_date", "idx_invoice_issue_date"),
        ("totals.amount_due", "idx_invoice_amount_due"),
    ],
)
async def test_page_in_an_order_of_an_index_sorts_nothing(
    plans: Plans, field: str, index: str, behind_another: bool
) -> None:
    cursor = (PLACES[field], "invoice-1") if behind_another else None
    found = await plans.page("", (OrderTerm(field, descending=True),), cursor)
    assert f"using {index} on invoices" in found
    assert "Sort" not in found
    assert "Seq Scan" not in found


async def test_next_page_begins_at_its_place_in_the_index(plans: Plans) -> None:
    found = await plans.page("", NEWEST, (PLACES["create_time"], "invoice-1"))
    [condition] = [line for line in found.splitlines() if "Cond:" in line and "created_at" in line]
    assert "created_at <=" in condition


async def test_few_invoices_of_a_status_are_found_by_an_index(plans: Plans) -> None:
    found = await plans.page('status="review_pending"', NEWEST)
    assert "idx_invoice_tenant_status" in found
    assert "Sort" not in found


@pytest.mark.parametrize(
    ("filter", "indexes"),
    [
        ('file="41000.pdf"', ["idx_document_file_name", "invoices_part_key"]),
        ("reason:FIELD_MISSING AND status=review_pending", ["idx_invoice_term"]),
        ('invoice_id="invoice-4100*"', ["invoices_pkey"]),
        ("account:DE1000", ["idx_invoice_term", "invoices_pkey"]),
        ('buyer_reference="unit 100"', ["idx_invoice_buyer_reference"]),
        ('purchase_order="order 41000"', ["idx_invoice_purchase_order"]),
    ],
)
async def test_few_invoices_that_have_a_value_are_found_by_an_index(
    plans: Plans, filter: str, indexes: list[str]
) -> None:
    found = await plans.page(filter, NEWEST)
    assert [index for index in indexes if index not in found] == []
    assert "Seq Scan" not in found


async def test_names_of_documents_that_only_begin_alike_are_looked_up_by_key(plans: Plans) -> None:
    found = await plans.page('file="4100*"', NEWEST)
    assert "documents_pkey" in found
    assert "Seq Scan on documents" not in found


async def test_what_falls_due_in_a_range_comes_from_its_place_in_an_index(plans: Plans) -> None:
    filter = "due_date >= 2026-02-01 AND due_date < 2026-02-08"
    found = await plans.page(filter, (OrderTerm("payment_due_date"),))
    assert "using idx_invoice_due_date on invoices" in found
    [condition] = [
        line for line in found.splitlines() if "Index Cond:" in line and "payment_due_date" in line
    ]
    assert "payment_due_date >=" in condition and "payment_due_date <" in condition
    assert "Sort" not in found


@pytest.mark.parametrize(
    ("asking", "index"),
    [
        (lambda t: t.invoices.get(INVOICE), "invoices_pkey"),
        (lambda t: t.invoices.header(INVOICE, lock=True), "invoices_pkey"),
        (lambda t: t.invoices.of_document("0" * 64), "invoices_part_key"),
        (lambda t: t.documents.owned(["0" * 64, "1" * 64]), "documents_pkey"),
        (lambda t: t.operations.get("operation-41000"), "operations_pkey"),
        (lambda t: t.operations.latest([INVOICE]), "idx_operation_invoice"),
        (
            lambda t: t.operations.page(states=frozenset(), after=None, limit=50),
            "idx_operation_created",
        ),
        (
            lambda t: t.operations.page(
                states=frozenset(), after=("2026-01-10T00:00:00+00:00", "operation-1"), limit=50
            ),
            "idx_operation_created",
        ),
    ],
)
async def test_what_has_a_key_is_found_by_an_index_and_comes_sorted(
    plans: Plans, asking: Callable[[Transaction], Awaitable[object]], index: str
) -> None:
    found = await plans.within(asking)
    assert index in found
    assert "Seq Scan" not in found
    assert "Sort" not in found


async def test_summaries_are_found_by_an_index_and_come_sorted(plans: Plans) -> None:
    def asking(transaction: Transaction) -> Awaitable[object]:
        return transaction.summaries.page(INVOICE, after=None, limit=50)

    places = await plans.within(asking, having="ORDER BY")
    assert "idx_summary_created" in places
    assert "Sort" not in places
    assert "Seq Scan" not in await plans.within(asking)


async def test_summary_that_was_made_before_is_found_by_an_index(plans: Plans) -> None:
    found = await plans.within(
        lambda t: t.summaries.find(
            INVOICE,
            SummaryIdentity(
                invoice_etag="etag",
                language_code="en",
                style=Style.SHORT,
                instruction="",
                origin=Origin.TEMPLATE,
                writer=Provenance(engine="template", build="1").writer,
            ),
        )
    )
    assert "on summaries" in found
    assert "Seq Scan" not in found


async def test_items_that_a_deleted_invoice_was_of_are_found_by_an_index(plans: Plans) -> None:
    async def delete(transaction: Transaction) -> None:
        await transaction.invoices.delete(await transaction.invoices.header("invoice-40002"))

    found = await plans.within(delete, having="batch_items")
    assert "idx_batch_item_document" in found
    assert "Seq Scan" not in found


@pytest.mark.parametrize("before", [None, "40000"])
async def test_history_of_an_invoice_is_found_by_an_index_and_comes_sorted(
    plans: Plans, before: str | None
) -> None:
    reader = PostgresInvoiceReader(plans.engine, ProtobufViewRenderer(), in_a_thread)
    found = await plans.of(reader.events(TENANT, INVOICE, before=before, limit=50))
    assert "idx_audit_invoice" in found
    assert "Sort" not in found


async def test_claiming_reads_the_claimable_only(plans: Plans) -> None:
    queue = PostgresOperationQueue(plans.engine, max_attempts=3, listening_failed=fail_the_test)
    # No time is left to what is claimed, so that the next test finds it as it was.
    found = await plans.of(queue.claim("worker", timedelta(), 10), "invoices_worker")
    assert found.count("idx_operation_claimable") >= 4
    assert "Seq Scan" not in found
