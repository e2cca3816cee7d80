"""The items of a batch, in ranges that are done by a pool of actors on the processors of a Ray cluster."""

import asyncio
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from dataclasses import dataclass
from typing import Any, Protocol

import ray
from ray.data import ActorPoolStrategy, DataContext

from invoice_summarizer.domain.error_place import place_of

# What one call does and one transaction writes: large enough that neither Ray nor PostgreSQL is asked for each item.
_MOST_ITEMS_A_RANGE = 64
# So that the processors end at about the same time.
_LEAST_RANGES_A_PROCESSOR = 4
_MOST_BLOCKS = 1000


class RangeFailed(Exception):
    """A range could not be done. The message says which error it was and where it was raised, and nothing of its text."""


class DoneItems(Protocol):
    """What became of the items of a range."""

    @property
    def summarized(self) -> int: ...
    @property
    def failed(self) -> int: ...


class DoRange(Protocol):
    async def __call__(self, first: int, last: int) -> DoneItems:
        """What was not done yet of the items from `first` to before `last` is done."""
        ...


OpenedDoRange = Callable[[], AbstractAsyncContextManager[DoRange]]


@dataclass(frozen=True, slots=True)
class RangeCounts:
    """How many items of a range were done, those apart that failed."""

    summarized: int
    failed: int


def do_ranges(total: int, opened: OpenedDoRange) -> Iterator[RangeCounts]:
    """All ranges of the items are done; yields the counts of each when it is done. Raises RangeFailed.

    `opened` is called once in each process that does ranges. Ray must have been initialized.
    """
    if not total:
        return
    processors = max(int(ray.cluster_resources().get("CPU", 1)), 1)
    items = min(_MOST_ITEMS_A_RANGE, math.ceil(total / (processors * _LEAST_RANGES_A_PROCESSOR)))
    _keep_quiet()
    # Not `ray.data.range`: what reads it waits for a processor, and the actors have them all.
    firsts = [{"first": first} for first in range(0, total, items)]
    ranges = ray.data.from_items(firsts, override_num_blocks=min(len(firsts), _MOST_BLOCKS))
    done = ranges.map_batches(
        _RangeActor,
        fn_constructor_args=(opened, items, total),
        batch_size=1,
        compute=ActorPoolStrategy(size=min(processors, len(firsts))),
        num_cpus=1,
    )
    try:
        for row in done.iter_rows():
            yield RangeCounts(int(row["summarized"]), int(row["failed"]))
    except Exception as error:
        raise _told(error) from None


class _RangeActor:
    """A process of the pool: what it needs is opened once, and its loop goes on between the ranges."""

    def __init__(self, opened: OpenedDoRange, items: int, total: int) -> None:
        self._items = items
        self._total = total
        self._runner = asyncio.Runner()
        self._stack = AsyncExitStack()
        self._do_range = self._run(self._stack.enter_async_context, opened())

    def __call__(self, batch: Mapping[str, Sequence[int]]) -> Mapping[str, Sequence[int]]:
        first = int(batch["first"][0])
        done = self._run(self._halves, first, min(first + self._items, self._total))
        return {
            "summarized": [sum(each.summarized for each in done)],
            "failed": [sum(each.failed for each in done)],
        }

    async def _halves(self, first: int, last: int) -> Sequence[DoneItems]:
        """Does both halves at once: while one waits for the database, documents of the other are read."""
        middle = (first + last + 1) // 2
        async with asyncio.TaskGroup() as tasks:
            halves = [
                tasks.create_task(_awaited(self._do_range, *ends))
                for ends in ((first, middle), (middle, last))
                if ends[0] < ends[1]
            ]
        return [half.result() for half in halves]

    def _run(self, function: Callable[..., Any], *arguments: Any) -> Any:
        try:
            return self._runner.run(function(*arguments))
        except Exception as failure:
            error = failure.exceptions[0] if isinstance(failure, ExceptionGroup) else failure
            # Ray shows errors with their text and cause, in which content may be.
            raise RangeFailed(f"{type(error).__name__} at {place_of(error)}") from None


async def _awaited(do_range: DoRange, first: int, last: int) -> DoneItems:
    return await do_range(first, last)


def _told(error: Exception) -> RangeFailed:
    """Returns the error of the actor where it was one of these; else says by its name what Ray met with."""
    cause = getattr(error, "cause", None)
    # Below its line Ray writes advice of its own.
    said = str(cause).splitlines()[0] if isinstance(cause, RangeFailed) else type(error).__name__
    return RangeFailed(said)


def _keep_quiet() -> None:
    context = DataContext.get_current()
    context.enable_progress_bars = False
    context.print_on_execution_start = False
    # Ours says all that there is to say.
    context.raise_original_map_exception = True
