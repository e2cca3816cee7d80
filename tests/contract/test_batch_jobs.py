"""The contract of BatchJobs."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Protocol
from uuid import uuid4

import httpx2
import job_program
import pytest

from invoice_batches.local_jobs import LocalJobs
from invoice_summarizer.adapters.memory.batch_jobs import MemoryBatchJobs
from invoice_summarizer.adapters.ray_jobs.batch_jobs import RayBatchJobs
from invoice_summarizer.ports.batch_jobs import BatchJob, BatchJobs, JobState
from local_ray.leftover_processes import cluster_processes

TENANT = "acme"


def new_job(what_it_does: str) -> BatchJob:
    """Returns a job that nobody has had: "good" succeeds, "bad" fails, and "endless" runs until it is stopped.

    To Ray the id of a job that was deleted is not free at once.
    """
    return BatchJob(TENANT, f"{what_it_does}-{uuid4()}")


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
    if job.batch_id.startswith("bad"):
        raise RuntimeError("the job has failed")
    if job.batch_id.startswith("endless"):
        await asyncio.Event().wait()


class _RayCluster:
    def __init__(self, ray: LocalJobs) -> None:
        self.jobs = RayBatchJobs(ray.url, ray.token, program=job_program.__name__)
        self._client = httpx2.AsyncClient(
            base_url=f"{ray.url}/api/jobs/", headers={"Authorization": f"Bearer {ray.token}"}
        )

    async def lose(self, job: BatchJob) -> None:
        await self.jobs.stop(job)
        await ended(self.jobs, job)
        (await self._client.delete(job.submission_id)).raise_for_status()

    async def aclose(self) -> None:
        await self._client.aclose()
        await self.jobs.aclose()


@pytest.fixture(scope="module")
def ray(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalJobs]:
    """A real Ray, of which nothing is left at the end."""
    local = LocalJobs(tmp_path_factory.mktemp("ray") / "batches.log", {})
    with asyncio.Runner() as runner:
        runner.run(local.start(print))
        scratch = str(local.child.scratch)
        yield local
        runner.run(local.stop())
    assert not Path(scratch).exists() and not [*cluster_processes(scratch)]


@pytest.fixture
async def memory_cluster() -> AsyncIterator[Cluster]:
    cluster = _MemoryCluster()
    yield cluster
    await cluster.jobs.aclose()


@pytest.fixture
async def ray_cluster(ray: LocalJobs) -> AsyncIterator[Cluster]:
    cluster = _RayCluster(ray)
    yield cluster
    await cluster.aclose()


@pytest.fixture(params=["memory", "ray"])
def cluster(request: pytest.FixtureRequest) -> Cluster:
    found: Cluster = request.getfixturevalue(f"{request.param}_cluster")
    return found


async def ended(jobs: BatchJobs, job: BatchJob) -> JobState:
    """Returns the state in which the job has ended."""
    async with asyncio.timeout(120):
        while (state := await jobs.state(job)) is None or not state.ended:
            await asyncio.sleep(0.01)
    return state


async def begun(jobs: BatchJobs, job: BatchJob) -> None:
    async with asyncio.timeout(120):
        while await jobs.state(job) is not JobState.RUNNING:
            await asyncio.sleep(0.01)


async def test_job_ends_as_its_program_does(cluster: Cluster) -> None:
    for job, state in ((new_job("good"), JobState.SUCCEEDED), (new_job("bad"), JobState.FAILED)):
        await cluster.jobs.submit(job)
        assert await ended(cluster.jobs, job) is state


async def test_job_that_is_submitted_again_is_the_same(cluster: Cluster) -> None:
    good = new_job("good")
    endless = new_job("endless")
    await cluster.jobs.submit(endless)
    await begun(cluster.jobs, endless)
    await cluster.jobs.submit(endless)
    assert await cluster.jobs.state(endless) is JobState.RUNNING
    await cluster.jobs.submit(good)
    await ended(cluster.jobs, good)
    await cluster.jobs.submit(good)
    assert await cluster.jobs.state(good) is JobState.SUCCEEDED


async def test_job_that_several_submit_at_once_is_one_job(cluster: Cluster) -> None:
    good = new_job("good")
    await asyncio.gather(*(cluster.jobs.submit(good) for _ in range(3)))
    assert await ended(cluster.jobs, good) is JobState.SUCCEEDED


async def test_next_job_of_a_batch_is_another(cluster: Cluster) -> None:
    good = new_job("good")
    await cluster.jobs.submit(good)
    following = BatchJob(TENANT, good.batch_id, 2)
    assert await cluster.jobs.state(following) is None
    await cluster.jobs.submit(following)
    assert await ended(cluster.jobs, following) is JobState.SUCCEEDED


async def test_job_that_runs_is_stopped(cluster: Cluster) -> None:
    endless = new_job("endless")
    await cluster.jobs.submit(endless)
    await begun(cluster.jobs, endless)
    await cluster.jobs.stop(endless)
    assert await ended(cluster.jobs, endless) is JobState.STOPPED


async def test_stopping_what_has_ended_or_never_was_changes_nothing(cluster: Cluster) -> None:
    good = new_job("good")
    unknown = new_job("unknown")
    await cluster.jobs.submit(good)
    await ended(cluster.jobs, good)
    for job in (good, unknown):
        await cluster.jobs.stop(job)
    assert await cluster.jobs.state(good) is JobState.SUCCEEDED
    assert await cluster.jobs.state(unknown) is None


async def test_job_that_was_lost_is_not_known(cluster: Cluster) -> None:
    endless = new_job("endless")
    await cluster.jobs.submit(endless)
    await begun(cluster.jobs, endless)
    await cluster.lose(endless)
    assert await cluster.jobs.state(endless) is None


async def test_logs_are_of_the_job_and_empty_where_there_is_none(cluster: Cluster) -> None:
    good = new_job("good")
    unknown = new_job("unknown")
    await cluster.jobs.submit(good)
    await ended(cluster.jobs, good)
    assert "".join([piece async for piece in cluster.jobs.logs(good)])
    assert [piece async for piece in cluster.jobs.logs(unknown)] == []
