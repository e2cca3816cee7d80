"""Whose turn it is, among those that share a store."""

from dataclasses import replace
from datetime import timedelta

from invoice_summarizer.adapters.memory.store import MemoryStore, ScheduledTask
from invoice_summarizer.ports.clock import Clock, utc_now
from invoice_summarizer.ports.task_schedule import Turn


class MemoryTaskSchedule:
    def __init__(self, store: MemoryStore, *, clock: Clock = utc_now) -> None:
        self._tasks = store.scheduled_tasks
        self._clock = clock

    async def take(self, task: str, lease: timedelta) -> Turn | None:
        now = self._clock()
        known = self._tasks.get(task)
        if known is not None and known.due_time > now:
            return None
        number = known.turn + 1 if known else 1
        self._tasks[task] = ScheduledTask(turn=number, due_time=now + lease)
        return Turn(task, number)

    async def extend(self, turn: Turn, lease: timedelta) -> bool:
        return self._due_after(turn, lease)

    async def finish(self, turn: Turn, interval: timedelta) -> bool:
        return self._due_after(turn, interval)

    async def give_back(self, turn: Turn) -> None:
        self._due_after(turn, timedelta(0))

    def _due_after(self, turn: Turn, delay: timedelta) -> bool:
        known = self._tasks.get(turn.task)
        if known is None or known.turn != turn.number:
            return False
        self._tasks[turn.task] = replace(known, due_time=self._clock() + delay)
        return True
