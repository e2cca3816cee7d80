"""A semaphore for so many at once, in which those who wait take turns."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count


class FairSemaphore:
    """Places for what is done at once. A free one goes to who has had one the longest time ago, or never.

    So whoever asks for many waits behind himself, and others do not.
    """

    def __init__(self, places: int) -> None:
        self._free = places
        self._waiting: dict[str, deque[asyncio.Future[None]]] = {}
        self._turns = count(1)
        self._last_turn: dict[str, int] = {}  # as many as there are tenants

    @asynccontextmanager
    async def place(self, whose: str) -> AsyncIterator[None]:
        """Yields once there is a place, which is free again at the end of the block."""
        if self._free:
            self._free -= 1
        else:
            await self._given(whose)
        self._last_turn[whose] = next(self._turns)
        try:
            yield
        finally:
            self._pass_on()

    async def _given(self, whose: str) -> None:
        given = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(whose, deque()).append(given)
        try:
            await given
        except asyncio.CancelledError:
            if not given.cancelled():
                self._pass_on()  # it had been given just before
            raise

    def _pass_on(self) -> None:
        while self._waiting:
            whose = min(self._waiting, key=lambda each: self._last_turn.get(each, 0))
            queue = self._waiting[whose]
            given = queue.popleft()
            if not queue:
                del self._waiting[whose]
            if not given.done():
                given.set_result(None)
                return
        self._free += 1
