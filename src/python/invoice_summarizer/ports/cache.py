"""Keeping what was worked out, for a while."""

from collections.abc import Awaitable, Callable
from enum import StrEnum
from typing import Protocol

Load = Callable[[], Awaitable[bytes]]


class Cached(StrEnum):
    """What is kept."""

    PAGE = "page"  # of a list of invoices
    AGGREGATE = "aggregate"
    PICTURE = "picture"  # of a page of a document


class Cache(Protocol):
    async def read(self, kind: Cached, name: tuple[str, ...], load: Load) -> bytes:
        """Returns what `load` gives now, or gave not long ago for the same kind and name.

        Of several who ask for the same at once, one loads. Whoever cannot be served by the cache, for whatever reason,
        loads too: a cache that is away is only slower. Raises what `load` raises, and nothing is kept then.
        """


class Uncached:
    """Keeps nothing."""

    async def read(self, kind: Cached, name: tuple[str, ...], load: Load) -> bytes:
        return await load()
