"""The cluster that does batches, as a process that looks after them has it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from invoice_summarizer.adapters.ray_jobs.batch_jobs import RayBatchJobs
from invoice_summarizer.ports.batch_jobs import BatchJobs
from invoice_summarizer.settings import BatchSettings


@asynccontextmanager
async def opened_batch_jobs(settings: BatchSettings | None) -> AsyncIterator[BatchJobs | None]:
    """Yields the cluster, None where there is none; its connections are closed at the end."""
    if settings is None:
        yield None
        return
    token = settings.token.get_secret_value() if settings.token else ""
    jobs = RayBatchJobs(settings.url, token)
    try:
        yield jobs
    finally:
        await jobs.aclose()
