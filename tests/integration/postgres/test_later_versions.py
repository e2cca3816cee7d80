"""Rows that a later version of the program has written, beside which this one goes on."""

from collections.abc import Iterator
from datetime import timedelta

import psycopg
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from invoice_listing import store_invoices
from invoice_summarizer.adapters.postgres.invoice_reader import PostgresInvoiceReader
from invoice_summarizer.domain.event import Event, EventKind
from invoice_summarizer.domain.operation import OperationKind
from invoice_summarizer.ports.invoice_reader import GroupKey
from invoice_summarizer.ports.invoice_views import InvoiceView
from invoice_summarizer.ports.long_work import in_a_thread
from invoice_summarizer.rpc.invoice_views import ProtobufViewRenderer
from invoice_summarizer.rpc.mapping.aggregates import aggregates_to_proto
from invoices.v1 import invoice_pb2
from postgres_fixture import Database
from storage_fixture import Storage
from storage_samples import LONG_AGO, TENANT, read_invoice

LEASE = timedelta(seconds=30)


async def test_operation_of_a_later_version_stops_nobody(
    postgres_storage: Storage, database: Database
) -> None:
    later, healthy = await postgres_storage.add_pending(1, 2, tenant=TENANT)
    _change(database, b"UPDATE operations SET kind = 'digest' WHERE id = %s", later.id)
    async with postgres_storage.transactions.begin(TENANT) as transaction:
        page = await transaction.operations.page(states=frozenset(), after=None, limit=9)
        cancelled = await transaction.operations.cancel(later.id)
    assert [each.kind for each in page] == [OperationKind.INGEST, OperationKind.OTHER]
    assert cancelled.kind is OperationKind.OTHER
    [claim] = await postgres_storage.queue.claim("worker", LEASE, 9)
    assert claim.operation.id == healthy.id


async def test_exhausted_operation_of_a_later_version_is_left_to_it(
    postgres_storage: Storage, database: Database
) -> None:
    [later] = await postgres_storage.add_pending(1, tenant=TENANT)
    _change(database, b"UPDATE operations SET kind = 'digest', attempt = 3 WHERE id = %s", later.id)
    assert await postgres_storage.queue.exhausted(9) == []


async def test_event_of_a_later_version_is_in_the_history(
    postgres_storage: Storage, database: Database
) -> None:
    kinds = (EventKind.INVOICE_RECEIVED, EventKind.OTHER, EventKind.INVOICE_READY)
    async with postgres_storage.transactions.begin(TENANT) as transaction:
        for kind in kinds:
            await transaction.record(
                Event(kind=kind, actor="olga", time=LONG_AGO, invoice_id="invoice-1")
            )
    events = await postgres_storage.reader.events(TENANT, "invoice-1", before=None, limit=9)
    assert [each.event.kind for each in reversed(events)] == [*kinds]


@pytest.fixture
def any_status(database: Database) -> Iterator[None]:
    """A later version's tables know more statuses."""
    name = b"invoices_status_check"
    with psycopg.connect(database.superuser_dsn, autocommit=True) as connection:
        [(check,)] = connection.execute(
            "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = %s",
            (name.decode(),),
        )
        connection.execute(b"ALTER TABLE invoices DROP CONSTRAINT " + name)
        yield
        connection.execute("UPDATE invoices SET status = 'ready' WHERE status = 'paid'")
        connection.execute(b"ALTER TABLE invoices ADD CONSTRAINT " + name + b" " + check.encode())


_LATER = [
    b"UPDATE invoices SET form = 'HOLOGRAM' WHERE id = 'invoice-1'",
    b"UPDATE invoices SET status = 'paid' WHERE id = 'invoice-1'",
]


@pytest.mark.parametrize("change", _LATER)
@pytest.mark.parametrize("view", [*InvoiceView])
async def test_invoice_of_a_later_version_is_listed_with_all_others(
    postgres_storage: Storage,
    engine: AsyncEngine,
    database: Database,
    any_status: None,
    view: InvoiceView,
    change: bytes,
) -> None:
    await store_invoices(postgres_storage, [read_invoice(1), read_invoice(2)])
    _change(database, change)
    _change(database, b"UPDATE invoices SET view_version = 'later' WHERE id = 'invoice-1'")
    reader = PostgresInvoiceReader(engine, ProtobufViewRenderer(), in_a_thread)
    page = await reader.page(TENANT, filter=None, order=(), after=None, limit=9, view=view)
    later, other = sorted(map(invoice_pb2.Invoice.FromString, page.views), key=lambda i: i.name)
    assert (later.name[-1], other.name[-1]) == ("1", "2")
    assert other.status and other.form
    assert (not later.status, not later.form) == (b"status" in change, b"form" in change)
    groups = await reader.aggregate(
        TENANT, filter=None, group_by=frozenset({GroupKey.STATUS}), limit=9
    )
    shown = {group.status for group in aggregates_to_proto(groups).aggregates}
    assert other.status in shown and (0 in shown) == (b"status" in change)


def _change(database: Database, statement: bytes, *parameters: object) -> None:
    with psycopg.connect(database.superuser_dsn, autocommit=True) as connection:
        assert connection.execute(statement, parameters).rowcount == 1
