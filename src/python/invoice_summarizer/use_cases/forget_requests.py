"""Forgets request ids that are no longer kept."""

from datetime import timedelta

from invoice_summarizer.ports.clock import Clock
from invoice_summarizer.ports.operation_queue import OperationQueue
from invoice_summarizer.use_cases.housekeeping import GoOn

REQUEST_IDS_KEPT = timedelta(days=7)  # a request that is repeated later is a new one
BATCH = 1_000


class ForgetRequests:
    """Request ids older than REQUEST_IDS_KEPT bind nothing any more, unless `go_on` says no before. Returns how many went."""

    def __init__(self, queue: OperationQueue, clock: Clock) -> None:
        self._queue = queue
        self._clock = clock

    async def __call__(self, go_on: GoOn) -> int:
        before, forgotten = self._clock() - REQUEST_IDS_KEPT, 0
        while await go_on():
            gone = await self._queue.forget_requests(before, BATCH)
            if not gone:
                break
            forgotten += gone
        return forgotten
