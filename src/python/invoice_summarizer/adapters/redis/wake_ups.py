"""Wake-ups by Redis's publish and subscribe: nothing is kept, and who does not listen hears nothing."""

import asyncio
from collections.abc import Callable
from contextlib import suppress

from redis.exceptions import RedisError

from invoice_summarizer.adapters.redis.connections import (
    RedisAway,
    RedisConnections,
    RedisPlace,
    client_of,
)

_PREFIX = "invoices:"
_RECONNECT_SECONDS = 1.0
_SUBSCRIBE_SECONDS = 5.0
# A connection that is cut without a word is found out by this.
_PING_SECONDS = 15.0


class RedisWakeUps:
    """`failed` is called with errors of listening that nobody foresaw."""

    def __init__(
        self,
        place: RedisPlace,
        connections: RedisConnections,
        *,
        failed: Callable[[Exception], None],
    ) -> None:
        self._place = place
        self._connections = connections
        self._failed = failed

    @property
    def is_up(self) -> bool:
        return self._connections.is_up

    async def tell(self, channel: str, payload: str) -> bool:
        try:
            await self._connections.ask(
                lambda: self._connections.client.publish(_PREFIX + channel, payload)
            )
        except RedisAway:
            return False
        return True

    def subscription(self, channel: str, woken: Callable[[str], None]) -> "RedisSubscription":
        return RedisSubscription(self._place, _PREFIX + channel, woken, self._failed)


class RedisSubscription:
    """Listens on a connection of its own, from `start` until `aclose`; where that fails, begins again after a second."""

    def __init__(
        self,
        place: RedisPlace,
        channel: str,
        woken: Callable[[str], None],
        failed: Callable[[Exception], None],
    ) -> None:
        self._place = place
        self._channel = channel
        self._woken = woken
        self._failed = failed
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        if self._task is None:
            self._task = asyncio.create_task(self._listen(), name=f"listener-{self._channel}")

    async def aclose(self) -> None:
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
            self._task = None

    async def _listen(self) -> None:
        while True:
            try:
                await self._pass_on()
            except (RedisError, OSError, TimeoutError):
                pass  # without Redis, whoever tells tells by the database
            except Exception as error:
                self._failed(error)
            await asyncio.sleep(_RECONNECT_SECONDS)

    async def _pass_on(self) -> None:
        async with client_of(self._place) as client, client.pubsub() as channels:
            async with asyncio.timeout(_SUBSCRIBE_SECONDS):
                await channels.subscribe(self._channel)
            waiting_for_pong = False
            while True:
                message = await channels.get_message(timeout=_PING_SECONDS)
                if message is None:
                    if waiting_for_pong:
                        raise TimeoutError("Redis does not answer any more")
                    await channels.ping()
                    waiting_for_pong = True
                    continue
                waiting_for_pong = False
                if message["type"] == "subscribe":
                    self._woken("")
                elif message["type"] == "message":
                    self._woken(message["data"].decode())
