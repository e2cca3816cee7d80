"""Whose turn it is to do what is done now and then, by one process of all."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Turn:
    """A process's hold on a task. It is void once somebody has taken a later one, which has a larger number."""

    task: str
    number: int


class TaskSchedule(Protocol):
    """Which tasks are due, for all processes that share it. Times are measured by one clock, that of the store.

    Nothing of the store is held between two calls. Each raises Unavailable where the store does not answer.
    """

    async def take(self, task: str, lease: timedelta) -> Turn | None:
        """Returns a turn, where the task is due: nobody else gets one until the lease has run out.

        A task that was never finished is due, and so is one whose turn was given back or has run out. None where it
        is not due.
        """

    async def extend(self, turn: Turn, lease: timedelta) -> bool:
        """The lease runs out that much later than now. False where the turn is void: the process must stop."""

    async def finish(self, turn: Turn, interval: timedelta) -> bool:
        """The task is done, and due again after the interval. False, and nothing happens, where the turn is void."""

    async def give_back(self, turn: Turn) -> None:
        """The task is due at once, though it was not finished. Nothing happens where the turn is void."""
