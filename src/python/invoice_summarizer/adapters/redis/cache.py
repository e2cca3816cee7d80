"""A cache in Redis, which holds nothing that it could understand: entries are encrypted, and names are hashes."""

import asyncio
import hashlib
import hmac
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from redis.commands.core import AsyncScript

from invoice_summarizer.adapters.redis.connections import RedisAway, RedisConnections
from invoice_summarizer.ports.cache import Cached, Load

KEY_BYTES = 32
LARGEST_ENTRY_BYTES = 4 * 1024 * 1024

_PREFIX = b"invoices:cache:"
_LOADING = b":loading"
_NONCE_BYTES = 12
# Who loads has so long before somebody else does; whoever waits for it waits no longer than this.
_LOADING_SECONDS = 5.0
_LOOK_AGAIN_SECONDS = 0.01

_ENTRY_OR_TURN = """
    local entry = redis.call('GET', KEYS[1])
    if entry then return entry end
    if redis.call('GET', KEYS[2]) == '' then return 1 end
    if redis.call('SET', KEYS[2], ARGV[1], 'NX', 'PX', ARGV[2]) then return 1 end
    return 0
"""
_KEEP = """
    redis.call('SET', KEYS[1], ARGV[2], 'EX', ARGV[3])
    if redis.call('GET', KEYS[2]) == ARGV[1] then redis.call('DEL', KEYS[2]) end
"""
# An empty mark lets everybody load who waited: what was not kept now would be waited for one after the other.
_GIVE_UP = (
    "if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('SET', KEYS[1], '', 'PX', 1000) end"
)


class CacheResult(StrEnum):
    HIT = "hit"
    MISS = "miss"
    AWAY = "away"  # Redis did not answer, or is left alone
    UNREADABLE = "unreadable"  # another key, or somebody has changed the entry


@dataclass(frozen=True, slots=True)
class CacheKeys:
    """Made of the one key of the cache, which all replicas share and Redis does not know."""

    names: bytes = field(repr=False)
    entries: AESGCM = field(repr=False)

    @classmethod
    def of(cls, key: bytes) -> "CacheKeys":
        if len(key) != KEY_BYTES:
            raise ValueError(f"the key of the cache has {KEY_BYTES} bytes")
        names, entries = (
            HKDF(hashes.SHA256(), 32, salt=None, info=purpose).derive(key)
            for purpose in (b"invoices cache names", b"invoices cache entries")
        )
        return cls(names, AESGCM(entries))

    def name(self, kind: Cached, parts: tuple[str, ...]) -> bytes:
        """Returns the name of an entry: different for different parts, however these would read together."""
        digest = hmac.new(self.names, digestmod=hashlib.sha256)
        for part in (kind.value, *parts):
            each = part.encode("utf-8", "surrogatepass")
            digest.update(len(each).to_bytes(8, "big") + each)
        return _PREFIX + digest.hexdigest().encode()

    def sealed(self, name: bytes, entry: bytes) -> bytes:
        nonce = os.urandom(_NONCE_BYTES)
        return nonce + self.entries.encrypt(nonce, entry, name)

    def opened(self, name: bytes, sealed: bytes) -> bytes | None:
        """Returns the entry, None where it was not sealed for this name with this key."""
        try:
            return self.entries.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], name)
        except (InvalidTag, ValueError):
            return None


class RedisCache:
    """Keeps entries of at most LARGEST_ENTRY_BYTES for `seconds`; `counted` is told what became of each read.

    Whoever finds no entry and sees that somebody loads it looks again every 10 ms, in all replicas, until it is there
    or five seconds are over.
    """

    def __init__(
        self,
        connections: RedisConnections,
        keys: CacheKeys,
        *,
        seconds: int,
        counted: Callable[[Cached, CacheResult], None],
    ) -> None:
        self._connections = connections
        self._keys = keys
        self._seconds = seconds
        self._counted = counted
        client = connections.client
        self._entry_or_turn = client.register_script(_ENTRY_OR_TURN)
        self._keep = client.register_script(_KEEP)
        self._give_up = client.register_script(_GIVE_UP)

    async def read(self, kind: Cached, name: tuple[str, ...], load: Load) -> bytes:
        key = self._keys.name(kind, name)
        turn = os.urandom(16)
        try:
            sealed = await self._entry(key, turn)
        except RedisAway:
            self._counted(kind, CacheResult.AWAY)
            return await load()
        entry = None if sealed is None else self._keys.opened(key, sealed)
        if entry is not None:
            self._counted(kind, CacheResult.HIT)
            return entry
        self._counted(kind, CacheResult.MISS if sealed is None else CacheResult.UNREADABLE)
        return await self._loaded(key, turn, load)

    async def _entry(self, key: bytes, turn: bytes) -> bytes | None:
        """Returns the entry as it is kept; None where there is none, and the caller is to load it."""
        end = asyncio.get_running_loop().time() + _LOADING_SECONDS
        while True:
            found = await self._connections.ask(
                lambda: self._entry_or_turn(
                    [key, key + _LOADING], [turn, int(_LOADING_SECONDS * 1000)]
                )
            )
            if isinstance(found, bytes):
                return found
            if found == 1 or asyncio.get_running_loop().time() >= end:
                return None
            await asyncio.sleep(_LOOK_AGAIN_SECONDS)

    async def _loaded(self, key: bytes, turn: bytes, load: Load) -> bytes:
        kept = False
        try:
            entry = await load()
            if len(entry) <= LARGEST_ENTRY_BYTES:
                sealed = self._keys.sealed(key, entry)
                kept = await self._done(
                    self._keep, [key, key + _LOADING], [turn, sealed, self._seconds]
                )
            return entry
        finally:
            if not kept:
                await self._done(self._give_up, [key + _LOADING], [turn])

    async def _done(
        self, script: AsyncScript, keys: list[bytes], arguments: list[bytes | int]
    ) -> bool:
        try:
            await self._connections.ask(lambda: script(keys, arguments))
        except RedisAway:
            return False
        return True
