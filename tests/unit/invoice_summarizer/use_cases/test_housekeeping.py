"""What is done now and then, by one worker of all."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime, timedelta

import pytest

from invoice_summarizer.adapters.faulty.faults import Faults
from invoice_summarizer.adapters.faulty.object_store import FaultyObjectStore
from invoice_summarizer.adapters.memory.object_store import MemoryObjectStore
from invoice_summarizer.adapters.memory.store import MemoryStore
from invoice_summarizer.adapters.memory.task_schedule import MemoryTaskSchedule
from invoice_summarizer.adapters.memory.transactions import MemoryTransactions
from invoice_summarizer.domain.errors import Unavailable
from invoice_summarizer.ports.clock import utc_now
from invoice_summarizer.use_cases.housekeeping import LEASE, LOOK, GoOn, HouseTask, KeepHouse
from invoice_summarizer.use_cases.sweep_objects import BATCH, GRACE, SweepObjects

INTERVAL = timedelta(minutes=10)
MOMENT = timedelta(seconds=1)


class _House:
    """A schedule that workers share, and a hand on its clock."""

    def __init__(self) -> None:
        self.now = utc_now()
        self.schedule = MemoryTaskSchedule(MemoryStore(), clock=self.clock)

    def clock(self) -> datetime:
        return self.now

    def worker(self, **tasks: Callable[[GoOn], Awaitable[int]]) -> KeepHouse:
        return KeepHouse(
            self.schedule,
            [HouseTask(name=name, interval=INTERVAL, run=run) for name, run in tasks.items()],
        )


def counting(runs: list[int]) -> Callable[[GoOn], Awaitable[int]]:
    async def run(go_on: GoOn) -> int:
        runs.append(1)
        await asyncio.sleep(0)
        return 1

    return run


async def hanging(go_on: GoOn) -> int:
    await asyncio.Event().wait()
    return 0


async def failing(go_on: GoOn) -> int:
    raise Unavailable("the database is away")


async def crashing(go_on: GoOn) -> int:
    raise KeyError("a defect")


async def test_among_any_number_of_workers_a_task_is_done_once_an_interval() -> None:
    house, stop = _House(), asyncio.Event()
    runs: list[int] = []
    workers = [house.worker(sweep=counting(runs)) for _ in range(5)]
    for _ in range(6 * (INTERVAL // LOOK)):
        await asyncio.gather(*(worker(stop) for worker in workers))
        house.now += LOOK
    assert len(runs) == 6


async def test_worker_that_dies_in_a_task_is_replaced_after_the_lease() -> None:
    house, stop = _House(), asyncio.Event()
    runs: list[int] = []
    dying = asyncio.create_task(house.worker(sweep=hanging)(stop))
    await asyncio.sleep(0)
    dying.cancel()
    other = house.worker(sweep=counting(runs))
    house.now += LEASE - MOMENT
    await other(stop)
    assert not runs
    house.now += MOMENT
    await other(stop)
    assert runs


@pytest.mark.parametrize("broken", [failing, crashing])
async def test_task_that_fails_is_tried_again_after_the_lease_and_the_others_are_done(
    broken: Callable[[GoOn], Awaitable[int]],
) -> None:
    house, stop = _House(), asyncio.Event()
    others: list[int] = []
    again: list[int] = []
    await house.worker(sweep=broken, other=counting(others))(stop)
    assert others
    house.now += LEASE
    await house.worker(sweep=counting(again))(stop)
    assert again


async def test_worker_that_lost_its_turn_ends_and_does_not_move_the_next_one() -> None:
    house, stop = _House(), asyncio.Event()
    runs: list[int] = []
    went_on: list[bool] = []

    async def slow(go_on: GoOn) -> int:
        house.now += LEASE
        await house.worker(sweep=counting(runs))(stop)
        went_on.append(await go_on())
        return 0

    await house.worker(sweep=slow)(stop)
    assert (len(runs), went_on) == (1, [False])
    house.now += INTERVAL - MOMENT
    await house.worker(sweep=counting(runs))(stop)
    assert len(runs) == 1
    house.now += MOMENT
    await house.worker(sweep=counting(runs))(stop)
    assert len(runs) == 2


async def test_sweep_ends_after_the_batch_in_which_the_stop_comes_and_another_does_the_rest() -> (
    None
):
    house, stop = _House(), asyncio.Event()
    objects, faults = MemoryObjectStore(clock=house.clock), Faults()
    for number in range(BATCH + 1):
        await objects.put("acme", _once(b"%d" % number), limit_bytes=9)
    house.now += GRACE + MOMENT
    transactions = MemoryTransactions(MemoryStore())
    sweep = SweepObjects(transactions, FaultyObjectStore(objects, faults), house.clock)
    faults.hold("delete")
    keeping = asyncio.create_task(house.worker(sweep=sweep).regularly(stop))
    async with asyncio.timeout(30):
        await faults.holding()
        stop.set()
        faults.release()
        await keeping
    assert faults.calls["delete"] == BATCH
    await house.worker(sweep=sweep)(asyncio.Event())
    assert faults.calls["delete"] == BATCH + 1


async def test_nothing_is_begun_once_it_is_stopped() -> None:
    house, stop = _House(), asyncio.Event()
    runs: list[int] = []

    async def stopping(go_on: GoOn) -> int:
        stop.set()
        return 1

    await house.worker(sweep=stopping, other=counting(runs))(stop)
    assert not runs


async def test_regular_housekeeping_ends_when_it_is_stopped() -> None:
    house, stop = _House(), asyncio.Event()
    keeping = asyncio.create_task(house.worker(sweep=counting([])).regularly(stop))
    await asyncio.sleep(0)
    stop.set()
    async with asyncio.timeout(30):
        await keeping


async def _once(data: bytes) -> AsyncIterator[bytes]:
    yield data
