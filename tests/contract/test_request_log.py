"""The contract of RequestLog."""

import asyncio

import pytest

from invoice_summarizer.domain.errors import NotFound, RequestIdReused
from invoice_summarizer.domain.operation import Operation
from storage_fixture import Storage
from storage_samples import (
    TENANT,
    add_invoice,
    delete_invoice,
    pending_operation,
    received_invoice,
)


class Interruption(Exception):
    pass


async def test_request_id_stays_bound_to_its_first_operation(storage: Storage) -> None:
    first, second, third = (o.id for o in await storage.add_pending(1, 2, 3))
    async with storage.transactions.begin(TENANT) as transaction:
        assert await transaction.requests.record("request", "print", first) == first
    async with storage.transactions.begin(TENANT) as transaction:
        assert await transaction.requests.record("request", "print", second) == first
        with pytest.raises(RequestIdReused):
            await transaction.requests.record("request", "other print", third)


async def test_request_id_is_free_once_its_operation_went_with_its_invoice(
    storage: Storage,
) -> None:
    first, kept, second = await storage.add_pending(1, 2, 3)
    async with storage.transactions.begin(TENANT) as transaction:
        await transaction.requests.record("request", "print", first.id)
        await transaction.requests.record("other request", "print", kept.id)
    async with storage.transactions.begin(TENANT) as transaction:
        await delete_invoice(transaction, first.invoice_id)
    async with storage.transactions.begin(TENANT) as transaction:
        assert await transaction.requests.record("request", "another", second.id) == second.id
        assert await transaction.requests.record("other request", "print", second.id) == kept.id


async def test_request_id_may_come_before_its_operation(storage: Storage) -> None:
    invoice = received_invoice(1)
    operation = pending_operation(invoice)
    async with storage.transactions.begin(TENANT) as transaction:
        await transaction.requests.record("request", "print", operation.id)
        await add_invoice(transaction, invoice)
        await transaction.operations.add(operation)
    async with storage.transactions.begin(TENANT) as transaction:
        assert await transaction.requests.record("request", "print", "new") == operation.id


async def test_request_id_of_no_operation_stores_nothing(storage: Storage) -> None:
    with pytest.raises(NotFound):
        async with storage.transactions.begin(TENANT) as transaction:
            await add_invoice(transaction, received_invoice(1))
            await transaction.requests.record("request", "print", "none")
    async with storage.transactions.begin(TENANT) as transaction:
        with pytest.raises(NotFound):
            await transaction.invoices.get("invoice-1")


async def test_request_id_recorded_and_deleted_in_one_transaction_is_free(storage: Storage) -> None:
    first, second = await storage.add_pending(1, 2)
    async with storage.transactions.begin(TENANT) as transaction:
        await transaction.requests.record("request", "print", first.id)
        await delete_invoice(transaction, first.invoice_id)
    async with storage.transactions.begin(TENANT) as transaction:
        assert await transaction.requests.record("request", "print", second.id) == second.id


async def test_one_of_concurrent_requests_of_one_id_wins(storage: Storage) -> None:
    async def record(operation: Operation) -> str:
        async with storage.transactions.begin(TENANT) as transaction:
            bound = await transaction.requests.record("request", "print", operation.id)
            await asyncio.sleep(0)
            return bound

    operations = await storage.add_pending(*range(8))
    found = await asyncio.gather(*map(record, operations))
    assert len(set(found)) == 1


async def test_request_id_is_free_where_its_transaction_was_rolled_back(storage: Storage) -> None:
    recorded, may_end = asyncio.Event(), asyncio.Event()
    lost, kept = await storage.add_pending(1, 2)

    async def interrupted() -> None:
        async with storage.transactions.begin(TENANT) as transaction:
            await transaction.requests.record("request", "print", lost.id)
            recorded.set()
            await may_end.wait()
            raise Interruption

    async def second() -> str:
        await recorded.wait()
        async with storage.transactions.begin(TENANT) as transaction:
            return await transaction.requests.record("request", "print", kept.id)

    async with asyncio.TaskGroup() as group:
        first_task = group.create_task(_expecting_interruption(interrupted()))
        second_task = group.create_task(second())
        await recorded.wait()
        may_end.set()
    assert first_task.done()
    assert second_task.result() == kept.id


async def _expecting_interruption(work: object) -> None:
    with pytest.raises(Interruption):
        await work  # type: ignore[misc]
