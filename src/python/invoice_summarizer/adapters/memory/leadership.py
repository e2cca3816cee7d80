"""Who leads a task among those that share a store."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from invoice_summarizer.adapters.memory.store import MemoryStore


class MemoryLeadership:
    def __init__(self, store: MemoryStore) -> None:
        self._store = store

    @asynccontextmanager
    async def attempt(self, task: str) -> AsyncIterator[bool]:
        leaders = self._store.leaders
        if task in leaders:
            yield False
            return
        leaders.add(task)
        try:
            yield True
        finally:
            leaders.discard(task)
