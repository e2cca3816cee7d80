"""What is large is worked on in a child process, one thing at a time, and whatever becomes of it, the next call works."""

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest

from invoice_summarizer.adapters.work_process.long_work import ProcessLongWork
from invoice_summarizer.domain.errors import InvalidInput, Unavailable
from invoice_summarizer.domain.summarizing.language import UnsupportedLanguage
from invoice_summarizer.ports.document_reader import (
    ReaderCrashed,
    ReadingLimit,
    ReadingLimitExceeded,
)
from invoice_summarizer.ports.long_work import WorkLost
from process_facts import descendants_of, is_gone

_LARGE = 100


@dataclass(frozen=True, slots=True)
class Bytes:
    """A Packed[bytes]."""

    data: bytes

    @property
    def size_bytes(self) -> int:
        return len(self.data)

    def unpacked(self) -> bytes:
        return self.data


SMALL, LARGE = Bytes(b"a"), Bytes(b"b" * _LARGE)


def where(_: Bytes) -> int:
    return os.getpid()


def reversed_with(packed: Bytes, more: bytes, *, times: int) -> bytes:
    return packed.unpacked()[::-1] + more * times


def when(_: Bytes, seconds: float) -> tuple[float, float]:
    """Returns when it began and ended."""
    began = time.monotonic()
    time.sleep(seconds)
    return began, time.monotonic()


def killed(_: Bytes) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def errors() -> list[Exception]:
    return [
        InvalidInput("a", field="b", reason="C", metadata={"d": "e"}),
        UnsupportedLanguage(),
        ReaderCrashed(),
        ReadingLimitExceeded(ReadingLimit.MEMORY, 7),
        ValueError("f"),
    ]


def raises(_: Bytes, number: int) -> None:
    raise errors()[number]


def wait_for(_: Bytes, begun: str) -> None:
    Path(begun).touch()
    time.sleep(60)


def nice(_: Bytes) -> int:
    return os.nice(0)


@asynccontextmanager
async def opened(idle_seconds: float = 60.0) -> AsyncIterator[ProcessLongWork]:
    work = ProcessLongWork(large_bytes=_LARGE, idle_seconds=idle_seconds)
    try:
        yield work
    finally:
        await work.aclose()


def children() -> set[int]:
    return {pid for pid in descendants_of(os.getpid()) if not is_gone(pid)}


async def test_only_what_is_large_leaves_the_process() -> None:
    async with opened() as work:
        assert await work("acme", SMALL, where) == os.getpid()
        assert children() == set()
        child = await work("acme", LARGE, where)
        assert child != os.getpid()
        assert children() == {child} == {await work("acme", LARGE, where)}
    assert children() == set()


@pytest.mark.parametrize("packed", [SMALL, LARGE])
async def test_arguments_go_in_and_values_come_out(packed: Bytes) -> None:
    async with opened() as work:
        assert await work("acme", packed, reversed_with, b"c", times=2) == packed.data + b"cc"


async def test_no_two_large_things_are_worked_on_at_once() -> None:
    async with opened() as work:
        calls = (work(whose, LARGE, when, 0.1) for whose in ("acme", "acme", "other"))
        times = sorted(await asyncio.gather(*calls))
    assert all(end <= begin for (_, end), (begin, _) in pairwise(times))


async def test_small_work_does_not_wait_for_large(tmp_path: Path) -> None:
    async with opened() as work:
        begun = tmp_path / "begun"
        large = asyncio.create_task(work("acme", LARGE, wait_for, str(begun)))
        while not begun.exists():
            await asyncio.sleep(0.01)
        assert await work("acme", SMALL, where) == os.getpid()
        large.cancel()
        with pytest.raises(asyncio.CancelledError):
            await large
        assert children() == set()  # nothing of it is left running
        assert await work("acme", LARGE, where) in children()


async def test_child_that_is_killed_is_an_error_worth_another_try_and_the_next_call_works() -> None:
    async with opened() as work:
        with pytest.raises(WorkLost) as caught:
            await work("acme", LARGE, killed)
        assert isinstance(caught.value, Unavailable)
        assert await work("acme", LARGE, where) in children()


async def test_child_killed_while_idle_costs_no_call() -> None:
    async with opened() as work:
        child = await work("acme", LARGE, where)
        os.kill(child, signal.SIGKILL)
        while not is_gone(child):
            await asyncio.sleep(0.01)
        await asyncio.sleep(0.1)
        assert await work("acme", LARGE, where) != child


@pytest.mark.parametrize("number", range(len(errors())))
async def test_errors_come_through_as_they_are(number: int) -> None:
    async with opened() as work:
        expected = errors()[number]
        with pytest.raises(type(expected)) as caught:
            await work("acme", LARGE, raises, number)
        assert str(caught.value) == str(expected)
        [note] = caught.value.__notes__
        assert "in raises" in note  # where it was raised
        del caught.value.__notes__
        assert vars(caught.value) == vars(expected)
        assert await work("acme", LARGE, where) in children()


async def test_child_ends_when_it_has_nothing_to_do() -> None:
    async with opened(idle_seconds=0.05) as work:
        child = await work("acme", LARGE, where)
        async with asyncio.timeout(20):
            while not is_gone(child):
                await asyncio.sleep(0.01)
        assert await work("acme", LARGE, where) != child


async def test_child_gives_way_to_whoever_answers_others() -> None:
    async with opened() as work:
        assert await work("acme", LARGE, nice) > os.nice(0)


async def test_close_ends_what_is_under_way(tmp_path: Path) -> None:
    async with opened() as work:
        begun = tmp_path / "begun"
        large = asyncio.create_task(work("acme", LARGE, wait_for, str(begun)))
        waiting = asyncio.create_task(work("other", LARGE, where))
        while not begun.exists():
            await asyncio.sleep(0.01)
        await work.aclose()
        for call in (large, waiting):
            with pytest.raises(WorkLost):
                await call
        assert children() == set()
