"""The process `worker`: reads what was ingested; it has no public API."""

import os
import socket

import structlog

from invoice_summarizer.garbage_collection import ignore_what_is_there
from invoice_summarizer.processes.backlog import watch_backlog
from invoice_summarizer.processes.batch_jobs import opened_batch_jobs
from invoice_summarizer.processes.database import DATABASE_LOOKS, opened_database
from invoice_summarizer.processes.http_port import http_port
from invoice_summarizer.processes.long_work import opened_long_work
from invoice_summarizer.processes.object_storage import OBJECT_LOOKS
from invoice_summarizer.processes.parts import running
from invoice_summarizer.processes.readiness import Readiness
from invoice_summarizer.processes.redis import STATE_LOOKS, opened_state
from invoice_summarizer.processes.worker import (
    keep_house,
    look_after_batches,
    opened_worker_adapters,
    work,
)
from invoice_summarizer.services.process import run, stop_on_signals
from invoice_summarizer.settings import WorkerProcessSettings
from invoice_summarizer.telemetry import Metrics, QueueMetrics

_NAME = "worker"

_log = structlog.get_logger()


def main() -> None:
    run(_NAME, WorkerProcessSettings, {**DATABASE_LOOKS, **OBJECT_LOOKS, **STATE_LOOKS}, _work)


async def _work(settings: WorkerProcessSettings) -> None:
    """Works on operations until SIGTERM or SIGINT, then ends those under way."""
    stop = stop_on_signals()
    metrics = Metrics()
    queue_metrics = QueueMetrics(metrics.registry)
    async with (
        opened_long_work() as long_work,
        opened_state(settings.state, metrics) as state,
        opened_database(settings.database, _NAME, long_work, state.wake_ups) as database,
        opened_batch_jobs(settings.batches) as jobs,
        opened_worker_adapters(
            settings, database, long_work, metrics, jobs, state.wake_ups
        ) as adapters,
    ):
        readiness = Readiness(database.problem)
        slots = settings.worker.slots
        loop = work(adapters, metrics, worker=_worker_name(), slots=slots)
        with http_port(settings.http, metrics.registry, lambda: readiness.problem) as port:
            ignore_what_is_there()
            _log.info("working", slots=slots, http_port=port)
            await readiness.look()
            parts = {
                "worker": loop(stop),
                "batches": look_after_batches(adapters, metrics, stop, worker=_worker_name()),
                "housekeeping": keep_house(adapters).regularly(stop),
                "backlog": watch_backlog(adapters.queue, queue_metrics, stop),
                "readiness": readiness.watch(stop),
            }
            async with running(parts, stop):
                await stop.wait()
    _log.info("stopped")


def _worker_name() -> str:
    return f"{socket.gethostname()}-{os.getpid()}"


if __name__ == "__main__":
    main()
