"""What is attacked, with what seed, how much and until when."""

import asyncio
import math
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import takewhile
from random import Random
from typing import TypeVar

from attack.counts import Counts
from separate_processes import SeparateProcesses, separate_processes

BYSTANDER = "bystander"
_TENANTS = ("mutations", "bombs", "duplicates", "kills", "stalls", BYSTANDER)

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """The running system. After `until` (of the monotonic clock) an attack begins nothing more."""

    system: SeparateProcesses
    seed: int
    counts: Counts
    until: float

    def chance(self, attack: str) -> Random:
        """Returns what an attack draws from: the same for the same seed, whatever the others have drawn."""
        return Random(f"{self.seed} {attack}")

    async def on_each(
        self, items: Iterable[Item], work: Callable[[Item], Awaitable[None]], at_once: int
    ) -> int:
        """As the function of that name, as time allows."""
        return await on_each(items, work, at_once, self.until)


def in_time(items: Iterator[Item], until: float) -> Iterator[Item]:
    """Yields the items, and none after the time."""
    return takewhile(lambda _: time.monotonic() < until, items)


async def on_each(
    items: Iterable[Item],
    work: Callable[[Item], Awaitable[None]],
    at_once: int,
    until: float = math.inf,
) -> int:
    """The work has been done on the items, so many at once; returns on how many it was begun before the time."""
    waiting, begun = in_time(iter(items), until), 0

    async def take() -> None:
        nonlocal begun
        for item in waiting:
            begun += 1
            await work(item)

    async with asyncio.TaskGroup() as tasks:
        for _ in range(at_once):
            tasks.create_task(take())
    return begun


@asynccontextmanager
async def attacked_system(seed: int, counts: Counts, until: float) -> AsyncIterator[Target]:
    """Yields a new system of separate processes, in which each attack has a tenant of its own."""
    async with separate_processes(tenants=_TENANTS, ingest_servers=2, workers=3) as system:
        yield Target(system=system, seed=seed, counts=counts, until=until)
