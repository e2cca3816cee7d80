"""A queue that fails as it is told."""

from datetime import datetime, timedelta

from invoice_summarizer.adapters.faulty.faults import Faults
from invoice_summarizer.domain.operation import Claim
from invoice_summarizer.ports.operation_queue import Backlog, OperationQueue


class FaultyOperationQueue:
    """Nobody waits longer than `longest_wait`, where that is given: a wake-up that is lost then costs no time."""

    def __init__(
        self, queue: OperationQueue, faults: Faults, *, longest_wait: timedelta | None = None
    ) -> None:
        self._queue = queue
        self._faults = faults
        self._longest_wait = longest_wait

    async def claim(self, worker: str, lease: timedelta, limit: int) -> list[Claim]:
        await self._faults.meet("claim", worker)
        return await self._queue.claim(worker, lease, limit)

    async def heartbeat(self, claim: Claim, lease: timedelta) -> bool:
        await self._faults.meet("heartbeat", claim)
        return await self._queue.heartbeat(claim, lease)

    async def retry_later(self, claim: Claim, delay: timedelta, failure: str) -> bool:
        await self._faults.meet("retry_later", claim)
        return await self._queue.retry_later(claim, delay, failure)

    async def exhausted(self, limit: int) -> list[Claim]:
        await self._faults.meet("exhausted", limit)
        return await self._queue.exhausted(limit)

    async def wait(self, timeout: timedelta) -> None:
        await self._faults.meet("wait", timeout)
        await self._queue.wait(min(timeout, self._longest_wait or timeout))

    async def forget_requests(self, before: datetime, limit: int) -> int:
        await self._faults.meet("forget_requests", before)
        return await self._queue.forget_requests(before, limit)

    async def backlog(self) -> Backlog:
        await self._faults.meet("backlog")
        return await self._queue.backlog()
