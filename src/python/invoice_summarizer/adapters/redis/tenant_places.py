"""Calls and uploads of each tenant, counted over all servers by the clock of Redis."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from functools import partial

from invoice_summarizer.adapters.redis.connections import RedisAway, RedisConnections
from invoice_summarizer.ports.tenant_places import Counted, NoPlaceLeft

# A place counts for so long unless its server says that it is still taken.
LEASE_SECONDS = 30
_RENEW_SECONDS = 10.0

# Members are places, scores the milliseconds at which they run out.
_TAKE = """
    local time = redis.call('TIME')
    local now = time[1] * 1000 + math.floor(time[2] / 1000)
    for number, key in ipairs(KEYS) do
        redis.call('ZREMRANGEBYSCORE', key, '-inf', now)
        if redis.call('ZCARD', key) >= tonumber(ARGV[2 + number]) then return number end
    end
    for _, key in ipairs(KEYS) do
        redis.call('ZADD', key, now + ARGV[2], ARGV[1])
        redis.call('PEXPIRE', key, ARGV[2])
    end
    return 0
"""
_LEAVE = "for _, key in ipairs(KEYS) do redis.call('ZREM', key, ARGV[1]) end"
# Each key with its place. Those that are gone stay gone: their calls have ended, or Redis was emptied.
_RENEW = """
    local time = redis.call('TIME')
    local now = time[1] * 1000 + math.floor(time[2] / 1000)
    for number, key in ipairs(KEYS) do
        redis.call('ZADD', key, 'XX', now + ARGV[1], ARGV[1 + number])
        redis.call('PEXPIRE', key, ARGV[1])
    end
"""
_LEASE_MILLISECONDS = LEASE_SECONDS * 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class TenantLimits:
    """How much a tenant may have under way in all servers."""

    calls: int
    uploads: int

    def of(self, counted: Counted) -> int:
        return self.calls if counted is Counted.CALLS else self.uploads


class RedisTenantPlaces:
    """Counts while Redis answers; `kept` renews the places that are taken."""

    def __init__(self, connections: RedisConnections, limits: TenantLimits) -> None:
        self._connections = connections
        self._limits = limits
        self._taken: dict[str, list[str]] = {}  # the keys in which each place stands
        self._leaving = set[asyncio.Task[None]]()
        client = connections.client
        self._take = client.register_script(_TAKE)
        self._leave = client.register_script(_LEAVE)
        self._renew = client.register_script(_RENEW)

    async def take(self, tenant: str, *, is_upload: bool) -> str:
        kinds = [Counted.CALLS, Counted.UPLOADS] if is_upload else [Counted.CALLS]
        limits = [self._limits.of(kind) for kind in kinds]
        place = os.urandom(16).hex()
        keys = [f"invoices:{kind}:{tenant}" for kind in kinds]
        self._taken[place] = (
            keys  # a place that may be taken has to be left, whatever is heard of it
        )
        try:
            full = await self._connections.ask(
                lambda: self._take(keys, [place, _LEASE_MILLISECONDS, *limits])
            )
        except RedisAway:
            return place
        except BaseException:
            self.leave(place)
            raise
        if full:
            del self._taken[place]
            raise NoPlaceLeft(kinds[full - 1], limits[full - 1])
        return place

    def leave(self, place: str) -> None:
        keys = self._taken.pop(place, None)
        if keys is not None:
            task = asyncio.get_running_loop().create_task(self._left(keys, place))
            self._leaving.add(task)
            task.add_done_callback(self._leaving.discard)

    @asynccontextmanager
    async def kept(self) -> AsyncIterator[None]:
        """Places stay taken while the block lasts; at its end, what was left has been told."""
        renewing = asyncio.create_task(self._renew_regularly(), name="tenant-places")
        try:
            yield
        finally:
            renewing.cancel()
            await asyncio.wait([renewing, *self._leaving])

    async def _left(self, keys: list[str], place: str) -> None:
        with suppress(RedisAway):  # its time runs out
            await self._connections.ask(lambda: self._leave(keys, [place]))

    async def _renew_regularly(self) -> None:
        while True:
            await asyncio.sleep(_RENEW_SECONDS)
            taken = [(key, place) for place, keys in self._taken.items() for key in keys]
            if not taken:
                continue
            keys, places = zip(*taken, strict=True)
            with suppress(RedisAway):  # whoever comes when it is back is counted
                await self._connections.ask(
                    partial(self._renew, keys, (_LEASE_MILLISECONDS, *places))
                )
