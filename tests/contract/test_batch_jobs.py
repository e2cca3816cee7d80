"""The contract of BatchJobs."""

import asyncio
from collections.abc import AsyncIterator
from typing import Protocol

import pytest

from invoice_summarizer.adapters.memory.batch_jobs import MemoryBatchJobs
from invoice_summarizer.ports.batch_jobs import BatchJob, BatchJobs, JobState

TENANT = "acme"
GOOD = BatchJob(TENANT, "good")
BAD = BatchJob(TENANT, "bad")  # fails
ENDLESS = BatchJob(TENANT, "endless")  # runs until it is stopped
UNKNOWN = BatchJob(TENANT, "unknown")


class Cluster(Protocol):
    """A cluster on which the id of a batch says what its jobs do: `_run` in the one of memory."""

    @property
    def jobs(self) -> BatchJobs: ...

    async def lose(self, job: BatchJob) -> None:
        """The cluster does not know the job any more."""
        ...


class _MemoryCluster:
    def __init__(self) -> None:
        self.jobs = MemoryBatchJobs(_run)
        self.lose = self.jobs.forget


async def _run(job: BatchJob) -> None:
    if job.batch_id == BAD.batch_id:
        raise RuntimeError("the job has failed")
    if job.batch_id == ENDLESS.batch_id:
        await asyncio.Event().wait()


@pytest.fixture(params=["memory"])
async def cluster(request: pytest.FixtureRequest) -> AsyncIterator[Cluster]:
    created = _MemoryCluster()
    yield created
    await created.jobs.aclose()


async def ended(jobs: BatchJobs, job: BatchJob) -> JobState:
    """Returns the state in which the job has ended."""
    async with asyncio.timeout(60):
        while (state := await jobs.state(job)) is None or not state.ended:
            await asyncio.sleep(0.01)
    return state


async def begun(jobs: BatchJobs, job: BatchJob) -> None:
    async with asyncio.timeout(60):
        while await jobs.state(job) is not JobState.RUNNING:
            await asyncio.sleep(0.01)


async def test_job_ends_as_its_program_does(cluster: Cluster) -> None:
    for job, state in ((GOOD, JobState.SUCCEEDED), (BAD, JobState.FAILED)):
        await cluster.jobs.submit(job)
        assert await ended(cluster.jobs, job) is state


async def test_job_that_is_submitted_again_is_the_same(cluster: Cluster) -> None:
    await cluster.jobs.submit(ENDLESS)
    await begun(cluster.jobs, ENDLESS)
    await cluster.jobs.submit(ENDLESS)
    assert await cluster.jobs.state(ENDLESS) is JobState.RUNNING
    await cluster.jobs.submit(GOOD)
    await ended(cluster.jobs, GOOD)
    await cluster.jobs.submit(GOOD)
    assert await cluster.jobs.state(GOOD) is JobState.SUCCEEDED


async def test_next_job_of_a_batch_is_another(cluster: Cluster) -> None:
    await cluster.jobs.submit(GOOD)
    following = BatchJob(TENANT, GOOD.batch_id, 2)
    assert await cluster.jobs.state(following) is None
    await cluster.jobs.submit(following)
    assert await ended(cluster.jobs, following) is JobState.SUCCEEDED


async def test_job_that_runs_is_stopped(cluster: Cluster) -> None:
    await cluster.jobs.submit(ENDLESS)
    await begun(cluster.jobs, ENDLESS)
    await cluster.jobs.stop(ENDLESS)
    assert await ended(cluster.jobs, ENDLESS) is JobState.STOPPED


async def test_stopping_what_has_ended_or_never_was_changes_nothing(cluster: Cluster) -> None:
    await cluster.jobs.submit(GOOD)
    await ended(cluster.jobs, GOOD)
    for job in (GOOD, UNKNOWN):
        await cluster.jobs.stop(job)
    assert await cluster.jobs.state(GOOD) is JobState.SUCCEEDED
    assert await cluster.jobs.state(UNKNOWN) is None


async def test_job_that_was_lost_is_not_known(cluster: Cluster) -> None:
    await cluster.jobs.submit(ENDLESS)
    await begun(cluster.jobs, ENDLESS)
    await cluster.lose(ENDLESS)
    assert await cluster.jobs.state(ENDLESS) is None


async def test_logs_are_of_the_job_and_empty_where_there_is_none(cluster: Cluster) -> None:
    await cluster.jobs.submit(GOOD)
    await ended(cluster.jobs, GOOD)
    assert "".join([piece async for piece in cluster.jobs.logs(GOOD)])
    assert [piece async for piece in cluster.jobs.logs(UNKNOWN)] == []
