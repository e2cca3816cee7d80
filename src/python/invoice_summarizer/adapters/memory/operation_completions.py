"""Being woken when an operation is done."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta

from invoice_summarizer.adapters.memory.store import MemoryStore
from invoice_summarizer.ports.operation_completions import Woken


class MemoryOperationCompletions:
    def __init__(self, store: MemoryStore) -> None:
        self._store = store

    @asynccontextmanager
    async def of(self, operation_id: str) -> AsyncIterator[Woken]:
        woken = self._store.done.listen(operation_id)

        async def wait(timeout: timedelta) -> None:
            with suppress(TimeoutError):
                async with asyncio.timeout(timeout.total_seconds()):
                    await woken.wait()

        try:
            yield wait
        finally:
            self._store.done.forget(operation_id, woken)
