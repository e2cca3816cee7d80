"""Several calls at once, and no more of them than there is room for."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import TypeVar

Argument = TypeVar("Argument")
Result = TypeVar("Result")


async def side_by_side(
    function: Callable[[Argument], Awaitable[Result]], arguments: Iterable[Argument], at_once: int
) -> list[Result]:
    """Returns what the function gives for each argument, in their order, of which `at_once` are under way at most.

    Where one raises, the others are cancelled, and that is raised.
    """
    room = asyncio.Semaphore(at_once)

    async def call(argument: Argument) -> Result:
        async with room:
            return await function(argument)

    try:
        async with asyncio.TaskGroup() as tasks:
            calls = [tasks.create_task(call(argument)) for argument in arguments]
    except BaseExceptionGroup as errors:
        raise errors.exceptions[0] from None
    return [each.result() for each in calls]
