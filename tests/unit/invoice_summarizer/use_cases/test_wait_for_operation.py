"""Whoever waits for an operation is told once it is done, also where the wake-up is lost."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from invoice_summarizer.adapters.faulty.faults import Faults
from invoice_summarizer.adapters.faulty.transactions import FaultyTransactions
from invoice_summarizer.adapters.memory.operation_completions import MemoryOperationCompletions
from invoice_summarizer.adapters.memory.store import MemoryStore
from invoice_summarizer.adapters.memory.transactions import MemoryTransactions
from invoice_summarizer.domain.errors import NotFound, Unavailable
from invoice_summarizer.domain.operation import OperationState
from invoice_summarizer.domain.principal import Principal, Role
from invoice_summarizer.use_cases import wait_for_operation
from invoice_summarizer.use_cases.wait_for_operation import WaitForOperation
from storage_samples import add_invoice, delete_invoice, pending_operation, received_invoice

OWNER = Principal(subject="olga", tenant="acme", roles=frozenset(Role))
INVOICE = received_invoice(1)
PENDING = pending_operation(INVOICE)
HOUR = timedelta(hours=1)
AT_ONCE = timedelta(0)
PATIENCE_SECONDS = 20  # a wait that this has to end is a failed test


class System:
    """An operation in a store, and who waits for it, with transactions whose number is known."""

    def __init__(self) -> None:
        self.store = MemoryStore()
        self.transactions = MemoryTransactions(self.store)
        self.faults = Faults()
        self.wait = WaitForOperation(
            FaultyTransactions(self.transactions, self.faults),
            MemoryOperationCompletions(self.store),
        )

    @property
    def looks(self) -> int:
        return self.faults.calls["begin"]

    def lose_wake_up(self) -> None:
        """The operation succeeds, and nobody who waits for it is woken."""
        key = (PENDING.tenant, PENDING.id)
        queued = self.store.committed.operations.get(key)
        assert queued is not None
        done = replace(queued.operation, state=OperationState.SUCCEEDED)
        self.store.committed.operations.put(key, replace(queued, operation=done))

    async def look(self, number: int) -> None:
        """Returns once the operation was looked at that often."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while self.looks < number:
                await asyncio.sleep(0)


@pytest.fixture
async def system() -> System:
    system = System()
    async with system.transactions.begin("acme") as transaction:
        await add_invoice(transaction, INVOICE)
        await transaction.operations.add(PENDING)
    return system


@pytest.fixture
def never_looks_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wait_for_operation, "LOOK_AGAIN", HOUR)


@pytest.fixture
def looks_again_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wait_for_operation, "LOOK_AGAIN", timedelta(milliseconds=1))


@pytest.mark.usefixtures("never_looks_again")
@pytest.mark.parametrize("state", [each for each in OperationState if each.done])
async def test_operation_that_is_done_is_not_waited_for(
    system: System, state: OperationState
) -> None:
    done = replace(pending_operation(INVOICE, 1), state=state)
    async with system.transactions.begin("acme") as transaction:
        await transaction.operations.add(done)
    async with asyncio.timeout(PATIENCE_SECONDS):
        assert await system.wait(OWNER, done.id, HOUR) == done
    assert system.looks == 1


@pytest.mark.usefixtures("never_looks_again")
async def test_without_time_the_operation_is_looked_at_once(system: System) -> None:
    async with asyncio.timeout(PATIENCE_SECONDS):
        assert await system.wait(OWNER, PENDING.id, AT_ONCE) == PENDING
    assert system.looks == 1


@pytest.mark.usefixtures("never_looks_again")
async def test_whoever_waits_is_woken_and_others_wait_on(system: System) -> None:
    other = replace(pending_operation(INVOICE, 1), invoice_id=None)
    async with system.transactions.begin("acme") as transaction:
        await transaction.operations.add(other)
    waiting = asyncio.create_task(system.wait(OWNER, PENDING.id, HOUR))
    waiting_on = asyncio.create_task(system.wait(OWNER, other.id, HOUR))
    await system.look(2)
    async with system.transactions.begin("acme") as transaction:
        cancelled = await transaction.operations.cancel(PENDING.id)
    async with asyncio.timeout(PATIENCE_SECONDS):
        assert await waiting == cancelled
    assert system.looks == 3
    assert not waiting_on.done()
    waiting_on.cancel()


@pytest.mark.usefixtures("looks_again_soon")
async def test_lost_wake_up_ends_with_the_next_look(system: System) -> None:
    waiting = asyncio.create_task(system.wait(OWNER, PENDING.id, HOUR))
    await system.look(2)
    system.lose_wake_up()
    async with asyncio.timeout(PATIENCE_SECONDS):
        assert (await waiting).state is OperationState.SUCCEEDED


@pytest.mark.usefixtures("never_looks_again")
async def test_wait_is_over_with_its_time_though_the_next_look_is_not_due(system: System) -> None:
    async with asyncio.timeout(PATIENCE_SECONDS):
        assert await system.wait(OWNER, PENDING.id, timedelta(milliseconds=1)) == PENDING


@pytest.mark.usefixtures("looks_again_soon")
async def test_operation_that_goes_with_its_invoice_is_waited_for_no_longer(
    system: System,
) -> None:
    waiting = asyncio.create_task(system.wait(OWNER, PENDING.id, HOUR))
    await system.look(2)
    async with system.transactions.begin("acme") as transaction:
        await delete_invoice(transaction, INVOICE.id)
    async with asyncio.timeout(PATIENCE_SECONDS):
        with pytest.raises(NotFound):
            await waiting


@pytest.mark.usefixtures("never_looks_again")
async def test_operation_of_another_tenant_is_not_found(system: System) -> None:
    stranger = replace(OWNER, tenant="other")
    async with asyncio.timeout(PATIENCE_SECONDS):
        with pytest.raises(NotFound):
            await system.wait(stranger, PENDING.id, HOUR)


@pytest.mark.usefixtures("looks_again_soon")
async def test_store_that_goes_away_ends_the_wait(system: System) -> None:
    system.faults.fail("begin", Unavailable("away"), when=lambda number: number > 1)
    async with asyncio.timeout(PATIENCE_SECONDS):
        with pytest.raises(Unavailable):
            await system.wait(OWNER, PENDING.id, HOUR)
    assert system.looks == 2
