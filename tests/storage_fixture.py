"""The storage ports over memory and over PostgreSQL, with a hand on the time that leases are measured by.

from storage_fixture import memory_storage, postgres_storage, storage
"""

from abc import ABC, abstractmethod
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from invoice_summarizer.adapters.memory.invoice_reader import MemoryInvoiceReader
from invoice_summarizer.adapters.memory.operation_completions import MemoryOperationCompletions
from invoice_summarizer.adapters.memory.operation_queue import MemoryOperationQueue
from invoice_summarizer.adapters.memory.store import MemoryStore
from invoice_summarizer.adapters.memory.task_schedule import MemoryTaskSchedule
from invoice_summarizer.adapters.memory.transactions import MemoryTransactions
from invoice_summarizer.adapters.postgres.invoice_reader import PostgresInvoiceReader
from invoice_summarizer.adapters.postgres.operation_completions import (
    PostgresOperationCompletions,
)
from invoice_summarizer.adapters.postgres.operation_queue import PostgresOperationQueue
from invoice_summarizer.adapters.postgres.task_schedule import PostgresTaskSchedule
from invoice_summarizer.adapters.postgres.transactions import PostgresTransactions
from invoice_summarizer.domain.operation import BATCH_KINDS, Operation
from invoice_summarizer.ports.invoice_reader import InvoiceReader
from invoice_summarizer.ports.long_work import in_a_thread
from invoice_summarizer.ports.operation_completions import OperationCompletions
from invoice_summarizer.ports.operation_queue import OperationQueue
from invoice_summarizer.ports.task_schedule import TaskSchedule
from invoice_summarizer.ports.transactions import Transactions
from invoice_summarizer.rpc.invoice_views import ProtobufViewRenderer
from postgres_fixture import Database
from storage_samples import add_invoice, pending_operation, received_invoice

MAX_ATTEMPTS = 3
MAX_BATCH_ATTEMPTS = 20


def fail_the_test(error: Exception) -> None:
    """For what nobody foresees in listening: whoever closes the adapter gets it."""
    raise error


class Time(ABC):
    @abstractmethod
    async def pass_by(self, duration: timedelta) -> None:
        """As if the duration had gone by since all leases and due times were set."""


@dataclass(frozen=True, slots=True)
class Storage:
    transactions: Transactions
    queue: OperationQueue
    batch_queue: OperationQueue
    reader: InvoiceReader
    completions: OperationCompletions
    schedule: TaskSchedule
    time: Time

    async def add_pending(self, *numbers: int, tenant: str = "acme") -> list[Operation]:
        """Stores an invoice of each number with a due operation; the smaller the number, the older."""
        added = []
        async with self.transactions.begin(tenant) as transaction:
            for number in numbers:
                invoice = await add_invoice(transaction, received_invoice(number, tenant))
                operation = pending_operation(invoice, number)
                await transaction.operations.add(operation)
                added.append(operation)
        return added


class _MovableClock(Time):
    def __init__(self) -> None:
        self._now = datetime(2026, 1, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self._now

    async def pass_by(self, duration: timedelta) -> None:
        self._now += duration


class _DatabaseTime(Time):
    """The database's clock cannot be moved, so what was set is moved instead."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def pass_by(self, duration: timedelta) -> None:
        async with await psycopg.AsyncConnection.connect(
            self._database.superuser_dsn
        ) as connection:
            await connection.execute(
                "UPDATE operations SET due_at = due_at - %(by)s,"
                " lease_expires_at = lease_expires_at - %(by)s",
                {"by": duration},
            )
            await connection.execute(
                "UPDATE scheduled_tasks SET due_at = due_at - %(by)s", {"by": duration}
            )


@pytest.fixture
def memory_storage() -> Storage:
    store, clock = MemoryStore(), _MovableClock()
    return Storage(
        MemoryTransactions(store, clock=clock),
        MemoryOperationQueue(store, max_attempts=MAX_ATTEMPTS, clock=clock),
        MemoryOperationQueue(
            store, max_attempts=MAX_BATCH_ATTEMPTS, kinds=BATCH_KINDS, clock=clock
        ),
        MemoryInvoiceReader(store, ProtobufViewRenderer()),
        MemoryOperationCompletions(store),
        MemoryTaskSchedule(store, clock=clock),
        clock,
    )


@pytest.fixture
async def postgres_storage(engine: AsyncEngine, database: Database) -> AsyncIterator[Storage]:
    queue = PostgresOperationQueue(
        engine, max_attempts=MAX_ATTEMPTS, listening_failed=fail_the_test
    )
    batch_queue = PostgresOperationQueue(
        engine, max_attempts=MAX_BATCH_ATTEMPTS, listening_failed=fail_the_test, kinds=BATCH_KINDS
    )
    completions = PostgresOperationCompletions(engine, listening_failed=fail_the_test)
    renderer = ProtobufViewRenderer()
    reader = PostgresInvoiceReader(engine, renderer, in_a_thread)
    yield Storage(
        PostgresTransactions(engine, renderer),
        queue,
        batch_queue,
        reader,
        completions,
        PostgresTaskSchedule(engine),
        _DatabaseTime(database),
    )
    await reader.aclose()
    await batch_queue.aclose()
    await queue.aclose()
    await completions.aclose()


@pytest.fixture(params=["memory", "postgres"])
def storage(request: pytest.FixtureRequest) -> Storage:
    found = request.getfixturevalue(f"{request.param}_storage")
    assert isinstance(found, Storage)
    return found
