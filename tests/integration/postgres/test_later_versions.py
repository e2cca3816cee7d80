"""Rows that a later version of the program has written, beside which this one goes on."""

from datetime import timedelta

import psycopg

from invoice_summarizer.domain.event import Event, EventKind
from invoice_summarizer.domain.operation import OperationKind
from postgres_fixture import Database
from storage_fixture import Storage
from storage_samples import LONG_AGO, TENANT

LEASE = timedelta(seconds=30)


async def test_operation_of_a_later_version_stops_nobody(
    postgres_storage: Storage, database: Database
) -> None:
    later, healthy = await postgres_storage.add_pending(1, 2, tenant=TENANT)
    _change(database, b"UPDATE operations SET kind = 'batch' WHERE id = %s", later.id)
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
    _change(database, b"UPDATE operations SET kind = 'batch', attempt = 3 WHERE id = %s", later.id)
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


def _change(database: Database, statement: bytes, *parameters: object) -> None:
    with psycopg.connect(database.superuser_dsn, autocommit=True) as connection:
        assert connection.execute(statement, parameters).rowcount == 1
