"""The jobs of `serve --batches`: a Ray beside it does them, with its settings."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from functools import partial
from pathlib import Path

from pydantic import SecretStr

from invoice_batches.local_jobs import JobsNotStarted, LocalJobs
from invoice_summarizer.cli.batch_logs import CLUSTER_FILE_NAME
from invoice_summarizer.cli.exit_codes import ExitCode
from invoice_summarizer.cli.failures import CommandFailed
from invoice_summarizer.environment import variables_of
from invoice_summarizer.local_stack import OpenJobs
from invoice_summarizer.ports.batch_jobs import BatchJobs
from invoice_summarizer.processes.batch_jobs import opened_batch_jobs
from invoice_summarizer.settings import BatchProcessSettings, BatchSettings, WholeSettings

LOG_FILE_NAME = "batches.log"


def jobs_beside(folder: Path, report: Callable[[str], None]) -> OpenJobs:
    """Returns what runs jobs on this machine until its block ends; then nothing of it is left running.

    `report` is told what takes its time, and where Ray ends by itself; it is started again then. Raises CommandFailed
    where it cannot be started.
    """
    return partial(_opened, folder, report)


@asynccontextmanager
async def _opened(
    folder: Path, report: Callable[[str], None], settings: WholeSettings
) -> AsyncIterator[BatchJobs | None]:
    local = LocalJobs(folder / LOG_FILE_NAME, variables_of(settings, BatchProcessSettings))
    try:
        await local.start(report)
    except JobsNotStarted as error:
        raise CommandFailed(ExitCode.UNAVAILABLE, "JOBS_NOT_STARTED", str(error)) from None
    kept = asyncio.create_task(_kept_running(local, report))
    cluster = folder / CLUSTER_FILE_NAME
    try:
        cluster.touch(mode=0o600)
        cluster.write_text(f"{local.url}\n{local.token}\n", encoding="utf-8")
        async with opened_batch_jobs(
            BatchSettings(url=local.url, token=SecretStr(local.token))
        ) as jobs:
            yield jobs
    finally:
        cluster.unlink(missing_ok=True)
        kept.cancel()
        try:
            with suppress(asyncio.CancelledError):
                await kept
        finally:
            await local.stop()


async def _kept_running(local: LocalJobs, report: Callable[[str], None]) -> None:
    """Starts Ray again where it ends by itself; what it was doing is done by new jobs."""
    while True:
        await local.wait()
        report(f"Ray has ended ({LOG_FILE_NAME} says more) and is started again")
        await local.stop()
        try:
            await local.start(lambda step: None)
        except JobsNotStarted as error:
            report(f"batches wait until everything is started again: {error}")
            return
