"""The parts of a process that run beside each other, and end together."""

import asyncio
from collections.abc import AsyncIterator, Coroutine, Mapping
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

import structlog

from invoice_summarizer.domain.error_place import place_of

Part = Coroutine[Any, Any, None]

_log = structlog.get_logger()


class PartEnded(Exception):
    """A part of the process ended although nothing had told it to."""

    def __init__(self, part: str) -> None:
        super().__init__(f"{part} has ended by itself")
        self.part = part


@asynccontextmanager
async def running(parts: Mapping[str, Part], stop: asyncio.Event) -> AsyncIterator[None]:
    """Runs the parts until the block ends, then sets `stop`, at which each part ends, and waits for them.

    Where a part ends before, `stop` is set, so that whoever waits for it hears of that, and PartEnded is raised at the
    end. So it is where a part fails while it stops.
    """
    tasks = {name: asyncio.create_task(part) for name, part in parts.items()}
    early: list[str] = []

    def end(name: str, _: asyncio.Task[None]) -> None:
        if not stop.is_set():
            early.append(name)
            stop.set()

    for name, task in tasks.items():
        task.add_done_callback(partial(end, name))
    try:
        yield
    finally:
        stop.set()
        await asyncio.wait(tasks.values())
        failed = [name for name, task in tasks.items() if _error(task) is not None]
        ended = [*early, *failed]
        for name in dict.fromkeys(ended):
            _say(name, _error(tasks[name]))
    if ended:
        raise PartEnded(ended[0]) from _error(tasks[ended[0]])


async def stopped_within(stop: asyncio.Event, seconds: float) -> bool:
    """Returns True as soon as `stop` is set, False after the seconds."""
    try:
        async with asyncio.timeout(seconds):
            return await stop.wait()
    except TimeoutError:
        return False


def _error(task: asyncio.Task[None]) -> BaseException | None:
    """Returns what ended the part; of the errors of a group of tasks the first, which ended the others."""
    error = None if task.cancelled() else task.exception()
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error


def _say(name: str, error: BaseException | None) -> None:
    # The text of an error may hold what a document said.
    _log.error(
        "part_ended",
        part=name,
        error=type(error).__name__ if error else "",
        place=place_of(error) if error else "",
    )
