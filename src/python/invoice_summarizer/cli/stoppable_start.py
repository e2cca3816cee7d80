"""A start that takes its time, and somebody who does not want to wait for its end."""

import asyncio
from collections.abc import Coroutine
from typing import Any


async def stoppable_start(
    serving: Coroutine[Any, Any, None], up: asyncio.Event, stop: asyncio.Event
) -> None:
    """Returns when `serving` has ended, and raises what ends it.

    `stop` before `up` cancels it: what it had opened so far is closed then. After `up`, it sees to `stop` itself.
    """
    task = asyncio.create_task(serving)
    looks = [asyncio.create_task(event.wait()) for event in (up, stop)]
    try:
        await asyncio.wait([task, *looks], return_when=asyncio.FIRST_COMPLETED)
        if not up.is_set():
            task.cancel()  # harmless where it has ended by itself
        await asyncio.wait([task])
    finally:
        for each in (task, *looks):
            each.cancel()
        await asyncio.wait([task, *looks])
    if not task.cancelled():
        task.result()
