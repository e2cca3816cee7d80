"""What a worker that has a cluster does with the operation of a batch: has jobs do its items, and looks after them."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from enum import StrEnum

import structlog

from invoice_summarizer.domain.batch import NO_JOB, Batch, BatchFailure, JobRecord
from invoice_summarizer.domain.errors import InvoiceSummarizerError, LeaseLost, NotFound
from invoice_summarizer.domain.event import Event, EventKind
from invoice_summarizer.domain.operation import Claim, OperationFailure, OperationState
from invoice_summarizer.ports.batch_jobs import BatchJob, BatchJobs, JobsUnavailable
from invoice_summarizer.ports.clock import Clock
from invoice_summarizer.ports.operation_queue import OperationQueue
from invoice_summarizer.ports.transactions import Transactions
from invoice_summarizer.use_cases.process_operation import retry_delay
from invoice_summarizer.use_cases.store_reading import WORKER

LOOK = timedelta(seconds=2)
MOST_JOBS = (
    50  # of a batch, each of which got further than the one before or was followed by one that did
)
MOST_STALLED = (
    10  # jobs one after the other that got no further: with their pauses, of some nine minutes
)
CLUSTER_UNAVAILABLE = "BATCH_CLUSTER_UNAVAILABLE"
WORKER_STOPPED = "WORKER_STOPPED"
_LONGEST_DELAY = timedelta(minutes=1)

_log = structlog.get_logger()


class BatchStep(StrEnum):
    """The points between which a worker may die: at each, another worker takes up the batch where it is."""

    CLAIMED = "claimed"
    JOB_RECORDED = "job_recorded"  # not yet submitted
    JOB_SUBMITTED = "job_submitted"
    ITEMS_DONE = "items_done"


class ProcessBatch:
    """The operation is done, or given back: done, no item of the batch is left, or it has failed with a reason.

    A job is recorded before it is submitted, so that another worker submits the same one. One that has ended, whatever
    it says, or that the cluster has lost is followed by the next while items are left: at most MOST_JOBS, and at most
    MOST_STALLED in a row that got no further, each after a pause by `retry_delay`, for which the operation is given
    back. So it is where the cluster does not answer, and where `stop` is set. A batch that was cancelled has its job
    stopped, and LeaseLost is raised.
    """

    def __init__(
        self,
        transactions: Transactions,
        queue: OperationQueue,
        jobs: BatchJobs,
        clock: Clock,
        stop: asyncio.Event,
        *,
        look: timedelta = LOOK,
        reached: Callable[[BatchStep], None] = lambda step: None,
    ) -> None:
        self._transactions = transactions
        self._queue = queue
        self._jobs = jobs
        self._clock = clock
        self._stop = stop
        self._look = look
        self._reached = reached

    async def __call__(self, claim: Claim) -> None:
        self._reached(BatchStep.CLAIMED)
        try:
            await self._follow(claim)
        except JobsUnavailable as error:
            _log.warning("cluster_unavailable", batch=claim.operation.id, problem=str(error))
            delay = min(retry_delay(claim.operation.attempt), _LONGEST_DELAY)
            await self._give_back(claim, delay, CLUSTER_UNAVAILABLE)
        except (LeaseLost, asyncio.CancelledError):
            await self._stop_where_cancelled(claim)
            raise
        except Exception as error:
            failure = (
                error.reason if isinstance(error, InvoiceSummarizerError) else type(error).__name__
            )
            delay = min(retry_delay(claim.operation.attempt), _LONGEST_DELAY)
            await self._give_back(claim, delay, failure)
            raise

    async def fail(self, claim: Claim, reason: str) -> None:
        """The operation has failed for the reason; what was summarized stays. Raises LeaseLost."""
        async with self._transactions.begin(claim.operation.tenant) as transaction:
            await transaction.operations.complete(claim, failure_reason=reason)
            await transaction.record(
                Event(
                    kind=EventKind.OPERATION_FAILED,
                    actor=WORKER,
                    time=self._clock(),
                    operation_id=claim.operation.id,
                    reason=reason,
                )
            )

    async def _follow(self, claim: Claim) -> None:
        submitted = 0  # the number of the job that this worker knows the cluster has had
        while not self._stop.is_set():
            batch = await self._advanced(claim)
            if batch.plan_failure is not None:
                return await self.fail(claim, batch.plan_failure)
            if batch.is_done:
                return await self._complete(claim)
            job = _job(batch)
            state = await self._jobs.state(job) if job.number else None
            if job.number == 0 or (state.ended if state else job.number == submitted):
                next_job = await self._recorded_next_job(claim, batch)
                if isinstance(next_job, BatchFailure):
                    return await self.fail(claim, next_job)
                if next_job.stalled:
                    delay = retry_delay(next_job.stalled)
                    return await self._give_back(claim, delay, BatchFailure.JOB_GOT_NO_FURTHER)
                continue
            if state is None:
                await self._jobs.submit(job)
                self._reached(BatchStep.JOB_SUBMITTED)
            submitted = job.number
            await self._wait()
        await self._give_back(claim, timedelta(0), WORKER_STOPPED)

    async def _advanced(self, claim: Claim) -> Batch:
        """Returns the batch as it is now; its operation shows how far it has come. Raises LeaseLost."""
        async with self._transactions.begin(claim.operation.tenant) as transaction:
            batch = await transaction.batches.get(claim.operation.id)
            await transaction.operations.advance(claim, batch.progress)
        return batch

    async def _recorded_next_job(self, claim: Claim, seen: Batch) -> JobRecord | BatchFailure:
        """Returns the next job, which is recorded now, or why there is none any more; no job where no item is left.

        Raises LeaseLost.
        """
        async with self._transactions.begin(seen.tenant) as transaction:
            batch = await transaction.batches.get(seen.id, lock=True)
            await transaction.operations.advance(claim, batch.progress)
            if batch.is_done or batch.plan_failure is not None:
                return NO_JOB
            job = batch.job.next(batch.counts.done)
            if job.stalled >= MOST_STALLED:
                return BatchFailure.JOB_GOT_NO_FURTHER
            if job.number > MOST_JOBS:
                return BatchFailure.TOO_MANY_JOBS
            await transaction.batches.put_job(batch.id, job)
        _log.info(
            "batch_job_begins",
            batch=batch.id,
            job=job.number,
            done=batch.counts.done,
            stalled=job.stalled,
        )
        self._reached(BatchStep.JOB_RECORDED)
        return job

    async def _complete(self, claim: Claim) -> None:
        self._reached(BatchStep.ITEMS_DONE)
        async with self._transactions.begin(claim.operation.tenant) as transaction:
            await transaction.operations.complete(claim)

    async def _give_back(self, claim: Claim, delay: timedelta, failure: str) -> None:
        if not await self._queue.retry_later(claim, delay, failure):
            await self.fail(claim, OperationFailure.ATTEMPTS_EXHAUSTED)

    async def _stop_where_cancelled(self, claim: Claim) -> None:
        """The job ends soon where the batch was cancelled; whoever has fenced the worker off still wants it."""
        try:
            async with self._transactions.begin(claim.operation.tenant) as transaction:
                batch = await transaction.batches.get(claim.operation.id)
        except NotFound:
            return  # it was deleted since, and its job finds no item any more
        if batch.state is OperationState.CANCELLED and batch.job.number:
            try:
                await self._jobs.stop(_job(batch))
            except JobsUnavailable as error:
                # It ends by itself: it does no more items of a batch that was cancelled.
                _log.warning("cluster_unavailable", batch=batch.id, problem=str(error))

    async def _wait(self) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(self._look.total_seconds()):
                await self._stop.wait()


def _job(batch: Batch) -> BatchJob:
    return BatchJob(batch.tenant, batch.id, batch.job.number)
