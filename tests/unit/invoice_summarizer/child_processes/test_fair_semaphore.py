"""Those who wait for a place take turns, and no place is lost."""

import asyncio
from contextlib import suppress

from invoice_summarizer.child_processes.fair_semaphore import FairSemaphore


class Queue:
    """Calls that hold a place each until they are let go; `order` says who got one."""

    def __init__(self, places: int) -> None:
        self.room = FairSemaphore(places)
        self.order: list[str] = []
        self._gates: list[asyncio.Event] = []

    async def asked(self, *whose: str) -> list[asyncio.Task[None]]:
        calls = [asyncio.create_task(self._hold(each)) for each in whose]
        await self._settled()
        return calls

    async def let_go(self) -> None:
        """The one who has held a place the longest goes."""
        self._gates.pop(0).set()
        await self._settled()

    async def _hold(self, whose: str) -> None:
        async with self.room.place(whose):
            self.order.append(whose)
            gate = asyncio.Event()
            self._gates.append(gate)
            await gate.wait()

    async def _settled(self) -> None:
        for _ in range(5):
            await asyncio.sleep(0)


async def test_there_are_as_many_at_once_as_there_are_places() -> None:
    queue = Queue(2)
    await queue.asked("a", "a", "a")
    assert queue.order == ["a", "a"]
    await queue.let_go()
    assert queue.order == ["a", "a", "a"]


async def test_who_asks_for_many_keeps_another_waiting_for_one() -> None:
    queue = Queue(1)
    await queue.asked(*"aaaa")
    await queue.asked("b")
    for _ in range(4):
        await queue.let_go()
    assert queue.order == [*"abaaa"]


async def test_two_who_ask_for_many_take_turns() -> None:
    queue = Queue(1)
    await queue.asked(*"aaa", *"bbb")
    for _ in range(5):
        await queue.let_go()
    assert queue.order == [*"ababab"]


async def test_who_is_cancelled_while_waiting_takes_no_place() -> None:
    queue = Queue(1)
    _, waiting, _ = await queue.asked("a", "b", "c")
    waiting.cancel()
    await queue.let_go()
    assert queue.order == ["a", "c"]


async def test_place_that_was_given_to_who_is_cancelled_at_that_moment_is_passed_on() -> None:
    queue = Queue(1)
    _, waiting, _ = await queue.asked("a", "b", "c")
    queue._gates.pop(0).set()
    # The holder goes, and gives the place to the next, whose task has not gone on yet.
    while queue.room._waiting.get("b"):
        await asyncio.sleep(0)
    waiting.cancel()
    with suppress(asyncio.CancelledError):
        await waiting
    await queue._settled()
    assert queue.order == ["a", "c"]
    await queue.let_go()
    await queue.asked("d")
    assert queue.order == ["a", "c", "d"]
