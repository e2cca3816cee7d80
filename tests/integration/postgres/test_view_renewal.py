"""Views of another version of the mapping: what readers make of them, and how they are renewed."""

from collections.abc import Callable, Sequence
from typing import Any

import psycopg
import pytest
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine

from invoice_listing import store_invoices
from invoice_reading.reading import Reading
from invoice_reading.review_reason import ReviewReason
from invoice_summarizer.adapters.postgres.engine import PoolSettings
from invoice_summarizer.adapters.postgres.invoice_reader import PostgresInvoiceReader
from invoice_summarizer.adapters.postgres.scope import Limits
from invoice_summarizer.adapters.postgres.single_reads import SingleReads
from invoice_summarizer.adapters.postgres.stored_views import stored_view
from invoice_summarizer.adapters.postgres.view_renewal import BATCH, PostgresViewRenewal
from invoice_summarizer.domain.invoice import Invoice, InvoiceHeader
from invoice_summarizer.ports.invoice_reader import InvoicePage
from invoice_summarizer.ports.invoice_views import InvoiceView, ReadingViews, RenewedBatch, rendered
from invoice_summarizer.ports.long_work import in_a_thread
from invoice_summarizer.rpc.invoice_views import ProtobufViewRenderer
from postgres_fixture import Database
from storage_fixture import Storage
from storage_samples import TENANT, read_invoice, received_invoice

MANY = 2 * BATCH + 5


class NextRenderer:
    """A renderer of a later version of the program, whose views are larger."""

    version = "next"

    def header(self, header: InvoiceHeader) -> bytes:
        return f"<header of {header.id}, version {header.version}>".encode()

    def reading(self, reading: Reading) -> ReadingViews:
        number = (reading.content.invoice_number or "").encode()
        return ReadingViews(basic=b"<basic %b>" % number, full=b"<full %b>" % number * 1_000)

    def first_reasons(self, reasons: Sequence[ReviewReason]) -> bytes:
        return b"<%d reasons first>" % len(reasons)


RENDERER = NextRenderer()


@pytest.fixture
def reader(engine: AsyncEngine) -> PostgresInvoiceReader:
    return PostgresInvoiceReader(engine, RENDERER, in_a_thread)


@pytest.fixture
def renewal(engine: AsyncEngine) -> PostgresViewRenewal:
    return PostgresViewRenewal(engine, RENDERER, in_a_thread)


async def stored(storage: Storage) -> list[Invoice]:
    """Stores MANY invoices of two tenants, of which one is not read yet; returns those of TENANT."""
    mine = [read_invoice(number) for number in range(MANY - 1)] + [received_invoice(MANY)]
    await store_invoices(storage, [*mine, read_invoice(1, "other")])
    return mine


async def listed(
    reader: PostgresInvoiceReader, view: InvoiceView, max_bytes: int | None = None
) -> InvoicePage:
    return await reader.page(
        TENANT, filter=None, order=(), after=None, limit=MANY, view=view, max_bytes=max_bytes
    )


