"""What has to be done now and then, by one of all workers."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

import structlog

from invoice_summarizer.domain.error_place import place_of
from invoice_summarizer.domain.errors import InvoiceSummarizerError
from invoice_summarizer.ports.task_schedule import TaskSchedule

LOOK = timedelta(minutes=1)
LEASE = timedelta(minutes=5)

GoOn = Callable[[], Awaitable[bool]]

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseTask:
    """Something that one worker does, and the next one an interval after it was done.

    `run` returns how many things it did. It asks `go_on` between batches, each far shorter than LEASE, and ends where
    that says no: what is left is done the next time. It may be run twice at once, if a batch takes too long after all.
    """

    name: str  # by which all workers know it, those of other versions too
    interval: timedelta
    run: Callable[[GoOn], Awaitable[int]]


class KeepHouse:
    """Among any number of workers, each task is done once an interval, at most LOOK later.

    Who does a task holds a turn, of which nothing is open between batches. A turn ends LEASE after its last batch
    began: so a worker that dies in a task, or in whose hands it fails, is replaced after LEASE at the latest, and LOOK.
    """

    def __init__(self, schedule: TaskSchedule, tasks: Sequence[HouseTask]) -> None:
        self._schedule = schedule
        self._tasks = tasks

    async def __call__(self, stop: asyncio.Event) -> None:
        """Does the tasks that are due, one after another; where `stop` is set, ends after the batch under way.

        What fails is logged, and tried again later.
        """
        for task in self._tasks:
            if stop.is_set():
                return
            try:
                await self._do_where_due(task, stop)
            except InvoiceSummarizerError as error:
                _log.warning("housekeeping_failed", task=task.name, reason=error.reason)
            except Exception as error:
                # A worker has more to do than this task, which the next one would meet as well.
                _log.error(
                    "housekeeping_crashed",
                    task=task.name,
                    error=type(error).__name__,
                    place=place_of(error),
                )

    async def regularly(self, stop: asyncio.Event) -> None:
        """Looks at once and then every LOOK for what is due, until `stop` is set."""
        while not stop.is_set():
            await self(stop)
            with suppress(TimeoutError):
                async with asyncio.timeout(LOOK.total_seconds()):
                    await stop.wait()

    async def _do_where_due(self, task: HouseTask, stop: asyncio.Event) -> None:
        turn = await self._schedule.take(task.name, LEASE)
        if turn is None:
            return

        async def go_on() -> bool:
            return not stop.is_set() and await self._schedule.extend(turn, LEASE)

        count = await task.run(go_on)
        if stop.is_set():
            # It may have ended early. Another worker does the rest, or finds nothing to do.
            await self._schedule.give_back(turn)
        elif await self._schedule.finish(turn, task.interval):
            _log.info("house_kept", task=task.name, count=count)
        else:
            _log.warning("housekeeping_turn_lost", task=task.name)
