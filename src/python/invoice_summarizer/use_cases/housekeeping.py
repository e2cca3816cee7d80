"""What has to be done now and then, never by two processes at the same time."""

import asyncio
from datetime import timedelta

import structlog

from invoice_summarizer.domain.errors import InvoiceSummarizerError
from invoice_summarizer.ports.clock import Clock
from invoice_summarizer.ports.leadership import Leadership
from invoice_summarizer.ports.operation_queue import OperationQueue
from invoice_summarizer.use_cases.sweep_objects import SweepObjects

INTERVAL = timedelta(minutes=10)
REQUEST_IDS_KEPT = timedelta(days=7)  # a request that is repeated later is a new one
_TASK = "housekeeping"

_log = structlog.get_logger()


class KeepHouse:
    """Documents that no invoice has are swept, and request ids forgotten after REQUEST_IDS_KEPT.

    Of the processes that do this at the same time, one leads and the others leave it to it.
    """

    def __init__(
        self, leadership: Leadership, sweep: SweepObjects, queue: OperationQueue, clock: Clock
    ) -> None:
        self._leadership = leadership
        self._sweep = sweep
        self._queue = queue
        self._clock = clock

    async def __call__(self) -> bool:
        """Does it once, where this process leads; tells whether it did."""
        async with self._leadership.attempt(_TASK) as leading:
            if not leading:
                return False
            swept = await self._sweep()
            forgotten = await self._queue.forget_requests(self._clock() - REQUEST_IDS_KEPT)
        _log.info("house_kept", objects_swept=swept, request_ids_forgotten=forgotten)
        return True

    async def regularly(self, stop: asyncio.Event) -> None:
        """Does it at once and then every ten minutes, until `stop` is set; what fails is tried again the next time."""
        while not stop.is_set():
            try:
                await self()
            except InvoiceSummarizerError as error:
                _log.warning("housekeeping_failed", reason=error.reason)
            try:
                async with asyncio.timeout(INTERVAL.total_seconds()):
                    await stop.wait()
            except TimeoutError:
                continue
