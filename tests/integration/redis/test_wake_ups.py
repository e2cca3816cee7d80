"""Workers, and whoever waits for operations, are woken by Redis where it is there, and by PostgreSQL otherwise."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta

import psycopg
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from invoice_summarizer.adapters.postgres.listening import DONE_CHANNEL, WORK_CHANNEL
from invoice_summarizer.adapters.postgres.operation_completions import PostgresOperationCompletions
from invoice_summarizer.adapters.postgres.operation_queue import PostgresOperationQueue
from invoice_summarizer.adapters.postgres.transactions import PostgresTransactions
from invoice_summarizer.adapters.redis import wake_ups
from invoice_summarizer.adapters.redis.connections import RedisConnections, RedisPlace
from invoice_summarizer.adapters.redis.wake_ups import RedisWakeUps
from invoice_summarizer.domain.operation import Operation
from invoice_summarizer.ports.transactions import Transactions
from invoice_summarizer.rpc.invoice_views import ProtobufViewRenderer
from postgres_fixture import Database
from redis_fixture import RedisServer, running_redis
from storage_fixture import fail_the_test
from storage_samples import add_invoice, pending_operation, received_invoice

TENANT = "acme"
LONG = timedelta(seconds=60)


@pytest.fixture
def own_redis() -> Iterator[RedisServer]:
    with running_redis() as server:
        yield server


class Woken:
    """What the database and Redis have told, and who was woken by it."""

    def __init__(self, engine: AsyncEngine, server: RedisServer) -> None:
        place = RedisPlace(url=server.url, answer_seconds=0.5)
        self.connections = RedisConnections(place)
        self.wake_ups = RedisWakeUps(place, self.connections, failed=fail_the_test)
        self.transactions: Transactions = PostgresTransactions(
            engine, ProtobufViewRenderer(), wake_ups=self.wake_ups
        )
        self.queue = PostgresOperationQueue(
            engine, max_attempts=3, listening_failed=fail_the_test, wake_ups=self.wake_ups
        )
        self.completions = PostgresOperationCompletions(
            engine, listening_failed=fail_the_test, wake_ups=self.wake_ups
        )

    async def added(self, number: int) -> Operation:
        async with self.transactions.begin(TENANT) as transaction:
            invoice = await add_invoice(transaction, received_invoice(number))
            operation = pending_operation(invoice, number)
            await transaction.operations.add(operation)
        return operation

    async def completed(self) -> None:
        [claim] = await self.queue.claim("worker", LONG, 1)
        async with self.transactions.begin(TENANT) as transaction:
            await transaction.operations.complete(claim)

    async def aclose(self) -> None:
        await self.queue.aclose()
        await self.completions.aclose()
        await self.connections.aclose()


@pytest.fixture
async def woken(
    engine: AsyncEngine, own_redis: RedisServer, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Woken]:
    monkeypatch.setattr(wake_ups, "_RECONNECT_SECONDS", 0.05)
    created = Woken(engine, own_redis)
    yield created
    await created.aclose()


@asynccontextmanager
async def told_by_the_database(database: Database) -> AsyncIterator[list[str]]:
    """Yields the channels on which the database has told anything, complete at the end of the block."""
    told = list[str]()
    async with await psycopg.AsyncConnection.connect(
        database.superuser_dsn, autocommit=True
    ) as connection:
        for channel in (WORK_CHANNEL, DONE_CHANNEL):
            await connection.execute(f"LISTEN {channel}".encode())
        yield told
        async for each in connection.notifies(timeout=0.5):
            told.append(each.channel)


async def until_nobody_is_woken(woken: Woken) -> None:
    """Listening has begun, which wakes once by each of the two."""
    loop = asyncio.get_running_loop()
    while True:
        began = loop.time()
        await woken.queue.wait(timedelta(seconds=0.5))
        if loop.time() - began >= 0.5:
            return


async def test_worker_is_woken_by_redis_and_not_by_the_database(
    woken: Woken, database: Database
) -> None:
    await until_nobody_is_woken(woken)
    async with told_by_the_database(database) as told:
        waiting = asyncio.create_task(woken.queue.wait(LONG))
        await woken.added(1)
        async with asyncio.timeout(10):
            await waiting
    assert told == []


async def test_who_waits_for_an_operation_is_woken_by_redis(
    woken: Woken, database: Database
) -> None:
    operation = await woken.added(1)
    async with woken.completions.of(operation.id) as wait:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(1):
                while True:  # listening has begun
                    await wait(LONG)
        async with told_by_the_database(database) as told:
            waiting = asyncio.create_task(wait(LONG))
            await woken.completed()
            async with asyncio.timeout(10):
                await waiting
    assert told == []


async def test_transaction_that_is_rolled_back_wakes_nobody(woken: Woken) -> None:
    await until_nobody_is_woken(woken)
    waiting = asyncio.create_task(woken.queue.wait(timedelta(seconds=1)))
    began = asyncio.get_running_loop().time()
    with pytest.raises(ZeroDivisionError):
        async with woken.transactions.begin(TENANT) as transaction:
            invoice = await add_invoice(transaction, received_invoice(1))
            await transaction.operations.add(pending_operation(invoice, 1))
            raise ZeroDivisionError
    await waiting
    assert asyncio.get_running_loop().time() - began >= 1


async def test_without_redis_the_database_wakes_and_later_redis_again(
    woken: Woken, own_redis: RedisServer, database: Database
) -> None:
    await until_nobody_is_woken(woken)
    own_redis.kill()
    async with told_by_the_database(database) as told:
        for number in range(1, 4):
            waiting = asyncio.create_task(woken.queue.wait(LONG))
            await woken.added(number)
            async with asyncio.timeout(10):
                await waiting
    assert told == [WORK_CHANNEL] * 3

    own_redis.start()
    async with asyncio.timeout(20):
        while not woken.wake_ups.is_up:
            await woken.wake_ups.tell("nobody", "")
            await asyncio.sleep(0.1)
    await until_nobody_is_woken(woken)
    async with told_by_the_database(database) as told:
        waiting = asyncio.create_task(woken.queue.wait(LONG))
        await woken.added(4)
        async with asyncio.timeout(10):
            await waiting
    assert told == []
