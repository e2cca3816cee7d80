"""The contract of TaskSchedule."""

import asyncio
from datetime import timedelta

from storage_fixture import Storage

LEASE = timedelta(minutes=5)
INTERVAL = timedelta(hours=2)
MOMENT = timedelta(seconds=1)


async def test_task_that_was_never_done_is_due(storage: Storage) -> None:
    first = await storage.schedule.take("sweep", LEASE)
    other = await storage.schedule.take("other", LEASE)
    assert first and other
    assert (first.task, other.task) == ("sweep", "other")


async def test_of_many_at_once_one_gets_the_turn(storage: Storage) -> None:
    for _ in range(3):
        turns = await asyncio.gather(*(storage.schedule.take("sweep", LEASE) for _ in range(8)))
        [turn] = [turn for turn in turns if turn]
        assert await storage.schedule.finish(turn, timedelta(0))


async def test_finished_task_is_due_again_after_the_interval(storage: Storage) -> None:
    turn = await storage.schedule.take("sweep", LEASE)
    assert turn and await storage.schedule.finish(turn, INTERVAL)
    await storage.time.pass_by(INTERVAL - timedelta(minutes=1))
    assert await storage.schedule.take("sweep", LEASE) is None
    await storage.time.pass_by(timedelta(minutes=1) + MOMENT)
    assert await storage.schedule.take("sweep", LEASE)


async def test_turn_of_who_died_is_taken_by_another_after_the_lease(storage: Storage) -> None:
    dead = await storage.schedule.take("sweep", LEASE)
    assert dead
    await storage.time.pass_by(LEASE - timedelta(minutes=1))
    assert await storage.schedule.take("sweep", LEASE) is None
    await storage.time.pass_by(timedelta(minutes=1) + MOMENT)
    turn = await storage.schedule.take("sweep", LEASE)
    assert turn and turn.number > dead.number
    assert not await storage.schedule.extend(dead, LEASE)
    assert not await storage.schedule.finish(dead, INTERVAL)
    await storage.schedule.give_back(dead)
    assert await storage.schedule.take("sweep", LEASE) is None
    assert await storage.schedule.finish(turn, INTERVAL)


async def test_turn_lasts_for_as_long_as_it_is_extended(storage: Storage) -> None:
    turn = await storage.schedule.take("sweep", LEASE)
    assert turn
    for _ in range(3):
        await storage.time.pass_by(LEASE / 2)
        assert await storage.schedule.extend(turn, LEASE)
    assert await storage.schedule.take("sweep", LEASE) is None
    assert await storage.schedule.finish(turn, INTERVAL)


async def test_turn_that_has_run_out_holds_until_another_takes_one(storage: Storage) -> None:
    turn = await storage.schedule.take("sweep", LEASE)
    await storage.time.pass_by(LEASE + MOMENT)
    assert turn and await storage.schedule.extend(turn, LEASE)
    assert await storage.schedule.take("sweep", LEASE) is None


async def test_task_that_is_given_back_is_due_at_once(storage: Storage) -> None:
    turn = await storage.schedule.take("sweep", LEASE)
    assert turn
    await storage.schedule.give_back(turn)
    assert await storage.schedule.take("sweep", LEASE)
