"""Being woken when an operation is done."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncEngine

from invoice_summarizer.adapters.postgres.engine import plain_dsn
from invoice_summarizer.adapters.postgres.listening import DONE_CHANNEL, Listening
from invoice_summarizer.ports.operation_completions import Woken
from invoice_summarizer.ports.wake_ups import WakeUps


class PostgresOperationCompletions:
    """Listens once for all who wait; `aclose` ends it.

    `listening_failed` is told of errors there that nobody foresaw.
    """

    def __init__(
        self,
        engine: AsyncEngine,
        *,
        listening_failed: Callable[[Exception], None],
        application_name: str = "operation-completions",
        wake_ups: WakeUps | None = None,
    ) -> None:
        self._waiting: defaultdict[str, set[asyncio.Event]] = defaultdict(set)
        self._listening = Listening.to(
            plain_dsn(engine),
            DONE_CHANNEL,
            self._wake,
            application_name=application_name,
            failed=listening_failed,
            wake_ups=wake_ups,
        )

    @asynccontextmanager
    async def of(self, operation_id: str) -> AsyncIterator[Woken]:
        self._listening.start()
        woken = asyncio.Event()
        self._waiting[operation_id].add(woken)

        async def wait(timeout: timedelta) -> None:
            with suppress(TimeoutError):
                async with asyncio.timeout(timeout.total_seconds()):
                    await woken.wait()
            woken.clear()

        try:
            yield wait
        finally:
            self._waiting[operation_id].discard(woken)
            if not self._waiting[operation_id]:
                del self._waiting[operation_id]

    async def aclose(self) -> None:
        await self._listening.aclose()

    def _wake(self, operation_id: str) -> None:
        """Wakes who waits for the operation; without an id, everybody."""
        for waiting, events in self._waiting.items():
            if operation_id in ("", waiting):
                for woken in events:
                    woken.set()
