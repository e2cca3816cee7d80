"""Faulty adapters fail and wait exactly as they are told."""

import asyncio
from datetime import timedelta

import pytest

from invoice_summarizer.adapters.faulty.faults import Faults
from invoice_summarizer.adapters.faulty.operation_queue import FaultyOperationQueue
from invoice_summarizer.adapters.memory.operation_queue import MemoryOperationQueue
from invoice_summarizer.adapters.memory.store import MemoryStore
from invoice_summarizer.domain.errors import Unavailable

AWAY = Unavailable("away")


async def test_calls_that_are_meant_to_fail_do_and_no_others() -> None:
    faults = Faults()
    faults.fail("claim", AWAY, when=lambda call: call == 2)
    queue = FaultyOperationQueue(MemoryOperationQueue(MemoryStore(), max_attempts=3), faults)
    lease = timedelta(seconds=30)
    assert await queue.claim("worker", lease, 1) == []
    with pytest.raises(Unavailable):
        await queue.claim("worker", lease, 1)
    assert await queue.claim("worker", lease, 1) == []
    assert (await queue.backlog()).due == 0
    assert faults.calls == {"claim": 3, "backlog": 1}


async def test_what_is_mended_goes_through() -> None:
    faults = Faults()
    faults.fail("get", AWAY)
    with pytest.raises(Unavailable):
        await faults.meet("get")
    faults.mend("get")
    await faults.meet("get")


async def test_what_precedes_a_call_has_happened_when_it_goes_through() -> None:
    faults, happened = Faults(), []

    async def happen() -> None:
        happened.append(faults.calls["begin"])

    faults.precede("begin", happen, when=lambda call: call % 2 == 0)
    for _ in range(4):
        await faults.meet("begin")
    await faults.meet("get")
    assert happened == [2, 4]


async def test_calls_are_held_until_they_are_released() -> None:
    faults = Faults()
    faults.hold("read", of=lambda subject: subject == b"slow")
    await faults.meet("read", b"quick")
    waiting = [asyncio.create_task(faults.meet("read", b"slow")) for _ in range(2)]
    async with asyncio.timeout(20):
        while faults.held < 2:
            await asyncio.sleep(0)
        await faults.holding()
        faults.release()
        await asyncio.gather(*waiting)
    await faults.meet("read", b"slow")
    assert (faults.held, faults.most_held) == (0, 2)


async def test_call_that_is_cancelled_while_it_is_held_is_held_no_longer() -> None:
    faults = Faults()
    faults.hold("read")
    waiting = asyncio.create_task(faults.meet("read"))
    await faults.holding()
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert faults.held == 0
