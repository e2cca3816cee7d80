"""Being woken by the database. A wake-up that is lost costs time only: whoever waits looks again after its timeout."""

import asyncio
from collections.abc import Callable
from contextlib import suppress

import psycopg

from invoice_summarizer.ports.wake_ups import Subscription, WakeUps

WORK_CHANNEL = "invoice_operations"  # an operation has come
DONE_CHANNEL = "invoice_operations_done"  # the operation of the payload is done

_RECONNECT_SECONDS = 5.0


class Listening:
    """Listens to the database, and to what else brings wake-ups, from `start` until `aclose`."""

    def __init__(self, *subscriptions: Subscription) -> None:
        self._subscriptions = subscriptions

    @classmethod
    def to(
        cls,
        dsn: str,
        channel: str,
        woken: Callable[[str], None],
        *,
        application_name: str,
        failed: Callable[[Exception], None],
        wake_ups: WakeUps | None,
    ) -> "Listening":
        """Returns what calls `woken` with the payload of each wake-up of the channel, as a Listener does."""
        listener = Listener(dsn, channel, woken, application_name=application_name, failed=failed)
        return (
            cls(listener)
            if wake_ups is None
            else cls(listener, wake_ups.subscription(channel, woken))
        )

    def start(self) -> None:
        for each in self._subscriptions:
            each.start()

    async def aclose(self) -> None:
        for each in self._subscriptions:
            await each.aclose()


class Listener:
    """Listens to a channel on a connection of its own, from `start` until `aclose`.

    `woken` is called with the payload of each notification, and with "" when listening begins: what came before may
    have been missed. Where listening fails, it begins again after a while; `failed` is called with any error that is
    not one of the database or the network.
    """

    def __init__(
        self,
        dsn: str,
        channel: str,
        woken: Callable[[str], None],
        *,
        application_name: str,
        failed: Callable[[Exception], None],
    ) -> None:
        self._dsn = dsn
        self._channel = channel
        self._woken = woken
        self._application_name = application_name
        self._failed = failed
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Listening begins, where it has not begun."""
        if self._task is None:
            self._task = asyncio.create_task(self._listen(), name=f"listener-{self._channel}")

    async def aclose(self) -> None:
        """The connection is closed."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
            self._task = None

    async def _listen(self) -> None:
        while True:
            try:
                await self._pass_on()
            except (psycopg.Error, OSError):
                pass  # without the database nobody is woken, and everybody polls
            except Exception as error:
                self._failed(error)
            await asyncio.sleep(_RECONNECT_SECONDS)

    async def _pass_on(self) -> None:
        async with await psycopg.AsyncConnection.connect(
            self._dsn, autocommit=True, application_name=self._application_name
        ) as connection:
            await connection.execute(f"LISTEN {self._channel}".encode())
            self._woken("")
            async for notification in connection.notifies():
                self._woken(notification.payload)
