"""How often the parts that are busiest go to the database and back."""

import tempfile
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine
from summarizing import summary_writer

from invoice_summarizer.adapters.memory.document_reader import MemoryDocumentReader
from invoice_summarizer.adapters.memory.object_store import MemoryObjectStore
from invoice_summarizer.adapters.postgres.engine import create_engine
from invoice_summarizer.adapters.postgres.invoice_reader import PostgresInvoiceReader
from invoice_summarizer.adapters.postgres.operation_queue import PostgresOperationQueue
from invoice_summarizer.adapters.postgres.transactions import PostgresTransactions
from invoice_summarizer.domain.invoice import InvoiceStatus
from invoice_summarizer.domain.operation import Claim
from invoice_summarizer.domain.principal import Principal, Role
from invoice_summarizer.ports.clock import new_uuid, utc_now
from invoice_summarizer.ports.invoice_views import InvoiceView
from invoice_summarizer.ports.long_work import in_a_thread
from invoice_summarizer.rpc.invoice_views import ProtobufViewRenderer
from invoice_summarizer.use_cases.ingest_document import IncomingDocument, IngestDocument
from invoice_summarizer.use_cases.process_operation import ProcessOperation
from postgres_fixture import Database
from round_trips import RoundTrips, counted_round_trips
from small_invoice import ubl_invoice
from storage_fixture import fail_the_test

OWNER = Principal(subject="olga", tenant="acme", roles=frozenset(Role))
LEASE = timedelta(seconds=30)
MANY = 20
WARM = 8  # repetitions after which every statement is prepared, which costs a trip of its own


@dataclass(frozen=True, slots=True)
class Counted:
    """The storage on connections whose round trips are counted, with more operations than any test needs."""

    engine: AsyncEngine
    trips: RoundTrips
    objects: MemoryObjectStore

    @property
    def queue(self) -> PostgresOperationQueue:
        return PostgresOperationQueue(self.engine, max_attempts=3, listening_failed=fail_the_test)

    @property
    def transactions(self) -> PostgresTransactions:
        return PostgresTransactions(self.engine, ProtobufViewRenderer())

    async def ingest(self, number: int) -> None:
        async def once() -> AsyncIterator[bytes]:
            yield ubl_invoice(f"R-{number}")

        ingest = IngestDocument(self.transactions, self.objects, utc_now, new_uuid)
        await ingest(OWNER, once(), IncomingDocument())

    async def claim(self, limit: int) -> list[Claim]:
        return await self.queue.claim("worker", LEASE, limit)


@pytest.fixture
async def counted(database: Database) -> AsyncIterator[Counted]:
    # Short, so that a socket lies in it.
    with tempfile.TemporaryDirectory(prefix="trips-") as folder:
        async with counted_round_trips(database.service_dsn, Path(folder)) as trips:
            engine = create_engine(trips.dsn, application_name="test")
            created = Counted(engine, trips, MemoryObjectStore())
            for number in range(WARM + MANY):
                await created.ingest(number)
            yield created
            await engine.dispose()


async def test_claim_of_many_is_at_most_five_round_trips(counted: Counted) -> None:
    for _ in range(WARM):
        await counted.claim(1)
    before = counted.trips.count
    assert len(await counted.claim(MANY)) == MANY
    assert 1 <= counted.trips.count - before <= 5


async def test_processing_a_document_is_at_most_nine_round_trips(counted: Counted) -> None:
    process = ProcessOperation(
        counted.transactions,
        counted.queue,
        counted.objects,
        MemoryDocumentReader({}),
        in_a_thread,
        utc_now,
        summary_writer(),
        new_uuid,
    )
    *others, last = await counted.claim(WARM + 1)
    for claim in others:
        await process(claim)
    before = counted.trips.count
    await process(last)
    assert 1 <= counted.trips.count - before <= 9
    assert last.operation.invoice_id is not None
    async with counted.transactions.begin("acme") as transaction:
        invoice = await transaction.invoices.header(last.operation.invoice_id)
    assert invoice.status is InvoiceStatus.READY


async def test_reading_a_view_is_one_round_trip(counted: Counted) -> None:
    reader = PostgresInvoiceReader(counted.engine, ProtobufViewRenderer(), in_a_thread)
    [claim] = await counted.claim(1)
    assert claim.operation.invoice_id is not None
    for _ in range(2):
        before = counted.trips.count
        await reader.view("acme", claim.operation.invoice_id, InvoiceView.FULL)
    assert counted.trips.count - before == 1
    await reader.aclose()