def on_statement(engine: AsyncEngine, words: str, action: Callable[[Any], None]) -> None:
    """Calls the action with the parameters before each statement that has the words."""

    @event.listens_for(engine.sync_engine, "before_cursor_execute")
    def look(connection: Any, cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if words in statement:
            action(parameters)


def as_superuser(database: Database, statement: bytes, *parameters: object) -> None:
    with psycopg.connect(database.superuser_dsn, autocommit=True) as connection:
        connection.execute(statement, parameters)


@pytest.mark.parametrize("view", [*InvoiceView])
async def test_list_of_stale_views_renders_them_in_few_queries(
    postgres_storage: Storage, reader: PostgresInvoiceReader, engine: AsyncEngine, view: InvoiceView
) -> None:
    mine = await stored(postgres_storage)
    queries: list[Any] = []
    on_statement(engine, "SELECT", queries.append)
    page = await listed(reader, view)
    expected = {rendered(RENDERER, invoice, view) for invoice in mine}
    assert ({*page.views}, page.total_size) == (expected, MANY)
    assert len(queries) <= MANY // 5


async def test_page_of_stale_views_keeps_its_bound(
    postgres_storage: Storage, reader: PostgresInvoiceReader
) -> None:
    mine = await stored(postgres_storage)
    sizes = [len(rendered(RENDERER, invoice, InvoiceView.FULL)) for invoice in mine]
    page = await listed(reader, InvoiceView.FULL, max_bytes=3 * max(sizes))
    assert 1 <= len(page.views) <= 4
    assert page.next_cursor is not None


async def test_invoice_that_is_deleted_while_it_is_listed_is_left_out(
    postgres_storage: Storage,
    reader: PostgresInvoiceReader,
    engine: AsyncEngine,
    database: Database,
) -> None:
    await stored(postgres_storage)
    on_statement(
        engine,
        "invoices.annotations",
        lambda _: as_superuser(database, b"DELETE FROM invoices WHERE id = 'invoice-3'"),
    )
    page = await listed(reader, InvoiceView.BASIC)
    assert len(page.views) == MANY - 1
    assert not any(b"invoice-3," in view for view in page.views)


async def test_no_more_views_are_fetched_than_the_page_has_room_for(
    postgres_storage: Storage, engine: AsyncEngine
) -> None:
    await stored(postgres_storage)
    asked: list[int] = []
    on_statement(
        engine,
        "reading_view",
        lambda parameters: asked.extend(
            len(each) for each in parameters.values() if isinstance(each, list)
        ),
    )
    reader = postgres_storage.reader
    whole = await reader.page(
        TENANT, filter=None, order=(), after=None, limit=MANY, view=InvoiceView.FULL
    )
    bound = sum(map(len, whole.views[:3]))
    page = await reader.page(
        TENANT,
        filter=None,
        order=(),
        after=None,
        limit=MANY,
        view=InvoiceView.FULL,
        max_bytes=bound,
    )
    assert page.views == whole.views[:3]
    assert asked == [MANY, 3]


async def test_renewed_views_are_those_of_the_renderer(
    postgres_storage: Storage, renewal: PostgresViewRenewal, database: Database
) -> None:
    mine = await stored(postgres_storage)
    renewed = [batch async for batch in renewal.renew()]
    numbers = [batch.renewed for batch in renewed]
    assert sum(numbers) == MANY + 1
    assert max(numbers) <= BATCH
    views = SingleReads(
        database.service_dsn, application_name="test", settings=PoolSettings(), limits=Limits()
    )
    for invoice in (*mine, read_invoice(1, "other")):
        found = await stored_view(
            views, invoice.tenant, invoice.id, full=True, version=RENDERER.version
        )
        assert found is not None
        assert found.view == rendered(RENDERER, invoice, InvoiceView.FULL)
    await views.aclose()
    assert [batch async for batch in renewal.renew()] == []


async def test_views_of_a_later_version_are_left_to_it(
    postgres_storage: Storage, renewal: PostgresViewRenewal, engine: AsyncEngine
) -> None:
    await stored(postgres_storage)
    assert sum([batch.renewed async for batch in renewal.renew()]) == MANY + 1
    earlier = PostgresViewRenewal(engine, ProtobufViewRenderer(), in_a_thread)
    assert [batch async for batch in earlier.renew()] == []
    # It sends them as it would have written them, all the same.
    mine = read_invoice(1)
    assert await postgres_storage.reader.view(TENANT, mine.id, InvoiceView.FULL) == rendered(
        ProtobufViewRenderer(), mine, InvoiceView.FULL
    )


async def test_header_that_was_written_later_leaves_the_reading_to_be_renewed(
    postgres_storage: Storage, renewal: PostgresViewRenewal, database: Database
) -> None:
    await store_invoices(postgres_storage, [read_invoice(1)])
    as_superuser(database, b"UPDATE invoices SET view_version = 'next'")
    assert [batch async for batch in renewal.renew()] == [RenewedBatch(1)]


async def test_invoice_that_changes_meanwhile_is_left_to_its_change(
    postgres_storage: Storage, renewal: PostgresViewRenewal, engine: AsyncEngine, database: Database
) -> None:
    await store_invoices(postgres_storage, [read_invoice(2)])
    changing = b"UPDATE invoices SET version = 7, header_view = 'later' WHERE id = 'invoice-2'"
    on_statement(engine, "UPDATE invoices", lambda _: as_superuser(database, changing))
    assert [batch async for batch in renewal.renew()] == [RenewedBatch(0)]
    with psycopg.connect(database.superuser_dsn) as connection:
        rows = connection.execute("SELECT header_view FROM invoices").fetchall()
    assert rows == [(b"later",)]


async def test_row_that_this_version_cannot_read_stops_no_other(
    postgres_storage: Storage, renewal: PostgresViewRenewal, database: Database
) -> None:
    await store_invoices(postgres_storage, [read_invoice(1), read_invoice(2)])
    as_superuser(database, b"UPDATE invoices SET form = 'of the future' WHERE id = 'invoice-1'")
    assert [batch async for batch in renewal.renew()] == [RenewedBatch(1, ("invoice-1",))]
