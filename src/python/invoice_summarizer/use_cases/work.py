"""The worker's loop: claims operations, keeps their leases alive, drains when told to stop."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
from typing import Protocol

import structlog

from invoice_summarizer.domain.error_place import place_of
from invoice_summarizer.domain.errors import InvoiceSummarizerError, LeaseLost, Unavailable
from invoice_summarizer.domain.operation import Claim, OperationFailure
from invoice_summarizer.ports.operation_queue import OperationQueue

LEASE = timedelta(seconds=30)
HEARTBEATS_PER_LEASE = 3
POLL = timedelta(seconds=2)
EXHAUSTED_INTERVAL = timedelta(seconds=15)
_EXHAUSTED_BATCH = 20

_log = structlog.get_logger()


class Process(Protocol):
    """What is done with operations; whatever becomes of one, it is done or given back, unless LeaseLost is raised."""

    async def __call__(self, claim: Claim) -> None: ...

    async def fail(self, claim: Claim, reason: str) -> None:
        """The operation has failed for the reason. Raises LeaseLost."""
        ...


class Work:
    """Works on up to `slots` operations at once until `stop` is set, then ends those under way and returns.

    An operation whose lease is lost is dropped: whoever fenced it off ends it. No error of one operation reaches
    another; a store that does not answer is waited for. An error of the loop itself ends it, and all that it began.
    """

    def __init__(
        self,
        queue: OperationQueue,
        process: Process,
        *,
        worker: str,
        slots: int,
        lease: timedelta = LEASE,
        on_done: Callable[[Claim, str], None] = lambda claim, outcome: None,
    ) -> None:
        self._queue = queue
        self._process = process
        self._worker = worker
        self._slots = slots
        self._lease = lease
        self._on_done = on_done

    async def __call__(self, stop: asyncio.Event) -> None:
        running: set[asyncio.Task[None]] = set()
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._fail_exhausted(stop))
            while not stop.is_set():
                claims = await self._claimed(self._slots - len(running))
                running.update(tasks.create_task(self._work_on(claim)) for claim in claims)
                if not claims or len(running) >= self._slots:
                    running = await self._pause(running, stop)

    async def _claimed(self, free: int) -> list[Claim]:
        """Returns as many operations as there are free slots, in one trip."""
        if not free:
            return []
        try:
            return await self._queue.claim(self._worker, self._lease, free)
        except InvoiceSummarizerError as error:
            _say(error)
            return []

    async def _fail_exhausted(self, stop: asyncio.Event) -> None:
        """Fails, now and then, the operations whose last worker was lost."""
        while not stop.is_set():
            try:
                for claim in await self._queue.exhausted(_EXHAUSTED_BATCH):
                    reason = OperationFailure.ATTEMPTS_EXHAUSTED
                    await self._observe(claim, self._process.fail(claim, reason))
            except InvoiceSummarizerError as error:
                _say(error)
            with suppress(TimeoutError):
                async with asyncio.timeout(min(EXHAUSTED_INTERVAL, self._lease).total_seconds()):
                    await stop.wait()

    async def _work_on(self, claim: Claim) -> None:
        """Ends the claimed operation, or stops where the lease is lost."""
        work = asyncio.ensure_future(self._process(claim))
        heart = asyncio.create_task(self._keep_alive(claim))
        try:
            await asyncio.wait({work, heart}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            heart.cancel()
            work.cancel()  # which does nothing where it has ended
        await self._observe(claim, work)

    async def _keep_alive(self, claim: Claim) -> None:
        """Extends the lease until it is lost; a store that does not answer may come back before it runs out."""
        while True:
            await asyncio.sleep(self._lease.total_seconds() / HEARTBEATS_PER_LEASE)
            try:
                if not await self._queue.heartbeat(claim, self._lease):
                    return
            except InvoiceSummarizerError as error:
                _log.warning("heartbeat_failed", reason=error.reason)
            except Exception as error:
                # It says nothing of the lease, which holds until its time is over.
                _log.error("heartbeat_crashed", error=type(error).__name__, place=place_of(error))

    async def _observe(self, claim: Claim, work: Awaitable[None]) -> None:
        operation = claim.operation
        log = _log.bind(operation=operation.id, tenant=operation.tenant, attempt=operation.attempt)
        try:
            await work
        except (asyncio.CancelledError, LeaseLost):
            outcome = "lease_lost"
        except Unavailable as error:
            outcome = "error"
            log = log.bind(reason=error.reason)
        except Exception as error:
            # The loop must outlive whatever one document brings about; the operation has been given back.
            outcome = "error"
            log.error("operation_crashed", error=type(error).__name__, place=place_of(error))
        else:
            outcome = "done"
        log.info("operation_ended", outcome=outcome)
        self._on_done(claim, outcome)

    async def _pause(
        self, running: set[asyncio.Task[None]], stop: asyncio.Event
    ) -> set[asyncio.Task[None]]:
        """Waits for a free slot, for work or for the stop, whichever comes first; returns what still runs."""
        waiting = [asyncio.create_task(_until(stop))]
        if len(running) < self._slots:
            waiting.append(asyncio.create_task(self._wait_for_work()))
        done, _ = await asyncio.wait({*running, *waiting}, return_when=asyncio.FIRST_COMPLETED)
        for task in waiting:
            task.cancel()
        await asyncio.wait(waiting)
        for task in waiting:
            if not task.cancelled():
                task.result()  # an error of the loop itself
        return running - done

    async def _wait_for_work(self) -> None:
        try:
            await self._queue.wait(POLL)
        except InvoiceSummarizerError as error:
            _say(error)
            await asyncio.sleep(POLL.total_seconds())


async def _until(stop: asyncio.Event) -> None:
    await stop.wait()


def _say(error: InvoiceSummarizerError) -> None:
    """A store that is away comes back; one that refuses what it is asked shows a defect, and is asked again as well."""
    if isinstance(error, Unavailable):
        _log.warning("queue_unavailable", reason=error.reason)
    else:
        _log.error("queue_refused", error=type(error).__name__, place=place_of(error))
