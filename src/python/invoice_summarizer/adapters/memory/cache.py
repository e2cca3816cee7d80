"""A cache of one process."""

import asyncio

from invoice_summarizer.ports.cache import Cached, Load


class MemoryCache:
    """Keeps everything for as long as it is there."""

    def __init__(self) -> None:
        self._entries: dict[tuple[str, ...], bytes] = {}
        self._loading: dict[tuple[str, ...], asyncio.Lock] = {}

    async def read(self, kind: Cached, name: tuple[str, ...], load: Load) -> bytes:
        key = (kind, *name)
        async with self._loading.setdefault(key, asyncio.Lock()):
            if key not in self._entries:
                self._entries[key] = await load()
            return self._entries[key]
