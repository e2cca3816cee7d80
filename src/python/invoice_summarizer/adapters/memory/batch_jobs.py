"""A cluster that is the process itself: each job is a task of its event loop."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import suppress
from typing import Any

from invoice_summarizer.ports.batch_jobs import BatchJob, JobState


class MemoryBatchJobs:
    """Runs what `run` gives for a job. What it logs of a job is how that ended."""

    def __init__(self, run: Callable[[BatchJob], Coroutine[Any, Any, None]]) -> None:
        self._run = run
        self._tasks: dict[str, asyncio.Task[None]] = {}

    async def submit(self, job: BatchJob) -> None:
        if job.submission_id not in self._tasks:
            self._tasks[job.submission_id] = asyncio.create_task(self._run(job))

    async def state(self, job: BatchJob) -> JobState | None:
        task = self._tasks.get(job.submission_id)
        if task is None:
            return None
        if not task.done():
            return JobState.RUNNING
        if task.cancelled():
            return JobState.STOPPED
        return JobState.FAILED if task.exception() else JobState.SUCCEEDED

    async def stop(self, job: BatchJob) -> None:
        if task := self._tasks.get(job.submission_id):
            task.cancel()

    async def logs(self, job: BatchJob) -> AsyncIterator[str]:
        if state := await self.state(job):
            yield f"{job.submission_id} {state}\n"

    async def forget(self, job: BatchJob) -> None:
        """The job is lost with all that it was doing, as where the cluster ends and begins anew."""
        task = self._tasks.pop(job.submission_id)
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task

    async def aclose(self) -> None:
        for task in self._tasks.values():
            task.cancel()
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)
