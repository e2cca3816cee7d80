"""The contract of OperationQueue, and of completing what it handed out."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from invoice_summarizer.domain.errors import LeaseLost, OperationNotCancellable
from invoice_summarizer.domain.operation import Claim, Operation, OperationKind, OperationState
from invoice_summarizer.ports.operation_queue import Backlog
from storage_fixture import MAX_ATTEMPTS, Storage
from storage_samples import (
    TENANT,
    add_invoice,
    delete_invoice,
    pending_operation,
    received_invoice,
)

LEASE = timedelta(seconds=30)
LONGER = timedelta(seconds=31)


async def claimed(storage: Storage, worker: str = "worker") -> Claim:
    [claim] = await storage.queue.claim(worker, LEASE, 1)
    return claim


async def complete(storage: Storage, claim: Claim, failure_reason: str | None = None) -> None:
    async with storage.transactions.begin(claim.operation.tenant) as transaction:
        await transaction.operations.complete(claim, failure_reason=failure_reason)


async def current(storage: Storage, operation_id: str) -> Operation:
    async with storage.transactions.begin(TENANT) as transaction:
        return await transaction.operations.get(operation_id)


async def test_reason_of_a_failure_is_kept_with_what_it_says_more(storage: Storage) -> None:
    await storage.add_pending(1)
    claim, said = await claimed(storage), {"limit": "CPU", "allowed": "30"}
    async with storage.transactions.begin(TENANT) as transaction:
        await transaction.operations.complete(
            claim, failure_reason="READING_LIMIT_EXCEEDED", failure_metadata=said
        )
    failed = await current(storage, claim.operation.id)
    assert failed.failure_reason == "READING_LIMIT_EXCEEDED"
    assert failed.failure_metadata == said


async def test_nothing_due_is_none(storage: Storage) -> None:
    assert await storage.queue.claim("worker", LEASE, 1) == []


async def test_oldest_due_operation_comes_first(storage: Storage) -> None:
    await storage.add_pending(3, 1, 2)
    ids = [(await claimed(storage)).operation.invoice_id for _ in range(3)]
    assert ids == ["invoice-1", "invoice-2", "invoice-3"]
    assert await storage.queue.claim("worker", LEASE, 1) == []


async def test_as_many_are_claimed_as_are_asked_for_oldest_first(storage: Storage) -> None:
    await storage.add_pending(3, 1, 4, 2)
    for expected in (["invoice-1", "invoice-2", "invoice-3"], ["invoice-4"], []):
        claims = await storage.queue.claim("worker", LEASE, 3)
        assert [claim.operation.invoice_id for claim in claims] == expected


async def test_tenants_take_turns(storage: Storage) -> None:
    await storage.add_pending(*range(1, 9))
    await storage.add_pending(20, 21, tenant="other")
    claims = await storage.queue.claim("worker", LEASE, 3)
    assert [(c.operation.tenant, c.operation.invoice_id) for c in claims] == [
        ("acme", "invoice-1"),
        ("acme", "invoice-2"),
        ("other", "invoice-20"),
    ]


async def test_tenant_with_less_under_way_is_next(storage: Storage) -> None:
    await storage.add_pending(*range(1, 9))
    await storage.queue.claim("worker", LEASE, 4)
    await storage.add_pending(20, 21, 22, tenant="other")
    tenants = [(await claimed(storage)).operation.tenant for _ in range(3)]
    assert tenants == ["other"] * 3
    await storage.time.pass_by(
        LONGER
    )  # nothing is under way any more, and all of it is claimed anew
    tenants = [(await claimed(storage)).operation.tenant for _ in range(4)]
    assert tenants == ["acme", "other", "acme", "other"]


async def test_what_is_done_is_under_way_no_more(storage: Storage) -> None:
    await storage.add_pending(1, 2)
    await storage.add_pending(20, tenant="other")
    await complete(storage, await claimed(storage))
    assert (await claimed(storage)).operation.invoice_id == "invoice-2"


async def test_claim_says_what_was_claimed(storage: Storage) -> None:
    [operation] = await storage.add_pending(1)
    claim = await claimed(storage, "worker-7")
    assert (claim.worker, claim.fencing_token) == ("worker-7", 1)
    assert claim.operation == await current(storage, operation.id)
    assert (claim.operation.state, claim.operation.attempt) == (OperationState.RUNNING, 1)
    assert claim.lease_expires - claim.operation.update_time == LEASE


async def test_operations_of_all_tenants_are_claimed(storage: Storage) -> None:
    await storage.add_pending(1, tenant="acme")
    await storage.add_pending(2, tenant="other")
    assert {(await claimed(storage)).operation.tenant for _ in range(2)} == {"acme", "other"}


async def test_operation_of_a_transaction_that_was_rolled_back_is_not_claimed(
    storage: Storage,
) -> None:
    with pytest.raises(RuntimeError):
        async with storage.transactions.begin(TENANT) as transaction:
            invoice = await add_invoice(transaction, received_invoice(1))
            await transaction.operations.add(pending_operation(invoice))
            raise RuntimeError
    assert await storage.queue.claim("worker", LEASE, 1) == []


async def test_concurrent_workers_never_claim_one_operation_twice(storage: Storage) -> None:
    await storage.add_pending(*range(40))

    async def work(worker: str) -> list[str]:
        done = []
        while claims := await storage.queue.claim(worker, LEASE, 3):
            for claim in claims:
                await complete(storage, claim)
                done.append(claim.operation.id)
        return done

    results = await asyncio.gather(*(work(f"worker-{n}") for n in range(8)))
    done = [operation_id for result in results for operation_id in result]
    assert len(done) == len(set(done)) == 40


async def test_completed_operation_is_done(storage: Storage) -> None:
    first, second = await storage.add_pending(1, 2)
    await complete(storage, await claimed(storage))
    await complete(storage, await claimed(storage), "PDF_ENCRYPTED")
    assert (await current(storage, first.id)).state is OperationState.SUCCEEDED
    failed = await current(storage, second.id)
    assert (failed.state, failed.failure_reason) == (OperationState.FAILED, "PDF_ENCRYPTED")
    await storage.time.pass_by(LONGER)
    assert await storage.queue.claim("worker", LEASE, 1) == []
    async with storage.transactions.begin(TENANT) as transaction:
        with pytest.raises(OperationNotCancellable):
            await transaction.operations.cancel(first.id)


async def test_completion_happens_with_its_transaction_only(storage: Storage) -> None:
    await storage.add_pending(1)
    claim = await claimed(storage)
    with pytest.raises(RuntimeError):
        async with storage.transactions.begin(TENANT) as transaction:
            await transaction.operations.complete(claim)
            raise RuntimeError
    assert (await current(storage, claim.operation.id)).state is OperationState.RUNNING
    await complete(storage, claim)


async def test_completing_twice_is_refused(storage: Storage) -> None:
    await storage.add_pending(1)
    claim = await claimed(storage)
    await complete(storage, claim)
    with pytest.raises(LeaseLost):
        await complete(storage, claim)


async def test_expired_lease_is_claimed_again_and_fences_the_first_worker(storage: Storage) -> None:
    await storage.add_pending(1)
    first = await claimed(storage, "slow")
    assert await storage.queue.claim("other", LEASE, 1) == []
    await storage.time.pass_by(LONGER)
    second = await claimed(storage, "other")
    assert second.operation.id == first.operation.id
    assert second.fencing_token > first.fencing_token
    assert second.operation.attempt == 2
    with pytest.raises(LeaseLost):
        await complete(storage, first)
    assert not await storage.queue.heartbeat(first, LEASE)
    assert not await storage.queue.retry_later(first, LEASE, "why")
    await complete(storage, second)
    with pytest.raises(LeaseLost):
        await complete(storage, second)


async def test_expired_claim_holds_until_another_takes_it(storage: Storage) -> None:
    await storage.add_pending(1)
    claim = await claimed(storage)
    await storage.time.pass_by(LONGER)
    await complete(storage, claim)


async def test_heartbeat_extends_the_lease(storage: Storage) -> None:
    await storage.add_pending(1)
    claim = await claimed(storage)
    for _ in range(3):
        await storage.time.pass_by(LEASE / 2)
        assert await storage.queue.heartbeat(claim, LEASE)
    assert await storage.queue.claim("other", LEASE, 1) == []
    await storage.time.pass_by(LONGER)
    assert await storage.queue.claim("other", LEASE, 1) != []


async def test_cancelled_operation_is_lost_to_its_worker(storage: Storage) -> None:
    [operation] = await storage.add_pending(1)
    claim = await claimed(storage)
    async with storage.transactions.begin(TENANT) as transaction:
        await transaction.operations.cancel(operation.id)
    assert not await storage.queue.heartbeat(claim, LEASE)
    assert not await storage.queue.retry_later(claim, LEASE, "why")
    with pytest.raises(LeaseLost):
        await complete(storage, claim)
    await storage.time.pass_by(LONGER)
    assert await storage.queue.claim("other", LEASE, 1) == []


async def test_deleted_invoice_is_lost_to_its_worker(storage: Storage) -> None:
    await storage.add_pending(1)
    claim = await claimed(storage)
    async with storage.transactions.begin(TENANT) as transaction:
        await delete_invoice(transaction, "invoice-1")
    assert not await storage.queue.heartbeat(claim, LEASE)
    with pytest.raises(LeaseLost):
        await complete(storage, claim)


async def test_returned_operation_is_due_after_the_delay(storage: Storage) -> None:
    await storage.add_pending(1)
    first = await claimed(storage)
    assert await storage.queue.retry_later(first, timedelta(minutes=5), "why")
    assert (await current(storage, first.operation.id)).state is OperationState.PENDING
    assert await storage.queue.claim("other", LEASE, 1) == []
    with pytest.raises(LeaseLost):
        await complete(storage, first)
    await storage.time.pass_by(timedelta(minutes=6))
    second = await claimed(storage)
    assert second.fencing_token > first.fencing_token
    assert (first.operation.attempt, second.operation.attempt) == (1, 2)
    assert (first.operation.last_failure, second.operation.last_failure) == (None, "why")


async def test_operation_of_a_kind_that_is_not_known_is_left_to_who_knows_it(
    storage: Storage,
) -> None:
    [first, second] = await storage.add_pending(1, 2)
    unknown = replace(first, id="unknown", invoice_id=None, kind=OperationKind.OTHER)
    async with storage.transactions.begin(TENANT) as transaction:
        await transaction.operations.add(replace(unknown, due_time=first.due_time - LEASE))
    assert (await storage.queue.backlog()).due == 2
    claims = await storage.queue.claim("worker", LEASE, 3)
    assert [claim.operation.id for claim in claims] == [first.id, second.id]
    assert await storage.queue.exhausted(3) == []
    assert (await current(storage, "unknown")).state is OperationState.PENDING


async def test_last_attempt_cannot_be_returned(storage: Storage) -> None:
    await storage.add_pending(1)
    for _ in range(MAX_ATTEMPTS - 1):
        assert await storage.queue.retry_later(await claimed(storage), timedelta(0), "why")
    last = await claimed(storage)
    assert last.operation.attempt == MAX_ATTEMPTS
    assert not await storage.queue.retry_later(last, timedelta(0), "why")
    await complete(storage, last, "TRANSIENT_FAILURE")


async def test_operation_without_attempts_left_is_exhausted(storage: Storage) -> None:
    await storage.add_pending(1, 2)
    for _ in range(MAX_ATTEMPTS):
        assert not await storage.queue.exhausted(9)
        last = await claimed(storage)
        await claimed(storage)
        await storage.time.pass_by(LONGER)
    assert await storage.queue.claim("worker", LEASE, 1) == []
    [first] = await storage.queue.exhausted(1)
    [second] = await storage.queue.exhausted(9)
    assert {first.operation.invoice_id, second.operation.invoice_id} == {"invoice-1", "invoice-2"}
    assert not await storage.queue.exhausted(9)
    assert first.operation.attempt == MAX_ATTEMPTS
    with pytest.raises(LeaseLost):
        await complete(storage, last)
    await complete(storage, first, "ATTEMPTS_EXHAUSTED")
    failed = await current(storage, first.operation.id)
    assert (failed.state, failed.failure_reason) == (OperationState.FAILED, "ATTEMPTS_EXHAUSTED")


async def test_exhausted_operation_comes_again_where_its_failure_was_not_recorded(
    storage: Storage,
) -> None:
    await storage.add_pending(1)
    for _ in range(MAX_ATTEMPTS):
        await claimed(storage)
        await storage.time.pass_by(LONGER)
    [lost] = await storage.queue.exhausted(9)
    await storage.time.pass_by(timedelta(hours=1))
    [again] = await storage.queue.exhausted(9)
    assert again.fencing_token > lost.fencing_token


async def test_wait_ends_when_an_operation_comes(storage: Storage) -> None:
    await storage.queue.wait(timedelta(milliseconds=1))  # takes what was there to wake it

    async def until_claimed() -> Claim:
        while True:
            for claim in await storage.queue.claim("worker", LEASE, 1):
                return claim
            await storage.queue.wait(timedelta(hours=1))

    waiting = asyncio.create_task(until_claimed())
    await asyncio.sleep(0.05)
    await storage.add_pending(1)
    async with asyncio.timeout(30):
        assert (await waiting).operation.invoice_id == "invoice-1"


async def test_wait_ends_after_its_timeout(storage: Storage) -> None:
    async with asyncio.timeout(30):
        for _ in range(3):
            await storage.queue.wait(timedelta(milliseconds=1))


async def test_request_ids_of_before_bind_nothing_any_more(storage: Storage) -> None:
    first, second = await storage.add_pending(1, 2)
    async with storage.transactions.begin(TENANT) as transaction:
        await transaction.requests.record("request", "print", first.id)
    long_ago, far_off = datetime(2000, 1, 1, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC)
    assert await storage.queue.forget_requests(long_ago, 9) == 0
    async with storage.transactions.begin(TENANT) as transaction:
        assert await transaction.requests.record("request", "print", second.id) == first.id
    assert await storage.queue.forget_requests(far_off, 9) == 1
    async with storage.transactions.begin(TENANT) as transaction:
        assert await transaction.requests.record("request", "other", second.id) == second.id


async def test_request_ids_go_oldest_first_and_no_more_than_the_limit(storage: Storage) -> None:
    operations = await storage.add_pending(1, 2, 3)
    for operation in operations:
        async with storage.transactions.begin(TENANT) as transaction:
            await transaction.requests.record(operation.id, "print", operation.id)
        await storage.time.pass_by(timedelta(seconds=1))
    far_off = datetime(9999, 1, 1, tzinfo=UTC)
    assert await storage.queue.forget_requests(far_off, 2) == 2
    async with storage.transactions.begin(TENANT) as transaction:
        oldest, _, newest = operations
        assert await transaction.requests.record(newest.id, "print", oldest.id) == newest.id
        assert await transaction.requests.record(oldest.id, "print", newest.id) == newest.id
    async with storage.transactions.begin(TENANT) as transaction:
        await transaction.requests.record("other", "print", oldest.id)
    assert [await storage.queue.forget_requests(far_off, 2) for _ in range(3)] == [2, 1, 0]


async def test_backlog_counts_what_is_due_in_all_tenants_and_has_the_age_of_the_oldest(
    storage: Storage,
) -> None:
    assert await storage.queue.backlog() == Backlog(due=0, oldest=timedelta(0))
    await storage.add_pending(1, tenant="acme")
    await storage.add_pending(2, tenant="other")
    before = await storage.queue.backlog()
    await storage.time.pass_by(timedelta(hours=1))
    after = await storage.queue.backlog()
    assert (before.due, after.due) == (2, 2)
    assert after.oldest - before.oldest >= timedelta(hours=1)


async def test_backlog_leaves_out_what_a_worker_holds_until_its_lease_is_lost(
    storage: Storage,
) -> None:
    await storage.add_pending(1)
    await claimed(storage)
    assert (await storage.queue.backlog()).due == 0
    await storage.time.pass_by(LONGER)
    assert (await storage.queue.backlog()).due == 1
