"""Being woken by the database. A wake-up that is lost costs time only: whoever waits looks again after its timeout."""

import asyncio
from contextlib import suppress
from datetime import timedelta

import psycopg

CHANNEL = "invoice_operations"

_RECONNECT_SECONDS = 5.0


class Listener:
    """Listens on a connection of its own, from the first `wait` until `aclose`."""

    def __init__(self, dsn: str, *, application_name: str) -> None:
        self._dsn = dsn
        self._application_name = application_name
        self._woken = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    async def wait(self, timeout: timedelta) -> None:
        """Returns after a wake-up, also one that came since the last wait, at the latest after the timeout."""
        if self._task is None:
            self._task = asyncio.create_task(self._listen(), name="operations-listener")
        with suppress(TimeoutError):
            async with asyncio.timeout(timeout.total_seconds()):
                await self._woken.wait()
        self._woken.clear()

    async def aclose(self) -> None:
        """The connection is closed."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
            self._task = None

    async def _listen(self) -> None:
        while True:
            # Without the database nobody is woken, and everybody polls; the next attempt follows.
            with suppress(psycopg.Error, OSError):
                await self._pass_on()
            await asyncio.sleep(_RECONNECT_SECONDS)

    async def _pass_on(self) -> None:
        async with await psycopg.AsyncConnection.connect(
            self._dsn, autocommit=True, application_name=self._application_name
        ) as connection:
            await connection.execute(f"LISTEN {CHANNEL}".encode())
            self._woken.set()  # what came before we listened
            async for _ in connection.notifies():
                self._woken.set()
