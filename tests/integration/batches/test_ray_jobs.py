"""Ray's API for jobs as the adapter meets it: jobs that there are and are not, a token that is refused, and no Ray."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing
from pathlib import Path

import pytest
import pytest_asyncio

from invoice_batches.local_jobs import JobsNotStarted, LocalJobs
from invoice_summarizer.adapters.ray_jobs.batch_jobs import RayBatchJobs
from invoice_summarizer.ports.batch_jobs import BatchJob, BatchJobs, JobState, JobsUnavailable
from local_ray.leftover_processes import cluster_processes

JOB = BatchJob("acme", "b7b2c0de")
UNKNOWN = BatchJob("acme", "unknown")
TOKEN = "a-token-of-somebody-else"

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def ray(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[LocalJobs]:
    """A Ray whose jobs have no settings, so that each ends at once."""
    local = LocalJobs(tmp_path_factory.mktemp("ray") / "batches.log", {})
    await local.start(print)
    yield local
    await local.stop()


@pytest_asyncio.fixture(loop_scope="module")
async def jobs(ray: LocalJobs) -> AsyncIterator[BatchJobs]:
    jobs = RayBatchJobs(ray.url, ray.token)
    yield jobs
    await jobs.aclose()


async def ended(jobs: BatchJobs, job: BatchJob) -> JobState | None:
    async with asyncio.timeout(120):
        while (state := await jobs.state(job)) is not None and not state.ended:
            await asyncio.sleep(0.2)
    return state


async def logs(jobs: BatchJobs, job: BatchJob) -> str:
    return "".join([piece async for piece in jobs.logs(job)])


async def test_job_that_is_submitted_again_and_by_several_at_once_is_one_job(
    jobs: BatchJobs,
) -> None:
    await asyncio.gather(*(jobs.submit(JOB) for _ in range(3)))
    assert await ended(jobs, JOB) is JobState.FAILED
    await jobs.submit(JOB)
    said = await logs(jobs, JOB)
    assert said.count("INVOICES_DATABASE__DSN: is missing") == 1
    assert "Traceback" not in said
    await jobs.stop(JOB)
    assert await jobs.state(JOB) is JobState.FAILED


async def test_unknown_job_has_no_state_and_no_logs_and_can_be_stopped(jobs: BatchJobs) -> None:
    assert await jobs.state(UNKNOWN) is None
    assert await logs(jobs, UNKNOWN) == ""
    await jobs.stop(UNKNOWN)


CALLS: dict[str, Callable[[BatchJobs], object]] = {
    "submit": lambda jobs: jobs.submit(JOB),
    "state": lambda jobs: jobs.state(JOB),
    "stop": lambda jobs: jobs.stop(JOB),
    "logs": lambda jobs: logs(jobs, JOB),
}


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("token", ["", TOKEN])
async def test_wrong_and_missing_tokens_are_refused(ray: LocalJobs, call: str, token: str) -> None:
    status = 403 if token else 401
    problem = f"the Ray cluster at {_where(ray)} refuses the token (HTTP {status})"
    async with aclosing(RayBatchJobs(ray.url, token)) as jobs:
        assert await _problem(jobs, call) == problem


@pytest.mark.parametrize("call", CALLS)
async def test_cluster_that_is_not_there_is_said_in_one_line(call: str) -> None:
    async with aclosing(RayBatchJobs("http://127.0.0.1:9", TOKEN)) as jobs:
        problem = await _problem(jobs, call)
    assert problem == "the Ray cluster at 127.0.0.1:9 does not answer (ConnectError)"


async def test_nothing_is_left_of_a_ray_that_was_stopped(tmp_path: Path) -> None:
    local = LocalJobs(tmp_path / "batches.log", {})
    await local.start(print)
    scratch = local.scratch
    assert scratch and scratch.is_dir() and [*cluster_processes(str(scratch))]
    await local.stop()
    assert not scratch.exists() and not [*cluster_processes(str(scratch))]


async def test_ray_that_is_not_installed_is_said_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("invoice_batches.local_jobs.find_spec", lambda name: None)
    with pytest.raises(JobsNotStarted) as failure:
        await LocalJobs(tmp_path / "batches.log", {}).start(print)
    problem = "Ray, which runs batches, is not installed: install it with pip install"
    assert str(failure.value) == f"{problem} 'ai-invoice-summarizer[batches]'"


def _where(ray: LocalJobs) -> str:
    return ray.url.removeprefix("http://")


async def _problem(jobs: BatchJobs, call: str) -> str:
    with pytest.raises(JobsUnavailable) as failure:
        await CALLS[call](jobs)  # type: ignore[misc]
    assert failure.value.__cause__ is None and TOKEN not in str(failure.value)
    return str(failure.value)
