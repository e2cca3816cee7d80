"""Parts of a process end together, and whoever waits hears of one that ends before."""

import asyncio

import pytest
from structlog.testing import capture_logs

from invoice_summarizer.processes.parts import PartEnded, running, stopped_within


async def until(stop: asyncio.Event) -> None:
    await stop.wait()


async def at_once() -> None:
    pass


async def failing() -> None:
    raise ValueError("of a document")


async def failing_at(stop: asyncio.Event) -> None:
    await stop.wait()
    raise ValueError("of a document")


async def test_parts_end_with_the_block() -> None:
    stop = asyncio.Event()
    async with running({"one": until(stop), "other": until(stop)}, stop):
        assert not stop.is_set()
    assert stop.is_set()


async def test_part_that_ends_by_itself_stops_the_others_and_is_named() -> None:
    stop = asyncio.Event()
    with pytest.raises(PartEnded, match="other has ended by itself") as caught:
        async with running({"one": until(stop), "other": at_once()}, stop):
            await stop.wait()
    assert caught.value.part == "other"


async def test_part_that_fails_is_named_with_its_error_as_the_cause() -> None:
    stop = asyncio.Event()
    with pytest.raises(PartEnded) as caught:
        async with running({"one": until(stop), "other": failing()}, stop):
            await stop.wait()
    assert isinstance(caught.value.__cause__, ValueError)
    assert "of a document" not in str(caught.value)


async def test_error_in_a_group_of_tasks_is_told_as_itself() -> None:
    async def group() -> None:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(failing())

    stop = asyncio.Event()
    with capture_logs() as events, pytest.raises(PartEnded) as caught:
        async with running({"one": group()}, stop):
            await stop.wait()
    assert isinstance(caught.value.__cause__, ValueError)
    [event] = events
    assert event["error"] == "ValueError"
    assert event["place"].startswith(f"{__name__}:")


async def test_part_that_fails_while_it_stops_is_named() -> None:
    stop = asyncio.Event()
    with pytest.raises(PartEnded, match="other"):
        async with running({"one": until(stop), "other": failing_at(stop)}, stop):
            pass


async def test_error_of_the_block_is_what_is_raised() -> None:
    stop = asyncio.Event()
    with pytest.raises(KeyError):
        async with running({"one": until(stop)}, stop):
            raise KeyError


async def test_stopped_within_says_whether_it_was() -> None:
    stop = asyncio.Event()
    assert not await stopped_within(stop, 0.001)
    stop.set()
    assert await stopped_within(stop, 60)
