"""Whether a process can do its work now: what its last look at the database said."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from invoice_summarizer.processes.parts import stopped_within

LOOK_SECONDS = 2.0

_log = structlog.get_logger()


async def _tell_nobody(is_ready: bool) -> None:
    pass


class Readiness:
    """`problem` says why the process is not ready; empty where it is.

    It is read by the threads of the HTTP port, which so never wait for the database.
    """

    def __init__(
        self,
        look: Callable[[], Awaitable[str]],
        on_change: Callable[[bool], Awaitable[None]] = _tell_nobody,
        *,
        look_seconds: float = LOOK_SECONDS,
    ) -> None:
        self._look = look
        self._on_change = on_change
        self._look_seconds = look_seconds
        self.problem = "starting"

    async def look(self) -> None:
        """`problem` is what the database says now; whoever wants to know of a change has been told."""
        before, self.problem = self.problem, await self._look()
        if before == self.problem:
            return
        if self.problem:
            _log.warning("not_ready", reason=self.problem)
        else:
            _log.info("ready")
        await self._on_change(not self.problem)

    async def watch(self, stop: asyncio.Event) -> None:
        """Looks every two seconds until `stop` is set; from then on the process is not ready."""
        while not await stopped_within(stop, self._look_seconds):
            await self.look()
        self.problem = "stopping"
