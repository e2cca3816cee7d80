"""Connections to a Redis that may be away, slow or full at any time, and that nobody waits for."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import redis.asyncio as redis
from purgatory import AsyncCircuitBreakerFactory
from purgatory.domain.model import OpenedState
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

Answer = TypeVar("Answer")

_CIRCUIT = "redis"
_FAILURES_UNTIL_REST = 5
_REST_SECONDS = 2.0


class WrongRedisUrl(ValueError):
    """The text names no Redis."""


class RedisAway(Exception):
    """Redis has not answered in time, or not as it should, or was left alone because it did so before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RedisPlace:
    """Where a Redis is. `url` may hold a password.

    `authority` is asked before each connection by `rediss:` for certificates in PEM from which that of Redis may come.
    """

    url: str
    authority: Callable[[], str] | None = None
    answer_seconds: float = 0.1
    connections: int = 32


def _tell_nobody(is_up: bool) -> None:
    pass


class RedisConnections:
    """Asks Redis within `answer_seconds`; `aclose` closes what was opened.

    After five failures in a row it is left alone for two seconds, in which nobody waits; then it is asked again.
    `on_change` is told whether it answers, first when that is known.
    """

    def __init__(self, place: RedisPlace, on_change: Callable[[bool], None] = _tell_nobody) -> None:
        self._answer_seconds = place.answer_seconds
        self._on_change = on_change
        self._known: bool | None = None
        self._client = client_of(place)
        # Whoever finds all connections taken waits for one: that says nothing of Redis.
        self._free = asyncio.Semaphore(place.connections)
        self._circuit = AsyncCircuitBreakerFactory(
            default_threshold=_FAILURES_UNTIL_REST, default_ttl=_REST_SECONDS
        )

    @property
    def client(self) -> redis.Redis:
        """For scripts, which are bound to it. Whatever is asked is asked by `ask`."""
        return self._client

    @property
    def is_up(self) -> bool:
        """Whether the last answer came; True before the first question."""
        return self._known is not False

    async def ask(self, question: Callable[[], Awaitable[Answer]]) -> Answer:
        """Returns the answer of Redis. Raises RedisAway, also where no connection is free within `answer_seconds`."""
        try:
            async with asyncio.timeout(self._answer_seconds):
                await self._free.acquire()
        except TimeoutError:
            raise RedisAway("all connections are taken") from None
        try:
            return await self._asked(question)
        finally:
            self._free.release()

    async def _asked(self, question: Callable[[], Awaitable[Answer]]) -> Answer:
        breaker = await self._circuit.get_breaker(_CIRCUIT, exclude=[asyncio.CancelledError])
        try:
            async with breaker, asyncio.timeout(self._answer_seconds):
                answer = await question()
        except OpenedState:
            raise RedisAway("is left alone") from None
        except (RedisError, OSError, TimeoutError) as error:
            self._tell(False)
            # The text of an error of Redis may hold what it was asked.
            raise RedisAway(type(error).__name__) from None
        self._tell(True)
        return answer

    async def aclose(self) -> None:
        await self._client.aclose()

    def _tell(self, is_up: bool) -> None:
        if is_up is not self._known:
            self._known = is_up
            self._on_change(is_up)


def client_of(place: RedisPlace, *, answer_seconds: float | None = None) -> redis.Redis:
    """Returns a client that connects when first used. Raises WrongRedisUrl.

    `answer_seconds` is how long it waits for an answer by itself; None: for as long as it takes.
    """
    try:
        client = redis.Redis.from_url(
            place.url,
            max_connections=place.connections,
            retry=Retry(NoBackoff(), 0),
            socket_timeout=answer_seconds,
            socket_connect_timeout=2.0,
            client_name="invoices",
        )
    except ValueError:
        raise WrongRedisUrl(
            "must be redis:// or rediss:// (TLS), such as redis://:password@host:6379/0"
        ) from None
    pool = client.connection_pool
    if place.authority is not None and issubclass(pool.connection_class, redis.SSLConnection):
        pool.connection_class = _TrustingConnection
        pool.connection_kwargs["authority"] = place.authority
    return client


class _TrustingConnection(redis.SSLConnection):
    """Connects, also again, by the authority of that time; redis-py keeps the one that it has read first."""

    def __init__(self, *, authority: Callable[[], str], **options: Any) -> None:
        super().__init__(**options)
        self._authority = authority

    async def connect_check_health(self, *arguments: Any, **options: Any) -> None:
        authority = self._authority()
        if authority != self.ssl_context.ca_data:
            self.ssl_context.ca_data, self.ssl_context.context = authority, None
        await super().connect_check_health(*arguments, **options)
