"""The program of a job: does what is not done yet of a batch, spread over the cluster by Ray Data.

Started by Ray's Jobs API as `python -m invoice_batches.job --tenant TENANT --batch BATCH`. What it may use (database,
object store, model) it reads from the environment that the cluster's processes have. What is done is known to the
database alone: killed at any point, another job does what is left.
"""

import argparse
import asyncio
import sys
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from functools import partial

import ray
import structlog

from invoice_batches.item_ranges import DoRange, RangeFailed, do_ranges
from invoice_summarizer.domain.error_place import place_of
from invoice_summarizer.environment import read_settings
from invoice_summarizer.processes.batch import opened_batch_runner
from invoice_summarizer.settings import BatchProcessSettings, WrongSetting
from invoice_summarizer.telemetry import configure_logging

_EXIT_FAULT = 1
_EXIT_USAGE = 2
_PROGRESS_SECONDS = 10.0

_log = structlog.get_logger()


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="invoice_batches.job")
    parser.add_argument("--tenant", required=True)
    parser.add_argument("--batch", required=True)
    chosen = parser.parse_args(arguments)
    try:
        settings = _settings()
    except WrongSetting as error:
        print(error, file=sys.stderr)
        return _EXIT_USAGE
    log = _log.bind(tenant=chosen.tenant, batch=chosen.batch)
    try:
        total = asyncio.run(_planned(settings, chosen.tenant, chosen.batch))
        log.info("batch_planned", items=total)
        _do(total, chosen.tenant, chosen.batch, log)
    except RangeFailed as error:
        log.error("batch_job_failed", problem=str(error))
        return _EXIT_FAULT
    except Exception as error:
        # Its text may hold what a document said.
        log.error("batch_job_failed", problem=f"{type(error).__name__} at {place_of(error)}")
        return _EXIT_FAULT
    return 0


def _do(total: int, tenant: str, batch_id: str, log: structlog.typing.FilteringBoundLogger) -> None:
    ray.init(log_to_driver=False, logging_level="WARNING")
    summarized = failed = 0
    said = started = time.monotonic()
    for counts in do_ranges(total, partial(opened_do_range, tenant, batch_id)):
        summarized += counts.summarized
        failed += counts.failed
        if time.monotonic() - said > _PROGRESS_SECONDS:
            said = time.monotonic()
            log.info("batch_goes_on", summarized=summarized, failed=failed)
    seconds = round(time.monotonic() - started, 1)
    log.info("batch_job_done", summarized=summarized, failed=failed, seconds=seconds)


@asynccontextmanager
async def opened_do_range(tenant: str, batch_id: str) -> AsyncIterator[DoRange]:
    """Yields what does ranges of the batch in a process of the cluster, by the settings that this process has."""
    async with opened_batch_runner(_settings()) as runner:
        yield partial(runner.run, tenant, batch_id)


def _settings() -> BatchProcessSettings:
    """Returns the settings; what this process logs is in their form now. Raises WrongSetting."""
    settings = read_settings(BatchProcessSettings)
    configure_logging("batch", settings.log_level)
    return settings


async def _planned(settings: BatchProcessSettings, tenant: str, batch_id: str) -> int:
    """Returns how many items the batch has."""
    async with opened_batch_runner(settings) as runner:
        return await runner.plan(tenant, batch_id)


if __name__ == "__main__":
    raise SystemExit(main())
