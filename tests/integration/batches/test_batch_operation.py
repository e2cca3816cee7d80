"""How a worker has a cluster do a batch: jobs are lost, fail and are killed, and so are workers; the batch is done once."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from batch_rig import (
    FOLDER,
    LEASE,
    OWNER,
    BatchRig,
    all_documents,
    all_invoices,
    documents_at,
    running_worker,
)

from invoice_summarizer.adapters.memory.batch_jobs import MemoryBatchJobs
from invoice_summarizer.domain.batch import BatchFailure
from invoice_summarizer.domain.errors import LeaseLost
from invoice_summarizer.domain.operation import Operation, OperationState
from invoice_summarizer.ports.batch_jobs import BatchJob, JobState, JobsUnavailable
from invoice_summarizer.ports.clock import utc_now
from invoice_summarizer.use_cases.cancel_operation import CancelOperation
from invoice_summarizer.use_cases.process_batch import (
    CLUSTER_UNAVAILABLE,
    MOST_STALLED,
    WORKER_STOPPED,
    BatchStep,
)
from small_invoice import ubl_invoice

DOCUMENTS = [ubl_invoice(f"R-{number}") for number in range(4)]


async def operation_of(rig: BatchRig, operation: Operation) -> Operation:
    async with rig.transactions.begin(OWNER.tenant) as transaction:
        return await transaction.operations.get(operation.id)


async def created(rig: BatchRig) -> Operation:
    rig.imports.documents = documents_at(FOLDER, DOCUMENTS)
    return await rig.create(all_documents())


def jobs_that(rig: BatchRig, *items: int) -> MemoryBatchJobs:
    """Jobs of which each does so many items and fails then."""
    left = [*items]

    async def run(job: BatchJob) -> None:
        total = await rig.runner.plan(job.tenant, job.batch_id)
        done = (await rig.batch(job.batch_id)).counts.done
        await rig.runner.run(job.tenant, job.batch_id, done, min(done + left.pop(0), total))
        raise RuntimeError("the job has failed")

    return MemoryBatchJobs(run)


async def pause(rig: BatchRig, jobs: MemoryBatchJobs) -> timedelta:
    """A worker does the batch until it is given back; returns how long it waits then, which has passed by."""
    claim = await rig.claim()
    await rig.work_on(claim, jobs)
    operation = await operation_of(rig, claim.operation)
    assert operation.state is OperationState.PENDING
    assert operation.last_failure == BatchFailure.JOB_GOT_NO_FURTHER
    waits = operation.due_time - operation.update_time
    await rig.storage.time.pass_by(waits)
    return waits


async def test_batch_is_done_and_its_operation_shows_how_far_it_is(rig: BatchRig) -> None:
    operation = await created(rig)
    rig.imports.documents[f"{FOLDER}/bad.xml"] = b"nothing"
    await rig.work_on(await rig.claim())
    done = await operation_of(rig, operation)
    assert (done.state, done.attempt) == (OperationState.SUCCEEDED, 1)
    assert (done.progress.done, done.progress.total, done.progress.failed) == (5, 5, 1)
    batch = await rig.batch(operation.id)
    assert (batch.state, batch.job.number) == (OperationState.SUCCEEDED, 1)


@pytest.mark.parametrize("step", BatchStep)
async def test_worker_that_dies_is_followed_by_another(rig: BatchRig, step: BatchStep) -> None:
    operation = await created(rig)
    await rig.work_on(await rig.claim(), die_at=step)
    assert (await operation_of(rig, operation)).state is OperationState.RUNNING
    await rig.storage.time.pass_by(LEASE + timedelta(seconds=1))
    await rig.work_on(await rig.claim())
    batch = await rig.batch(operation.id)
    assert (batch.state, batch.job.number) == (OperationState.SUCCEEDED, 1)
    assert batch.counts.summarized == len(DOCUMENTS)


async def test_job_that_ends_early_is_followed_by_the_next(rig: BatchRig) -> None:
    operation = await created(rig)
    await rig.work_on(await rig.claim(), jobs_that(rig, 1, 2, 1))
    batch = await rig.batch(operation.id)
    assert (batch.state, batch.job.number) == (OperationState.SUCCEEDED, 3)


async def test_jobs_that_get_no_further_fail_the_batch(rig: BatchRig) -> None:
    operation = await created(rig)
    jobs = jobs_that(rig, 1, *[0] * MOST_STALLED)
    paused = [await pause(rig, jobs) for _ in range(MOST_STALLED - 1)]
    assert paused == [timedelta(seconds=2**doubled) for doubled in range(MOST_STALLED - 1)]
    await rig.work_on(await rig.claim(), jobs)
    batch = await rig.batch(operation.id)
    assert batch.failure_reason == BatchFailure.JOB_GOT_NO_FURTHER
    assert batch.job.number == batch.jobs_begun == 1 + MOST_STALLED
    assert batch.counts.summarized == 1  # which stays


async def test_job_that_gets_further_ends_the_pauses(rig: BatchRig) -> None:
    operation = await created(rig)
    jobs = jobs_that(rig, 1, 0, 0, 1, 0, 2)
    paused = [await pause(rig, jobs) for _ in range(3)]
    assert paused == [timedelta(seconds=seconds) for seconds in (1, 2, 1)]
    await rig.work_on(await rig.claim(), jobs)
    batch = await rig.batch(operation.id)
    assert (batch.state, batch.job.number) == (OperationState.SUCCEEDED, 6)


async def test_cluster_that_is_away_for_minutes_loses_no_batch(rig: BatchRig) -> None:
    operation = await created(rig)
    jobs = jobs_that(rig, *[0] * (MOST_STALLED - 1), len(DOCUMENTS))
    away = [await pause(rig, jobs) for _ in range(MOST_STALLED - 1)]
    assert sum(away, timedelta(0)) > timedelta(minutes=8)
    await rig.work_on(await rig.claim(), jobs)
    assert (await operation_of(rig, operation)).state is OperationState.SUCCEEDED


async def test_job_that_waits_for_its_time_is_not_told_before(rig: BatchRig) -> None:
    operation = await created(rig)
    jobs = jobs_that(rig, 0, len(DOCUMENTS))
    await rig.work_on(await rig.claim(), jobs)
    batch = await rig.batch(operation.id)
    assert (batch.job.number, batch.jobs_begun) == (2, 1)
    assert await jobs.state(BatchJob(OWNER.tenant, operation.id, 2)) is None
    await CancelOperation(rig.transactions, utc_now)(OWNER, operation.id)
    await rig.storage.time.pass_by(timedelta(minutes=1))
    assert await rig.storage.batch_queue.claim("worker", LEASE, 1) == []
    assert await jobs.state(BatchJob(OWNER.tenant, operation.id, 2)) is None


async def test_job_that_the_cluster_has_lost_is_followed_by_the_next(rig: BatchRig) -> None:
    operation = await created(rig)
    held = asyncio.Event()

    async def run(job: BatchJob) -> None:
        if job.number == 1:
            await held.wait()
        await rig.run_job(job)

    jobs = MemoryBatchJobs(run)
    async with running_worker(rig, jobs):
        first = BatchJob(OWNER.tenant, operation.id, 1)
        while await jobs.state(first) is None:
            await asyncio.sleep(0.001)
        await jobs.forget(first)
        while (await operation_of(rig, operation)).state is OperationState.RUNNING:
            await asyncio.sleep(0.001)
    await rig.storage.time.pass_by(timedelta(seconds=2))
    await rig.work_on(await rig.claim(), jobs)
    assert (await rig.batch(operation.id)).job.number == 2
    assert (await operation_of(rig, operation)).state is OperationState.SUCCEEDED


async def test_job_is_stopped_when_its_batch_is_cancelled(rig: BatchRig) -> None:
    operation = await created(rig)
    jobs = MemoryBatchJobs(_for_ever)
    working = asyncio.create_task(rig.work_on(await rig.claim(), jobs))
    job = BatchJob(OWNER.tenant, operation.id)
    while await jobs.state(job) is None:
        await asyncio.sleep(0.001)
    await CancelOperation(rig.transactions, utc_now)(OWNER, operation.id)
    with pytest.raises(LeaseLost):
        await working
    await asyncio.sleep(0)
    assert await jobs.state(job) is JobState.STOPPED
    assert (await operation_of(rig, operation)).state is OperationState.CANCELLED


@pytest.mark.parametrize("is_told", [True, False])
async def test_batch_that_is_cancelled_and_deleted_is_left_by_its_worker(
    rig: BatchRig, is_told: bool
) -> None:
    """Where the worker sees it by itself, and where its heart has told it before."""
    operation = await created(rig)
    jobs = MemoryBatchJobs(_for_ever)
    working = asyncio.create_task(rig.work_on(await rig.claim(), jobs))
    while await jobs.state(BatchJob(OWNER.tenant, operation.id)) is None:
        await asyncio.sleep(0.001)
    async with rig.transactions.begin(OWNER.tenant) as transaction:
        await transaction.operations.cancel(operation.id)
        await transaction.batches.delete(operation.id)
    if is_told:
        working.cancel()
    with pytest.raises(asyncio.CancelledError if is_told else LeaseLost):
        await working
    await jobs.aclose()


async def test_batch_of_a_worker_that_stops_is_given_back_and_its_job_goes_on(
    rig: BatchRig,
) -> None:
    operation = await created(rig)
    jobs = MemoryBatchJobs(_for_ever)
    async with running_worker(rig, jobs):
        while await jobs.state(BatchJob(OWNER.tenant, operation.id)) is None:
            await asyncio.sleep(0.001)
    batch = await rig.batch(operation.id)
    assert (batch.state, batch.last_failure) == (OperationState.PENDING, WORKER_STOPPED)
    assert await jobs.state(BatchJob(OWNER.tenant, operation.id)) is JobState.RUNNING
    await jobs.aclose()


async def test_cluster_that_does_not_answer_is_tried_again_later(rig: BatchRig) -> None:
    operation = await created(rig)
    for _ in range(3):
        await rig.work_on(await rig.claim(), _NoJobs())
        batch = await rig.batch(operation.id)
        assert (batch.state, batch.last_failure) == (OperationState.PENDING, CLUSTER_UNAVAILABLE)
        await rig.storage.time.pass_by(timedelta(minutes=2))
    await rig.work_on(await rig.claim())
    assert (await operation_of(rig, operation)).state is OperationState.SUCCEEDED


@pytest.mark.parametrize(
    ("folder", "reason"),
    [(f"{FOLDER}/nowhere", "IMPORT_NOT_FOUND")],
)
async def test_batch_whose_documents_cannot_be_listed_has_failed(
    rig: BatchRig, folder: str, reason: str
) -> None:
    operation = await rig.create(all_documents(folder))
    await rig.work_on(await rig.claim())
    batch = await rig.batch(operation.id)
    assert (batch.failure_reason, batch.total) == (reason, None)


async def test_batch_that_was_submitted_twice_is_one(rig: BatchRig) -> None:
    await rig.ingest(*DOCUMENTS)
    first = await rig.create(all_invoices(), "1f0e2b3c-4d5e-4f60-8a1b-2c3d4e5f6071")
    second = await rig.create(all_invoices(), "1f0e2b3c-4d5e-4f60-8a1b-2c3d4e5f6071")
    assert second.id == first.id
    async with rig.transactions.begin(OWNER.tenant) as transaction:
        assert len(await transaction.batches.page(after=None, limit=9)) == 1
    assert len(await rig.items(first.id)) == len(DOCUMENTS)


async def _for_ever(job: BatchJob) -> None:
    await asyncio.Event().wait()


class _NoJobs:
    """A cluster that is not there."""

    async def submit(self, job: BatchJob) -> None:
        raise JobsUnavailable("nothing answers")

    async def state(self, job: BatchJob) -> JobState | None:
        raise JobsUnavailable("nothing answers")

    async def stop(self, job: BatchJob) -> None:
        raise JobsUnavailable("nothing answers")

    async def logs(self, job: BatchJob) -> AsyncIterator[str]:
        raise JobsUnavailable("nothing answers")
        yield ""

    async def aclose(self) -> None:
        """There is nothing open."""
