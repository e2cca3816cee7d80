"""What the last job of a batch has logged, from the cluster that ran it."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from pydantic import SecretStr, ValidationError

from invoice_summarizer.cli.batch_waiting import WITHOUT_CLUSTER
from invoice_summarizer.cli.exit_codes import ExitCode
from invoice_summarizer.cli.failures import CommandFailed, wrong_usage
from invoice_summarizer.cli.names import BATCH
from invoice_summarizer.ports.batch_jobs import BatchJob, JobsUnavailable
from invoice_summarizer.processes.batch_jobs import opened_batch_jobs
from invoice_summarizer.settings import BatchSettings
from invoices.v1 import batch_pb2

URL_VARIABLE = "INVOICES_BATCHES__URL"
TOKEN_VARIABLE = "INVOICES_BATCHES__TOKEN"
CLUSTER_FILE_NAME = (
    "cluster"  # in the data folder, while `serve --batches` runs: its address, and its token
)


def cluster_settings(url: str, token: str, folder: Path) -> BatchSettings:
    """Returns the cluster that is named, else that of `serve --batches`. Raises CommandFailed where there is none."""
    if not url:
        url, token = _local(folder / CLUSTER_FILE_NAME)
    try:
        return BatchSettings(url=url, token=SecretStr(token) if token else None)
    except ValidationError:
        raise wrong_usage(f"{URL_VARIABLE} is no address of a cluster") from None


def last_job(batch: batch_pb2.Batch) -> BatchJob:
    """Returns the job that worked on the batch last. Raises CommandFailed where there was none."""
    if not batch.job:
        is_open = batch.state == batch_pb2.Batch.PENDING
        why = WITHOUT_CLUSTER if is_open else "it was done with before one began"
        raise CommandFailed(ExitCode.NOT_FOUND, "JOB_NOT_FOUND", f"the batch has had no job: {why}")
    return _job_of(batch)


def print_logs(settings: BatchSettings, job: BatchJob, write: Callable[[str], object]) -> None:
    """All that the cluster has of the job is written. Raises CommandFailed."""
    asyncio.run(_print(settings, job, write))


async def _print(settings: BatchSettings, job: BatchJob, write: Callable[[str], object]) -> None:
    try:
        async with opened_batch_jobs(settings) as jobs:
            assert jobs is not None, "there are settings"
            known = False
            async for piece in jobs.logs(job):
                known = True
                write(piece)
            known = known or await jobs.state(job) is not None
    except JobsUnavailable as error:
        raise CommandFailed(ExitCode.UNAVAILABLE, "BATCH_CLUSTER_UNAVAILABLE", str(error)) from None
    if not known:
        raise CommandFailed(
            ExitCode.NOT_FOUND,
            "JOB_NOT_FOUND",
            f"the cluster does not know the job {job.submission_id} any more",
        )


def _job_of(batch: batch_pb2.Batch) -> BatchJob:
    ids = BATCH.parse(batch.name)
    number = batch.job.removeprefix(f"{ids['batch']}-")
    return BatchJob(ids["tenant"], ids["batch"], int(number))


def _local(file: Path) -> tuple[str, str]:
    try:
        url, token = file.read_text(encoding="utf-8").split()
    except (OSError, ValueError):
        raise wrong_usage(
            "the logs lie on the cluster that runs the jobs, and whoever runs it can see them: ask them, with the id of the"
            " batch. Where `invoicectl serve --batches` is it, the same --data as its finds it. Who has its address sets"
            f" {URL_VARIABLE}, and {TOKEN_VARIABLE} where it wants a token",
            "CLUSTER_UNKNOWN",
        ) from None
    return url, token
