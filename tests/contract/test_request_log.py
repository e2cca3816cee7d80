"""The contract of RequestLog."""

import asyncio

import pytest

from invoice_summarizer.domain.errors import (
    RequestIdReused,
)
from storage_fixture import Storage
from storage_samples import (
    TENANT,
)


class Interruption(Exception):
    pass


async def test_request_id_stays_bound_to_its_first_operation(storage: Storage) -> None:
    async with storage.transactions.begin(TENANT) as transaction:
        assert await transaction.requests.record("request", "print", "first") == "first"
    async with storage.transactions.begin(TENANT) as transaction:
        assert await transaction.requests.record("request", "print", "second") == "first"
        with pytest.raises(RequestIdReused):
            await transaction.requests.record("request", "other print", "third")


async def test_one_of_concurrent_requests_of_one_id_wins(storage: Storage) -> None:
    async def record(number: int) -> str:
        async with storage.transactions.begin(TENANT) as transaction:
            bound = await transaction.requests.record("request", "print", f"operation-{number}")
            await asyncio.sleep(0)
            return bound

    found = await asyncio.gather(*(record(number) for number in range(8)))
    assert len(set(found)) == 1


async def test_request_id_is_free_where_its_transaction_was_rolled_back(storage: Storage) -> None:
    recorded, may_end = asyncio.Event(), asyncio.Event()

    async def interrupted() -> None:
        async with storage.transactions.begin(TENANT) as transaction:
            await transaction.requests.record("request", "print", "lost")
            recorded.set()
            await may_end.wait()
            raise Interruption

    async def second() -> str:
        await recorded.wait()
        async with storage.transactions.begin(TENANT) as transaction:
            return await transaction.requests.record("request", "print", "second")

    async with asyncio.TaskGroup() as group:
        first_task = group.create_task(_expecting_interruption(interrupted()))
        second_task = group.create_task(second())
        await recorded.wait()
        may_end.set()
    assert first_task.done()
    assert second_task.result() == "second"


async def _expecting_interruption(work: object) -> None:
    with pytest.raises(Interruption):
        await work  # type: ignore[misc]
