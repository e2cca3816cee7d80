"""The program of a job: does what is not done yet of a batch, spread over the cluster by Ray Data.

Started by Ray's Jobs API as `python -m invoice_batches.job --tenant TENANT --batch BATCH`. What it may use (database,
object store, model) it reads from the environment that the cluster's processes have. What is done is known to the
database alone: killed at any point, another job does what is left.
"""

import argparse
import asyncio
import sys
from collections.abc import Sequence

import ray
import structlog

from invoice_batches.item_ranges import ItemRanges, RangeFailed
from invoice_summarizer.environment import read_settings
from invoice_summarizer.processes.batch import opened_batch_runner
from invoice_summarizer.settings import BatchProcessSettings, WrongSetting
from invoice_summarizer.telemetry import configure_logging

_EXIT_FAULT = 1
_EXIT_USAGE = 2

_log = structlog.get_logger()


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="invoice_batches.job")
    parser.add_argument("--tenant", required=True)
    parser.add_argument("--batch", required=True)
    chosen = parser.parse_args(arguments)
    try:
        settings = read_settings(BatchProcessSettings)
        configure_logging("batch", settings.log_level)
        total = asyncio.run(_planned(settings, chosen.tenant, chosen.batch))
    except WrongSetting as error:
        print(error, file=sys.stderr)
        return _EXIT_USAGE
    ray.init(log_to_driver=False, logging_level="WARNING")
    try:
        ItemRanges(chosen.tenant, chosen.batch, total).do_all()
    except RangeFailed as error:
        _log.error("batch_job_failed", batch=chosen.batch, error=str(error))
        return _EXIT_FAULT
    return 0
